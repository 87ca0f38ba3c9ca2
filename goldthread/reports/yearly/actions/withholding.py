"""Hiding those figures of a report by which, together with others, something smaller could be worked out."""
from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor
from goldthread.reports.yearly import release, versions
from goldthread.reports.yearly.actions.common import insist_open, insist_writes, kept, locked, writing_as
from goldthread.reports.yearly.models import Document, Withheld


def withhold(document: Document, actor: Actor, now: datetime) -> int:
    """Hide as many counts of a frozen report as must be, so that nothing small can be worked out. Returns how many.

    Raises Refused; ValidationError before it is frozen, once it is signed or published, and where nothing helps.
    """
    insist_writes(actor)
    with writing_as(actor):
        found = locked(actor, document)
        insist_open(found)
        freeze = versions.frozen(found)
        if freeze is None:
            raise ValidationError("Freeze the data first: until then the figures still change")
        try:
            hidden = release.to_withhold(versions.composed(found, now).used)
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong
        if not hidden:
            raise ValidationError("Hiding more would not help. Take one of the figures out of the text")
        Withheld.objects.bulk_create([
            Withheld(**kept(found), document=found, freeze=freeze, indicator=each.indicator, part=each.part,
                     first=each.first, last=each.last, by=actor.user, at=now) for each in hidden])
        return len(hidden)
