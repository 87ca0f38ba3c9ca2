"""What in a report could tell who somebody is, sentence by sentence: what, why, and how to mend it."""
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from goldthread.reports.document import Document, Where
from goldthread.reports.document.sentences import Sentence, sentences
from goldthread.reports.gate import details, names, narrated, rare
from goldthread.reports.gate.found import Ground, Hit
from goldthread.reports.gate.vocabulary import Vocabulary

_QUOTED = re.compile(r"[\"“‘](?P<words>[^\"”]{12,}?)[\"”’](?!\w)")


@dataclass(frozen=True)
class Identifier:
    """A word or detail that could identify somebody. `certainty`, 0 to 1, as measured on planted identifiers."""

    kind: str
    at: Where
    quote: str
    words: str
    why: str
    mend: str
    certainty: float
    in_quote: bool

    @property
    def name(self) -> str:
        return NAMES[self.kind]


NAMES = {"name": "A name", "initials": "Initials", "school": "A school with a child", "address": "An address",
         "postcode": "A postcode", "phone": "A telephone number", "e-mail": "An e-mail address",
         "account": "An account on a social network", "NHS number": "An NHS number",
         "UPN": "A pupil number", "reference": "A case reference", "birth": "A date of birth", "age": "An exact age "
                                                                                                      "with a place",
         "rare": "A rare event"}
FINDERS: tuple[Callable[["Passage", Vocabulary], Iterator[Hit]], ...] = (
    names.people, narrated.narrated, names.half_hidden, names.initials, details.contacts, details.accounts, details.numbers,
    details.births, details.addresses, details.schools, details.ages, rare.events, rare.singled_out)


@dataclass(frozen=True)
class Passage:
    """A sentence as the finders see it. `spoken`: the parts of it that are somebody's own words."""

    sentence: Sentence

    @property
    def text(self) -> str:
        return self.sentence.text

    @cached_property
    def spoken(self) -> list[tuple[int, int]]:
        if self.sentence.quote:
            return [(0, len(self.text))]
        return [found.span("words") for found in _QUOTED.finditer(self.text)]

    def is_spoken(self, start: int) -> bool:
        """Whether what begins here is in somebody's own words."""
        return any(first <= start < last for first, last in self.spoken)


def identifiers(document: Document, known: Iterable[str] = (), allowed: Iterable[str] = ()) -> list[Identifier]:
    """What could identify somebody, in the order of the document.

    `known`: names in full of people in the partnership's records, which must never be there; `allowed`: names that may,
    such as those of office holders who agreed, and of bodies.
    """
    vocabulary = Vocabulary(document, frozenset(known), frozenset(each.casefold() for each in allowed))
    found = []
    for sentence in sentences(document):
        passage = Passage(sentence)
        taken: list[Hit] = []
        hits = [hit for finder in FINDERS for hit in finder(passage, vocabulary)]
        for hit in sorted(hits, key=lambda each: (each.start - each.end, -each.ground.certainty)):
            if not any(_same(hit, each) for each in taken):
                taken.append(hit)
                found.append(_told(passage, hit))
    return sorted(found, key=lambda each: (each.at.page or 0, each.at.line))


def _same(one: Hit, other: Hit) -> bool:
    """Whether two hits are of the same words, both names or both of another kind."""
    alike = one.ground.kind == other.ground.kind or {one.ground.kind, other.ground.kind} == {"name", "initials"}
    return alike and one.start < other.end and other.start < one.end


def _told(passage: Passage, hit: Hit) -> Identifier:
    spoken = passage.is_spoken(hit.start)
    ground: Ground = hit.ground
    return Identifier(ground.kind, passage.sentence.at, passage.text, passage.text[hit.start:hit.end], ground.why,
                      ground.mend,
                      ground.certainty, spoken)
