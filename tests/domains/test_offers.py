"""Every offer can be taken up by somebody, with its people carried along and nothing typed twice."""
from __future__ import annotations

from typing import Any

import pytest

from goldthread.access.actor import Actor, acting, system, writing
from goldthread.access.policy import ROLES
from goldthread.flows import Offer, carried, offers_on
from goldthread.flows.offers import every_offer, faults_of
from goldthread.process import actions, registry
from goldthread.process.actions import Writing
from goldthread.process.models import Case, CasePerson
from tests.process.walking import World, at_desk, do, filled, make_person, walk
from tests.support import make_actor

pytestmark = pytest.mark.django_db
TAKEN = [(offer, outcome) for offer in every_offer() for outcome in sorted(offer.outcomes)]
every_one = pytest.mark.parametrize("offer,outcome", TAKEN,
                                    ids=[f"{o.after}/{outcome}/{o.starts}" for o, outcome in TAKEN])


# What must have been decided for the step of an offer to be reached.
BEFORE = {("section-47", "conference-arranged"): {"enquiry-outcome": "cp-conference"},
          ("pre-proceedings", "step-decision"): {"legal-gateway": "B"}}


def led_to(world: World, offer: Offer, outcome: str) -> Case:
    """A case that came to the outcome of an offer."""
    case = walk(world, BEFORE.get((offer.after, offer.step)), stop_before=offer.step)
    step = world.process.step(offer.step)
    do(world, case, step, **{step.outcome: outcome})
    return fresh(world, case)


def fresh(world: World, case: Case) -> Case:
    with acting(system(world.partnership.pk)):
        return Case.objects.get(pk=case.pk)


def taker(world: World, case: Case, offer: Offer) -> Actor | None:
    """Somebody of the desk of the first case to whom the offer is open."""
    for role in sorted(r for r in ROLES if at_desk(world.process, r)):
        actor = make_actor(role, partnership=world.partnership)
        with acting(actor):
            if offer in offers_on(actor, Case.objects.get(pk=case.pk), ()):
                return actor
    return None


@every_one
def test_an_offer_is_taken_up_with_its_people(offer: Offer, outcome: str) -> None:
    world = World(registry.get(offer.after))
    case = led_to(world, offer, outcome)
    sibling = make_person(world)
    involve(world, case, sibling)
    actor = taker(world, case, offer)
    assert actor is not None, "nobody at the desk of the first case can take it up"
    process = registry.get(offer.starts)
    with acting(actor):
        origin = Case.objects.get(pk=case.pk)
        given = carried(origin, process, offer)
        assert set(given.values) <= set(process.first.record.own_fields())
        first = filled(process.first.record, world, **{"happened_at": world.now, **known(given.values)})
        begun = actions.start(actor=actor, process=process, writing_=Writing(first, given.lines), now=world.now,
                              came_from=origin)
    with acting(system(world.partnership.pk)):
        people = set(CasePerson.objects.filter(case=begun).values_list("person_id", "capacity"))
        assert people == set(CasePerson.objects.filter(case=case).values_list("person_id", "capacity"))
        assert (sibling.pk, "sibling") in people
        assert begun.came_from_id == case.pk


def known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def involve(world: World, case: Case, person: Any) -> None:
    """Somebody more whom the first case is about."""
    with acting(system(world.partnership.pk)), writing():
        child = CasePerson.objects.get(case=case)
        CasePerson.objects.create(partnership=world.partnership, case=case, person=person, capacity="sibling",
                                  readers=child.readers)


def test_no_offer_names_what_is_not_there() -> None:
    assert [fault for offer in every_offer() for fault in faults_of(offer)] == []


def test_an_offer_is_not_open_before_its_outcome_nor_once_it_was_taken_up() -> None:
    world = World(registry.get("section-47"))
    case = walk(world, {"enquiry-outcome": "cp-conference"}, stop_before="conference-arranged")
    manager = make_actor("team-manager", partnership=world.partnership)

    def open_now(*begun: str) -> set[str]:
        with acting(manager):
            return {offer.starts for offer in offers_on(manager, Case.objects.get(pk=case.pk), begun)}
    assert open_now() == set()
    do(world, case, world.process.step("conference-arranged"), result="arranged")
    assert open_now() == {"child-protection"}
    assert open_now("child-protection") == set()


def test_a_conference_counts_from_the_strategy_discussion_of_the_enquiry() -> None:
    world = World(registry.get("section-47"))
    case = walk(world, {"enquiry-outcome": "cp-conference"})
    manager = make_actor("team-manager", partnership=world.partnership)
    offer = next(o for o in every_offer() if o.starts == "child-protection" and o.after == "section-47")
    with acting(manager):
        seen = Case.objects.get(pk=case.pk)
        held = seen.last("strategy-discussion")
        values = carried(seen, registry.get("child-protection"), offer).values
    assert values["happened_at"] == held.happened_at and values["why"] == "section-47"
    assert values["concern"]


def test_somebody_who_may_not_start_it_is_not_offered_it() -> None:
    world = World(registry.get("front-door"))
    case = walk(world, optional=True, stop_before="hand-over")
    do(world, case, world.process.step("hand-over"), to="assessment")
    school = make_actor("school-lead", partnership=world.partnership)
    assert offers_on(school, fresh(world, case), ()) == []


def test_a_wrong_offer_stops_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    from goldthread.flows import offers
    from goldthread.web.apps import sound_offers
    assert sound_offers() == []
    wrong = Offer("front-door", "hand-over", frozenset({"nowhere"}), "assessment", "Begin an assessment")
    monkeypatch.setattr(offers, "OFFERS", (wrong,))
    every_offer.cache_clear()
    try:
        (error,) = sound_offers()
        assert "cannot come out 'nowhere'" in error.msg and error.is_serious()
    finally:
        every_offer.cache_clear()
