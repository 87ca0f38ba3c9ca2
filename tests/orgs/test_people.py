"""Seats, cover, invitations, accounts."""
from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused
from goldthread.access.organisation import accounts, invitations, seats
from goldthread.orgs import sheets
from goldthread.orgs.models import Agency, Appointment, Invitation, Participation, User
from goldthread.orgs.sheets import BadSheet
from tests.support import NOW, TODAY, make_actor, make_agency, make_appointment

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PASSWORD = "unlikely green kettle 9"


@pytest.fixture
def actor():
    return make_actor("administrator")


@pytest.fixture
def agency(actor):
    return make_agency("school", partnership=actor.partnership, name="Elm School")


def offer(actor, agency, email: str = "new@example.org", **extra):
    return invitations.invite(actor=actor, email=email, agency=agency, role="school-lead", now=NOW, **extra)


def test_a_seat_begins_ends_and_is_taken_up_again(actor, agency):
    user = User.objects.create_user("a@example.org", "A")
    seat = seats.appoint(actor=actor, user=user, agency=agency, role="gp", starts=TODAY)
    assert seat in Appointment.objects.current(TODAY)
    seats.end_appointment(actor=actor, appointment=seat, last_day=TODAY)
    assert seat not in Appointment.objects.current(TODAY + DAY)
    assert seats.appoint(actor=actor, user=user, agency=agency, role="gp", starts=TODAY) == seat
    assert seat in Appointment.objects.current(TODAY + DAY)


def test_ending_before_today_takes_the_seat_away_at_once_also_one_that_began_today(actor, agency):
    user = User.objects.create_user("a@example.org", "A")
    seat = seats.appoint(actor=actor, user=user, agency=agency, role="gp", starts=TODAY)
    seats.end_appointment(actor=actor, appointment=seat, last_day=TODAY - DAY)
    assert seat not in Appointment.objects.current(TODAY)


def test_nobody_gives_themselves_a_seat_or_ends_their_own(actor, agency):
    with pytest.raises(Refused, match="Ask another administrator"):
        seats.appoint(actor=actor, user=actor.user, agency=agency, role="mash-manager", starts=TODAY)
    with pytest.raises(Refused, match="Ask another administrator"):
        offer(actor, agency, actor.user.email.upper())
    with pytest.raises(Refused, match="Ask another administrator"):
        seats.end_appointment(actor=actor, appointment=actor.appointment, last_day=TODAY)
    with pytest.raises(Refused, match="Ask another administrator"):
        accounts.close_account(actor=actor, user=actor.user, why="x", today=TODAY)


@pytest.mark.parametrize(("change", "field"), [
    ({"role": "king"}, "role"), ({"ends": TODAY - DAY}, "ends")])
def test_a_seat_that_cannot_be_is_refused(actor, agency, change, field):
    given = {"user": User.objects.create_user("a@example.org", "A"), "agency": agency, "role": "gp", "starts": TODAY}
    with pytest.raises(ValidationError) as wrong:
        seats.appoint(actor=actor, **{**given, **change})
    assert set(wrong.value.message_dict) == {field}


def test_cover_is_within_the_agency_and_until_a_day(actor, agency):
    one, two = (make_appointment("gp", agency, actor.partnership) for _ in range(2))
    elsewhere = make_appointment("gp", partnership=actor.partnership)
    seats.arrange_cover(actor=actor, appointment=one, covered_by=two, until=TODAY + DAY)
    assert list(two.covers.all()) == [one]
    for covered_by, until, field in ((one, TODAY, "covered_by"), (elsewhere, TODAY, "covered_by"),
                                     (two, None, "cover_until")):
        with pytest.raises(ValidationError) as wrong:
            seats.arrange_cover(actor=actor, appointment=one, covered_by=covered_by, until=until)
        assert set(wrong.value.message_dict) == {field}
    seats.arrange_cover(actor=actor, appointment=one, covered_by=None, until=None)
    assert not two.covers.exists()


def test_an_invitation_is_mailed_and_its_secret_is_kept_nowhere(actor, agency):
    sent = offer(actor, agency, name="Robin Example")
    invitations.send_invitation(sent, lambda token: f"https://gt.example.org/{token}")
    message = mail.outbox[0]
    assert message.to == ["new@example.org"] and f"https://gt.example.org/{sent.token}" in message.body
    assert "Robin" not in message.body and "Elm" not in message.body, "no personal data in mail"
    assert sent.token not in str(Invitation.objects.values().get())


def test_it_is_accepted_once(actor, agency):
    sent = offer(actor, agency, ends=TODAY + 9 * DAY)
    user = invitations.accept(sent.token, name="Robin", password=PASSWORD, now=NOW + 6 * DAY)
    seat = Appointment.objects.get(user=user)
    assert (seat.role, seat.agency, seat.ends) == ("school-lead", agency, TODAY + 9 * DAY)
    assert user.check_password(PASSWORD)
    with pytest.raises(Refused, match="used, withdrawn or has lapsed"):
        invitations.accept(sent.token, name="Thief", password=PASSWORD, now=NOW + 6 * DAY)


@pytest.mark.parametrize("what", ["late", "withdrawn", "guessed", "sent again"])
def test_a_link_that_does_not_hold_gives_nothing(actor, agency, what):
    sent, now = offer(actor, agency), NOW
    if what == "late":
        now = NOW + 7 * DAY
    if what == "withdrawn":
        invitations.withdraw(actor=actor, invitation=sent.invitation, now=NOW)
    if what == "sent again":
        invitations.invite_again(actor=actor, invitation=sent.invitation, now=NOW)
    token = "guessed" if what == "guessed" else sent.token
    assert invitations.find(token, now) is None
    with pytest.raises(Refused):
        invitations.accept(token, name="A", password=PASSWORD, now=now)
    assert not User.objects.filter(email="new@example.org").exists()


def test_inviting_the_same_again_leaves_one_link_that_works(actor, agency):
    first, second = offer(actor, agency), offer(actor, agency)
    assert invitations.find(first.token, NOW) is None and invitations.find(second.token, NOW) == second.invitation


def test_an_open_account_must_sign_in_to_accept_and_keeps_its_password(actor, agency):
    user = User.objects.create_user("new@example.org", "Robin", "the old password")
    sent = offer(actor, agency)
    with pytest.raises(Refused, match="Sign in to accept"):
        invitations.accept(sent.token, name="X", password=PASSWORD, now=NOW)
    other = User.objects.create_user("other@example.org", "Other")
    with pytest.raises(Refused, match="somebody else"):
        invitations.accept_as(other, sent.token, now=NOW)
    assert invitations.accept_as(user, sent.token, now=NOW).user == user
    user.refresh_from_db()
    assert user.check_password("the old password")


def test_a_closed_account_opens_again_with_the_new_seat_only(actor, agency):
    seat = make_appointment("gp", agency, actor.partnership, user=User.objects.create_user("new@example.org", "R", PASSWORD))
    accounts.close_account(actor=actor, user=seat.user, why="Left", today=TODAY)
    sent = offer(actor, agency)
    user = invitations.accept(sent.token, name="R", password="a quite new password", now=NOW)
    assert user == seat.user and user.is_active
    assert [each.role for each in Appointment.objects.filter(user=user).current(TODAY)] == ["school-lead"]


PEOPLE = b"""name,email,agency,role,team,title,starts,ends
Ada Example,ada@example.org,Elm School,school-lead,,Head,2026-12-01,
Ben Example,ben@example.org,elm school,partner,,,,31/12/2026
"""


def test_a_file_of_people_is_invited(actor, agency):
    sent = invitations.import_people(actor=actor, content=PEOPLE, now=NOW)
    rows = [(each.invitation.email, each.invitation.role, str(each.invitation.starts), str(each.invitation.ends))
            for each in sent]
    assert rows == [("ada@example.org", "school-lead", "2026-12-01", "None"),
                    ("ben@example.org", "partner", "2026-11-23", "2026-12-31")]


def test_a_dry_run_of_people_saves_nothing(actor, agency):
    assert len(invitations.import_people(actor=actor, content=PEOPLE, now=NOW, dry_run=True)) == 2
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(("old", "new", "words"), [
    (b"Elm School", b"Ash School", "Row 2, column “agency”: “Ash School” is not an agency of this partnership."),
    (b"school-lead", b"head", "Row 2, column “role”: “head” is not one of:"),
    (b"ada@example.org", b"ada", "Row 2, column “email”: this is not an e-mail address."),
    (b"2026-12-01", b"soon", "Row 2, column “starts”: “soon” is not a date."),
    (b"31/12/2026", b"31/12/2025", "Row 3, column “ends”: this is before the first day."),
    (b",partner,,", b",partner,Pastoral,", "Row 3, column “team”: “Pastoral” is not a team of Elm School."),
    (b"ben@example.org,elm school,partner", b"ADA@example.org,Elm School,school-lead",
     "Row 3, column “email”: this seat is in row 2"),
])
def test_faults_in_a_file_of_people_name_their_place_and_nobody_is_invited(actor, agency, old, new, words):
    with pytest.raises(BadSheet) as bad:
        invitations.import_people(actor=actor, content=PEOPLE.replace(old, new), now=NOW)
    assert any(str(each).startswith(words) for each in bad.value.faults), [str(f) for f in bad.value.faults]
    assert not Invitation.objects.exists()


def test_an_administrator_cannot_slip_into_a_file(actor, agency):
    content = PEOPLE.replace(b"ben@example.org", actor.user.email.encode())
    with pytest.raises(BadSheet, match="this is you"):
        invitations.import_people(actor=actor, content=content, now=NOW)


def test_the_template_of_people_can_be_taken_in_once_its_agency_is_there(actor):
    make_agency("school", partnership=actor.partnership, name="Example Primary School")
    assert len(invitations.import_people(actor=actor, content=sheets.template(invitations.COLUMNS).encode(), now=NOW)) == 1


@pytest.mark.parametrize(("days", "closed"), [(44, False), (45, False), (46, True)])
def test_accounts_nobody_uses_are_closed_after_45_days(days, closed):
    used, fresh = make_appointment("gp"), make_appointment("gp")
    User.objects.filter(pk=used.user_id).update(last_seen_at=NOW - timedelta(days=days))
    User.objects.filter(pk=fresh.user_id).update(last_seen_at=NOW)
    assert accounts.close_dormant(NOW) == int(closed)
    used.user.refresh_from_db()
    assert (used.user.is_active, used.user.closed_because) == ((False, "Not used for 45 days") if closed else (True, ""))
    assert (used in Appointment.objects.current(TODAY)) is not closed


def test_an_account_never_used_is_counted_from_its_making():
    seat = make_appointment("gp")
    User.objects.filter(pk=seat.user_id).update(created_at=NOW - timedelta(days=46), last_seen_at=None)
    assert accounts.close_dormant(NOW) == 1 and accounts.close_dormant(NOW) == 0


def test_closing_here_leaves_a_seat_elsewhere(actor, agency):
    here = make_appointment("gp", agency, actor.partnership)
    there = make_appointment("gp", user=here.user)
    accounts.close_account(actor=actor, user=here.user, why="Left", today=TODAY)
    here.user.refresh_from_db()
    assert here.user.is_active
    assert list(Appointment.objects.filter(user=here.user).current(TODAY)) == [there]


def test_no_two_agencies_of_one_name_are_confused_across_partnerships(actor):
    stranger = make_actor("administrator")
    make_agency("school", partnership=stranger.partnership, name="Elm School")
    with pytest.raises(BadSheet, match="not an agency of this partnership"):
        invitations.import_people(actor=actor, content=PEOPLE, now=NOW)
    assert Agency.objects.filter(name="Elm School").count() == 1
    assert Participation.objects.filter(agency__name="Elm School").count() == 1
