"""Setting things right on a case: clocks paused, work taken up again, records withdrawn; and the emergency door."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, Refused, acting, system_for, writing
from goldthread.access.models import BreakGlass
from goldthread.access.policy import May, desk_token, glass_token, user_token
from goldthread.base.identifiers import check_reference, is_reference
from goldthread.notify.actions import Notice, to_roles
from goldthread.process import readers
from goldthread.process.actions import Writing, record
from goldthread.process.confining import required
from goldthread.process.models import (
    Case,
    ClockRow,
    Event,
    Extension,
    Pause,
    Reopening,
    Resumption,
    Withdrawal,
)
from goldthread.process.rights import Work, manages
from goldthread.process.voiding import Voiding
from goldthread.rules.calendar import england
from goldthread.rules.limits import limit


def pause(*, actor: Actor, case: Case, clock: str, reason: str, now: datetime) -> Event:
    """Stop a clock for a reason. Raises Refused; ValidationError for a clock that does not run here, or may not stop."""
    return _clock_step(actor, case, Pause(clock=clock, reason=required(reason, "reason", "Say why")), now)


def resume(*, actor: Actor, case: Case, clock: str, reason: str, now: datetime) -> Event:
    """Start a paused clock again. Raises Refused; ValidationError for one that is not paused."""
    return _clock_step(actor, case, Resumption(clock=clock, reason=reason), now)


def extend(*, actor: Actor, case: Case, clock: str, until: datetime, reason: str, now: datetime) -> Event:
    """Give more time for something due. Raises Refused; ValidationError for a clock that does not run here, a time that
    is past, or no reason.
    """
    if until <= now:
        raise ValidationError({"until": "Enter a time still to come"})
    made = Extension(clock=clock, until=until, reason=required(reason, "reason", "Say why more time is needed"))
    return _clock_step(actor, case, made, now)


def may_pause(row: ClockRow) -> bool:
    """Whether a time limit may stand still: one that the partnership sets for itself. What the law fixes runs on, and a
    time promised for an answer or a meeting is moved by asking or planning anew."""
    return bool(row.rule) and limit(row.rule, england().local_day(row.started)).local_counted


@transaction.atomic
def _clock_step(actor: Actor, case: Case, made: Pause | Resumption | Extension, now: datetime) -> Event:
    step = case.process.step(made.step_key())
    with acting(system_for(actor)):
        found = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        Work.on(found).may_record(actor, step).insist()
        running = list(found.clockrows.filter(name=made.clock, stopped=None, ask=None).order_by("cycle"))
    if fault := _amiss(made, running, now):
        raise ValidationError({"clock": fault})
    made.happened_at = now
    return record(actor=actor, case=case, step=step, writing_=Writing(made, about=made.clock), now=now)


def _amiss(made: Pause | Resumption | Extension, running: list[ClockRow], now: datetime) -> str:
    """Why this cannot be done to a clock, in words; "" when it can."""
    if not running:
        return f"No time limit called {made.clock!r} runs here"
    if isinstance(made, Resumption) and not any(row.paused for row in running):
        return "This time limit is not paused"
    if isinstance(made, Pause) and any(row.paused for row in running):
        return "This time limit is paused already"
    if isinstance(made, Pause) and not all(may_pause(row) for row in running):
        return "This time limit is not yours to stop. Give more time instead, and say why"
    if isinstance(made, Pause) and all(row.due < now for row in running):
        return "This time limit has run out, so there is nothing left to pause"
    return ""


def reopen(*, actor: Actor, case: Case, from_step: str, reason: str, now: datetime) -> Event:
    """Take work up again from a step on; later steps are to be done again. Raises Refused and ValidationError."""
    if from_step not in {step.key for step in case.process.own_steps}:
        raise ValidationError({"from_step": f"There is no step {from_step!r} here"})
    made = Reopening(from_step=from_step, happened_at=now,
                     reason=required(reason, "reason", "Say why it is taken up again"))
    step = case.process.step(Reopening.step_key())
    return record(actor=actor, case=case, step=step, writing_=Writing(made, about=from_step), now=now)


@transaction.atomic
def withdraw(*, actor: Actor, event: Event, reason: str, now: datetime) -> Event:
    """Set aside something recorded in error; it stays in sight, struck through, and counts for nothing.

    Raises Refused; ValidationError for the first step (correct it instead), a withdrawal, or what was replaced already.
    """
    with acting(system_for(actor)):
        old = Event.objects.select_related("case").get(pk=event.pk)
    case = old.case
    if old.step == case.process.first.key:
        raise ValidationError("The first record of a case cannot be withdrawn; correct it instead")
    if old.step == Withdrawal.step_key():
        raise ValidationError("A withdrawal cannot be taken back; record again what was withdrawn")
    if old.replaced_by_id:
        raise ValidationError("This was already replaced or withdrawn")
    made = Withdrawal(what=case.process.step(old.step).name, happened_at=now,
                      reason=required(reason, "reason", "Say why it is withdrawn"))
    step = case.process.step(Withdrawal.step_key())
    new = record(actor=actor, case=case, step=step, now=now,
                 writing_=Writing(made, about=str(old.pk), withdraws=old))
    return new


class WorkedOn(Exception):
    """Cases that cannot be taken back because something was recorded on them since; `references` names them."""

    def __init__(self, references: list[str]) -> None:
        self.references = references
        super().__init__(f"Somebody has worked on {', '.join(references[:10])}{' and more' * (len(references) > 10)}")


def void(*, actor: Actor, case: Case, reason: str, now: datetime) -> None:
    """Take back a case recorded in error that nobody has worked on: its records are withdrawn, and it is in no list,
    search or number any more. Raises Refused, WorkedOn, Case.DoesNotExist; ValidationError without a reason.
    """
    void_all(actor=actor, cases=[case.pk], reason=reason, now=now)


@transaction.atomic
def void_all(*, actor: Actor, cases: Iterable[int], reason: str, now: datetime) -> None:
    """Take back many cases at once, all of them or none, in a number of statements that does not grow. As `void`."""
    reason = required(reason, "reason", "Say why this is taken back")
    wanted = sorted(set(cases))
    with acting(system_for(actor)), writing():
        found = list(Case.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
        if [case.pk for case in found] != wanted:
            raise Case.DoesNotExist("One of these cases is not here")
        events = list(Event.objects.filter(case__in=wanted).order_by("pk"))
        _insist_untouched(found, events)
        _insist_may_void(actor, found, events)
        Voiding(found, [event for event in events if event.replaced_by_id is None], actor, reason, now).write()


def _insist_untouched(cases: list[Case], events: list[Event]) -> None:
    """A case is untouched while all that was recorded on it was recorded at once by one person."""
    moments: dict[int, set[tuple[datetime, int]]] = {}
    for event in events:
        moments.setdefault(event.case_id, set()).add((event.recorded_at, event.recorded_by_id))
    touched = [c.reference for c in cases if len(moments[c.pk]) > 1 or c.restricted or c.opened_to or c.allocated_to_id]
    if touched:
        raise WorkedOn(touched)


def _insist_may_void(actor: Actor, cases: list[Case], events: list[Event]) -> None:
    """Whoever recorded them, or the desk's manager; never somebody kept from one of them."""
    own = all(event.recorded_by_id == actor.user.pk for event in events)
    manager = all(manages(actor, c) and actor.holds(desk_token(c.at_desk, c.partnership_id)) for c in cases)
    if any(set(case.denied) & actor.authority.tokens for case in cases) or not (own or manager):
        raise Refused("Only whoever recorded these, or a manager, can take them back")


@transaction.atomic
def break_glass(*, actor: Actor, reference: str, reason: str, now: datetime) -> BreakGlass:
    """Open one record for an hour in an emergency: never refused for want of a relationship, always answered for.

    A record the actor is kept from by name stays shut, as does a sealed one. Whether anything was found is told to nobody
    but by the record appearing: asking for what does not exist looks the same. Raises Refused for a role that may not.
    """
    actor.require(May.BREAK_GLASS)
    reason = required(reason, "reason", "Say why you need to see this record now")
    about = as_printed(required(reference, "reference", "Enter the reference of the record"))
    with acting(system_for(actor)), writing():
        case = Case.objects.select_for_update(of=("self",)).filter(reference=about).first()
        open_to_them = case is not None and opens_in_emergency(case, actor)
        grant = BreakGlass.objects.create(
            partnership=actor.partnership, user=actor.user, about=about, reason=reason, at=now,
            found=open_to_them, until=now + BreakGlass.LASTS)
        if case is not None and open_to_them:
            case.opened_to = sorted({*case.opened_to, glass_token(grant.pk)})
            case.save(update_fields=["opened_to"])
            readers.rewrite(case)
        to_roles(["privacy-officer"], Notice(actor.partnership.pk, "A record was opened in an emergency",
                                             kind="break-glass", urgent=True), now=now)
    return grant


def opens_in_emergency(case: Case, actor: Actor) -> bool:
    """Never to whom is kept from it by name; never a sealed case, nor one of a process that knows no emergency."""
    return case.process.in_emergency and not case.sealed and user_token(actor.user.pk) not in case.denied


def as_printed(reference: str) -> str:
    """A reference as it is printed, however it was typed; what is none is kept as typed, so far as there is room."""
    if is_reference(reference):
        return check_reference(reference)
    return reference.upper()[:BreakGlass._meta.get_field("about").max_length]


@transaction.atomic
def close_alert(*, actor: Actor, grant: BreakGlass, finding: str, comment: str, now: datetime) -> None:
    """A privacy officer's finding on a record opened in an emergency. Never one's own, and never a second time.

    Raises Refused and ValidationError.
    """
    actor.require(May.REVIEW_ACCESS)
    found = BreakGlass.objects.select_for_update().filter(partnership=actor.partnership, pk=grant.pk).first()
    if found is None:
        raise Refused("There is no such alert in your partnership")
    if found.user_id == actor.user.pk:
        raise Refused("Somebody else must look at what you opened yourself")
    if found.closed_at:
        raise Refused("Somebody has looked into this already")
    if finding not in dict(BreakGlass._meta.get_field("finding").flatchoices):
        raise ValidationError({"finding": "Choose what you found"})
    found.closed_at, found.closed_by, found.finding = now, actor.user, finding
    found.comment = required(comment, "comment", "Say what you found")
    found.save(update_fields=["closed_at", "closed_by", "finding", "comment"])
