"""What the checks find in a draft, and what of it must be answered before the report goes out."""
from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from goldthread.reports.checking.document_check import check_document
from goldthread.reports.document import Document
from goldthread.reports.gate import identifiers
from goldthread.reports.yearly.composing import Composed
from goldthread.reports.yearly.wording import document_of

SURE = 0.9  # as sure as a finding must be to hold a report back
GIVES_AWAY = 0.5  # somebody given away weighs more than a wrong number


@dataclass(frozen=True)
class Stop:
    """Something a check found. finding: SHA-256 of it and its sentence; stops: it holds the report back.

    section: heading of the section it is in. gate: it may give somebody away.
    """

    finding: str
    section: str
    what: str
    quote: str
    told: str
    advice: str
    certainty: float
    gate: bool
    stops: bool


def stops(made: Composed, partnership: int) -> list[Stop]:
    """What holds the report back."""
    return [each for each in found(made, partnership) if each.stops]


def found(made: Composed, partnership: int, headings: Iterable[str] | None = None) -> list[Stop]:
    """Everything the consistency check and the text gate find, in the order of the report.

    The list of figures and the glossary are ours and are not read; what agencies sent in is.
    """
    ours = {"figures-of-this-report", "glossary"}
    document = document_of(made.title, [each for each in made.sections if each.id not in ours])
    every = [*_numbers(document), *_people(document, made.name)]
    wanted = None if headings is None else set(headings)
    return [each for each in every if wanted is None or each.section in wanted]


def _numbers(document: Document) -> Iterable[Stop]:
    for each in check_document(document).findings:
        worked = f", worked out {each.recomputed}" if each.recomputed else ""
        yield Stop(_digest(each.kind, each.quote, each.stated), each.at.title, f"{each.name}: {each.stated}", each.quote,
                   f"Stated {each.stated}{worked}. {each.arithmetic}".strip(), each.advice, each.certainty, False,
                   each.certainty >= SURE)


def _people(document: Document, name: str) -> Iterable[Stop]:
    for each in identifiers(document, allowed=_bodies(name)):
        yield Stop(_digest(each.kind, each.quote, each.words), each.at.title, f"{each.name}: {each.words}", each.quote,
                   each.why, each.mend, each.certainty, True, each.certainty >= GIVES_AWAY)


@lru_cache(maxsize=8)
def _bodies(name: str) -> tuple[str, ...]:
    return (name,)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
