"""A label taken apart: what it is about, and the words that only say how it is measured."""
import re
from dataclasses import dataclass

from goldthread.reports.reading.records import Claim, Inputs
from goldthread.reports.words import tokens, wording, years

CHANGES = frozenset({"change", "up", "down"})
_PLACE = re.compile(r"\b(?:borough|city|county|council) of ([a-z]+)|\b([a-z]+) (?:council|borough|county|city|mbc)\b")


@dataclass(frozen=True)
class Label:
    """`words` are the stems of the label, `about` those left without change words and the area's own name."""

    text: str
    words: frozenset[str]
    about: frozenset[str]
    section: frozenset[str]
    years: tuple[str, ...]

    @property
    def is_change(self) -> bool:
        return bool(self.words & CHANGES)

    @property
    def direction(self) -> int:
        return ("up" in self.words) - ("down" in self.words)

    @property
    def variance(self) -> int:
        return ("underspend" in self.words) - ("overspend" in self.words)

    def section_is(self, topic: str) -> bool:
        return bool(self.section & frozenset(word for text in wording()["sections"][topic] for word in tokens(text)))


def own_names(inputs: Inputs) -> frozenset[str]:
    """The area's own name: it stands in every label and tells nothing apart."""
    found = set(tokens(inputs.name))
    for line in inputs.budget:
        for pair in _PLACE.findall(line.name.casefold()):
            found.update(*(tokens(name) for name in pair if name))
    return frozenset(found - {"total", "council", "child"})


def label_of(claim: Claim, own: frozenset[str]) -> Label:
    return make_label(claim.what, claim.section, own)


def make_label(text: str, section: str, own: frozenset[str]) -> Label:
    words = frozenset(tokens(text))
    return Label(text, words, words - CHANGES - own, frozenset(tokens(section)), tuple(years(text)))
