"""What somebody may do to one case. Views, forms, jobs and imports all come through here."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.access.actor import Actor, Refused
from goldthread.access.policy import May, Reads, desk_token, user_token
from goldthread.process import readers, registry
from goldthread.process.definition import Process, Seat, Standing, Step, key_of
from goldthread.process.engine import Fact, Position, State, may_repeat, position, standing
from goldthread.process.facts import AskedStanding, facts_of
from goldthread.process.models import Case, Event


@dataclass(frozen=True)
class Answer:
    """Yes, or no and why in words for the person."""

    ok: bool
    why: str = ""

    def __bool__(self) -> bool:
        return self.ok

    def insist(self) -> None:
        """Refused unless yes."""
        if not self.ok:
            raise Refused(self.why)


YES = Answer(True)
OFFERS = (Standing.OFFERED, Standing.OFFERED_TEAM)


def may_start(actor: Actor, process: Process) -> Answer:
    if any(actor.may(seat.right) for seat in process.first.by):
        return YES
    return Answer(False, f"Your role cannot start a {process.name.lower()}")


def works_on(actor: Actor, process: Process) -> bool:
    """Whether somebody's role works on cases of this kind at all; which ones they see is the rows' to say."""
    return any(actor.may(right) for right in process.rights)


def stands(actor: Actor, case: Case, standing: Standing, step: Step,
           asks: Sequence[AskedStanding] | None = None) -> bool:
    """Whether the actor stands so to the case, restriction and denial included. asks: those of the case, if read."""
    if set(case.denied) & actor.authority.tokens or actor.authority.partnership != case.partnership_id:
        return False
    if case.restricted and not set(case.named) & actor.authority.tokens and standing is not Standing.ASKED:
        return False
    if standing is Standing.DESK:
        mine = case.allocated_to_id is not None and actor.holds(user_token(case.allocated_to_id))
        return mine or actor.holds(desk_token(case.at_desk, case.partnership_id))
    if standing in OFFERS:  # whoever offers a case does not take it over themselves
        return case.offered_by_id != actor.user.pk and any(map(actor.holds, readers.offered_token(case, standing)))
    if standing is Standing.ALLOCATED:
        return case.allocated_to_id is not None and actor.holds(user_token(case.allocated_to_id))
    if standing is Standing.STARTER and case.process.sender_only:
        return readers.sender(case) == actor.user.pk and actor.agency.pk == case.started_by_id
    if standing is Standing.STARTER:
        return actor.holds(actor.agency_token) and actor.agency.pk == case.started_by_id
    if standing is Standing.ABOUT:
        return actor.holds(actor.agency_token) and actor.agency.pk == case.about_agency_id
    if standing is Standing.ASKED:
        if not actor.holds(readers.asked_token(case, actor.agency.pk)):
            return False
        answers = case.process.answered_by(step.key) is not None
        mine = (ask for ask in (facts_of(case.pk)[1] if asks is None else asks) if ask.agency == actor.agency.pk)
        return any(not answers or (ask.step == step.key and not ask.answered) for ask in mine)
    return standing is Standing.PARTNERSHIP


def seated(actor: Actor, case: Case, step: Step, asks: Sequence[AskedStanding] | None = None) -> bool:
    """Whether one of the step's seats is the actor's."""
    return any(_sits(actor, case, seat, step, asks) for seat in step.by)


def _sits(actor: Actor, case: Case, seat: Seat, step: Step, asks: Sequence[AskedStanding] | None) -> bool:
    return _able(actor, case, seat) and stands(actor, case, seat.standing, step, asks)


def _able(actor: Actor, case: Case, seat: Seat) -> bool:
    """Whether the actor's role has the seat's right; at another desk than its process's own, that desk's in its place."""
    if actor.may(seat.right):
        return True
    desk = case.offered_to if seat.standing in OFFERS else case.at_desk
    own = (case.process.worker, case.process.manager)
    if seat.standing not in (Standing.DESK, Standing.ALLOCATED, *OFFERS) or seat.right not in own \
            or desk in ("", case.process.desk):
        return False
    return actor.may(registry.desk_rights()[desk][own.index(seat.right)])


def manages(actor: Actor, case: Case) -> bool:
    """Whether the actor's role manages the desk that the case is with."""
    return _able(actor, case, Seat(Standing.DESK, case.process.manager))


@dataclass(frozen=True)
class Work:
    """A case with its facts, whom it asked and where it stands, read once."""

    case: Case
    facts: list[Fact]
    asks: list[AskedStanding]
    where: Position

    @classmethod
    def on(cls, case: Case) -> Work:
        """The work on a case now; for a page that only reads it, the same as was read before."""
        if case.only_read and (known := case.__dict__.get("_work")):
            return known
        facts, asks = facts_of(case.pk)
        work = cls(case, facts, asks, position(case.process, facts))
        case.__dict__["_work"] = work
        return work

    def may_record(self, actor: Actor, step: Step) -> Answer:
        """Whether the actor may record this step now."""
        if not seated(actor, self.case, step, self.asks):
            return Answer(False, self._whose(step))
        if other := self._own_hand(actor, step):
            return Answer(False, f"Somebody else must do this: you recorded {other}")
        state = self.where.states[step.key]
        if state is State.OPEN or (state is State.DONE and may_repeat(self.case.process, step, self.facts)):
            return YES
        if state is State.WAITING:
            return Answer(False, f"{step.name} waits for: {', '.join(self.where.waits[step.key])}")
        return Answer(False, f"{step.name} is {state.value}")

    def _whose(self, step: Step) -> str:
        """Why somebody else records a step."""
        if self.case.offered_team_id and any(seat.standing is Standing.OFFERED_TEAM for seat in step.by):
            return (f"This is offered to the {self.case.offered_team}: only somebody of that team, or who covers for one of "
                    "them, takes it over or declines it, and not whoever offered it")
        return f"You cannot record this: {step.name}"

    def _own_hand(self, actor: Actor, step: Step) -> str:
        """What this person recorded that keeps them from recording the step as well; "" for nothing."""
        apart = {key_of(record) for record in step.apart_from}
        own = next((f.key for f in standing(self.case.process, self.facts) if f.key in apart and f.by == actor.user.pk), "")
        return self.case.process.step(own).name.lower() if own else ""


def may_correct(actor: Actor, case: Case, event: Event) -> Answer:
    """Whether the actor may replace what an event recorded: the agency that recorded it, from the step's seat; or
    the desk's manager."""
    step = case.process.step(event.step)
    if not getattr(step.record, "correctable", True):
        return Answer(False, f"{step.name} cannot be corrected; withdraw it and do it again")
    own = event.agency_id == actor.agency.pk and actor.holds(actor.agency_token) and seated(actor, case, step)
    own = own and (not case.process.sender_only or event.recorded_by_id == actor.user.pk)
    manager = manages(actor, case) and stands(actor, case, Standing.DESK, step)
    return YES if own or manager else Answer(False, f"You cannot correct this: {step.name}")


def may_restrict(actor: Actor, case: Case) -> Answer:
    """Whether the actor may hide the case from all but named people: a role that restricts, at its desk or the
    privacy officer, who does it without reading."""
    able = actor.may(May.RESTRICT) and actor.authority.partnership == case.partnership_id
    privacy = actor.holds(Reads.PRIVACY.format(partnership=case.partnership_id))
    if able and (privacy or stands(actor, case, Standing.DESK, case.process.first)):
        return YES
    return Answer(False, "You cannot restrict this record")
