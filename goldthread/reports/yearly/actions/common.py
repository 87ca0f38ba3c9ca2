"""What every write on a report asks first."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.policy import May
from goldthread.process.models import Case
from goldthread.reports.yearly.models import Document

#: Each says why a document may not be changed now, "" when it may; filled by the rooms whose processes lead to one.
closed_because: list[Callable[[Document], str]] = []
#: Each raises ValidationError for what is still missing before a document may be published.
before_publishing: list[Callable[[Document], None]] = []


@contextmanager
def writing_as(actor: Actor) -> Iterator[None]:
    """One transaction on the system's sight, in the actor's name."""
    with transaction.atomic(), acting(system_for(actor)), writing():
        yield


def insist_writes(actor: Actor) -> None:
    """Raises Refused unless the role builds reports."""
    actor.require(May.BUILD_REPORTS)


def locked(actor: Actor, document: Document) -> Document:
    """The document as it is now, kept from others. Raises Document.DoesNotExist when it is not theirs to read."""
    with acting(actor):
        Document.objects.only("pk").get(pk=document.pk)
    found: Document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    return found


def of_case(case: Case, actor: Actor) -> Document:
    """The report a process leads to. Raises ValidationError before it is begun; DoesNotExist when it is not theirs."""
    with acting(actor):
        found: Document | None = Document.objects.filter(case=case).first()
    if found is None:
        raise ValidationError("The report has not been begun yet")
    return found


def kept(document: Document) -> dict[str, object]:
    """Partnership and readers of a row that hangs off a document."""
    return {"partnership_id": document.partnership_id, "readers": document.readers, "denied": document.denied}


def insist_open(document: Document) -> None:
    """Raises ValidationError once it is published, and while its process says why it may not be changed."""
    if document.publisheds.exists():
        raise ValidationError("This report is published and can no longer change")
    if why := next((words for says in closed_because if (words := says(document))), ""):
        raise ValidationError(why)
