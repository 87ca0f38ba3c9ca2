"""What every write on the money asks first."""
from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import models, transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.policy import May, desk_token
from goldthread.reports.budget.models import BudgetYear

DESK = "reporting"


@contextmanager
def keeping(actor: Actor) -> Iterator[None]:
    """One transaction in the name of somebody who may keep the money. Raises Refused."""
    actor.require(May.RUN_REPORTS)
    with transaction.atomic(), acting(system_for(actor)), writing():
        yield


def kept(actor: Actor) -> dict[str, object]:
    """Partnership and readers of every row: those who read the yearly report."""
    return {"partnership": actor.partnership, "readers": [desk_token(DESK, actor.partnership.pk)]}


def open_year(actor: Actor, year: BudgetYear) -> BudgetYear:
    """The year as it is now, kept from others. Raises ValidationError once it is closed, DoesNotExist next door."""
    found: BudgetYear = BudgetYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    if found.closed_at:
        raise ValidationError(f"{found} is closed and changes no more")
    return found


def save_checked(row: models.Model, filled_in: Collection[str]) -> None:
    """Check what somebody filled in, and save the row. Raises ValidationError naming the fields."""
    row.full_clean(exclude={field.name for field in row._meta.fields} - set(filled_in), validate_constraints=False)
    row.save()
