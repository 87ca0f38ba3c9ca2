"""What somebody reads of a report: only a document they may read, counted on the system's sight and told as to everybody."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from goldthread.access.actor import Actor, acting, system
from goldthread.measure import gate, periods
from goldthread.measure.models import ReleasedFigure
from goldthread.reports.yearly import release, versions
from goldthread.reports.yearly.composing import Composed
from goldthread.reports.yearly.counting import Counted
from goldthread.reports.yearly.figures import Figure
from goldthread.reports.yearly.findings import Stop
from goldthread.reports.yearly.models import Answer, Document, Freeze, Kind, Publishing
from goldthread.reports.yearly.release import Leak


def document_of(actor: Actor, pk: int) -> Document:
    """A document the actor may read. Raises Document.DoesNotExist."""
    with acting(actor):
        found: Document = Document.objects.select_related("partnership", "case").get(pk=pk)
    return found


@contextmanager
def _counting(actor: Actor, document: Document) -> Iterator[None]:
    """On the system's sight of the partnership, for a document that the actor may read."""
    document_of(actor, document.pk)
    with transaction.atomic(), acting(system(actor.partnership.pk)):
        yield


def composed(actor: Actor, document: Document, now: datetime, sections: Sequence[Any] | None = None) -> Composed:
    """The report as it reads now; with other sections than those kept where given. Raises Document.DoesNotExist."""
    with _counting(actor, document):
        return versions.composed(document, now, sections)


def counted(actor: Actor, document: Document, now: datetime) -> Counted:
    """All figures that can be put in. Raises Document.DoesNotExist."""
    with _counting(actor, document):
        return versions.counted(document, now)


@dataclass(frozen=True)
class Checked:
    """What was found, and what was answered to it, by finding."""

    found: tuple[Stop, ...]
    answers: dict[str, Answer]

    @property
    def open(self) -> list[Stop]:
        """What still holds the report back."""
        return [each for each in self.found if each.stops and each.finding not in self.answers]


def checked(actor: Actor, document: Document, made: Composed, now: datetime) -> Checked:
    """What the checks find in a report. Raises Document.DoesNotExist."""
    with _counting(actor, document):
        answers = {each.finding: each for each in document.answers.select_related("by")}
        return Checked(tuple(versions.found(document, made, now)), answers)


def leaks(actor: Actor, document: Document, now: datetime) -> list[Leak]:
    """What its figures give away together. Raises Document.DoesNotExist; ValueError for what cannot be checked."""
    with _counting(actor, document):
        return release.leaks(versions.composed(document, now).used)


def withheld(actor: Actor, document: Document) -> list[str]:
    """The counts it does not tell for that reason, in words. Raises Document.DoesNotExist."""
    with _counting(actor, document):
        freeze = versions.frozen(document)
        return [gate.name_of(ReleasedFigure(indicator=each.indicator, part=each.part, first=each.first, last=each.last))
                for each in (freeze.withhelds.order_by("pk") if freeze else ())]


def attempt(actor: Actor, document: Document) -> Publishing | None:
    """The last attempt to publish it. Raises Document.DoesNotExist."""
    with acting(actor):
        found: Publishing | None = Publishing.objects.filter(document=document).order_by("-pk").first()
    return found


@dataclass(frozen=True)
class Opened:
    """A figure with its freeze, and the numbers of the rows it counts: the reader is still to be shown only theirs."""

    figure: Figure
    freeze: Freeze | None
    rows: Sequence[int]


def opened(actor: Actor, document: Document, key: str, now: datetime) -> Opened:
    """One figure. Raises Document.DoesNotExist; KeyError for one there is not."""
    with _counting(actor, document):
        figure = versions.counted(document, now).all[key]
        return Opened(figure, versions.frozen(document), figure.find_rows())


def earlier(actor: Actor, document: Document) -> list[Document]:
    """Reports of years before of the same kind, the newest first, as far as the actor may read them."""
    with acting(actor):
        return list(Document.objects.filter(kind=document.kind, period__lt=document.period).order_by("-period", "-pk"))


def of_kind(actor: Actor, kind: str = "") -> list[Document]:
    """All documents the actor may read, the newest first."""
    with acting(actor):
        rows = Document.objects.select_related("case").order_by("-period", "-pk")
        return list(rows.filter(kind=Kind(kind)) if kind else rows)


def year_words(document: Document) -> str:
    """“April 2025 to March 2026”."""
    return periods.read(document.period).words
