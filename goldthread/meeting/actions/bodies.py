"""Groups: added, changed, ended; who sits in them; how many agencies make them quorate."""
from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from goldthread.access.actor import Actor, Refused, acting, system, writing
from goldthread.access.policy import DESKS, May, allowed, desk_token
from goldthread.meeting import readers
from goldthread.meeting.actions.common import checked, run_body, writing_as
from goldthread.meeting.models import Body, BodyMember, Quorum
from goldthread.orgs.models import Agency, Appointment


def add_body(*, actor: Actor, name: str, kind: str, desk: str, chair: Appointment, now: datetime,
             secretary: Appointment | None = None, purpose: str = "", rhythm: str = "") -> Body:
    """A group that one of the actor's own desks looks after. Raises Refused, ValidationError."""
    actor.require(May.RUN_MEETINGS)
    today = timezone.localdate(now)
    with writing_as(actor):
        if desk not in DESKS or not actor.holds(desk_token(desk, actor.partnership.pk)):
            raise ValidationError({"desk": "Choose a desk you work at"})
        _check_seats(actor, today, chair=chair, secretary=secretary)
        made: Body = checked(Body(partnership=actor.partnership, chair=chair, secretary=secretary), name=name.strip(),
                             kind=kind, desk=desk, purpose=purpose.strip(), rhythm=rhythm.strip())
        made.readers = readers.sitting(made, today)
        made.save()
        return made


def change_body(*, actor: Actor, body: Body, name: str, kind: str, chair: Appointment, secretary: Appointment | None,
                purpose: str, rhythm: str, now: datetime) -> Body:
    """Another name, chair or secretary. Raises Refused, Body.DoesNotExist, ValidationError."""
    today = timezone.localdate(now)
    with writing_as(actor):
        found = run_body(actor, body.pk)
        _check_seats(actor, today, chair=chair, secretary=secretary)
        checked(found, name=name.strip(), kind=kind, purpose=purpose.strip(), rhythm=rhythm.strip())
        found.chair, found.secretary = chair, secretary
        found.save()
        readers.rewrite_body(found, today)
        return found


def end_body(*, actor: Actor, body: Body, last_day: date, now: datetime) -> None:
    """A group meets no more after a day; what it did stays. Raises Refused, Body.DoesNotExist."""
    with writing_as(actor):
        found = run_body(actor, body.pk)
        found.ended_on = last_day
        found.save(update_fields=["ended_on"])


def set_quorum(*, actor: Actor, body: Body, agencies: int, words: str, valid_from: date, now: datetime) -> Quorum:
    """How many agencies must be there from a day on. Raises ValidationError when one is set for that day."""
    with writing_as(actor):
        found = run_body(actor, body.pk)
        if agencies < 1:
            raise ValidationError({"agencies": "Enter how many agencies, at least 1"})
        if Quorum.objects.filter(body=found, valid_from=valid_from).exists():
            raise ValidationError({"valid_from": "There is a quorum from that day already. Choose another day"})
        made: Quorum = checked(Quorum(partnership_id=found.partnership_id, readers=found.readers, body=found),
                               agencies=agencies, words=words.strip(), valid_from=valid_from)
        made.save()
        return made


def seat_member(*, actor: Actor, body: Body, agency: Agency, person: Any, since: date, now: datetime) -> BodyMember:
    """An agency sits from a day, by the person named or by whoever answers for it. Raises ValidationError."""
    today = timezone.localdate(now)
    with writing_as(actor):
        found = run_body(actor, body.pk)
        if not Agency.objects.taking_part(actor.partnership, today).filter(pk=agency.pk).exists():
            raise ValidationError({"agency": "Choose an agency that takes part in your partnership"})
        if person is not None:
            seats = Appointment.objects.current(today).filter(partnership=actor.partnership, agency=agency, user=person)
            if not any(May.ATTEND_MEETINGS in allowed(seat.role) for seat in seats):
                raise ValidationError({"person": f"{person} has no seat at {agency} today with which to attend meetings"})
        if BodyMember.objects.filter(body=found, agency=agency, person=person, until=None).exists():
            raise ValidationError({"agency": "They sit already"})
        made: BodyMember = BodyMember.objects.create(partnership_id=found.partnership_id, readers=found.readers, body=found,
                                                     agency=agency, person=person, since=since)
        readers.rewrite_body(found, today)
        return made


def unseat_member(*, actor: Actor, member: BodyMember, last_day: date, now: datetime) -> None:
    """An agency or person sits no more after a day; what they could read because they sat, they read no more."""
    with writing_as(actor):
        row = BodyMember.objects.get(pk=member.pk)
        found = run_body(actor, row.body_id)
        if last_day < row.since:
            raise ValidationError({"last_day": "The last day must not be before the first day"})
        row.until = last_day
        row.save(update_fields=["until"])
        readers.rewrite_body(found, timezone.localdate(now))


def refresh(now: datetime) -> int:
    """Let those read whose first day has come, and no longer those whose last day has passed. Returns how many groups
    changed. Safe to run at any time.
    """
    today, changed = timezone.localdate(now), 0
    with transaction.atomic(), acting(system()), writing():
        for body in Body.objects.select_for_update(of=("self",)).select_related("chair", "secretary"):
            if readers.sitting(body, today) != body.readers:
                readers.rewrite_body(body, today)
                changed += 1
    return changed


def _check_seats(actor: Actor, today: date, **seats: Appointment | None) -> None:
    for field, seat in seats.items():
        if seat is not None and not Appointment.objects.current(today).filter(
                pk=seat.pk, partnership=actor.partnership).exists():
            raise ValidationError({field: "Choose somebody who holds a seat in this partnership today"})


def insist_alive(body: Body, today: date) -> None:
    """Refused for a group that has ended."""
    if body.ended_on and body.ended_on < today:
        raise Refused("This group has ended")
