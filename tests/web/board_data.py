"""A year of invented contacts for the board, and every figure of it worked out anew by SQL over what was recorded."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from goldthread.access.actor import Actor, acting, system, writing
from goldthread.domains.front_door import models as m
from goldthread.process.bulk import Bulk, Planned, PlannedCase
from goldthread.process.registry import get
from goldthread.rules.codes import every
from tests.access.separate import as_superuser
from tests.support import make_actor, make_agency, make_partnership

CASES = 170
STEPS = "('contact', 'identification', 'rating', 'decision', 'answer-to-referrer')"


@dataclass
class Year:
    """A partnership's year: who looks at it, and the numbers of its cases. Made in bulk, as imports are."""

    now: datetime = field(default_factory=timezone.now)
    chance: Random = field(default_factory=lambda: Random(11))

    def __post_init__(self) -> None:
        self.partnership = make_partnership()
        self.council = make_agency("childrens-services", partnership=self.partnership)
        self.school = make_agency("school", partnership=self.partnership)
        self.asked = [make_agency(kind, partnership=self.partnership) for kind in ("police", "community-trust", "housing")]
        self.manager, self.worker = self.seat("mash-manager"), self.seat("mash-worker")
        self.head = make_actor("school-lead", self.school, self.partnership)
        with acting(system(self.partnership.pk)), writing():
            self.cases = Bulk(get("front-door"), self.partnership, self.now, check=False).store(
                [self.case(n) for n in range(CASES)])

    def seat(self, role: str) -> Actor:
        return make_actor(role, self.council, self.partnership)

    def case(self, number: int) -> PlannedCase:
        """One contact, somewhere on its way; old ones are mostly done."""
        chance = self.chance
        days = chance.choice((0.2, 1.5, 4, 12)) if number < 50 else chance.uniform(2, 400)
        at = self.now - timedelta(days=days, hours=chance.uniform(0, 5))
        consents = ["given", "refused", "not-sought", ""]
        steps = [self._by(self.head, m.Contact(
            happened_at=at, stream=chance.choice(("safeguarding", "safeguarding", "early-help")), concern="neglect",
            worry="A worry", consent=chance.choices(consents, (80, 12, 6, 2))[0], source=chance.choice(("2A", "6", "3A")),
            referrer_name="A. Head", referrer_phone="01632 960001"),
            [m.ContactPerson(capacity="child", given=f"Child {number}", family="Sample")])]
        far = chance.choice((1, 2, 3)) if number < 50 else chance.choices((3, 6), (1, 9))[0]
        rest = [self._by(self.manager, m.Identification(note="Nobody known")), self._rating(),
                *([self._by(self.manager, m.Allocation(worker=self.worker.user))] if chance.random() < 0.5 else [])]
        steps += rest[:far]
        if far > 2 and chance.random() < 0.6:
            steps += self._asking(at)
        if far > 3:
            steps += [self._decision(), self._by(self.manager, m.AnswerToReferrer(told="We will help"))]
        self._times(steps, at)
        return PlannedCase(self.school.pk, steps)

    def _by(self, actor: Actor, record: Any, lines: Any = ()) -> Planned:
        return Planned(record, actor.user.pk, actor.agency.pk, lines)

    def _rating(self) -> Planned:
        rag = self.chance.choices(("red", "amber", "green"), (1, 5, 4))[0]
        return self._by(self.manager, m.Rating(rag=rag, reason="So"))

    def _asking(self, at: datetime) -> list[Planned]:
        agencies = self.chance.sample(self.asked, self.chance.choices((1, 2, 3), (6, 3, 1))[0])
        lines = [m.RequestedAgency(agency=a, due=at + timedelta(hours=self.chance.choice((4, 24)))) for a in agencies]
        asking = self._by(self.manager, m.InformationRequest(purpose="P", lawful_basis="public-task", about="A", needed="N"),
                          lines)
        replies = [Planned(m.PartnerReply(answer=self.chance.choice(("known", "nil")), information="K", may_share="desk"),
                           self.manager.user.pk, a.pk, answers=True) for a in agencies if self.chance.random() < 0.8]
        return [asking, *replies]

    def _decision(self) -> Planned:
        details = [code.code for code in every("contact-outcome-details")]
        return self._by(self.manager, m.Decision(
            level=self.chance.choice([code.code for code in every("threshold-levels")]), partners_asked=False, rationale="R",
            detail=self.chance.choices(details[:4], (10, 6, 3, 1))[0], outcome=every("contact-outcomes")[0].code,
            without_partners="Not needed"))

    def _times(self, steps: list[Planned], at: datetime) -> None:
        """Each thing after the one before, none in the future."""
        left, before = (self.now - at) / (len(steps) + 1), at
        for number, step in enumerate(steps[1:], start=1):
            wanted = at + min(left * number, timedelta(hours=self.chance.uniform(1, 9) * number))
            step.record.happened_at = before = max(before, wanted)


@dataclass
class Truth:
    """The figures of some cases by SQL as a superuser, from the events, records, asks and due times alone."""

    year: Year
    cases: list[int]

    def rows(self, query: str, **more: Any) -> list[tuple[Any, ...]]:
        local = timezone.localtime(self.year.now)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        since = timezone.make_aware((midnight - timedelta(days=364)).replace(tzinfo=None))
        with as_superuser() as cursor:
            cursor.execute(query.format(STEPS=STEPS), {"cases": self.cases, "now": self.year.now, "since": since, **more})
            return list(cursor.fetchall())

    def one(self, query: str) -> Any:
        return self.rows(query)[0][0]

    OPEN = """(select c from unnest(%(cases)s::bigint[]) c where (select count(distinct step) from process_event e
              where e.case_id = c and e.replaced_by_id is null and e.step in {STEPS}) < 5)"""

    def open(self) -> set[int]:
        return {pk for pk, in self.rows(f"select c from {self.OPEN} as o(c)")}

    def overdue(self) -> set[int]:
        return {pk for pk, in self.rows(f"""select distinct k.case_id from process_clockrow k join {self.OPEN} as o(c)
            on o.c = k.case_id where k.stopped is null and not k.paused and k.due < %(now)s""")}

    def nobody(self) -> set[int]:
        return {pk for pk, in self.rows(f"""select c from {self.OPEN} as o(c) where not exists (select from process_event e
            where e.case_id = c and e.step = 'allocation' and e.replaced_by_id is null)""")}

    def received(self) -> set[int]:
        return {pk for pk, in self.rows("""select case_id from process_event where case_id = any(%(cases)s)
            and step = 'contact' and replaced_by_id is null and happened_at between %(since)s and %(now)s""")}

    def in_time(self, clock: str, stop: str) -> tuple[int, int]:
        """(stopped in time, counted): when it was stopped comes from the event, not from the clock."""
        return self.rows("""select count(*) filter (where s.at <= k.due), count(*) from process_clockrow k
            left join lateral (select min(e.happened_at) as at from process_event e where e.case_id = k.case_id
              and e.step = %(stop)s and e.replaced_by_id is null and e.happened_at >= k.started) s on true
            where k.case_id = any(%(cases)s) and k.name = %(clock)s and k.started between %(since)s and %(now)s
              and (s.at is not null or k.due < %(now)s)""", clock=clock, stop=stop)[0]  # type: ignore[return-value]

    def by(self, table: str, column: str) -> dict[str, int]:
        return dict(self.rows(f"""select {column}, count(*) from {table} t join process_event e on e.id = t.event_id
            where t.case_id = any(%(cases)s) and e.replaced_by_id is null
              and t.happened_at between %(since)s and %(now)s group by 1"""))

    def volumes(self) -> dict[tuple[str, str], int]:
        return {(month, kind): n for month, kind, n in self.rows(
            """select to_char(e.happened_at at time zone 'Europe/London', 'Mon YYYY'), e.outcome, count(*)
               from process_event e where e.case_id = any(%(cases)s) and e.step = 'contact' and e.replaced_by_id is null
                 and e.happened_at between %(since)s and %(now)s group by 1, 2""")}

    def ages(self) -> list[int]:
        """Open for: today, 1 to 2 days, 3 to 7, 8 to 28, longer."""
        days = self.rows(f"""select (%(now)s at time zone 'Europe/London')::date
              - (e.happened_at at time zone 'Europe/London')::date
            from process_event e join {self.OPEN} as o(c) on o.c = e.case_id
            where e.step = 'contact' and e.replaced_by_id is null""")
        steps = ((0, 0), (1, 2), (3, 7), (8, 28), (29, 10_000))
        return [sum(low <= day <= high for day, in days) for low, high in steps]

    def asked_by_level(self) -> dict[str, tuple[int, int]]:
        return {level: (asked, many) for level, asked, many in self.rows(
            """select d.level, count(*) filter (where exists (select from process_event q where q.case_id = d.case_id
                 and q.step = 'information-request')), count(*)
               from front_door_decision d join process_event e on e.id = d.event_id
               where d.case_id = any(%(cases)s) and e.replaced_by_id is null
                 and d.happened_at between %(since)s and %(now)s group by 1""")}

    def turnaround(self) -> dict[str, tuple[Any, ...]]:
        """By agency: asked, answered, nil, in time, counted, median hours; answers read off the replies themselves."""
        return {name: tuple(rest) for name, *rest in self.rows(
            """select g.name, count(*), count(r.at), count(*) filter (where r.nil), count(*) filter (where r.at <= l.due),
                 count(*) filter (where r.at is not null or l.due < coalesce(closed.at, %(now)s)),
                 percentile_cont(0.5) within group (order by extract(epoch from r.at - q.happened_at) / 3600)
               from front_door_requestedagency l join process_event q on q.id = l.event_id
               join orgs_agency g on g.id = l.agency_id
               left join lateral (select e.happened_at as at, p.answer = 'nil' as nil from front_door_partnerreply p
                 join process_event e on e.id = p.event_id and e.replaced_by_id is null join process_ask a on a.id = e.ask_id
                 where a.event_id = q.id and a.agency_id = l.agency_id limit 1) r on true
               left join lateral (select max(e.happened_at) as at from process_event e where e.case_id = l.case_id
                 and e.step = 'answer-to-referrer' and e.replaced_by_id is null) closed on true
               where l.case_id = any(%(cases)s) and q.replaced_by_id is null
                 and q.happened_at between %(since)s and %(now)s group by 1""")}
