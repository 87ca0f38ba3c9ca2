"""Sessions: seen, ended one by one or all, ended by time, by a new password, by a closed account, by an ended seat."""
from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.access import audit
from goldthread.access.actor import acting, actor_for
from goldthread.access.organisation import accounts, seats
from goldthread.orgs.models import Appointment, User
from goldthread.web.account import rules
from goldthread.web.account.pages import device
from tests.account.conftest import PASSWORD, sign_in_fully
from tests.support import make_actor, make_agency, make_appointment

HOME = "home"


def is_in(client: Client) -> bool:
    return client.get(reverse(HOME)).status_code == 200


def age(client: Client, key: str, by: timedelta) -> None:
    session = client.session
    session[key] = (timezone.now() - by).isoformat()
    session.save()


@pytest.fixture
def two(signed_in):
    """One person signed in twice."""
    first, seat = signed_in()
    from django.core.cache import cache
    cache.clear()  # else the same code would be refused as used
    return first, sign_in_fully(Client(HTTP_USER_AGENT="Firefox/140 (Windows)"), seat.user), seat


def test_i_see_where_i_am_signed_in_and_end_another_session(two):
    first, second, _ = two
    page = first.get(reverse("sessions"))
    assert "Firefox on Windows" in page.content.decode()
    other = next(session for session, _ in page.context["found"] if session.session_key != first.session.session_key)
    first.post(reverse("end_session", args=[other.pk]))
    assert is_in(first) and not is_in(second)


def test_i_end_all_others_at_once(two):
    first, second, _ = two
    first.post(reverse("end_other_sessions"))
    assert is_in(first) and not is_in(second)


def test_nobody_ends_another_persons_session(signed_in, two):
    first, second, _ = two
    stranger, _ = signed_in()
    for session, _ in first.get(reverse("sessions")).context["found"]:
        assert stranger.post(reverse("end_session", args=[session.pk])).status_code == 404
    assert is_in(first) and is_in(second)


def test_signing_out_kills_the_session_also_for_who_kept_the_cookie(signed_in):
    client, _ = signed_in()
    thief = Client()
    thief.cookies.update(client.cookies)
    assert is_in(thief)
    client.post(reverse("account_logout"))
    assert not is_in(thief)


def test_signing_in_gives_a_new_session_key(person):
    """Against a session planted before sign-in."""
    seat, client = person(), Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = 1
    session.save()
    before = client.session.session_key
    assert sign_in_fully(client, seat.user).session.session_key != before


def test_a_new_password_ends_all_other_sessions(two):
    first, second, _ = two
    new = "another blue teapot 31"
    first.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new})
    assert is_in(first) and not is_in(second)


def test_a_closed_account_is_out_at_once_and_stays_out_when_opened_again(two):
    first, second, seat = two
    administrator = make_actor("administrator", partnership=seat.partnership)
    accounts.close_account(actor=administrator, user=seat.user, why="Left", today=timezone.localdate())
    assert not is_in(first) and not is_in(second)
    User.objects.filter(pk=seat.user_id).update(is_active=True)
    assert not is_in(first) and not is_in(second)


def test_an_ended_seat_is_gone_with_the_next_request(signed_in):
    client, seat = signed_in()
    administrator = make_actor("administrator", partnership=seat.partnership)
    assert is_in(client)
    seats.end_appointment(actor=administrator, appointment=seat,
                          last_day=timezone.localdate() - timedelta(days=1))
    assert client.get(reverse(HOME)).url == reverse("no_seat")
    assert "Your last seat has ended" in client.get(reverse("no_seat")).content.decode()


def test_after_the_idle_time_one_signs_in_and_comes_back_to_the_page(signed_in):
    client, _ = signed_in()
    age(client, rules.SEEN, timedelta(minutes=31))
    answer = client.get(reverse("account") + "?a=1", follow=True)
    assert answer.redirect_chain == [(f"{reverse('account_login')}?next=/account/%3Fa%3D1", 302)]
    assert "nothing happened for 30 minutes" in answer.content.decode()
    assert SESSION_KEY not in client.session


def test_a_form_sent_after_the_idle_time_is_not_carried_out_and_leads_back_to_its_page(signed_in):
    client, seat = signed_in()
    age(client, rules.SEEN, timedelta(minutes=31))
    answer = client.post(reverse("account"), {"name": "Changed"}, HTTP_REFERER="http://testserver/account/sessions/")
    assert answer.url == f"{reverse('account_login')}?next=/account/"  # where what was typed is given back
    seat.user.refresh_from_db()
    assert seat.user.name != "Changed"


def test_a_press_with_nothing_typed_leads_back_to_the_page_it_was_on_and_never_to_another_site(signed_in):
    for before, back in (("http://testserver/account/?page=2", "/account/%3Fpage%3D2"), ("https://evil.example.org/x", "/")):
        client, _ = signed_in()
        age(client, rules.SEEN, timedelta(minutes=31))
        answer = client.post(reverse("end_other_sessions"), HTTP_REFERER=before)
        assert answer.url == f"{reverse('account_login')}?next={back}"


def test_just_before_the_idle_time_nothing_happens_and_the_time_starts_anew(signed_in):
    client, _ = signed_in()
    for _ in range(3):
        age(client, rules.SEEN, timedelta(minutes=29))
        assert is_in(client)


def test_the_page_that_stays_signed_in_counts_as_doing_something(signed_in):
    client, _ = signed_in()
    age(client, rules.SEEN, timedelta(minutes=29))
    assert client.post(reverse("stay_signed_in")).status_code == 204
    assert timezone.now().isoformat()[:16] >= client.session[rules.SEEN][:16] > "2"


def test_after_twelve_hours_one_signs_in_again_however_busy(signed_in):
    client, _ = signed_in()
    age(client, rules.SINCE, timedelta(hours=12, minutes=1))
    assert not is_in(client)


def test_without_the_rule_an_idle_session_would_live_on(signed_in, monkeypatch):
    """Negative control."""
    client, _ = signed_in()
    age(client, rules.SEEN, timedelta(hours=5))
    monkeypatch.setattr(rules, "_over", lambda session, now: "")
    assert is_in(client)


def test_idle_time_is_a_setting(signed_in, settings):
    client, _ = signed_in()
    settings.IDLE_AFTER = timedelta(minutes=5)
    age(client, rules.SEEN, timedelta(minutes=6))
    assert not is_in(client)


def test_being_here_is_noted_once_a_day_in_the_account(signed_in):
    client, seat = signed_in()
    User.objects.filter(pk=seat.user_id).update(last_seen_at=timezone.now() - timedelta(days=3))
    assert is_in(client)
    seat.user.refresh_from_db()
    assert timezone.now() - seat.user.last_seen_at < timedelta(minutes=1)


def test_another_seat_is_chosen_by_a_form_and_logged(signed_in):
    client, seat = signed_in()
    other = make_appointment("gp", make_agency(partnership=seat.partnership), seat.partnership, user=seat.user)
    client.post(reverse("choose_seat"), {"seat": other.pk})
    assert client.get(reverse(HOME)).context["actor"].role == "gp"
    with acting(actor_for(other, now=timezone.now())):
        assert [row["user_id"] for row in audit.readings("seat", other.pk)] == [seat.user_id]


def test_somebody_elses_seat_or_an_ended_one_cannot_be_chosen(signed_in):
    client, seat = signed_in()
    foreign = make_appointment("mash-manager", partnership=seat.partnership)
    ended = make_appointment("gp", partnership=seat.partnership, user=seat.user)
    Appointment.objects.filter(pk=ended.pk).update(ends=timezone.localdate() - timedelta(days=1))
    for wanted in (foreign.pk, ended.pk, "", "x"):
        assert client.post(reverse("choose_seat"), {"seat": wanted}).status_code == 404
    assert client.get(reverse("choose_seat")).status_code == 405


@pytest.mark.parametrize(("says", "words"), [
    ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 19 like Mac OS X) Version/19 Safari/604.1", "Safari on iPhone"),
    ("curl/8", "Unknown browser"),
])
def test_a_device_in_words(says, words):
    assert device(says) == words
