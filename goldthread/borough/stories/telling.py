"""One case being told: what is done, by whom and when. What a story leaves unsaid is said by ``data/stories``."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models

from goldthread.borough.chance import Weighted, pick, whole
from goldthread.borough.contacts.desk import DAY, after
from goldthread.borough.files import sections
from goldthread.borough.plan import LONDON
from goldthread.borough.records.people import Family, Person
from goldthread.borough.stories.planning import by_now, recorded, written
from goldthread.borough.stories.scene import Scene
from goldthread.people.models import Person as Known
from goldthread.process.bulk import Planned, PlannedCase
from goldthread.process.definition import Process, key_of
from goldthread.process.fields import CodeField
from goldthread.process.registry import get
from goldthread.process.rows import made

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat


PARENTS = ("mother", "father")


@dataclass(frozen=True)
class Begins:
    """How a story begins: the process, when, with whom, and what is known already.

    at: when it happened; told_at: when it was written down; by: who wrote it. fixed: what chance would decide otherwise.
    """

    process: str
    at: datetime
    by: Seat
    family: Family | None = None
    children: tuple[Person, ...] = ()
    told_at: datetime | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    came_from: PlannedCase | None = None
    campaign: int | None = None


class Tale:
    """A case as it is told. Steps may be told in any order and for any time: those still to come are left out at the end."""

    def __init__(self, scene: Scene, begins: Begins) -> None:
        self.scene, self.begins, self.now = scene, begins, scene.now
        self.process: Process = get(begins.process)
        self.number = scene.next(begins.process)
        self.draw = scene.draw(begins.process, self.number)
        self.family, self.children, self.fixed = begins.family, list(begins.children), begins.fixed
        self.steps: list[Planned] = []
        self.case = PlannedCase(begins.by.agency, [], came_from=begins.came_from, campaign=begins.campaign)
        self.worker: Seat | None = None
        self._said = 0

    # -- chance ---------------------------------------------------------------------------------------

    def decide(self, name: str, chances: Mapping[Any, float]) -> Any:
        """One of these by weight, unless it is fixed. Taken in turn, so that a handful of stories has every kind."""
        drawn = self.draw()
        if name in self.fixed:
            return self.fixed[name]
        turn = (drawn * 0.15 + (self.number + 0.5) * 0.6180339887 + len(name) * 0.37) % 1
        return Weighted(chances.items()).pick(lambda: turn)

    def happens(self, name: str, share: float) -> bool:
        """Whether something does happen that happens in this share of stories."""
        return bool(self.decide(name, {True: share, False: 1 - share}))

    def some(self, values: Sequence[Any]) -> Any:
        return pick(values, self.draw)

    # -- time -----------------------------------------------------------------------------------------

    def after(self, at: datetime, low: float, high: float) -> datetime:
        """A moment of working time, so many working days after another."""
        return after(at.astimezone(LONDON), DAY * (low + (high - low) * self.draw()))

    def hours(self, at: datetime, low: float, high: float) -> datetime:
        """A moment so many hours after another, at any time of day."""
        return (at + timedelta(hours=low + (high - low) * self.draw())).replace(microsecond=0)

    def within(self, at: datetime, days: float, *, late: float, soonest: float = 0.4) -> datetime:
        """When something due within so many working days was done: in time, or in `late` of all stories after it."""
        over = self.draw() < late
        return self.after(at, days * 1.04, days * 1.5) if over else self.after(at, days * soonest, days * 0.94)

    def clock_time(self, at: datetime, days: int, hour: int) -> datetime:
        """An hour of the working day that is so many working days on."""
        return after(at.astimezone(LONDON), DAY * days).replace(hour=hour, minute=whole(0, 3, self.draw) * 15, second=0)

    # -- what is done ---------------------------------------------------------------------------------

    def did(self, model: Any, at: datetime, by: Seat, lines: Sequence[Any] = (), *, told_at: datetime | None = None,
            answers: bool = False, **values: Any) -> datetime:
        """Something recorded, and when. Texts not given are filled in by the words of the process."""
        step = recorded(model, at, by, lines, told_at=told_at, answers=answers, **self.filled(model, values))
        self.steps.append(step)
        return written(step)

    def begin(self, line: Any = None, lines: Sequence[Any] = (), **values: Any) -> None:
        """The first record, with a line for each of the people."""
        people = self.people(line) if line else []
        self.did(self.process.first.record, self.begins.at, self.begins.by, [*people, *lines],
                 told_at=self.begins.told_at, **{**values, **self.begins.values})

    def given(self, worker: Seat, at: datetime, by: Seat, **values: Any) -> datetime:
        """The case is given to somebody, who works on it from then."""
        self.worker = worker
        return self.did(self.process.allocation, at, by, worker_id=worker.user, **values)

    def line(self, model: Any, **values: Any) -> Any:
        """A repeated part of a record."""
        return made(model, **self.filled(model, values))

    def people(self, model: Any) -> list[Any]:
        """A line for each child, and for the parents who live with them."""
        parents = [each for each in self.family.people if each.role in PARENTS] if self.family else []
        return [self.line(model, person=self.known(each), capacity=each.role or ("sibling" if place else "child"))
                for place, each in enumerate([*self.children, *parents])]

    def known(self, person: Person) -> Known:
        """The person as they are in the database, without asking it."""
        return made(Known, id=self.scene.person(person.person_id), given=f"{person.given} {person.middle}".strip(),
                    family=person.surname, known_as=person.known_as)

    def asked(self, ask: Any, line: Any, at: datetime, by: Seat, agencies: Sequence[int], days: float,
              reply: Callable[[int, datetime], None], *, late: float = 0.15, never: float = 0.05,
              until: datetime | None = None, line_values: Callable[[int], dict[str, Any]] = lambda agency: {},
              **values: Any) -> None:
        """Agencies asked, and those that answer before `until`, in time or late. reply: tells one agency's answer."""
        due = after(at.astimezone(LONDON), DAY * days)
        lines = [self.line(line, agency_id=agency, due=due, **line_values(agency)) for agency in agencies]
        self.did(ask, at, by, lines, **values)
        for agency in agencies:
            when = self.within(at, days, late=late, soonest=0.15)
            if self.draw() >= never and (until is None or when < until):
                reply(agency, when)

    # -- words ----------------------------------------------------------------------------------------

    def say(self, heading: str) -> str:
        """One of the sentences under a heading, with the first child's name in it. Raises KeyError for no such heading."""
        known = words()[heading]
        self._said += 1
        return known[(self.number + self._said) % len(known)].format(child=self.child)

    @property
    def child(self) -> str:
        first = self.children[0] if self.children else None
        return (first.known_as or first.given or "the baby") if first else "the child"

    def filled(self, model: Any, values: dict[str, Any]) -> dict[str, Any]:
        """The values with every text a form would insist on, and those the words of this very step offer."""
        for name, heading in texts_of(model):
            if name not in values:
                values[name] = self.say(heading)
        return values

    # -- the end --------------------------------------------------------------------------------------

    def finished(self) -> bool:
        """Keep what was written down by now, in that order. Returns whether the case has begun."""
        self.case.steps = by_now(self.steps, self.now)
        return bool(self.case.steps)


Story = Callable[[Tale], Iterator[Begins]]


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The sentences of all stories: ``[step.field]``, or ``[field]`` where any step's will do."""
    found: dict[str, tuple[str, ...]] = {}
    for name in ("common", "plans", "outside", "adults", "partnership", "care"):
        found |= sections(f"stories/{name}.txt")
    return found


@cache
def texts_of(model: Any) -> tuple[tuple[str, str], ...]:
    """(field, heading) of what is written freely: what must be or may have to be, and whatever else the words name."""
    found = []
    for name in model.own_fields():
        each = model._meta.get_field(name)
        if not isinstance(each, models.TextField | models.CharField) or isinstance(each, CodeField) or each.choices:
            continue
        own = f"{key_of(model)}.{name}"
        if own in words():
            found.append((name, own))
        elif not each.blank or (name in getattr(model, "required_when_shown", ()) and name in words()):
            found.append((name, name))
    return tuple(found)
