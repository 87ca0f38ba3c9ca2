"""No application without an offer to the family, and the census block read from what was recorded."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting, system
from goldthread.domains.pre_proceedings import models as m
from goldthread.domains.pre_proceedings.census import block
from goldthread.domains.pre_proceedings.process import PRE_PROCEEDINGS as PP
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.models import Case, Event
from tests.process.walking import World, begin, do, filled, walk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_there_is_no_application_before_the_family_was_offered_its_own_meeting() -> None:
    world = World(PP)
    case = begin(world)
    for key, given in (("legal-gateway", {"outcome": "C"}), ("step-decision", {"outcome": "court"})):
        do(world, case, PP.step(key), **given)
    with pytest.raises(Refused, match="Offer of family group decision making"):
        do(world, case, PP.step("court-application"))


def test_nor_is_one_dated_before_the_offer() -> None:
    world = World(PP)
    case = begin(world)
    world.now += 7 * DAY
    for key, given in (("legal-gateway", {"outcome": "C"}), ("step-decision", {"outcome": "court"}),
                       ("family-group-offer", {"answer": "declined"})):
        do(world, case, PP.step(key), **given)
    manager = world.actor(PP.step("court-application"))

    def apply(when: timedelta) -> Event:
        with acting(manager):
            made = filled(m.CourtApplication, world, case, happened_at=world.now - when)
            return actions.record(actor=manager, case=case, step=PP.step("court-application"), now=world.now,
                                  writing_=Writing(made))
    with pytest.raises(ValidationError, match="before the application"):
        apply(DAY)
    done = apply(timedelta())
    with pytest.raises(ValidationError, match="before the application"), acting(manager):
        early = filled(m.CourtApplication, world, case, happened_at=world.now - DAY)
        actions.correct(actor=manager, event=done, writing_=Writing(early), now=world.now)


def test_the_census_block_is_what_was_recorded() -> None:
    world = World(PP)
    case = begin(world)
    made = [("legal-gateway", {"outcome": "B"}), ("letter-before-proceedings", {}),
            ("family-group-offer", {"answer": "accepted"}), ("family-group-meeting", {}), ("pre-proceedings-meeting", {}),
            ("pre-proceedings-review", {}), ("pre-proceedings-review", {}), ("step-decision", {"outcome": "court"}),
            ("letter-of-intent", {}), ("court-application", {})]
    for key, given in made:
        world.now += DAY
        do(world, case, PP.step(key), **given)
    with acting(system(world.partnership.pk)):
        found = block(Case.objects.get(pk=case.pk))
    assert found == {
        "PPStartDate": date(2026, 11, 24), "LBPSentDate": date(2026, 11, 25), "FGDMOfferDate": date(2026, 11, 26),
        "FGDMFacilitatedDate": date(2026, 11, 27), "InitialPPMeetingDate": date(2026, 11, 28), "ReviewMeetingsCount": 2,
        "StepDecisionDate": date(2026, 12, 1), "LetterInitCPDate": date(2026, 12, 2), "CourtAppDate": date(2026, 12, 3),
        "PPOutcome": "court"}


def test_nothing_is_claimed_of_pre_proceedings_that_never_began() -> None:
    world = World(PP)
    case = walk(world, {"legal-gateway": "A"})
    with acting(system(world.partnership.pk)):
        found = block(Case.objects.get(pk=case.pk))
    assert case.closed_at is not None
    assert found.pop("ReviewMeetingsCount") == 0 and set(found.values()) == {None}
