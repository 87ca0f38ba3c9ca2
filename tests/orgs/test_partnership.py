"""What changes a partnership: who may, what is refused, what is kept."""
from __future__ import annotations

import inspect
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from goldthread.access import audit
from goldthread.access.actor import Actor, Refused, acting
from goldthread.access.organisation import (
    accounts,
    agencies,
    installation,
    invitations,
    partnership,
    seats,
    teams,
    words,
)
from goldthread.access.policy import ROLES, May
from goldthread.base.spans import Span
from goldthread.orgs.models import Appointment, LocalHoliday, LocalLimit, Participation, Partnership, User
from goldthread.orgs.timing import calendar_of, local_limits
from goldthread.rules.limits import all_limits
from tests.support import NOW, TODAY, make_actor, make_agency, make_appointment, make_partnership

pytestmark = pytest.mark.django_db
THEME = {"name": "North Borough", "short_name": "North", "area": "North", "colour": "#1d4f6e", "accent": "#7a3e65"}
CONTACTS = {"front_door_phone": "020 7946 0001", "out_of_hours_phone": "020 7946 0002",
            "front_door_email": "door@example.org", "opens": time(8), "closes": time(18)}
LOCAL = next(each.key for each in all_limits(TODAY) if each.local and each.span)
LEGAL = next(each.key for each in all_limits(TODAY) if not each.local)


@pytest.fixture
def administrator() -> Actor:
    return make_actor("administrator")


def field_faults(action, **arguments) -> set[str]:
    with pytest.raises(ValidationError) as wrong:
        action(**arguments)
    return set(wrong.value.message_dict)


def actions():
    """Every function of these modules that takes an actor."""
    modules = (accounts, agencies, installation, invitations, partnership, seats, teams, words)
    return [found for module in modules for name, found in inspect.getmembers(module, inspect.isfunction)
            if found.__module__ == module.__name__ and not name.startswith("_")
            and "actor" in inspect.signature(found).parameters
            and inspect.signature(found).parameters["actor"].kind is inspect.Parameter.KEYWORD_ONLY]


@pytest.mark.parametrize("action", actions(), ids=lambda found: found.__name__)
def test_every_action_is_refused_to_who_may_not_set_up_the_partnership(action):
    """Before anything else is looked at: the other arguments are nothing at all."""
    actor = make_actor("mash-manager")
    nothing = {name: None for name in inspect.signature(action).parameters if name != "actor"}
    if "invitation" in nothing:
        nothing["invitation"] = invitations.invite(
            actor=make_actor("administrator", partnership=actor.partnership), email="a@example.org",
            agency=actor.agency, role="gp", now=NOW).invitation
    with pytest.raises(Refused, match="cannot set up the partnership"):
        action(actor=actor, **{**nothing, **({"now": NOW} if "now" in nothing else {})})


def test_there_are_actions_and_only_two_roles_may_use_them():
    assert len(actions()) >= 20
    assert [key for key, role in ROLES.items() if May.RUN_PARTNERSHIP in role.may] == ["business-manager", "administrator"]


def test_name_and_colours_are_saved_and_kept_as_history_under_the_persons_name(administrator):
    partnership.set_theme(actor=administrator, **THEME)
    row = Partnership.objects.get(pk=administrator.partnership.pk)
    assert (row.name, row.area) == ("North Borough", "North")
    with acting(administrator):
        last = audit.changes("orgs_partnership", row.pk)[-1]
    assert last["user_id"] == administrator.user.pk and last["new"]["name"] == "North Borough" != last["old"]["name"]


@pytest.mark.parametrize(("field", "colour"), [
    ("colour", "#777777"), ("colour", "#ffff00"), ("accent", "#959595"), ("colour", "blue"), ("accent", "#12")])
def test_colours_that_cannot_be_read_are_refused(administrator, field, colour):
    assert field_faults(partnership.set_theme, actor=administrator, **{**THEME, field: colour}) == {field}
    assert Partnership.objects.get(pk=administrator.partnership.pk).name != "North Borough", "nothing half-saved"


@pytest.mark.parametrize(("field", "colour"), [("colour", "#767676"), ("accent", "#949494")])
def test_colours_just_dark_enough_are_taken(administrator, field, colour):
    partnership.set_theme(actor=administrator, **{**THEME, field: colour})


def test_contacts_are_checked(administrator):
    partnership.set_contacts(actor=administrator, **CONTACTS)
    assert Partnership.objects.get(pk=administrator.partnership.pk).opens == time(8)
    assert field_faults(partnership.set_contacts, actor=administrator, **{**CONTACTS, "closes": time(7)}) == {"closes"}
    assert field_faults(partnership.set_contacts, actor=administrator,
                        **{**CONTACTS, "front_door_email": "x"}) == {"front_door_email"}


def test_the_threshold_document_is_a_web_address(administrator):
    partnership.set_threshold_document(actor=administrator, address="https://example.org/thresholds")
    for bad in ("javascript:alert(1)", "thresholds.pdf", "https://"):
        assert field_faults(partnership.set_threshold_document, actor=administrator,
                            address=bad) == {"threshold_document"}


def test_a_local_limit_replaces_the_usual_from_its_day_and_the_one_before_is_kept(administrator):
    for span, day in (("4 working hours", TODAY), ("3 working hours", TODAY + timedelta(days=10))):
        partnership.set_local_limit(actor=administrator, key=LOCAL, span=span, source="Executive, item 4", valid_from=day)
    mine = administrator.partnership
    assert local_limits(mine, TODAY - timedelta(days=1)) == {}
    assert local_limits(mine, TODAY + timedelta(days=9)) == {LOCAL: Span.parse("4 working hours")}
    assert local_limits(mine, TODAY + timedelta(days=10)) == {LOCAL: Span.parse("3 working hours")}
    assert LocalLimit.objects.count() == 2


@pytest.mark.parametrize(("change", "field"), [
    ({"key": LEGAL}, "key"), ({"key": "T999"}, "key"), ({"span": "soon"}, "span"), ({"source": " "}, "source")])
def test_what_is_no_local_limit_is_refused(administrator, change, field):
    given = {"key": LOCAL, "span": "1 working day", "source": "Executive", "valid_from": TODAY, **change}
    assert field_faults(partnership.set_local_limit, actor=administrator, **given) == {field}


def test_a_limit_cannot_be_slipped_in_before_one_that_holds_already(administrator):
    given = {"actor": administrator, "key": LOCAL, "span": "1 working day", "source": "Executive"}
    partnership.set_local_limit(**given, valid_from=TODAY)
    assert field_faults(partnership.set_local_limit, **given, valid_from=TODAY - timedelta(days=1)) == {"valid_from"}


def test_an_ended_local_limit_gives_way_to_the_usual(administrator):
    row = partnership.set_local_limit(actor=administrator, key=LOCAL, span="1 working day", source="x", valid_from=TODAY)
    partnership.end_local_limit(actor=administrator, row=row, last_day=TODAY)
    assert local_limits(administrator.partnership, TODAY) and not local_limits(
        administrator.partnership, TODAY + timedelta(days=1))


def test_a_closed_day_and_the_hours_change_the_partnerships_calendar_only(administrator):
    other, day = make_partnership(), date(2026, 11, 25)
    partnership.add_local_holiday(actor=administrator, on=day, why="Moving house")
    partnership.set_contacts(actor=administrator, **CONTACTS)
    mine = calendar_of(administrator.partnership)
    assert not mine.is_working_day(day) and calendar_of(other).is_working_day(day)
    assert (mine.opens, mine.closes) == (time(8), time(18))
    assert field_faults(partnership.add_local_holiday, actor=administrator, on=day, why="Again") == {"on"}
    partnership.remove_local_holiday(actor=administrator, row=LocalHoliday.objects.get())
    assert calendar_of(administrator.partnership).is_working_day(day)


def test_rows_of_another_partnership_are_refused_in_words_that_tell_nothing(administrator):
    stranger = make_actor("administrator")
    limit = partnership.set_local_limit(actor=stranger, key=LOCAL, span="1 working day", source="x", valid_from=TODAY)
    day = partnership.add_local_holiday(actor=stranger, on=TODAY, why="x")
    seat = make_appointment("gp", partnership=stranger.partnership)
    team = teams.add_team(actor=stranger, agency=stranger.agency, name="Theirs", today=TODAY)
    offer = invitations.invite(actor=stranger, email="b@example.org", agency=stranger.agency, role="gp", now=NOW).invitation
    tries = [
        lambda: partnership.end_local_limit(actor=administrator, row=limit, last_day=TODAY),
        lambda: partnership.remove_local_holiday(actor=administrator, row=day),
        lambda: agencies.set_lead(actor=administrator, agency=stranger.agency, lead_name="", lead_phone="",
                                  statutory_partner=False),
        lambda: agencies.end_participation(actor=administrator, agency=stranger.agency, last_day=TODAY),
        lambda: teams.add_team(actor=administrator, agency=stranger.agency, name="x", today=TODAY),
        lambda: teams.change_team(actor=administrator, team=team, name="x", phone="", today=TODAY),
        lambda: teams.end_team(actor=administrator, team=team, last_day=TODAY, today=TODAY),
        lambda: teams.put_in_team(actor=administrator, appointment=seat, team=None, today=TODAY),
        lambda: seats.end_appointment(actor=administrator, appointment=seat, last_day=TODAY),
        lambda: seats.arrange_cover(actor=administrator, appointment=seat, covered_by=None, until=None),
        lambda: seats.appoint(actor=administrator, user=seat.user, agency=stranger.agency, role="gp", starts=TODAY),
        lambda: invitations.withdraw(actor=administrator, invitation=offer, now=NOW),
        lambda: invitations.invite_again(actor=administrator, invitation=offer, now=NOW),
        lambda: accounts.close_account(actor=administrator, user=seat.user, why="x", today=TODAY),
    ]
    for each in tries:
        with pytest.raises(Refused, match="in your partnership"):
            each()


def test_going_live_waits_for_every_task(administrator):
    with pytest.raises(Refused, match="People, Backup"):
        partnership.go_live(actor=administrator, undone=["People", "Backup"], today=TODAY)
    partnership.go_live(actor=administrator, undone=[], today=TODAY)
    assert Partnership.objects.get(pk=administrator.partnership.pk).live_since == TODAY


def test_the_first_partnership_is_founded_once():
    given = {"name": "First", "short_name": "First", "agency_name": "Council", "agency_kind": "childrens-services",
             "email": "first@example.org", "person": "Robin", "password": "x" * 12, "now": NOW}
    user = partnership.found_first(**given)
    assert Appointment.objects.get(user=user).role == "administrator" and installation.looks_after(user.pk)
    with pytest.raises(Refused, match="set up already"):
        partnership.found_first(**{**given, "email": "second@example.org"})
    assert User.objects.count() == 1


def test_seats_end_with_their_agencys_part_in_this_partnership_only(administrator):
    """An agency that still takes part elsewhere must not keep its people's seats here."""
    shared, other = make_agency(partnership=administrator.partnership), make_partnership()
    here = make_appointment("gp", shared, administrator.partnership)
    there = make_appointment("gp", shared, other)
    agencies.end_participation(actor=administrator, agency=shared, last_day=TODAY)
    assert set(Appointment.objects.filter(agency=shared).current(TODAY)) == {here, there}
    assert list(Appointment.objects.filter(agency=shared).current(TODAY + timedelta(days=1))) == [there]


def test_a_part_that_has_not_begun_gives_no_seat(administrator):
    agency = make_agency(partnership=administrator.partnership)
    seat = make_appointment("gp", agency, administrator.partnership)
    Participation.objects.filter(agency=agency).update(since=TODAY + timedelta(days=1))
    assert seat not in Appointment.objects.current(TODAY)
