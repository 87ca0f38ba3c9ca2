"""Asking agencies for returns, reminding them, and asking no longer."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from goldthread.access.actor import Actor
from goldthread.dataset import periods
from goldthread.dataset.actions.common import DUE, in_sight, required, tell_agency, writing_as
from goldthread.dataset.models import HANDED_IN, Expectation, LocalSpecification
from goldthread.dataset.rights import insist_collects, readers_of
from goldthread.dataset.specification.declared import UnknownSpecification
from goldthread.dataset.specifications import LOCAL, specification
from goldthread.orgs.models import Agency

MOST = 500  # returns asked for at once


def expect(*, actor: Actor, agency: Agency, key: str, since: date, until: date, due: date, now: datetime) -> Expectation:
    """Ask an agency for a return of one period. One that is asked for already stays as it is.

    Raises Refused; ValidationError naming the field.
    """
    insist_collects(actor, actor.partnership.pk)
    with writing_as(actor):
        return _expect(actor, agency, key, periods.Period(since, until, due), now)[0]


def plan(*, actor: Actor, agencies: Sequence[Agency], key: str, rhythm: str, first: date, many: int, days: int,
         now: datetime) -> list[Expectation]:
    """Ask agencies for a return again and again: `many` periods of a rhythm from the one that `first` lies in, each due
    `days` after its end. All or nothing. Raises Refused; ValidationError naming the field.
    """
    insist_collects(actor, actor.partnership.pk)
    if rhythm not in periods.RHYTHMS:
        raise ValidationError({"rhythm": "Choose how often"})
    wanted = periods.following(rhythm, first, many, days)
    if not agencies or not wanted or len(wanted) * len(agencies) > MOST:
        raise ValidationError({"agencies": f"Ask for between 1 and {MOST} returns at once"})
    with writing_as(actor):
        made = [_expect(actor, agency, key, period, now) for agency in agencies for period in wanted]
        for each in {row.agency_id: row for row, new in made if new}.values():
            tell_agency(each, "Your agency is asked for a data return", now, but=actor.user.pk)
        return [row for row, _ in made]


def _expect(actor: Actor, agency: Agency, key: str, period: periods.Period, now: datetime) -> tuple[Expectation, bool]:
    """The return asked for, and whether it was not before."""
    today = timezone.localdate(now)
    if not Agency.objects.taking_part(actor.partnership, today).filter(pk=agency.pk).exists():
        raise ValidationError({"agencies": "Choose agencies that take part in your partnership"})
    if period.until < period.since:
        raise ValidationError({"until": "The period ends before it begins"})
    try:
        asked = specification(key, period.until)
    except UnknownSpecification as wrong:
        raise ValidationError({"key": str(wrong).rstrip(".")}) from wrong
    known = Expectation.objects.filter(agency=agency, specification=key, since=period.since, until=period.until,
                                       dropped_at=None).first()
    if known is not None:
        return known, False
    readers = readers_of(agency.pk, actor.partnership.pk)
    if key.startswith(LOCAL):
        _open_to(key, readers)
    return Expectation.objects.create(
        partnership=actor.partnership, readers=readers, agency=agency, specification=key, title=asked.title,
        since=period.since, until=period.until, due=period.due, asked_by=actor.user, asked_at=now), True


def _open_to(key: str, readers: list[str]) -> None:
    """Let those asked for a return of the partnership's own read what it is made of."""
    for row in LocalSpecification.objects.filter(key=key):
        more = sorted({*row.readers, *readers})
        LocalSpecification.objects.filter(pk=row.pk).update(readers=more)
        row.columns.update(readers=more)  # type: ignore[attr-defined]


def remind(*, actor: Actor, expectation: Expectation, now: datetime) -> int:
    """Remind an agency of a return now. Returns how many people were told. Raises Refused, ValidationError when it came."""
    insist_collects(actor, expectation.partnership_id)
    with writing_as(actor):
        found = in_sight(actor, expectation)
        if found.dropped_at or found.submissions.filter(state__in=HANDED_IN).exists():  # type: ignore[attr-defined]
            raise ValidationError("This return is not owed any more")
        return tell_agency(found, "A data return of your agency is asked for", now, kind=DUE, but=actor.user.pk)


def drop(*, actor: Actor, expectation: Expectation, reason: str, now: datetime) -> Expectation:
    """Ask no longer for a return that was not sent. Raises Refused, Expectation.DoesNotExist, ValidationError."""
    insist_collects(actor, expectation.partnership_id)
    with writing_as(actor):
        found = in_sight(actor, expectation)
        if found.submissions.filter(state__in=HANDED_IN).exists():  # type: ignore[attr-defined]
            raise ValidationError("This return was sent. Withdraw it first")
        found.dropped_because = required(reason, "reason", "Say why it is not asked for any more")
        found.dropped_at, found.dropped_by = found.dropped_at or now, actor.user
        found.save(update_fields=["dropped_at", "dropped_by", "dropped_because"])
        return found
