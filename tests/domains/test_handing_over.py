"""The front door hands a family over through its pages: what is known goes along, and the work is then another desk's."""
from __future__ import annotations

import pytest
from django.urls import reverse

from goldthread.access.actor import acting, system
from goldthread.process.models import Case, CasePerson, ClockRow
from goldthread.process.registry import get
from tests.access.separate import as_superuser
from tests.domains.filling import Form, moment, send
from tests.process.walking import World, do, fresh, walk
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db


def handed_over(to: str) -> tuple[World, Case]:
    world = World(get("front-door"))
    case = walk(world)
    do(world, case, world.process.step("hand-over"), to=to)
    return world, fresh(world, case)


@pytest.mark.parametrize("to,kind", [("assessment", "family"), ("pre-birth-assessment", "pre-birth")])
def test_an_assessment_begun_at_the_front_door_counts_from_the_referral(to: str, kind: str) -> None:
    world, contact = handed_over(to)
    mash = client_for(make_actor("mash-manager", partnership=world.partnership))
    page, offered = reverse("case", args=[contact.reference]), reverse("begin", args=["assessment"])
    offered += f"?from={contact.reference}"
    assert offered in mash.get(page).content.decode()
    held = Form(mash.get(offered).content.decode()).values
    assert held["kind"] == kind and held["why"].startswith("Words for")
    assert {name: held[name] for name in moment("happened_at", contact.opened_at)} == moment("happened_at",
                                                                                            contact.opened_at)
    assert send(mash, offered, {}) == page, "the assessment is another desk's to see"
    answer = mash.get(page).content.decode()
    assert "is with children&#x27;s social care now" in answer and offered not in answer
    with acting(system(world.partnership.pk)):
        begun = Case.objects.get(came_from=contact)
        assert begun.opened_at == contact.opened_at.replace(second=0, microsecond=0)
        assert ClockRow.objects.get(case=begun, name="Conclude the assessment").started == begun.opened_at
        assert CasePerson.objects.get(case=begun).person_id == world.person.pk
    with acting(make_actor("team-manager", partnership=world.partnership)):
        assert Case.objects.filter(pk=begun.pk).exists()


def test_without_the_look_at_what_was_taken_up_it_would_be_offered_twice() -> None:
    """The desk that handed over cannot see what it led to; only the look with the owner's sight knows."""
    world, contact = handed_over("strategy-discussion")
    actor = make_actor("mash-manager", partnership=world.partnership)
    offered = reverse("begin", args=["section-47"]) + f"?from={contact.reference}"
    send(client_for(actor), offered, {})
    page = reverse("case", args=[contact.reference])
    assert offered not in client_for(actor).get(page).content.decode()
    assert client_for(actor).get(offered).status_code == 404
    with as_superuser() as cursor:
        cursor.execute("alter function process_begun_from security invoker")
    assert offered in client_for(actor).get(page).content.decode()
