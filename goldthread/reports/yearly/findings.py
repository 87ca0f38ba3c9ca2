"""What the checks find in a draft, and what of it must be answered before the report goes out."""
from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from goldthread.reports.checking.document_check import check_document
from goldthread.reports.document import Document
from goldthread.reports.gate import identifiers
from goldthread.reports.writing.blocks import Section
from goldthread.reports.yearly import wording
from goldthread.reports.yearly.composing import Composed

SURE = 0.9  # as sure as a finding must be to hold a report back
OURS = frozenset({"figures-of-this-report", "glossary"})
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


@dataclass(frozen=True)
class Names:
    """Names that must never be there, since they are of people on record, and names of bodies that may."""

    known: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


def document_of(made: Composed) -> Document:
    """What the checks read: all but the list of figures and the glossary, which are ours."""
    return wording.document_of(made.title, [each for each in made.sections if each.id not in OURS])


def found(made: Composed, names: Names) -> list[Stop]:
    """Everything the consistency check and the text gate find, in the order of the report."""
    document = document_of(made)
    return [*_numbers(document), *_people(document, names)]


def given_away(made: Composed, sections: Iterable[Section], names: Names) -> list[Stop]:
    """What the text gate finds in some of a report's sections."""
    return list(_people(wording.document_of(made.title, list(sections)), names))


def _numbers(document: Document) -> Iterable[Stop]:
    for each in check_document(document).findings:
        worked = f", worked out {each.recomputed}" if each.recomputed else ""
        yield Stop(_digest(each.kind, each.quote, each.stated), each.at.title, f"{each.name}: {each.stated}", each.quote,
                   f"Stated {each.stated}{worked}. {each.arithmetic}".strip(), each.advice, each.certainty, False,
                   each.certainty >= SURE)


def _people(document: Document, names: Names) -> Iterable[Stop]:
    for each in identifiers(document, known=names.known, allowed=names.allowed):
        yield Stop(_digest(each.kind, each.quote, each.words), each.at.title, f"{each.name}: {each.words}", each.quote,
                   each.why, each.mend, each.certainty, True, each.certainty >= GIVES_AWAY)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
