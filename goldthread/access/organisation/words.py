"""A partnership's own words: added, changed from a day on, ended."""
from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor
from goldthread.access.organisation.common import own, running, save_checked
from goldthread.orgs.models import LocalTerm, Partnership


def set_term(*, actor: Actor, short: str, full: str, meaning: str, source: str, valid_from: date) -> LocalTerm:
    """What a word means from a day on. The meaning before ends the day before; nothing is overwritten."""
    with running(actor):
        Partnership.objects.select_for_update().get(pk=actor.authority.partnership)  # one word at a time
        rows = LocalTerm.objects.filter(partnership=actor.partnership, short__iexact=short.strip())
        if rows.filter(valid_from__gte=valid_from).exists():
            raise ValidationError({"valid_from": "This word has a meaning from that day or later. Choose a later day"})
        row = LocalTerm(partnership=actor.partnership)
        save_checked(row, {"short": short.strip(), "full": full.strip(), "meaning": meaning.strip(),
                           "source": source.strip(), "valid_from": valid_from})
        going_on = rows.exclude(pk=row.pk).exclude(valid_to__lt=valid_from)
        going_on.update(valid_to=valid_from - timedelta(days=1))
        return row


def end_term(*, actor: Actor, row: LocalTerm, last_day: date) -> None:
    """A word is not used after a last day; one that everybody has then means again what it means elsewhere."""
    with running(actor):
        own(actor, row)
        if last_day < row.valid_from:
            raise ValidationError({"last_day": "The last day must not be before the first day"})
        save_checked(row, {"valid_to": last_day})
