"""What must hold of an assessment: who authorises it, factors, seen alone, and a referral's day set right."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting, system
from goldthread.domains.assessment import models as m
from goldthread.domains.assessment.process import ASSESSMENT
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.models import Case, ClockRow, Event
from tests.process.walking import World, begin, do, filled, make_person, walk
from tests.support import make_actor

pytestmark = pytest.mark.django_db


def manager(world: World) -> Any:
    return make_actor("team-manager", partnership=world.partnership)


def record(world: World, case: Case, actor: Any, record: Any, lines: list[Any] = []) -> Event:  # noqa: B006
    with acting(actor):
        return actions.record(actor=actor, case=case, step=ASSESSMENT.step(record.step_key()), now=world.now,
                              writing_=Writing(record, lines))


def test_whoever_wrote_it_does_not_authorise_it() -> None:
    world = World(ASSESSMENT)
    case = walk(world, stop_before="assessment-report")
    writer = manager(world)
    record(world, case, writer, filled(m.AssessmentReport, world, case, happened_at=world.now))
    with pytest.raises(Refused, match="written assessment"):
        record(world, case, writer, filled(m.AssessmentOutcome, world, case, happened_at=world.now))
    record(world, case, manager(world), filled(m.AssessmentOutcome, world, case, happened_at=world.now))
    with acting(system(world.partnership.pk)):
        assert Case.objects.get(pk=case.pk).closed_at is not None


def factor(world: World, code: str, person: Any = None) -> m.AssessmentFactor:
    return m.AssessmentFactor(factor=code, person=person)


def test_no_factor_found_cannot_stand_beside_one_of_the_same_child() -> None:
    world = World(ASSESSMENT)
    case = walk(world, stop_before="assessment-report")
    elder, younger = world.person, make_person(world)
    report = filled(m.AssessmentReport, world, case, happened_at=world.now)
    for lines in ([factor(world, "21"), factor(world, "3B", elder)], [factor(world, "3B"), factor(world, "21", younger)],
                  [factor(world, "21", elder), factor(world, "16A", elder)]):
        with pytest.raises(ValidationError, match="Either no factor"):
            record(world, case, manager(world), report, lines)
    apart = [factor(world, "21", elder), factor(world, "16A", younger), factor(world, "3B", younger)]
    record(world, case, manager(world), filled(m.AssessmentReport, world, case, happened_at=world.now), apart)
    with acting(system(world.partnership.pk)):
        assert m.AssessmentFactor.objects.filter(case=case).count() == 3


def test_brothers_and_sisters_are_decided_together_and_recorded_apart() -> None:
    world = World(ASSESSMENT)
    elder, younger = world.person, make_person(world)
    starter = world.actor(ASSESSMENT.first)
    with acting(starter):
        case = actions.start(
            actor=starter, process=ASSESSMENT, now=world.now,
            writing_=Writing(filled(m.AssessmentRequest, world, happened_at=world.now),
                             [m.AssessedPerson(person=elder, capacity="child"),
                              m.AssessedPerson(person=younger, capacity="sibling")]))
    for key in ("assessment-start", "assessment-visit", "assessment-report"):
        do(world, case, ASSESSMENT.step(key))
    outcome = filled(m.AssessmentOutcome, world, case, happened_at=world.now, outcome="services")
    record(world, case, manager(world), outcome, [m.ChildOutcome(person=younger, outcome="nfa", primary_need="N9")])
    with acting(system(world.partnership.pk)):
        assert set(case.casepersons.values_list("person_id", "capacity")) == {
            (elder.pk, "child"), (younger.pk, "sibling")}
        assert Case.objects.get(pk=case.pk).title.endswith("and 1 more")
        [apart] = m.ChildOutcome.objects.filter(case=case)
        assert (apart.person_id, apart.outcome) == (younger.pk, "nfa")


@pytest.mark.parametrize("seen,alone", [(False, False), (True, False)])
def test_a_child_not_seen_alone_needs_a_reason(seen: bool, alone: bool) -> None:
    world = World(ASSESSMENT)
    case = walk(world, stop_before="assessment-visit")
    visit = {"child_seen": seen, "seen_alone": alone, "happened_at": world.now}
    with pytest.raises(ValidationError, match="not seen alone"):
        record(world, case, manager(world), filled(m.AssessmentVisit, world, case, not_seen_reason=" ", **visit))
    record(world, case, manager(world), filled(m.AssessmentVisit, world, case, not_seen_reason="Asleep", **visit))


def test_the_day_of_the_referral_set_right_moves_the_statutory_clock() -> None:
    world = World(ASSESSMENT)
    case = begin(world)
    with acting(system(world.partnership.pk)):
        first = Event.objects.get(case=case)
        before = ClockRow.objects.get(case=case, name="Conclude the assessment").due
    actor = world.actor(ASSESSMENT.first)
    right = filled(m.AssessmentRequest, world, happened_at=world.now - timedelta(days=7))
    with acting(actor):
        actions.correct(actor=actor, event=first, now=world.now + timedelta(hours=1),
                        writing_=Writing(right, [m.AssessedPerson(person=world.person)]))
    with acting(system(world.partnership.pk)):
        assert ClockRow.objects.get(case=case, name="Conclude the assessment").due == before - timedelta(days=7)
