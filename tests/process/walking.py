"""Take a case of any process through its steps, with rows filled by looking at the models."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.db import models

from goldthread.access.actor import Actor, acting, system, writing
from goldthread.access.policy import ROLES
from goldthread.files.models import Document
from goldthread.orgs.models import Agency, User
from goldthread.people.models import Person
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.definition import Process, Seat, Standing, Step, key_of
from goldthread.process.engine import position, standing
from goldthread.process.fields import CodeField
from goldthread.process.models import Ask, Case
from goldthread.process.registry import all_processes
from tests.support import NOW, make_actor, make_agency, make_partnership

_people = count(1)
PLANNED = {step.plans for process in all_processes() for step in process.steps if step.plans}


@dataclass
class World:
    """A partnership with somebody in every seat the process names. `behind`: how long after something it is recorded."""

    process: Process
    partnership: Any = field(default_factory=make_partnership)
    now: datetime = NOW
    seats: dict[Seat, Actor] = field(default_factory=dict)
    person: Person | None = None
    behind: timedelta = timedelta()

    def __post_init__(self) -> None:
        starters = make_agency("school", partnership=self.partnership)
        asked = make_agency("police", partnership=self.partnership)
        council = make_agency("childrens-services", partnership=self.partnership)
        agencies = {Standing.PARTNERSHIP: starters, Standing.STARTER: starters, Standing.ASKED: asked,
                    Standing.DESK: council, Standing.ALLOCATED: council, Standing.ABOUT: asked,
                    Standing.OFFERED: council, Standing.OFFERED_TEAM: council}
        for step in self.process.steps:
            for seat in step.by:
                if seat not in self.seats:
                    self.seats[seat] = self._sender(seat) or make_actor(
                        _role(self.process, seat), agencies[seat.standing], self.partnership)
        make_person(self)

    def _sender(self, seat: Seat) -> Actor | None:
        """Of a process for its sender only, the starter is the very person who sent the case in."""
        alone = self.process.sender_only and seat.standing is Standing.STARTER
        return self.seats[self.process.first.by[0]] if alone else None

    def actor(self, step: Step, case: Case | None = None) -> Actor:
        """Somebody in the step's seat; another one where whoever sat there recorded what must be kept apart from it,
        of another agency where several must sign."""
        seat = step.by[0]
        first = self.seats[seat]
        if case is None or not _own_hand(self, case, step, first):
            return first
        return make_actor(first.role, None if step.key in self.process.signed_keys else first.agency, self.partnership)

    @property
    def asked_agency(self) -> Agency:
        return next(a.agency for s, a in self.seats.items() if s.standing is Standing.ASKED)


def _role(process: Process, seat: Seat) -> str:
    """A role with the seat's right; at the desk one that also holds the desk, elsewhere one that does not if there is one.

    Who starts a case may be at any desk.
    """
    able = [r for r in ROLES.values() if seat.right in r.may]
    desk = {r.key for r in able if at_desk(process, r.key)}
    if seat.standing in (Standing.DESK, Standing.OFFERED):
        return min(desk)
    outside = {r.key for r in able if r.key not in desk and any("agency" in p for p in r.reads)}
    return min(outside or desk)


def at_desk(process: Process, role: str) -> bool:
    return any(pattern.endswith(f":{process.desk}") for pattern in ROLES[role].reads)


def _own_hand(world: World, case: Case, step: Step, actor: Actor) -> bool:
    """Whether this person recorded what the step is kept apart from, or has signed already what needs several people."""
    kept = {key_of(record) for record in step.apart_from} | ({step.key} & world.process.signed_keys)
    with acting(system(world.partnership.pk)):
        return any(f.by == actor.user.pk and f.key in kept for f in Case.objects.get(pk=case.pk).facts())


def filled(model: Any, world: World, case: Case | None = None, **given: Any) -> Any:
    """A valid row of any record or line, unsaved."""
    values: dict[str, Any] = {}
    for name in model.own_fields():
        f = model._meta.get_field(name)
        values[name] = given[name] if name in given else _value(f, world, case, given.get("happened_at", world.now))
    return model(**values)


def _value(f: Any, world: World, case: Case | None, at: datetime) -> Any:
    if isinstance(f, models.ForeignKey):
        return _related(f, world, case)
    if isinstance(f, CodeField):
        return f.every_code()[0]
    if f.choices:
        return f.choices[0][0]
    if isinstance(f, models.BooleanField):
        return False
    if isinstance(f, models.DateTimeField):
        return world.now + timedelta(days=7) if f.name in PLANNED else at
    if isinstance(f, models.IntegerField):
        return 1
    if isinstance(f, models.DateField):
        return world.now.date()
    if isinstance(f, models.EmailField):
        return "someone@example.org"
    return f"Words for {f.verbose_name}"[: f.max_length or 200]


def _related(f: Any, world: World, case: Case | None) -> Any:
    if f.related_model is Agency:
        return world.asked_agency
    if f.related_model is Person:
        return world.person
    if f.related_model is User:
        return next(a.user for s, a in world.seats.items() if s.standing is Standing.DESK)
    if f.related_model is Document:
        return _file(world)
    with acting(system(world.partnership.pk)):
        if not hasattr(f.related_model, "case"):
            return _subject(f.related_model, world)
        return f.related_model.objects.filter(case=case).order_by("pk").last()


def _file(world: World) -> Document:
    """A file that a record may carry: the same one each time. Nobody opens it."""
    with acting(system(world.partnership.pk)), writing():
        return Document.objects.get_or_create(place=f"invented-{world.partnership.pk}", defaults={
            "partnership": world.partnership, "readers": [], "name": "plan", "extension": "pdf", "size": 1,
            "content_type": "application/pdf", "sha256": "0" * 64, "stored_at": world.now,
            "stored_by": next(iter(world.seats.values())).user})[0]


def _subject(model: Any, world: World) -> Any:
    """Something other than a person that cases of the desk may be about: the same one each time."""
    desk = [f"desk:{world.partnership.pk}:{world.process.desk}"]
    given = {"kind": model.KINDS[0][0], "added_at": world.now, "added_by": next(iter(world.seats.values())).user}
    with writing():
        return model.objects.get_or_create(partnership=world.partnership, name="Invented Corner",
                                           defaults={**given, "readers": desk})[0]


def make_person(world: World) -> Person:
    from goldthread.people.actions.common import rekey
    with acting(system(world.partnership.pk)), writing():
        mine = [f"desk:{world.partnership.pk}:{world.process.desk}"]
        world.person = Person.objects.create(
            partnership=world.partnership, reference=f"P{next(_people):08d}", given="Testa", created_at=world.now,
            family="Exampleton", readers=mine, open_readers=mine)
        rekey(world.person)
    return world.person


def writing_of(step: Step, world: World, case: Case | None, **given: Any) -> Writing:
    record = filled(step.record, world, case, **{"happened_at": world.now, **given})
    return Writing(record, [each for line in step.lines
                            for each in _lines(line, world, case, _said_of_all(step, record, line))])


def _said_of_all(step: Step, record: Any, line: Any) -> dict[str, Any]:
    """A child's own line answers the question that steers the case as its record does."""
    return {step.outcome: getattr(record, step.outcome)} if step.outcome in line.own_fields() else {}


def _lines(line: Any, world: World, case: Case | None, said: dict[str, Any]) -> list[Any]:
    """One of each kind of line; of a kind that is filled in once for each code of a list, one for every code."""
    name = getattr(line, "one_each", "")
    if not name:
        return [filled(line, world, case, **said)]
    return [filled(line, world, case, **{name: code}) for code in line._meta.get_field(name).every_code()]


def begin(world: World, **given: Any) -> Case:
    step = world.process.first
    actor = world.actor(step)
    with acting(actor):
        return actions.start(actor=actor, process=world.process, writing_=writing_of(step, world, None, **given),
                             now=world.now + world.behind)


def do(world: World, case: Case, step: Step, **given: Any) -> Any:
    actor = world.actor(step, case)
    ask = None
    with acting(system(world.partnership.pk)):
        if world.process.answered_by(step.key):
            ask = Ask.objects.filter(case=case, step=step.key, answered_at=None, withdrawn_at=None).first()
    with acting(actor):
        return actions.record(actor=actor, case=case, step=step, ask=ask, now=world.now + world.behind,
                              writing_=writing_of(step, world, case, **given))


def todo(world: World, case: Case, *, optional: bool = False) -> list[Step]:
    with acting(system(world.partnership.pk)):
        facts = Case.objects.get(pk=case.pk).facts()
    where, facts = position(world.process, facts), standing(world.process, facts)
    done = {f.key for f in facts}
    return [s for s in where.open(world.process)
            if s in world.process.own_steps and (s.required or optional)
            and not (s.repeats and s.key in done and _signed_by_all(world.process, s, facts))]


def _signed_by_all(process: Process, step: Step, facts: list[Any]) -> bool:
    """Whether as many people have recorded the step as another one waits for."""
    wanted = max((w.people for s in process.steps for w in s.needs if w.key == step.key), default=1)
    return wanted <= len({f.by for f in facts if f.key == step.key})


def leading_to(process: Process, step: Step) -> dict[str, str]:
    """Outcomes by step key after which this step may be recorded."""
    found: dict[str, str] = {}
    for need in step.needs:
        found |= leading_to(process, process.step(need.key))
        found |= {need.key: min(need.outcomes)} if need.outcomes else {}
    return found


def walk(world: World, want: dict[str, str] | None = None, *, stop_before: str = "", optional: bool = False) -> Case:
    """From start to close, doing what is open next; `want` gives outcomes by step key."""
    want = leading_to(world.process, world.process.step(stop_before)) if stop_before and want is None else want or {}
    case = begin(world, **wanted_of(world.process.first, want))
    return walk_on(world, case, want, stop_before=stop_before, optional=optional)


def walk_on(world: World, case: Case, want: dict[str, str] | None = None, *, stop_before: str = "",
            optional: bool = False) -> Case:
    """Go on with a case, doing what is open next, until nothing is or the next is `stop_before`."""
    for _ in range(60):
        left = todo(world, case, optional=optional)
        if not left or left[0].key == stop_before:
            return fresh(world, case)
        world.now += timedelta(minutes=7)
        do(world, case, left[0], **wanted_of(left[0], want or {}))
    raise AssertionError(f"{world.process.key} never ends")


def manager_of(world: World) -> Actor:
    """Somebody who manages the desk that works the process."""
    able = (r.key for r in ROLES.values() if world.process.manager in r.may and at_desk(world.process, r.key))
    return make_actor(min(able), partnership=world.partnership)


def fresh(world: World, case: Case) -> Case:
    with acting(system(world.partnership.pk)):
        return Case.objects.get(pk=case.pk)


def wanted_of(step: Step, want: dict[str, str]) -> dict[str, str]:
    """The outcome wanted of a step, as the field that holds it."""
    return {step.outcome: want[step.key]} if step.key in want else {}
