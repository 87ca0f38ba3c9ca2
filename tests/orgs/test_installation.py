"""Several partnerships in one installation: who adds one, who looks after it all, agencies that work for several."""
from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor, Refused
from goldthread.access.organisation import accounts, agencies, installation
from goldthread.orgs.models import Agency, Appointment, Participation, Partnership, User
from tests.support import TODAY, make_actor, make_agency, make_appointment

pytestmark = pytest.mark.django_db
SOUTH = {"name": "South Borough", "short_name": "South", "today": TODAY}


def caretaker(actor: Actor) -> Actor:
    User.objects.filter(pk=actor.user.pk).update(runs_installation=True)
    return actor


@pytest.fixture
def actor() -> Actor:
    return caretaker(make_actor("administrator"))


def test_another_partnership_has_the_asker_as_its_administrator(actor):
    made = installation.create_partnership(actor=actor, agency=actor.agency, **SOUTH)
    seat = Appointment.objects.get(partnership=made)
    assert (seat.user, seat.role, seat.agency) == (actor.user, "administrator", actor.agency)
    assert Participation.objects.filter(agency=actor.agency).count() == 2


def test_only_who_looks_after_the_installation_adds_a_partnership_or_names_helpers():
    ordinary = make_actor("administrator")
    for action in (lambda: installation.create_partnership(actor=ordinary, agency=ordinary.agency, **SOUTH),
                   lambda: installation.name_helper(actor=ordinary, user=ordinary.user, today=TODAY),
                   lambda: installation.dismiss_helper(actor=ordinary, user=ordinary.user)):
        with pytest.raises(Refused, match="look after this installation"):
            action()
    assert Partnership.objects.count() == 1
    caretaker(ordinary)
    assert installation.create_partnership(actor=ordinary, agency=ordinary.agency, **SOUTH).pk


def test_a_short_name_taken_is_said_at_its_field_and_a_strangers_agency_is_refused(actor):
    installation.create_partnership(actor=actor, agency=actor.agency, **SOUTH)
    with pytest.raises(ValidationError) as wrong:
        installation.create_partnership(actor=actor, agency=actor.agency, **{**SOUTH, "name": "Another"})
    assert set(wrong.value.message_dict) == {"short_name"}
    with pytest.raises(Refused, match="in your partnership"):
        installation.create_partnership(actor=actor, agency=make_actor("gp").agency, **{**SOUTH, "short_name": "West"})


def test_helpers_are_named_among_those_who_set_up_and_the_last_one_stays(actor):
    other = make_appointment("business-manager", partnership=actor.partnership)
    with pytest.raises(ValidationError):
        installation.name_helper(actor=actor, user=make_appointment("gp", partnership=actor.partnership).user, today=TODAY)
    with pytest.raises(ValidationError):
        installation.name_helper(actor=actor, user=make_appointment("administrator").user, today=TODAY)
    with pytest.raises(Refused, match="Somebody must look after"):
        installation.dismiss_helper(actor=actor, user=actor.user)
    installation.name_helper(actor=actor, user=other.user, today=TODAY)
    installation.dismiss_helper(actor=actor, user=actor.user)
    assert list(User.objects.filter(runs_installation=True)) == [other.user]


def test_a_closed_account_no_longer_looks_after_it_unless_it_was_the_last(actor):
    other = caretaker(make_actor("business-manager", partnership=actor.partnership))
    accounts.close_account(actor=actor, user=other.user, why="Left", today=TODAY)
    assert not User.objects.get(pk=other.user.pk).runs_installation
    last = make_actor("administrator", partnership=actor.partnership)
    accounts.close_account(actor=last, user=actor.user, why="Left", today=TODAY)
    left = User.objects.get(pk=actor.user.pk)
    assert left.runs_installation and not installation.looks_after(left.pk), "taken up again only with an open account"


def test_an_agency_of_any_kind_takes_part_in_several_partnerships_as_one_entry(actor):
    force = make_agency("police", partnership=actor.partnership, name="Example Police")
    charity = make_agency("voluntary", partnership=actor.partnership, name="Example Charity")
    made = installation.create_partnership(actor=actor, agency=actor.agency, **SOUTH)
    stranger = make_appointment("administrator")
    south = make_actor("administrator", actor.agency, made, user=stranger.user)
    assert list(installation.shareable(south, TODAY)) == [stranger.agency], "only of partnerships one sets up oneself"
    mine = caretaker(Actor(Appointment.objects.get(partnership=made, user=actor.user), south.authority))
    assert list(installation.shareable(mine, TODAY)) == [force, charity]
    assert installation.share_agencies(actor=mine, agencies=[force, charity], today=TODAY) == 2
    assert Agency.objects.filter(name="Example Police").count() == 1
    assert set(Agency.objects.taking_part(made, TODAY)) == {force, charity, actor.agency}
    assert not installation.shareable(mine, TODAY).exists()


def test_an_agency_not_offered_is_not_taken_in(actor):
    for chosen in ([], [make_actor("gp").agency]):
        with pytest.raises(ValidationError):
            installation.share_agencies(actor=actor, agencies=chosen, today=TODAY)


def test_an_agency_that_had_left_takes_part_again(actor):
    agency = agencies.add_agency(actor=actor, name="Oak School", kind="school", today=TODAY)
    with pytest.raises(ValidationError):
        agencies.add_agency(actor=actor, name="Oak School", kind="school", today=TODAY)
    agencies.end_participation(actor=actor, agency=agency, last_day=TODAY)
    later = TODAY + timedelta(days=9)
    assert agency not in Agency.objects.taking_part(actor.partnership, later)
    assert agencies.add_agency(actor=actor, name="Oak School", kind="school", today=later) == agency
    part = Participation.objects.get(agency=agency)
    assert (part.since, part.until) == (later, None)
