"""What a process is. Pure data: no Django, no database, no clock."""
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

from goldthread.access.policy import May, Reads


@cache
def key_of(record: type) -> str:
    """The key of a step: its record's class name in small letters with hyphens."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", record.__name__).lower()


class Standing(StrEnum):
    """How somebody stands to one case."""

    PARTNERSHIP = "anyone in the partnership"
    DESK = "the desk that works it"
    STARTER = "the agency that started it"
    ASKED = "an agency asked"
    AUTHOR = "the agency that recorded it"
    ABOUT = "the agency it is about"
    OFFERED = "the desk it is offered to"
    OFFERED_TEAM = "the team it is offered to"
    ALLOCATED = "the worker it is allocated to"


@dataclass(frozen=True)
class Seat:
    """Who may do a thing: a right of their role, and a standing to the case."""

    standing: Standing
    right: May


@dataclass(frozen=True)
class Was:
    """`record` has been made, and (if given) last came out as one of `outcomes`.

    people: by so many different people. agencies: each of them for a different agency. back: and all that it asked have
    answered, which only a clock can wait for.
    """

    record: type
    outcomes: frozenset[str] = frozenset()
    people: int = 1
    agencies: bool = False
    back: bool = False

    @property
    def by_whom(self) -> str:
        """By how many and whom it must have been made, where more than one must."""
        return f"{self.people} people{' of different agencies' if self.agencies else ''}"

    @property
    def key(self) -> str:
        return key_of(self.record)


def was(record: type, *outcomes: str) -> Was:
    return Was(record, frozenset(outcomes))


def signed(record: type, people: int, *outcomes: str, agencies: bool = False) -> Was:
    """`record` has been made by so many different people, each time (if given) with one of `outcomes`.

    agencies: two of one agency count once, as where two safeguarding partners must sign.
    """
    return Was(record, frozenset(outcomes), people, agencies)


def answered(record: type) -> Was:
    """Every agency that `record` asked, the first time and each time after, has answered or said that it knows nothing.

    Asking one more lets it wait again until that one has answered too. An agency taken back from what was asked is not
    waited for; one let off because the case ended is, until then.
    """
    return Was(record, back=True)


@dataclass(frozen=True)
class Page:
    """One page of a long form: the question it asks and the fields (or the repeated `lines`) that answer it."""

    title: str
    fields: tuple[str, ...] = ()
    lines: type | None = None
    hint: str = ""


@dataclass(frozen=True)
class Step:
    """Something that is done and written down in a process.

    record: the typed model that holds it. lines: repeated parts of it, one typed model each.
    by: who may record it. audience: who besides may read it. needs: what must come first.
    outcome: the field whose value steers later steps. repeats: may be recorded again and again.
    asks: the step by which each agency named in its lines answers. tells: who gets a notice.
    pages: how a long form is cut up; none means one page. until: once that holds, it is no longer to be recorded.
    lapses: an answer nobody waits for any more once the case is closed, or, where a record is named, once that has come
    (a report for the conference that has been held). plans: the field that names a time still to
    come (a conference to be held, a child to be born), from which clocks may count. apart_from: records whose writer may
    not write this one as well. about: the field of a first record that names the agency the case is about.
    """

    record: type
    by: tuple[Seat, ...]
    needs: tuple[Was, ...] = ()
    audience: tuple[Standing, ...] = (Standing.DESK,)
    lines: tuple[type, ...] = ()
    outcome: str = ""
    repeats: bool = False
    required: bool = True
    asks: type | None = None
    tells: tuple[Standing, ...] = ()
    pages: tuple[Page, ...] = ()
    until: Was | None = None
    lapses: bool | type = False
    plans: str = ""
    apart_from: tuple[type, ...] = ()
    about: str = ""

    @property
    def key(self) -> str:
        return key_of(self.record)

    @property
    def name(self) -> str:
        name = str(self.record._meta.verbose_name)  # type: ignore[attr-defined]
        return name[:1].upper() + name[1:]

    @property
    def doing(self) -> str:
        """What somebody does who records it: the record's `to_do`, or its name where that says it well enough."""
        return getattr(self.record, "to_do", "") or self.name


@dataclass(frozen=True)
class Stage:
    """A named part of a process, as people speak of it."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Clock:
    """A time limit within a process; `rule` names the dated limit that sets it, with its source.

    Runs from the first fact that matches `starts` (or the last that says it starts the clock again) to the first
    of `stops` after it: one kind of record or several, each however it came out or only once `was`, `signed` or
    `answered` holds.
    `only_while`: only so long as this is the latest of its step.
    `each`: every start has its own; `singly`: and each is answered by a record of its own, the one due first by the first.
    `each_ask`: one for every agency asked, due when the asking said. `every`: again and again until `until`,
    the rule chosen by the day of the process. planned: due at the time its start plans for, or with a `rule` so long
    after it, or before it where the limit is counted back ("2 working days before"). A plan made anew before what it
    plans has come moves that time; what comes is `comes` where that is not one of `stops`. With `each` no plan moves
    another.
    """

    name: str
    starts: Was
    stops: type | Was | tuple[type | Was, ...]
    rule: str = ""
    only_while: Was | None = None
    each: bool = False
    singly: bool = False
    each_ask: bool = False
    every: Callable[[int], str] | None = None
    until: Was | None = None
    planned: bool = False
    comes: type | None = None

    @cached_property
    def stop_keys(self) -> tuple[str, ...]:
        """The steps that stop it, the usual one first."""
        return tuple(each.key for each in self.stopped_by)

    @cached_property
    def stopped_by(self) -> tuple[Was, ...]:
        """What stops it, the usual first."""
        stops = self.stops if isinstance(self.stops, tuple) else (self.stops,)
        return tuple(each if isinstance(each, Was) else was(each) for each in stops)


@dataclass(frozen=True)
class Process:
    """A kind of casework. `desk` names the desk that works it; `shares_case_with` who else may open the case itself.

    worker, manager: the rights of those who work at the desk and of those who manage it. subject: what a case is about,
    in a word, for its lists. several: what many of them are called, where that is not the
    name with an s. area: the main section of the service it belongs to ("children" or "assurance").
    sender_only: of the agency that starts a case only the person who sent it stands as its starter, so that
    colleagues there do not learn that it exists. asked: who of an agency that is asked is meant, its safeguarding
    staff unless fewer should learn of it. in_emergency: whether somebody outside may open a case of it for an hour in an
    emergency.
    goes_to: other desks that may take a case over; there its worker's and manager's rights are those of that desk.
    """

    key: str
    name: str
    prefix: str
    statute: str
    desk: str
    worker: May
    manager: May
    stages: tuple[Stage, ...]
    clocks: tuple[Clock, ...]
    shares_case_with: tuple[Standing, ...] = ()
    mark: type | None = None
    allocation: type | None = None
    subject: str = "Child"
    several: str = ""
    area: str = "children"
    sender_only: bool = False
    asked: Reads = Reads.AGENCY
    in_emergency: bool = True
    goes_to: tuple[str, ...] = ()
    common: tuple[Step, ...] = ()
    common_clocks: tuple[Clock, ...] = ()

    @property
    def plural(self) -> str:
        return self.several or f"{self.name}s"

    @property
    def desks(self) -> tuple[str, ...]:
        """The desks a case may be with, its own first."""
        return (self.desk, *self.goes_to)

    @cached_property
    def own_steps(self) -> tuple[Step, ...]:
        return tuple(step for stage in self.stages for step in stage.steps)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Its own steps in order, then those every process has."""
        return self.own_steps + self.common

    @cached_property
    def positions(self) -> dict[Any, Any]:
        """What the engine remembers of this process: the position of each shape of case it has met."""
        return {}

    @cached_property
    def signed_keys(self) -> frozenset[str]:
        """The steps of which it counts by how many people they were made."""
        return frozenset(w.key for s in self.steps for w in (*s.needs, s.until) if w is not None and w.people > 1)

    @cached_property
    def all_clocks(self) -> tuple[Clock, ...]:
        return self.clocks + self.common_clocks

    @cached_property
    def _by_key(self) -> dict[str, Step]:
        return {step.key: step for step in self.steps}

    @cached_property
    def rights(self) -> frozenset[May]:
        """The rights by which somebody works on cases of this kind, rather than starts one or answers a question."""
        inside = (Standing.DESK, Standing.ALLOCATED, Standing.ABOUT)
        seats = (seat for step in self.own_steps for seat in step.by if seat.standing in inside)
        return frozenset({self.worker, self.manager, *(seat.right for seat in seats)})

    @cached_property
    def rights_about(self) -> frozenset[May]:
        """The rights by which people of the agency a case is about act on it."""
        return frozenset(seat.right for step in self.own_steps for seat in step.by if seat.standing is Standing.ABOUT)

    @property
    def begins_with_people(self) -> bool:
        """Whether its first record names people who are known, so that they are looked for before it is begun."""
        return any(line.involves for line in self.first.lines)  # type: ignore[attr-defined]

    @property
    def first(self) -> Step:
        return self.own_steps[0]

    def step(self, key: str) -> Step:
        """The step of that key. Raises KeyError."""
        return self._by_key[key]

    def order(self, key: str) -> int:
        return self.steps.index(self._by_key[key])

    def answered_by(self, key: str) -> Step | None:
        """The step that asks, of the step by which agencies answer."""
        return next((s for s in self.steps if s.asks and key_of(s.asks) == key), None)
