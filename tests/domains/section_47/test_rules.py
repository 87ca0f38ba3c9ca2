"""What must hold of a strategy discussion and an enquiry: quorum, two people, no conference at a weekend."""
from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting, system
from goldthread.domains.section_47 import models as m
from goldthread.domains.section_47.process import SECTION_47
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.models import Ask, Case, Event
from tests.domains.dates import LONDON
from tests.process.walking import World, begin, do, filled, walk
from tests.support import make_actor, make_agency

pytestmark = pytest.mark.django_db


def record(world: World, case: Case, actor: Any, made: Any, *lines: Any) -> Event:
    with acting(actor):
        return actions.record(actor=actor, case=case, step=SECTION_47.step(made.step_key()), now=world.now,
                              writing_=Writing(made, lines))


def manager(world: World) -> Any:
    return make_actor("team-manager", partnership=world.partnership)


def test_a_discussion_without_all_three_says_why() -> None:
    world = World(SECTION_47)
    case = begin(world)
    with pytest.raises(ValidationError, match="why did it go ahead"):
        record(world, case, manager(world), filled(m.StrategyDiscussion, world, case, happened_at=world.now,
                                                   quorate=False, not_quorate_reason=""))
    record(world, case, manager(world), filled(m.StrategyDiscussion, world, case, happened_at=world.now, quorate=False,
                                               not_quorate_reason="Health could not come"))


def test_each_agency_is_heard_and_sees_only_its_own_part() -> None:
    world = World(SECTION_47)
    case = begin(world)
    police, health = (make_agency(kind, partnership=world.partnership) for kind in ("police", "acute-trust"))
    officer, nurse = (make_actor(role, agency, world.partnership)
                      for role, agency in (("police-partner", police), ("health-partner", health)))
    invitation = filled(m.StrategyInvitation, world, case, happened_at=world.now)
    record(world, case, manager(world), invitation, *(m.InvitedAgency(agency=a, due=world.now) for a in (police, health)))
    with acting(officer):
        ask = Ask.objects.get(agency=police)
        actions.record(actor=officer, case=case, step=SECTION_47.step("strategy-reply"), ask=ask, now=world.now,
                       writing_=Writing(filled(m.StrategyReply, world, case, happened_at=world.now)))
        assert m.StrategyReply.objects.count() == 1
        assert not m.HarmConcern.objects.exists(), "the concern itself is the desk's"
        assert [line.agency_id for line in m.InvitedAgency.objects.all()] == [police.pk]
    with acting(nurse):
        assert m.StrategyInvitation.objects.count() == 1 and not m.StrategyReply.objects.exists()


def test_the_manager_who_decides_is_not_the_writer() -> None:
    world = World(SECTION_47)
    case = walk(world, stop_before="enquiry-report")
    writer = manager(world)
    record(world, case, writer, filled(m.EnquiryReport, world, case, happened_at=world.now))
    with pytest.raises(Refused, match="report of the enquiry"):
        record(world, case, writer, filled(m.EnquiryOutcome, world, case, happened_at=world.now))


def test_a_child_for_whom_it_is_different_has_a_line() -> None:
    world = World(SECTION_47)
    case = begin(world)
    made = filled(m.StrategyDiscussion, world, case, happened_at=world.now, decision="joint")
    record(world, case, manager(world), made, m.ChildDecision(person=world.person, decision="no-enquiry"))
    with acting(system(world.partnership.pk)):
        assert m.ChildDecision.objects.get(case=case).decision == "no-enquiry"
        assert Event.objects.get(case=case, step="strategy-discussion").outcome == "joint"


@pytest.mark.parametrize("given,field", [
    ({"result": "arranged", "planned_for": None}, "planned_for"),
    ({"result": "arranged", "planned_for": datetime(2026, 12, 5, 10, tzinfo=LONDON)}, "planned_for"),
    ({"result": "not-needed", "planned_for": None, "reason": ""}, "reason")])
def test_a_conference_is_set_for_a_weekday_or_is_said_not_to_be_needed(given: dict[str, Any], field: str) -> None:
    world = World(SECTION_47)
    case = walk(world, {"enquiry-outcome": "cp-conference"}, stop_before="conference-arranged")
    with pytest.raises(ValidationError) as wrong:
        record(world, case, manager(world), filled(m.ConferenceArranged, world, case, happened_at=world.now, **given))
    assert field in wrong.value.message_dict
    do(world, case, SECTION_47.step("conference-arranged"))
