"""Many cases at once, row for row what recording them one by one would have made; for imports and the borough.

Facts are settled by the same pure functions; only the way into the database differs: whole tables by COPY. Cases
loaded so notify nobody, and nobody they are about may be restricted yet.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

from goldthread.access.actor import check_writing
from goldthread.access.copying import array_text, copy_into
from goldthread.base.identifiers import new_reference
from goldthread.orgs.models import Partnership
from goldthread.process import readers
from goldthread.process.definition import Process, Standing, Step
from goldthread.process.engine import Asked, Fact, lapsed
from goldthread.process.models import Ask, Case, CasePerson, ClockRow, Event, StepLine, StepRecord
from goldthread.process.rows import made
from goldthread.process.settling import DERIVED, clock_rows, derive, law_of

DESK_AND_ASKED = (Standing.DESK, Standing.ASKED)
GIVEN = ("event", "case", "partnership", "readers", "denied", "id")  # fields that storing fills in


@dataclass
class Planned:
    """One thing to be recorded: the unsaved record and lines, who recorded it for which agency, and when it was.

    `answers`: this replies to the ask made of `agency`. Times are aware; `happened_at` stands on the record.
    `recorded_at`: when it was written down, if not when it happened.
    """

    record: StepRecord
    user: int
    agency: int
    lines: Sequence[StepLine] = ()
    answers: bool = False
    about: str = ""
    restarts: bool = False
    submission: UUID | None = None
    recorded_at: datetime | None = None


@dataclass
class PlannedCase:
    """A case to be: the agency that starts it and everything recorded on it, in the order it was recorded.

    let_go: when what was asked and not answered by then was no longer wanted; None while answers are waited for.
    came_from: the case whose outcome led to it, stored before; campaign: the number of the round it belongs to.
    """

    started_by: int
    steps: list[Planned]
    let_go: datetime | None = None
    came_from: PlannedCase | None = None
    campaign: int | None = None
    reference: str = field(default="", init=False)
    pk: int | None = field(default=None, init=False)


class Bulk:
    """Collects cases of one process in one partnership and stores them all, or none, at `store`.

    check: validate each row as the form would (imports); the borough's own rows are sound by construction.
    """

    def __init__(self, process: Process, partnership: Partnership, now: datetime, *, check: bool = True) -> None:
        self.process, self.partnership, self.now, self.check = process, partnership, now, check
        self.law = law_of(partnership)
        self.rows: dict[type[Any], list[Any]] = defaultdict(list)
        self._known: dict[Any, list[str]] = {}

    @transaction.atomic
    def store(self, cases: Sequence[PlannedCase]) -> list[int]:
        """Store the cases and give their ids. On the system's authority within `writing()`.

        Raises ValidationError with the place of the case in `cases` for a row that does not hold.
        """
        check_writing()
        if not cases:
            return []
        for place, wrong in self.faults(cases) if self.check else ():
            wrong.place = place  # type: ignore[attr-defined]
            raise wrong
        self.rows.clear()
        ids = _numbers(Case._meta.db_table, len(cases))
        numbers = _references(len(cases))
        events = iter(_numbers(Event._meta.db_table, sum(len(c.steps) for c in cases)))
        self._asks = iter(_numbers(Ask._meta.db_table, sum(len(s.lines) for c in cases for s in c.steps if self._asking(s))))
        self._records = {model: iter(_numbers(model._meta.db_table, many)) for model, many in _count(cases).items()}
        for planned, pk, number in zip(cases, ids, numbers, strict=True):
            self._case(planned, pk, new_reference(self.process.prefix, number), events)
        order = [Case, Event, Ask, CasePerson, ClockRow]
        for model in [*order, *(m for m in self.rows if m not in order)]:
            if self.rows[model]:
                copy_rows(model, self.rows[model])
        if self.process.desk != "front-door":  # which reads everybody loaded with the borough or an import already
            readers.follow_work({row.person_id for row in self.rows[CasePerson]})
        return ids

    @staticmethod
    def faults(cases: Iterable[PlannedCase]) -> Iterator[tuple[int, ValidationError]]:
        """What the forms would say of the rows to be: the place of the case in `cases`, and what is wrong."""
        for place, case in enumerate(cases):
            for step in case.steps:
                sound = True
                for row in (step.record, *step.lines):
                    try:
                        row.clean_fields(exclude=_given_later(row))
                        row.clean()
                    except ValidationError as wrong:
                        sound = False
                        yield place, wrong
                try:
                    if sound:
                        step.record.clean_lines(step.lines)
                except ValidationError as wrong:
                    yield place, wrong

    def _tokens(self, case: Case, standings: tuple[Standing, ...], author: int | None = None,
                asked: Iterable[int] = ()) -> list[str]:
        """Who stands so to a case, worked out once for all cases alike; lists are shared and never changed."""
        key = (standings, case.started_by_id, case.about_agency_id, case.allocated_to_id, author, tuple(asked),
               case.__dict__.get("sent_by"))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = sorted(readers.tokens_of(case, standings, author=author, asked=key[5]))
        return found

    def _asking(self, planned: Planned) -> bool:
        return self.process.step(type(planned.record).step_key()).asks is not None

    def _case(self, planned: PlannedCase, pk: int, reference: str, events: Any) -> None:
        case = made(Case, id=pk, partnership_id=self.partnership.pk, process_key=self.process.key, reference=reference,
                    started_by_id=planned.started_by, opened_at=planned.steps[0].record.happened_at,
                    came_from_id=planned.came_from and planned.came_from.pk, campaign_id=planned.campaign)
        planned.reference, planned.pk = reference, pk
        if self.process.sender_only:
            case.sent_by = planned.steps[0].user
        done = [(self.process.step(type(s.record).step_key()), s, next(events)) for s in planned.steps]
        case.allocated_to_id = next((s.record.worker_id for step, s, _ in reversed(done)  # type: ignore[attr-defined]
                                     if self.process.allocation and step.record is self.process.allocation), None)
        if self.process.first.about:
            case.about_agency_id = getattr(planned.steps[0].record, f"{self.process.first.about}_id")
        whole = self._tokens(case, (Standing.DESK, *self.process.shares_case_with))
        desk = self._tokens(case, (Standing.DESK,))
        asks: dict[int, Ask] = {}
        facts = [self._event(case, step, s, event, desk, asks) for step, s, event in done]
        for ask in asks.values():
            ask.withdrawn_at = planned.let_go if ask.answered_at is None else None
        told = [self._with_asks(f, asks) for f in facts]
        found = derive(self.process, told, self.law, self.now)
        if gone := lapsed(self.process, told, found.closed_at):
            for ask, at in gone.items():
                asks[ask].withdrawn_at = at
            found = derive(self.process, [self._with_asks(f, asks) for f in facts], self.law, self.now)
        for name in DERIVED:
            setattr(case, name, getattr(found, name))
        case.last_event, case.readers = done[-1][2], whole
        first: Any = planned.steps[0].record
        case.title = first.titled(first, list(planned.steps[0].lines))[:200]
        self.rows[Case].append(case)
        self._people(case, planned, desk)
        self.rows[Ask].extend(asks.values())
        self.rows[ClockRow].extend(clock_rows(case, found.readings, {a.pk: a.agency_id for a in asks.values()}, whole, desk))

    def _event(self, case: Case, step: Step, s: Planned, pk: int, desk: list[str], asks: dict[int, Ask]) -> Fact:
        asked = [line.agency_id for line in s.lines] if step.asks else []  # type: ignore[attr-defined]
        author = readers.outside(case, s.agency, {a.agency_id for a in asks.values()})
        audience = self._tokens(case, step.audience, author, asked)
        if mine := readers.own(case, step, s.user):
            audience = sorted({*audience, *mine})
        at = s.record.happened_at
        answered = next((a for a in asks.values() if s.answers and a.agency_id == s.agency and a.step == step.key
                         and a.answered_at is None), None)
        if answered:
            answered.answered_at, answered.nil = at, getattr(s.record, "is_nil", False)
            answered.seen_at = answered.seen_at or at
        outcome = getattr(s.record, step.outcome) if step.outcome else ""
        record = next(self._records[type(s.record)])
        event = made(
            Event, id=pk, partnership_id=self.partnership.pk, readers=audience, case_id=case.pk, step=step.key,
            record_id=record, happened_at=at, planned_at=getattr(s.record, step.plans) if step.plans else None,
            outcome=outcome, about=s.about, restarts=s.restarts, recorded_at=s.recorded_at or at,
            recorded_by_id=s.user, agency_id=s.agency, ask_id=answered and answered.pk, submission=s.submission)
        self.rows[Event].append(event)
        s.record.pk = record
        self._row(s.record, event, audience)
        for line in s.lines:
            own = getattr(line, "seen_by_its_agency", False)
            mine = self._tokens(case, DESK_AND_ASKED, None, [line.agency_id]) if own else audience  # type: ignore[attr-defined]
            line.pk = next(self._records[type(line)])
            self._row(line, event, mine)
            if step.asks:
                asked_one = self._tokens(case, DESK_AND_ASKED, None, [line.agency_id])  # type: ignore[attr-defined]
                ask = made(Ask, id=next(self._asks), partnership_id=self.partnership.pk, readers=asked_one, case_id=case.pk,
                           event_id=event.pk, due=line.due, step=step.asks.step_key(),  # type: ignore[attr-defined]
                          agency_id=line.agency_id, made_at=at)  # type: ignore[attr-defined]
                asks[ask.pk] = ask
        return Fact(pk, step.key, at, outcome, s.about, s.restarts, planned=event.planned_at, by=s.user,
                    agency=s.agency)

    def _row(self, row: Any, event: Event, audience: list[str]) -> None:
        row.event_id, row.case_id, row.partnership_id, row.readers = event.pk, event.case_id, event.partnership_id, audience
        if row._state.fields_cache:
            row._prepare_related_fields_for_save("load")  # a line may name another that got its number only now
        self.rows[type(row)].append(row)

    def _with_asks(self, fact: Fact, asks: dict[int, Ask]) -> Fact:
        mine = tuple(Asked.of(a.pk, a.agency_id, a.due, a.answered_at, a.withdrawn_at)
                     for a in asks.values() if a.event_id == fact.id)
        return replace(fact, asked=mine) if mine else fact

    def _people(self, case: Case, planned: PlannedCase, desk: list[str]) -> None:
        wanted = {line.person_id: line.capacity for s in planned.steps for line in s.lines  # type: ignore[attr-defined]
                  if line.involves and line.person_id}  # type: ignore[attr-defined]
        for person, capacity in wanted.items():
            self.rows[CasePerson].append(made(CasePerson, partnership_id=self.partnership.pk, readers=desk, case_id=case.pk,
                                              person_id=person, capacity=capacity))


def _given_later(row: Any) -> list[str]:
    """Fields that storing fills in; and rows named that are loaded in the same go, or were read to be named."""
    return [*GIVEN, *(f.name for f in row._meta.concrete_fields if f.is_relation and f.is_cached(row))]


def _count(cases: Iterable[PlannedCase]) -> dict[type[Any], int]:
    found: dict[type[Any], int] = defaultdict(int)
    for row in (row for c in cases for s in c.steps for row in (s.record, *s.lines)):
        found[type(row)] += 1
    return found


def _numbers(table: str, many: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)", [table, many])
        return [row[0] for row in cursor.fetchall()]


def _references(many: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('process_case_number') from generate_series(1, %s)", [many])
        return [row[0] for row in cursor.fetchall()]


# Fields whose values PostgreSQL takes as Python has them.
AS_IS = (models.CharField, models.TextField, models.BooleanField, models.IntegerField, models.DateField, models.ForeignKey,
         models.UUIDField)


def copy_rows(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Write unsaved rows by COPY, history and row-level security included. Each is as the model's own class made it."""
    fields = [f for f in model._meta.concrete_fields if not (f.primary_key and rows[0].pk is None)]
    prepared = [(place, _preparer(f)) for place, f in enumerate(fields) if not isinstance(f, AS_IS)]
    get = itemgetter(*(f.attname for f in fields))
    with connection.cursor() as cursor:
        copy_into(cursor.cursor, model._meta.db_table, [f.column for f in fields],
                  (_values(get(row.__dict__), prepared) for row in rows))


def _values(values: tuple[Any, ...], prepared: list[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    found = list(values)
    for place, prepare in prepared:
        found[place] = prepare(found[place])
    return found


def _preparer(field: Any) -> Callable[[Any], Any]:
    """How a value of another kind of field is written; a list of words only once for all rows that share it."""
    if not isinstance(field, ArrayField):
        return lambda value: field.get_db_prep_save(value, connection)
    known: dict[int, tuple[Any, Any]] = {}

    def words(value: Any) -> Any:
        if id(value) not in known:
            known[id(value)] = value, array_text(field.get_db_prep_save(value, connection))
        return known[id(value)][1]
    return words
