"""What must hold of conferences and plans: who chairs, quorum, category, a weekday, how a plan ends."""
from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting, system
from goldthread.domains.child_protection import models as m
from goldthread.domains.child_protection.process import CHILD_PROTECTION as CP
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.models import Ask, Case, Event
from tests.domains.dates import LONDON
from tests.process.walking import World, begin, do, filled, make_person, walk
from tests.support import make_actor, make_agency

pytestmark = pytest.mark.django_db


def record(world: World, case: Case, role: str, made: Any, *lines: Any) -> Event:
    actor = make_actor(role, partnership=world.partnership)
    with acting(actor):
        return actions.record(actor=actor, case=case, step=CP.step(made.step_key()), now=world.now,
                              writing_=Writing(made, lines))


@pytest.fixture
def world() -> World:
    return World(CP)


def conference(world: World, case: Case, **given: Any) -> m.InitialConference:
    return filled(m.InitialConference, world, case, happened_at=world.now, **given)


def test_a_conference_is_chaired_by_somebody_independent_of_the_team(world: World) -> None:
    case = walk(world, stop_before="initial-conference")
    with pytest.raises(Refused):
        record(world, case, "team-manager", conference(world, case))
    record(world, case, "conference-chair", conference(world, case))


def test_too_few_agencies_is_said_and_why(world: World) -> None:
    case = walk(world, stop_before="initial-conference")
    with pytest.raises(ValidationError, match="why did it go ahead"):
        record(world, case, "conference-chair", conference(world, case, quorate=False, not_quorate_reason=" "))


def test_a_plan_has_a_category_for_each_child(world: World) -> None:
    case = walk(world, stop_before="initial-conference")
    with pytest.raises(ValidationError, match="category"):
        record(world, case, "conference-chair", conference(world, case, outcome="cp-plan", category=""))
    apart = m.ChildDecision(person=world.person, outcome="cp-plan", category="", participation="PN0")
    with pytest.raises(ValidationError, match="category"):
        record(world, case, "conference-chair", conference(world, case, outcome="cp-plan", category="NEG"), apart)
    younger = make_person(world)
    lines = (m.ChildDecision(person=world.person, outcome="cp-plan", category="EMO", participation="PN1"),
             m.ChildDecision(person=younger, outcome="services", participation="PN0"))
    record(world, case, "conference-chair", conference(world, case, outcome="cp-plan", category="NEG"), *lines)
    with acting(system(world.partnership.pk)):
        assert set(m.ChildDecision.objects.filter(case=case).values_list("person", "outcome", "category")) == {
            (world.person.pk, "cp-plan", "EMO"), (younger.pk, "services", "")}


def test_no_conference_at_a_weekend_planned_or_held(world: World) -> None:
    case = begin(world)
    saturday = datetime(2026, 12, 5, 10, tzinfo=LONDON)
    with pytest.raises(ValidationError, match="weekend"):
        record(world, case, "conference-chair", filled(m.ConferencePlan, world, case, happened_at=world.now,
                                                       planned_for=saturday))
    do(world, case, CP.step("conference-plan"))
    do(world, case, CP.step("report-shared"))
    world.now = saturday + timedelta(days=1)
    with pytest.raises(ValidationError, match="weekend"):
        record(world, case, "conference-chair", conference(world, case))


def test_agencies_report_and_read_the_record_and_nothing_else(world: World) -> None:
    case = begin(world)
    school, other = (make_agency("school", partnership=world.partnership) for _ in range(2))
    lead = make_actor("school-lead", school, world.partnership)
    plan = filled(m.ConferencePlan, world, case, happened_at=world.now)
    record(world, case, "conference-chair", plan, *(m.ConferenceAgency(agency=a, due=world.now) for a in (school, other)))
    with acting(lead):
        ask = Ask.objects.get(agency=school)
        actions.record(actor=lead, case=case, step=CP.step("agency-report"), ask=ask, now=world.now,
                       writing_=Writing(filled(m.AgencyReport, world, case, happened_at=world.now)))
    do(world, case, CP.step("report-shared"))
    record(world, case, "conference-chair", conference(world, case))
    record(world, case, "conference-chair", filled(m.ConferenceRecordSent, world, case, happened_at=world.now),
           m.RecordRecipient(agency=school, due=world.now + timedelta(days=5)))
    with acting(lead):
        assert m.ConferenceRecordSent.objects.count() == 1 and m.AgencyReport.objects.count() == 1
        assert not m.ReportShared.objects.exists() and not m.InitialConference.objects.exists()
    with acting(make_actor("school-lead", other, world.partnership)):
        assert not m.ConferenceRecordSent.objects.exists() and not m.AgencyReport.objects.exists()


def test_a_plan_ends_by_a_review_or_for_a_reason_that_is_said(world: World) -> None:
    case = walk(world, {"review-conference": "continue"}, stop_before="plan-end")
    end = {"happened_at": world.now, "without_review": ""}
    with pytest.raises(ValidationError, match="No review conference"):
        record(world, case, "team-manager", filled(m.PlanEnd, world, case, **end))
    do(world, case, CP.step("review-conference"), decision="end")
    record(world, case, "team-manager", filled(m.PlanEnd, world, case, **end))
    with acting(system(world.partnership.pk)):
        assert Case.objects.get(pk=case.pk).closed_at is not None


def test_a_visit_says_why_a_child_was_not_alone(world: World) -> None:
    case = walk(world, stop_before="plan-visit")
    visit = {"seen_alone": True, "bedroom_seen": False, "happened_at": world.now}
    with pytest.raises(ValidationError, match="bedroom"):
        record(world, case, "team-manager", filled(m.PlanVisit, world, case, not_alone_reason="", **visit))


@pytest.mark.parametrize("ended,soon", [(date(2024, 11, 22), False), (date(2024, 11, 23), True), (None, False)])
def test_a_second_plan_within_two_years_is_flagged(ended: date | None, soon: bool, world: World) -> None:
    made = conference(world, begin(world), outcome="cp-plan", category="NEG", previous_ended_on=ended)
    assert made.soon_again is soon
    assert ("soon after" in made.headline()) is soon
