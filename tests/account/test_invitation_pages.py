"""From the link of the e-mail to a working account."""
from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.access.organisation import invitations
from goldthread.orgs.models import Invitation, User
from tests.account.conftest import PASSWORD, code_now
from tests.support import make_actor, make_agency

EMAIL = "new@example.org"


@pytest.fixture
def link(db):
    actor = make_actor("administrator")
    agency = make_agency("school", partnership=actor.partnership, name="Elm School")
    sent = invitations.invite(actor=actor, email=EMAIL, agency=agency, role="school-lead", now=timezone.now(), name="Robin")
    return reverse("accept_invitation", args=[sent.token])


def test_name_password_second_step_and_in(link):
    client = Client()
    page = client.get(link).content.decode()
    assert "Elm School" in page and 'value="Robin"' in page
    assert client.post(link, {"name": "Robin Example", "password": PASSWORD}).url == reverse("second_factor")
    assert client.get(reverse("home")).url == reverse("second_factor"), "nothing opens yet"
    client.get(reverse("second_factor"))
    secret = re.search(r'authenticator_secret">(\w+)<', client.get(reverse("mfa_activate_totp")).content.decode())[1]
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert client.get(reverse("home")).status_code == 200
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize("password", ["short", "password1234", "new@example.org", "Robin Example", ""])
def test_weak_passwords_are_refused_and_the_link_still_works(link, password):
    answer = Client().post(link, {"name": "Robin Example", "password": password})
    assert answer.status_code == 200 and "There is a problem" in answer.content.decode()
    assert not User.objects.filter(email=EMAIL).exists()
    assert Client().get(link).status_code == 200


def test_a_guessed_link_looks_like_a_used_one(link):
    assert Client().get(reverse("accept_invitation", args=["guess"])).status_code == 410


def test_somebody_with_an_account_signs_in_first_and_then_takes_the_seat(link, person):
    User.objects.create_user(EMAIL, "Robin")
    person(user=User.objects.get(email=EMAIL))
    client = Client()
    page = client.get(link).content.decode()
    assert f"{reverse('account_login')}?next={link}" in page
    client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD, "next": link})
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).url == link
    assert "Take up this seat" in client.get(link).content.decode()
    assert client.post(link).url == reverse("home")
    assert Invitation.objects.get().accepted_by.email == EMAIL


def test_somebody_else_signed_in_cannot_take_it(link, signed_in):
    client, _ = signed_in()
    assert "is for somebody else" in client.get(link).content.decode()
    client.post(link)
    assert Invitation.objects.get().accepted_at is None


def test_an_administrator_invites_from_a_page_and_the_mail_leads_there(signed_in):
    client, seat = signed_in("administrator")
    answer = client.post(reverse("invite"), {"email": EMAIL, "agency": seat.agency_id, "role": "gp"})
    assert answer.url == reverse("setup_people")
    address = re.search(r"http://testserver(/account/invitation/\S+)", mail.outbox[-1].body)[1]
    assert Client().get(address).status_code == 200
    pk = Invitation.objects.get().pk
    client.post(reverse("withdraw_invitation", args=[pk]))
    assert Client().get(address).status_code == 410
    client.post(reverse("invite_again", args=[pk]))
    assert len(mail.outbox) == 2 and mail.outbox[1].body != mail.outbox[0].body
