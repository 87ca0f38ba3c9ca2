"""A partnership's own simple returns: defined on a page, held to the same checks as those declared in files."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from goldthread.access.actor import Actor, acting
from goldthread.access.policy import desk_token
from goldthread.dataset.actions.common import required, writing_as
from goldthread.dataset.models import LocalColumn, LocalSpecification
from goldthread.dataset.rights import DESK, insist_collects
from goldthread.dataset.specification.checks import faults
from goldthread.dataset.specifications import LOCAL, made

MOST_COLUMNS = 60


@dataclass(frozen=True)
class Asked:
    """A column as it is asked for: its heading, kind, whether it is always filled in, whether it is part of what tells
    rows apart, its codes one a line ("code: meaning"), and the date column it may not be before."""

    name: str
    kind: str = "text"
    required: bool = False
    part: bool = False
    codes: str = ""
    after: str = ""


def define(*, actor: Actor, title: str, meaning: str, about: str, columns: Sequence[Asked], now: datetime
           ) -> LocalSpecification:
    """A simple return of one table. Raises Refused; ValidationError, in words, when it does not hold."""
    insist_collects(actor, actor.partnership.pk)
    title = required(title, "title", "Enter what it is called")
    key = LOCAL + (slugify(title)[:50] or "return")
    if not 1 <= len(columns) <= MOST_COLUMNS:
        raise ValidationError({"columns": f"Ask for between 1 and {MOST_COLUMNS} columns"})
    rows = [(each.name.strip(), each.kind, each.required, each.part, each.codes, each.after.strip()) for each in columns]
    if wrong := faults(made(key, title, meaning, about, date(2000, 1, 1), None, rows), ()):
        raise ValidationError({"columns": [each.partition(": ")[2].capitalize() for each in wrong]})
    readers = [desk_token(DESK, actor.partnership.pk)]
    with writing_as(actor):
        if LocalSpecification.objects.filter(key=key, valid_to=None).exists():
            raise ValidationError({"title": "There is a return of this name already"})
        row = LocalSpecification.objects.create(
            partnership=actor.partnership, readers=readers, key=key, title=title, about=about, made_by=actor.user,
            made_at=now, meaning=required(meaning, "meaning", "Say what is in it"))
        LocalColumn.objects.bulk_create([
            LocalColumn(partnership=actor.partnership, readers=readers, specification=row, place=place, name=name, kind=kind,
                        required=needed, part=part, codes=codes.strip(), after=after)
            for place, (name, kind, needed, part, codes, after) in enumerate(rows, start=1)])
        return row


def end(*, actor: Actor, specification: LocalSpecification, now: datetime) -> LocalSpecification:
    """Ask for a return of the partnership's own no longer after today. Raises Refused, LocalSpecification.DoesNotExist."""
    insist_collects(actor, specification.partnership_id)
    with acting(actor):
        LocalSpecification.objects.only("pk").get(pk=specification.pk)
    with writing_as(actor):
        found: LocalSpecification = LocalSpecification.objects.select_for_update(of=("self",)).get(pk=specification.pk)
        found.valid_to = found.valid_to or timezone.localdate(now)
        found.save(update_fields=["valid_to"])
        return found
