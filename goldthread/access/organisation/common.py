"""What every change here asks first."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from goldthread.access.actor import Actor, Refused, acting
from goldthread.access.policy import May
from goldthread.orgs.models import Agency, Participation, Partnership


@contextmanager
def running(actor: Actor) -> Iterator[None]:
    """One transaction on the authority of somebody who may set up the partnership. Raises Refused."""
    actor.require(May.RUN_PARTNERSHIP)
    with acting(actor), transaction.atomic():
        yield


def own(actor: Actor, row: Any) -> None:
    """Refused, in words that tell nothing, when a row is another partnership's."""
    if row.partnership_id != actor.authority.partnership:
        raise Refused("There is nothing like that in your partnership")


def own_agency(actor: Actor, agency: Agency) -> Participation:
    """The agency's part in the actor's partnership. Raises Refused."""
    found = Participation.objects.filter(partnership=actor.partnership, agency=agency).first()
    if found is None:
        raise Refused("There is nothing like that in your partnership")
    return found


def begin_part(partnership: Partnership, agency: Agency, today: date) -> Participation:
    """The agency takes part from today; a part that has ended goes on, and what it was before is in the history."""
    part = Participation.objects.filter(partnership=partnership, agency=agency).first()
    if part is None:
        return Participation.objects.create(partnership=partnership, agency=agency, since=today)
    if part.until is not None and part.until < today:
        part.since, part.until = today, None
        part.save(update_fields=["since", "until"])
    return part


def save_checked(row: models.Model, fields: dict[str, Any]) -> None:
    """Set, check and save fields. Raises ValidationError naming the fields."""
    for name, value in fields.items():
        setattr(row, name, value)
    kept = {field.name for field in row._meta.fields} - set(fields)
    row.full_clean(exclude=kept if row.pk else None)
    row.save()


def check_dates(starts: date, ends: date | None) -> None:
    if ends is not None and ends < starts:
        raise ValidationError({"ends": "The last day must not be before the first day"})
