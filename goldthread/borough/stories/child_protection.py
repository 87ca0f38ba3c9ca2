"""A conference and the plan it makes: visits, core groups and reviews for as long as the plan lasts."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from goldthread.borough.plan import LONDON
from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.child_protection import models as m
from goldthread.domains.child_protection.models.meeting import OTHER_AGENCIES

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat

OUTCOMES = {"cp-plan": 70, "services": 20, "single-assessment": 4, "nfa": 6}
FOLLOWS = {"services": "child-in-need", "single-assessment": "assessment"}
CATEGORIES = {"NEG": 44, "EMO": 38, "PHY": 11, "SAB": 5, "MUL": 2}
PARTICIPATION = {"PN1": 20, "PN2": 12, "PN4": 6, "PN5": 17, "PN6": 30, "PN7": 15}
#: Working days: the first core group and those after it, the gaps between visits, the first review and those after it.
FIRST_GROUP, NEXT_GROUP, VISIT, FIRST_REVIEW, NEXT_REVIEW = 10, 29, 9.5, 62, 122
READ_WITHIN = 5
MOTHER = {"yes": 88, "no": 12}
#: Working days after a birth within which the plan is looked at again, by whether the mother is well enough.
AFTER_BIRTH = {"yes": 7, "no": 14}


def child_protection(t: Tale) -> Iterator[Begins]:
    """From the request to the end of the plan, or to today."""
    council = t.scene.council
    manager, chair = t.some(t.scene.seats("team-manager", council)), t.some(t.scene.seats("conference-chair", council))
    asked = t.begins.told_at or t.begins.at
    born = t.children[0].born
    t.begin(m.ConferencePerson, why="section-47", expected_on=born if born and born > asked.date() else None)
    given = t.given(t.some(t.scene.seats("social-worker", council)), t.hours(asked, 0.05, 0.2), manager)
    meets = t.fixed.get("meets") or t.clock_time(given, 12, 10)
    agencies = list(t.scene.partners(t.family, t.children, meets).values())
    _meeting(t, given, meets, agencies, chair, (m.ConferencePlan, m.ConferenceAgency, m.AgencyReport, m.ReportShared), 2)
    outcome = t.decide("outcome", OUTCOMES)
    plan = outcome == "cp-plan"
    there = _there(t, m.ConferenceAttendance, agencies)
    t.did(m.InitialConference, meets, chair, there, outcome=outcome, **_quorum(t, there), participation=_part(t),
          category=t.decide("category", CATEGORIES) if plan else "",
          previous_plans=t.decide("before", {0: 80, 1: 16, 2: 4}) if plan else None,
          plan=t.say("initial-conference.plan") if plan else "")
    # Without a plan the case closes with its record, and nobody waits any more for who has read it.
    _sent(t, meets, agencies, chair, (m.ConferenceDecisionsSent, m.ConferenceRecordSent, m.RecordRecipient,
                                      m.ConferenceRecordRead), read_by=None if plan else meets)
    if plan:
        yield from _plan(t, meets, agencies, manager, chair)
    elif outcome in FOLLOWS:
        yield Begins(FOLLOWS[outcome], t.after(meets, 1, 2), manager, t.family, tuple(t.children), came_from=t.case)


def _plan(t: Tale, began: datetime, agencies: list[int], manager: Seat, chair: Seat) -> Iterator[Begins]:
    """The plan at work, review after review."""
    assert t.worker
    review, reviews = t.within(began, FIRST_REVIEW, late=0.08, soonest=0.85), 0
    until = review
    while until < t.now:
        reviews += 1
        review = until.replace(hour=14, minute=0, second=0)
        asked = t.hours(review, -24 * 24, -24 * 23)
        models = (m.ReviewPlan, m.ReviewAgency, m.ReviewAgencyReport, m.ReviewReportShared)
        _meeting(t, asked, review, agencies, chair, models, 5)
        decision = t.decide("first review" if reviews == 1 else "later review",
                            {"continue": 70, "end": 18, "legal": 12} if reviews == 1 else {"end": 55, "continue": 45})
        there = _there(t, m.ReviewAttendance, agencies)
        t.did(m.ReviewConference, review, chair, there, decision=decision, **_quorum(t, there),
              participation=_part(t), category=t.decide("category", CATEGORIES) if decision != "end" else "",
              plan=t.say("initial-conference.plan") if decision != "end" else "")
        over = t.after(review, 3, 5) if decision == "end" else None
        _sent(t, review, agencies, chair, (m.ReviewDecisionsSent, m.ReviewRecordSent, m.ReviewRecipient, m.ReviewRecordRead),
              over=over)
        if decision == "legal":
            yield Begins("pre-proceedings", t.after(review, 0.5, 2), manager, t.family, tuple(t.children), came_from=t.case)
        if over:
            _at_work(t, began, review, agencies)
            t.did(m.PlanEnd, over, manager, without_review="")
            yield Begins("child-in-need", t.after(over, 0.1, 0.5), manager, t.family, tuple(t.children), came_from=t.case)
            return
        until = t.within(review, NEXT_REVIEW, late=0.08, soonest=0.85)
    _at_work(t, began, t.now, agencies)
    if t.now < until and (until - t.now).days < 20:  # the next review is planned already
        review = until.replace(hour=14, minute=0, second=0)
        _meeting(t, t.hours(review, -24 * 24, -24 * 23), review, agencies, chair,
                 (m.ReviewPlan, m.ReviewAgency, m.ReviewAgencyReport, m.ReviewReportShared), 5)


def _born(t: Tale, began: datetime, until: datetime) -> datetime:
    """When the child was born whose plan was made before that, and the plan looked at again; else when it began."""
    born = t.children[0].born
    assert t.worker
    if born is None or born <= began.date():
        return began
    at = datetime.combine(born, time(hour=4 + t.number % 16), LONDON)
    if at < until:
        well = t.decide("mother", MOTHER)
        t.did(m.Birth, at, t.worker, told_at=t.hours(at, 3, 30), mother_well=well)
        t.did(m.PlanAfterBirth, t.within(at, AFTER_BIRTH[well], late=0.15), t.worker,
              held_as=t.some(("review", "core-group")))
    return at


def _at_work(t: Tale, began: datetime, until: datetime, agencies: list[int]) -> None:
    """Core groups and visits, most of them in time; the birth, where the plan was made before it."""
    assert t.worker
    born = _born(t, began, until)
    group = t.within(began, FIRST_GROUP, late=0.1, soonest=0.6)
    while group < until:
        actions = [t.line(m.PlanAction, done=t.draw() < 0.5, due_on=t.after(group, 20, 30).date()) for _ in range(2)]
        t.did(m.CoreGroup, group, t.worker, [*_there(t, m.CoreGroupAttendance, agencies), *actions])
        group = t.within(group, NEXT_GROUP, late=0.12, soonest=0.8)
    visit = t.within(began, VISIT, late=0.06, soonest=0.5)
    while visit < until:
        if t.draw() < 0.07:
            t.did(m.AttemptedVisit, t.hours(visit, -26, -25), t.worker)
        alone = t.draw() < 0.82 and visit >= born
        why = "" if alone else t.say("not-alone") if visit >= born else t.say("not-born")
        t.did(m.PlanVisit, visit, t.worker, seen_alone=alone, bedroom_seen=alone, not_alone_reason=why)
        visit = t.within(visit, VISIT, late=0.1, soonest=0.75)


def _meeting(t: Tale, asked: datetime, meets: datetime, agencies: list[int], chair: Seat, models: tuple[Any, ...],
             shared: int) -> None:
    """A conference is planned, agencies report, the family sees the report."""
    plan, line, report, share = models
    at = t.hours(asked, 0.3, 1)
    days = max(0.5, (meets - at).days * 5 / 7 - 2)
    t.asked(plan, line, at, chair, agencies, days, lambda agency, when: _report(t, report, agency, when), until=meets,
            planned_for=meets)
    assert t.worker
    t.did(share, max(t.hours(meets, -24 * (shared + 4), -24 * (shared - 0.5)), t.hours(at, 0.1, 0.3)), t.worker)


def _report(t: Tale, model: Any, agency: int, at: datetime) -> None:
    known = t.draw() < 0.88
    empty = dict.fromkeys(("involvement", "strengths", "worries", "child_voice", "view"), "")
    t.did(model, at, t.scene.answering(agency), answers=True, answer="known" if known else "nil", **({} if known else empty))


def _sent(t: Tale, held: datetime, agencies: list[int], chair: Seat, models: tuple[Any, ...],
          *, over: datetime | None = None, read_by: datetime | None = None) -> None:
    """The decisions go out at once, the record some weeks later; agencies read it. over: when the plan is."""
    decisions, record, line, read = models
    t.did(decisions, t.within(held, 1, late=0.12), chair)
    at = t.within(held, 20, late=0.12) if over is None else t.after(held, 1.5, 2.5)
    t.asked(record, line, at, chair, agencies, READ_WITHIN, lambda agency, when: _read(t, read, agency, when),
            until=over or read_by)


def _read(t: Tale, model: Any, agency: int, at: datetime) -> None:
    t.did(model, at, t.scene.answering(agency), answers=True)


def _there(t: Tale, model: Any, agencies: list[int]) -> list[Any]:
    """Social care, and how each of the agencies that know the family came."""
    came = {"attended": 72, "report": 14, "apologies": 9, "absent": 5}
    return [t.line(model, agency_id=t.scene.council, attended="attended"),
            *(t.line(model, agency_id=agency, attended=t.decide(f"came {place}", came))
              for place, agency in enumerate(agencies))]


def _quorum(t: Tale, there: list[Any]) -> dict[str, Any]:
    """Whether social care and enough other agencies were there, and what is said where they were not."""
    enough = sum(line.attended == "attended" for line in there) > OTHER_AGENCIES
    return {"quorate": enough, "not_quorate_reason": "" if enough else t.say("conference.not-quorate")}


def _part(t: Tale) -> str:
    born = t.children[0].born
    young = born is None or (t.begins.at.date() - born).days < 4 * 365
    return "PN0" if young else str(t.decide("part", PARTICIPATION))
