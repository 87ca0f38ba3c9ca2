"""Password and second factor; nothing is open before both."""
from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from goldthread.web.account import rules
from tests.account.conftest import PASSWORD, SECRET, code_now, sign_in, sign_in_fully


def test_password_and_code_open_my_work(person):
    seat, client = person(), Client()
    assert sign_in(client, seat.user.email).url == reverse("mfa_authenticate")
    assert client.get(reverse("home")).status_code == 302, "the password alone opens nothing"
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).url == reverse("home")
    assert client.get(reverse("home")).status_code == 200


def test_the_address_may_be_written_in_capitals(person):
    seat = person()
    assert sign_in(Client(), seat.user.email.upper()).url == reverse("mfa_authenticate")


def test_a_wrong_code_opens_nothing_and_says_what_to_do(person):
    seat, client = person(), Client()
    sign_in(client, seat.user.email)
    answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert answer.status_code == 200 and "enter the one shown now" in answer.content.decode()
    assert client.get(reverse("home")).status_code == 302


def test_a_code_works_once(person):
    seat, code = person(), code_now()
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, seat.user.email)
    assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


@pytest.mark.parametrize("page", ["home", "account", "directory", "mfa_index", "sessions"])
def test_nothing_opens_before_a_second_factor_is_set_up(person, page):
    seat, client = person("administrator", second=False), Client()
    sign_in(client, seat.user.email)
    assert client.get(reverse(page)).url == reverse("second_factor")


def test_the_rule_is_what_closes_pages(person, monkeypatch):
    """Negative control: without it the page opens."""
    seat, client = person(second=False), Client()
    sign_in(client, seat.user.email)
    monkeypatch.setattr(rules, "needs_second_factor", lambda request: False)
    assert client.get(reverse("home")).status_code == 200


def test_setting_up_an_app_shows_recovery_codes_once_and_opens_the_service(person):
    seat, client = person(second=False), Client()
    sign_in(client, seat.user.email)
    assert client.get(reverse("home"), follow=True).redirect_chain[-1][0] == reverse("second_factor")
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="authenticator_secret">([A-Z2-7]+)<', page)[1]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True)
    codes = re.findall(r"<li><code>([^<]+)</code>", answer.content.decode())
    assert len(codes) == 10
    assert "cannot be shown again" in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert client.get(reverse("home")).status_code == 200
    other = Client()
    sign_in(other, seat.user.email)
    assert other.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    third = Client()
    sign_in(third, seat.user.email)
    assert third.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200, "each works once"


def test_secrets_of_apps_are_not_readable_in_the_database(person):
    seat = person()
    row = Authenticator.objects.get(user=seat.user, type=Authenticator.Type.TOTP)
    assert SECRET not in str(row.data)
    assert sign_in_fully(Client(), seat.user)


def test_removing_the_only_second_factor_sends_one_to_set_up_another(signed_in):
    client, seat = signed_in()
    Authenticator.objects.filter(user=seat.user).delete()
    session = client.session
    session.pop(rules.READY, None)
    session.save()
    assert client.get(reverse("home")).url == reverse("second_factor")


@pytest.mark.django_db
def test_nobody_signs_up():
    client = Client()
    for address in ("/account/signup/", "/account/email/", "/accounts/signup/"):
        assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_the_page_where_signing_up_would_be_says_that_accounts_are_by_invitation():
    answer = Client().post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD})
    assert "by invitation" in answer.content.decode()


def test_the_account_page_lists_seats_and_saves_details(signed_in):
    client, seat = signed_in()
    assert str(seat.agency) in client.get(reverse("account")).content.decode()
    client.post(reverse("account"), {"name": "Robin New", "phone": "01632 960123"})
    seat.user.refresh_from_db()
    assert (seat.user.name, seat.user.phone) == ("Robin New", "01632 960123")


def test_going_on_to_another_site_after_sign_in_is_refused(person):
    seat, client = person(), Client()
    client.post(reverse("account_login") + "?next=https://evil.example.org/",
                {"login": seat.user.email, "password": PASSWORD, "next": "https://evil.example.org/"})
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).url == reverse("home")
