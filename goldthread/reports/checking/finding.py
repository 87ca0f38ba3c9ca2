"""What the consistency check of a document finds, and how a kind of finding is declared."""
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from goldthread.reports.checking.statements import Statement
from goldthread.reports.checking.told import Told
from goldthread.reports.document import Where

UNMEASURED = 0.5
SURE = 0.7  # what is less sure is worth a look, and no alarm


@dataclass(frozen=True)
class Found:
    """What a rule hands back. `ground`: on what evidence, one of the rule's own; how sure that is has been measured.

    `spot`: the number in its sentence, where it is one of a sentence; `of`: the numbers that `recomputed` comes from.
    """

    at: Where
    quote: str
    stated: str
    recomputed: str
    arithmetic: str
    ground: str
    also: str = ""
    spot: "Spot | None" = None
    of: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Spot:
    """A number in a sentence: what it states, and its place among the sentence's numbers."""

    told: Told
    place: int
    stated: Statement


def in_sentence(told: Told, place: int, recomputed: str, arithmetic: str, ground: str, of: Iterable[Decimal] = (),
                also: str = "") -> Found:
    """What a rule finds wrong of one number of a sentence."""
    stated = told.stated(place)
    return Found(told.sentence.at, told.quote, stated.words, recomputed, arithmetic, ground, also, Spot(told, place, stated),
                 tuple(of))


@dataclass(frozen=True)
class Rule:
    """A kind of finding: its key, what it is called, what to do about it, and the function that looks for it.

    `grounds`: the kinds of evidence it goes by, in words, strongest first.
    """

    kind: str
    name: str
    advice: str
    grounds: dict[str, str]
    find: Callable[[Any], Iterable[Found]]


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold. `certainty`, 0 to 1: of findings on such evidence, the share that was right

    where other hands' texts were first met (see certainty.toml and docs/consistency.md). `also`: the other place.
    """

    kind: str
    name: str
    at: Where
    quote: str
    stated: str
    recomputed: str
    arithmetic: str
    certainty: float
    ground: str
    advice: str
    also: str = ""

    @property
    def sure(self) -> bool:
        """Whether it is told as an alarm, or only as worth a look."""
        return self.certainty >= SURE

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "what": self.name,
                "where": {"section": self.at.section, "title": self.at.title, "page": self.at.page, "line": self.at.line,
                          "quote": self.quote, "also": self.also},
                "stated": self.stated, "recomputed": self.recomputed, "arithmetic": self.arithmetic,
                "certainty": self.certainty, "sure": self.sure, "evidence": self.ground, "advice": self.advice}


@cache
def certainties() -> dict[str, dict[str, float]]:
    """How often findings of a kind were right, by their ground: data measured by `python -m bench consistency`."""
    return tomllib.loads(files(__package__).joinpath("certainty.toml").read_text(encoding="utf-8"))


def finding(rule: Rule, found: Found) -> Finding:
    """A finding with its certainty. Raises KeyError for a ground that the rule does not declare."""
    return Finding(rule.kind, rule.name, found.at, found.quote, found.stated, found.recomputed, found.arithmetic,
                   certainties().get(rule.kind, {}).get(found.ground, UNMEASURED), rule.grounds[found.ground],
                   rule.advice, found.also)
