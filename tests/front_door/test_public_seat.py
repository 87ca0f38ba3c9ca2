"""The seat on which contacts without an account are recorded: one a partnership, nobody's, and blind."""
from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from goldthread.access.actor import Refused, acting
from goldthread.access.organisation import seats
from goldthread.access.organisation.public import PUBLIC_NAME, public_actor
from goldthread.orgs.models import Agency, Appointment, User
from goldthread.process.models import Case
from tests.front_door.scene import address, text
from tests.support import make_actor, make_partnership


def test_the_public_seat_is_made_once_and_reads_nothing(scene):
    one, other = (public_actor(scene.partnership, now=scene.now) for _ in range(2))
    assert one.appointment.pk == other.appointment.pk and one.agency.name == PUBLIC_NAME
    case = scene.contact()
    assert not one.authority.tokens
    with acting(one):
        assert not Case.objects.exists()
    with acting(scene.seats["mash-worker"]):
        assert Case.objects.filter(pk=case.pk).exists()
    user = User.objects.get(pk=one.user.pk)
    assert not user.is_active and not user.has_usable_password()


def test_two_partnerships_share_the_name_and_nothing_else(scene):
    one, other = (public_actor(p, now=scene.now) for p in (scene.partnership, make_partnership()))
    assert one.agency == other.agency and one.user != other.user
    assert Agency.objects.filter(name=PUBLIC_NAME).count() == 1


def test_nobody_is_appointed_as_the_public(scene):
    actor = make_actor("administrator", scene.council, scene.partnership)
    somebody = scene.seats["mash-worker"].user
    with pytest.raises((ValidationError, Refused)):
        seats.appoint(actor=actor, user=somebody, agency=scene.council, role="public-referrer", starts=scene.now.date())
    seats.appoint(actor=actor, user=somebody, agency=scene.council, role="partner", starts=scene.now.date())
    assert not Appointment.objects.filter(role="public-referrer", user=somebody).exists()


def test_it_is_no_organisation_to_ring_to_ask_or_to_end(scene):
    public = public_actor(scene.partnership, now=scene.now).agency
    scene.seats["administrator"] = make_actor("administrator", scene.council, scene.partnership)
    case = scene.ready()
    for who, page in (("school-lead", reverse("directory")), ("administrator", reverse("setup_agencies")),
                      ("mash-worker", address("ask_partners", case))):
        shown = text(scene.client(who).get(page))
        assert scene.police.name in shown and PUBLIC_NAME not in shown, page
    assert scene.client("school-lead").get(reverse("directory_agency", args=[public.pk])).status_code == 404
