"""Teams of an agency and the people in them."""
from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused
from goldthread.access.organisation import teams
from goldthread.orgs.models import Team
from tests.support import TODAY, make_actor, make_agency, make_appointment, make_partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return make_actor("business-manager")


@pytest.fixture
def agency(actor):
    return make_agency("school", partnership=actor.partnership, name="Oak School")


def made(actor, agency, name: str = "Pastoral") -> Team:
    return teams.add_team(actor=actor, agency=agency, name=name, phone="01632 960010", today=TODAY)


def test_a_team_is_added_renamed_and_ended(actor, agency):
    team = made(actor, agency, "  Pastoral ")
    teams.change_team(actor=actor, team=team, name="Wellbeing", phone="", today=TODAY)
    assert (team.name, team.phone) == ("Wellbeing", "")
    teams.end_team(actor=actor, team=team, last_day=TODAY, today=TODAY)
    assert team in Team.objects.working(TODAY)
    assert team not in Team.objects.working(TODAY + timedelta(days=1))


@pytest.mark.parametrize("name", ["Pastoral", "pastoral ", "", "  "])
def test_a_name_taken_or_empty_is_refused_at_its_field(actor, agency, name):
    made(actor, agency)
    other = made(actor, agency, "Other")
    for action in (lambda: made(actor, agency, name),
                   lambda: teams.change_team(actor=actor, team=other, name=name, phone="", today=TODAY)):
        with pytest.raises(ValidationError) as wrong:
            action()
        assert set(wrong.value.message_dict) == {"name"}


def test_the_name_of_an_ended_team_is_free_again(actor, agency):
    teams.end_team(actor=actor, team=made(actor, agency), last_day=TODAY - timedelta(days=1), today=TODAY)
    assert made(actor, agency).pk


def test_a_person_is_put_in_a_team_of_their_agency_only_until_it_ends(actor, agency):
    seat = make_appointment("school-lead", agency, actor.partnership)
    team, foreign = made(actor, agency), made(actor, actor.agency, "Elsewhere")
    teams.put_in_team(actor=actor, appointment=seat, team=team, today=TODAY)
    assert seat.team_on(TODAY) == team
    with pytest.raises(ValidationError, match="is not a team of Oak School"):
        teams.put_in_team(actor=actor, appointment=seat, team=foreign, today=TODAY)
    teams.end_team(actor=actor, team=team, last_day=TODAY, today=TODAY)
    seat.refresh_from_db()
    assert seat.team_on(TODAY) == team and seat.team_on(TODAY + timedelta(days=1)) is None
    with pytest.raises(ValidationError):
        teams.put_in_team(actor=actor, appointment=seat, team=team, today=TODAY + timedelta(days=1))
    teams.put_in_team(actor=actor, appointment=seat, team=None, today=TODAY)
    assert seat.team_on(TODAY) is None


def test_a_team_shared_with_another_partnership_stays_as_it_is(actor, agency):
    team = made(actor, agency)
    elsewhere = make_appointment("school-lead", agency, make_partnership())
    elsewhere.team = team
    elsewhere.save()
    for action in (lambda: teams.change_team(actor=actor, team=team, name="Mine", phone="", today=TODAY),
                   lambda: teams.end_team(actor=actor, team=team, last_day=TODAY, today=TODAY)):
        with pytest.raises(Refused, match="another partnership"):
            action()
    elsewhere.ends = TODAY - timedelta(days=1)
    elsewhere.save()
    teams.change_team(actor=actor, team=team, name="Mine", phone="", today=TODAY)
    assert Team.objects.get(pk=team.pk).name == "Mine"
