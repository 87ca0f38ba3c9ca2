"""The work with each child, read from cases as the person who makes the census may see them, some children at a time."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.access.actor import Actor, acting, system_for
from goldthread.domains.assessment import models as assessment
from goldthread.domains.child_in_need import models as need
from goldthread.domains.child_protection import models as protection
from goldthread.domains.front_door import models as front_door
from goldthread.domains.looked_after import models as care
from goldthread.domains.section_47 import models as enquiry
from goldthread.exchange.census.episodes import Assessment, Enquiry, Protection, Spell, Work
from goldthread.exchange.records import Progress, Records, cases_of, local_day, untold
from goldthread.people.models import Identifier, Person
from goldthread.process.models import Case, CasePerson
from goldthread.rules.calendar import england

PROCESSES = ("assessment", "section-47", "child-in-need", "child-protection", "looked-after")
CARE_CLOSED_BY = {"E11": "RC1", "E12": "RC1", "E2": "RC2", "E41": "RC3", "E45": "RC4", "E46": "RC4", "E47": "RC4",
                  "E48": "RC4", "E3": "RC5", "E7": "RC6"}
AT_ONCE = 500
CONFERENCE_DAYS = 15  # working days, T14
HIGHER = 4            # how far up the cases a case came from are followed
CLOSED_BY = {"nfa": "RC8", "nfa-section-47-ends": "RC8", "other-agency": "RC9"}


@dataclass(frozen=True)
class Child:
    """A child of the census, with the numbers they have, all work with them, and what is recorded on it."""

    person: Person
    upn: str
    work: tuple[Work, ...]
    known: Records


def children(actor: Actor, tell: Progress = untold) -> Iterator[Child]:
    """Every child with whom social care worked, in the order of their records, as the actor may see them."""
    lines = CasePerson.objects.filter(capacity="child", case__process_key__in=PROCESSES, case__voided_at=None)
    numbers = sorted(set(lines.values_list("person_id", flat=True)))
    for start in range(0, len(numbers), AT_ONCE):
        tell(start, len(numbers))
        yield from _some(actor, numbers[start:start + AT_ONCE])


def _some(actor: Actor, numbers: Sequence[int]) -> Iterator[Child]:
    people = {each.pk: each for each in Person.objects.filter(pk__in=numbers, merged_into=None)}
    theirs, cases = cases_of(people, PROCESSES)
    upns = dict(Identifier.objects.filter(person__in=people, scheme="upn").order_by("-pk").values_list("person_id", "value"))
    known = _Known(actor, cases)
    for pk in sorted(people):
        work = tuple(known.work(cases[case], pk) for case in theirs.get(pk, ()) if case in cases)
        yield Child(people[pk], upns.get(pk, ""), work, known)


class _Known(Records):
    """What is recorded on some cases, and who first told of each."""

    def __init__(self, actor: Actor, cases: dict[int, Case]) -> None:
        super().__init__(cases.values())
        self.sources = _sources(actor, cases)
        self._conferences = self._by_enquiry()

    def work(self, case: Case, person: int) -> Work:
        return _READ[case.process_key](self, case, person)

    def _by_enquiry(self) -> dict[int, int]:
        """The conference's case by the enquiry's it came from."""
        return {each.came_from_id: each.pk for each in self.cases.values()
                if each.process_key == "child-protection" and each.came_from_id}

    def base(self, case: Case) -> dict[str, Any]:
        return {"began": local_day(case.opened_at), "ended": local_day(case.closed_at) if case.closed_at else None,
                "source": self.sources.get(case.pk, ""), "case": case.pk}


def _sources(actor: Actor, cases: dict[int, Case]) -> dict[int, str]:
    """Who first told of each case: a code alone, read on the system's sight, since contacts are the front door's."""
    above = {pk: case.came_from_id for pk, case in cases.items() if case.came_from_id}
    with acting(system_for(actor)):
        roots = dict(above)
        for _ in range(HIGHER):
            further = dict(Case.with_void.filter(pk__in=set(roots.values()), came_from__isnull=False).values_list(
                "pk", "came_from_id"))
            if not further:
                break
            roots = {pk: further.get(root, root) for pk, root in roots.items()}
        told = dict(front_door.Contact.objects.filter(case__in=set(roots.values()), event__replaced_by=None).values_list(
            "case_id", "source"))
    return {pk: told[root] for pk, root in roots.items() if root in told}


def _assessment(known: _Known, case: Case, person: int) -> Work:
    started, done = known.last(assessment.AssessmentStart, case.pk), known.last(assessment.AssessmentOutcome, case.pk)
    line = known.of(assessment.ChildOutcome, case.pk, person)
    outcome = (line or done).outcome if done else ""
    factors = sorted({each.factor for each in known.rows(assessment.AssessmentFactor, case.pk)
                      if each.person_id in (None, person)})
    made = () if started is None else (Assessment(
        local_day(started.happened_at), local_day(done.happened_at) if done else None, tuple(factors)),)
    return Work(**known.base(case), need=(line or done).primary_need if done else "", reason=CLOSED_BY.get(outcome, ""),
                assessments=made)


def _section_47(known: _Known, case: Case, person: int) -> Work:
    begun = next((each for each in known.rows(enquiry.StrategyDiscussion, case.pk) if each.decision in ("joint", "single")),
                 None)
    if begun is None:
        return Work(**known.base(case))
    held = known.last(protection.InitialConference, known._conferences.get(case.pk, 0))
    line, decided = known.of(enquiry.ChildOutcome, case.pk, person), known.last(enquiry.EnquiryOutcome, case.pk)
    arranged = known.last(enquiry.ConferenceArranged, case.pk)
    needed = decided is not None and (line or decided).outcome == "cp-conference"
    off = arranged is not None and arranged.result != "yes" and not arranged.planned_for
    over = None if decided is None else decided if not needed else arranged if off else None
    day = local_day(begun.happened_at)
    return Work(**known.base(case), enquiries=(Enquiry(
        day, england().next_working_day(day, CONFERENCE_DAYS), local_day(held.happened_at) if held else None,
        local_day(over.happened_at) if over else None),))


def _need(known: _Known, case: Case, person: int) -> Work:
    found, ended = known.last(need.NeedFound, case.pk), known.last(need.NeedEnd, case.pk)
    plan = (known.rows(need.NeedPlan, case.pk) or [None])[0]
    line = known.of(need.NeedChildDecision, case.pk, person)
    over = ended or (line if line is not None and line.decision == "end" else None)
    plans = () if plan is None else (Spell(local_day(plan.happened_at), _ended(known, over, case)),)
    return Work(**known.base(case), need=found.primary_need if found else "", reason=ended.reason if ended else "",
                plans=plans)


def _ended(known: _Known, over: Any, case: Case) -> date | None:
    if over is None:
        return local_day(case.closed_at) if case.closed_at else None
    return local_day(over.happened_at if hasattr(over, "happened_at") else over.event.happened_at)


def _protection(known: _Known, case: Case, person: int) -> Work:
    base = known.base(case)
    held = known.last(protection.InitialConference, case.pk)
    line = known.of(protection.ChildDecision, case.pk, person)
    if held is None or (line or held).outcome != "cp-plan":
        return Work(**base)
    first = (line or held).category or held.category
    reviews = known.rows(protection.ReviewConference, case.pk)
    said = {each.event_id: each for each in known.rows(protection.ReviewChildDecision, case.pk) if each.person_id == person}
    ended, latest, days = None, first, []
    for review in reviews:
        decided = said.get(review.event_id, review)
        days.append(local_day(review.happened_at))
        latest = decided.category or latest
        if decided.decision == "end":
            ended = local_day(review.happened_at)
            break
    over = known.last(protection.PlanEnd, case.pk)
    ended = ended or (local_day(over.happened_at) if over else local_day(case.closed_at) if case.closed_at else None)
    plan = Protection(local_day(held.happened_at), ended, first, latest, held.previous_plans or 0, tuple(days))
    return Work(**base, protection=(plan,))


def _looked_after(known: _Known, case: Case, person: int) -> Work:
    """In need while looked after; what a care leaver is given besides is not asked for."""
    start, end = known.last(care.CareStart, case.pk), known.last(care.CareEnd, case.pk)
    base = known.base(case) | {"began": local_day(start.happened_at), "ended": local_day(end.happened_at) if end else None}
    return Work(**base, need=start.need, reason=CARE_CLOSED_BY.get(end.reason, "") if end else "")


_READ = {"assessment": _assessment, "section-47": _section_47, "child-in-need": _need, "child-protection": _protection,
         "looked-after": _looked_after}
