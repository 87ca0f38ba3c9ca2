"""Lists 3 to 7: referrals, assessments, enquiries, children in need and plans, from the work that the census tells of."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from goldthread.domains.assessment import models as assessment
from goldthread.domains.child_in_need import models as need
from goldthread.domains.child_protection import models as protection
from goldthread.domains.looked_after import models as care
from goldthread.exchange.annex_a.span import NO, Row, Span, disabled, who, yes_no
from goldthread.exchange.census.episodes import Episode, Work, episodes
from goldthread.exchange.census.reading import Child
from goldthread.exchange.records import local_day

VISITS = (assessment.AssessmentVisit, need.NeedVisit, protection.PlanVisit, care.CareVisit)
SUPPORT = frozenset({"strategy-discussion", "cla-request", "legal-action", "services", "short-break"})
EMERGENCY = frozenset({"L1", "L2"})
EVER = date(1900, 1, 1)


def referrals(child: Child, span: Span) -> Iterator[Row]:
    """List 3: episodes of need that began in six months; each begins with a referral that was taken up."""
    found = episodes(child.work, EVER, span.day)
    for each in found:
        if span.lately(each.began):
            many = sum(span.within_year(other.began) and other.began <= each.began for other in found)
            yield {**who(child.person, span.day), "Date of referral": each.began, "Referral Source": each.source,
                   "Referral NFA?": NO, "Number of Referrals in Last 12 Months": many, **_worker(child, span, each.cases)}


def assessments(child: Child, span: Span) -> Iterator[Row]:
    """List 4: assessments that ran in the six months."""
    for work, one in [(each, one) for each in child.work for one in each.assessments]:
        done = one.authorised if one.authorised and one.authorised <= span.day else None
        if one.began > span.day or (one.authorised and one.authorised < span.half_year):
            continue
        visits = _upto(child, work, assessment.AssessmentVisit, span.day)
        decided = child.known.of(assessment.ChildOutcome, work.case, child.person.pk) or child.known.last(
            assessment.AssessmentOutcome, work.case)
        yield {**who(child.person, span.day), **disabled(child.person), "Continuous Assessment Start Date": one.began,
               "Child Seen During Continuous Assessment": yes_no(any(each.child_seen for each in visits)),
               "Continuous Assessment Date of Authorisation": done,
               "Was the child assessed as requiring LA children's social care support?":
                   yes_no(decided.outcome in SUPPORT) if done and decided else None, **_worker(child, span, [work.case])}


def enquiries(child: Child, span: Span) -> Iterator[Row]:
    """List 5: section 47 enquiries begun in the six months."""
    found = [(each, one) for each in child.work for one in each.enquiries if one.began <= span.day]
    held = {one.conference for _, one in found if one.conference and span.within_year(one.conference)}
    made = {plan.began for each in child.work for plan in each.protection}
    for work, one in found:
        if not span.lately(one.began):
            continue
        conference = one.conference if one.conference and one.conference <= span.day else None
        yield {**who(child.person, span.day), **disabled(child.person),
               "Strategy discussion initiating Section 47 Enquiry Start Date": one.began,
               "Was an Initial Child Protection Conference deemed unnecessary?": yes_no(
                   one.needless is not None and one.needless <= span.day),
               "Date of Initial Child Protection Conference": conference,
               "Did the Initial Child Protection Conference Result in a Child Protection Plan":
                   yes_no(conference in made) if conference else None,
               "Number of Section 47 Enquiries in the last 12 months": sum(span.within_year(e.began) for _, e in found),
               "Number of ICPCs in the last 12 months": len(held), **_worker(child, span, [work.case])}


def in_need(child: Child, span: Span) -> Iterator[Row]:
    """List 6: each child in need on the day or in the six months before, by the last episode of need."""
    for each in episodes(child.work, span.half_year, span.day)[-1:]:
        yield {**who(child.person, span.day), **disabled(child.person), "CIN Start Date": each.began,
               "Primary Need Code": each.need, "Date Child Was Last Seen": _seen(child, each.cases, span.day),
               "CIN Closure Date": each.closed, "Reason for Closure": each.reason,
               "Case Status": _status(child, each, span.day), **_worker(child, span, each.cases)}


def plans(child: Child, span: Span) -> Iterator[Row]:
    """List 7: child protection plans on the day, and those that ended in the six months; the last of each child."""
    found = [(plan, work) for work in child.work for plan in work.protection
             if plan.began <= span.day and (plan.ended is None or plan.ended >= span.half_year)]
    for plan, work in sorted(found, key=lambda each: each[0].began)[-1:]:
        visits = _upto(child, work, protection.PlanVisit, span.day)
        reviews = [day for day in plan.reviews if day <= span.day]
        yield {**who(child.person, span.day), **disabled(child.person), "Child Protection Plan Start Date": plan.began,
               "Initial Category of Abuse": plan.first, "Latest Category of Abuse": plan.latest or plan.first,
               "Date of the Last Statutory Visit": local_day(visits[-1].happened_at) if visits else None,
               "Was the Child Seen Alone?": yes_no(visits[-1].seen_alone) if visits else None,
               "Date of latest review conference": reviews[-1] if reviews else None,
               "Child Protection Plan End Date": plan.ended if plan.ended and plan.ended <= span.day else None,
               "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)":
                   yes_no(_emergency(child, span)),
               "Number of Previous Child Protection Plans": plan.before, **_worker(child, span, [work.case])}


def _upto(child: Child, work: Work, model: Any, day: date) -> list[Any]:
    return [each for each in child.known.rows(model, work.case) if local_day(each.happened_at) <= day]


def _worker(child: Child, span: Span, cases: list[int]) -> Row:
    """Whoever has the latest of some cases."""
    known = [child.known.cases[case] for case in cases if case in child.known.cases]
    return span.worker(max(known, key=lambda case: (case.closed_at is None, case.opened_at), default=None))


def _seen(child: Child, cases: list[int], day: date) -> date | None:
    found = (local_day(each.happened_at) for model in VISITS for case in cases for each in child.known.rows(model, case)
             if getattr(each, "child_seen", True))
    return max((at for at in found if at <= day), default=None)


def _status(child: Child, each: Episode, day: date) -> str:
    """The most that is done for the child on the day."""
    if each.closed:
        return "e) Closed episode"
    mine = [child.known.cases[case] for case in each.cases if case in child.known.cases]
    open_now = {case.process_key for case in mine if case.closed_at is None or local_day(case.closed_at) > day}
    if any(work.case in each.cases and (work.ended is None or work.ended > day) for work in child.work
           if child.known.cases[work.case].process_key == "looked-after"):
        return "a) Looked after child"
    if any(plan.ended is None for plan in each.protection):
        return "b) Child Protection plan"
    return "c) Child in need plan" if "child-in-need" in open_now else "d) Open assessment"


def _emergency(child: Child, span: Span) -> bool:
    found = chain.from_iterable(child.known.rows(model, work.case) for work in child.work
                                for model in (care.CareStart, care.StatusChange))
    return any(each.status in EMERGENCY and span.lately(local_day(each.happened_at)) for each in found)


