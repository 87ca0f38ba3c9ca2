"""What every write here shares."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.policy import May, Reads
from goldthread.dataset.models import Expectation, Submission
from goldthread.notify.actions import Notice, to_agency, to_desk

KIND, DUE = "return", "return-due"  # of a notice about a return; of a reminder


class NotReady(Exception):
    """A version that cannot be sent, accepted or taken back as it is now; the message says why."""


@contextmanager
def writing_as(actor: Actor) -> Iterator[None]:
    """One transaction on the system's sight, in the actor's name."""
    with transaction.atomic(), acting(system_for(actor)), writing():
        yield


def in_sight(actor: Actor, expectation: Expectation) -> Expectation:
    """The expectation, kept from others, for whoever may see it. Raises Expectation.DoesNotExist."""
    with acting(actor):
        Expectation.objects.only("pk").get(pk=expectation.pk)
    found: Expectation = Expectation.objects.select_for_update(of=("self",)).select_related("agency").get(pk=expectation.pk)
    return found


def version_in_sight(actor: Actor, submission: Submission) -> Submission:
    """A version, its expectation kept from others, for whoever may see it. Raises Submission.DoesNotExist."""
    with acting(actor):
        Submission.objects.only("pk").get(pk=submission.pk)
    found: Submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    found.expectation = in_sight(actor, found.expectation)
    return found


def required(text: str, field: str, message: str) -> str:
    if not text.strip():
        raise ValidationError({field: message})
    return text.strip()


def tell_agency(expectation: Expectation, text: str, now: datetime, *, kind: str = KIND, but: int | None = None) -> int:
    """Tell those who send the agency's returns; where there is nobody, its mailbox."""
    return to_agency(expectation.agency_id, _notice(expectation, text, kind), but=but, now=now, who=May.SEND_RETURNS,
                     reads=Reads.RETURNS)


def tell_desk(expectation: Expectation, text: str, now: datetime, *, but: int | None = None) -> int:
    return to_desk("data", _notice(expectation, text, KIND), but=but, now=now)


def _notice(expectation: Expectation, text: str, kind: str) -> Notice:
    return Notice(expectation.partnership_id, text, kind=kind, readers=tuple(expectation.readers))


def access_of(row: Any) -> dict[str, Any]:
    """What a row that hangs off another takes from it."""
    return {"partnership_id": row.partnership_id, "readers": row.readers}
