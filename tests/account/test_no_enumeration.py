"""Nobody learns who has an account: same words, same status, about the same time."""
from __future__ import annotations

import re
import time

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from goldthread.orgs.models import User
from goldthread.web.account.adapters import AccountAdapter
from tests.account.conftest import PASSWORD, sign_in

TRIES = 5


def said(answer, email: str) -> tuple[int, str]:
    """Status and page, without what differs by chance or repeats what was typed."""
    text = re.sub(r'nonce="[^"]*"|value="[^"]*"', "", answer.content.decode())
    return answer.status_code, text.replace(email, "")


@pytest.fixture
def addresses(person) -> dict[str, str]:
    """An address with an account, one with a closed account, one without."""
    open_, closed = person().user, person().user
    User.objects.filter(pk=closed.pk).update(is_active=False)
    return {"open": open_.email, "closed": closed.email, "unknown": "nobody@example.org"}


def test_sign_in_says_the_same_to_all(addresses):
    answers = {said(sign_in(Client(), addresses[kind], "wrong"), addresses[kind]) for kind in addresses}
    answers.add(said(sign_in(Client(), addresses["closed"], PASSWORD), addresses["closed"]))
    assert len(answers) == 1
    assert "is not right" in answers.pop()[1]


def test_a_closed_account_would_be_told_apart_without_our_adapter(addresses, monkeypatch):
    """Negative control: the library sends whoever knows the password to a page of its own."""
    monkeypatch.delattr(AccountAdapter, "authenticate")
    assert sign_in(Client(), addresses["closed"], PASSWORD).status_code == 302


def test_asking_for_a_new_password_says_the_same_to_all(addresses):
    answers = set()
    for email in addresses.values():
        answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        answers.add((answer.redirect_chain[-1], said(answer, email)))
    assert len(answers) == 1
    assert [len([m for m in mail.outbox if m.to == [email]]) for email in addresses.values()] == [1, 1, 1]
    links = [bool(re.search(r"/password/reset/\w+-", message.body)) for message in mail.outbox]
    assert links == [True, False, False], "only the open account gets a link"


def test_sign_in_takes_about_the_same_time_for_all(addresses, settings):
    """With the real hasher, the slowest kind of address takes at most twice as long as the quickest."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.AXES_ENABLED = False
    settings.ACCOUNT_RATE_LIMITS = False
    for email in (addresses["open"], addresses["closed"]):
        user = User.objects.get(email=email)
        user.set_password(PASSWORD)
        user.save()
    taken = {kind: min(_seconds(email) for _ in range(TRIES)) for kind, email in addresses.items()}
    assert max(taken.values()) < 2 * min(taken.values()), taken


def _seconds(email: str) -> float:
    begun = time.perf_counter()
    sign_in(Client(), email, "wrong")
    return time.perf_counter() - begun


def test_without_a_dummy_hash_the_time_would_tell(addresses, settings, monkeypatch):
    """Negative control for the measure above."""
    from allauth.account.auth_backends import AuthenticationBackend
    monkeypatch.setattr(AuthenticationBackend, "_mitigate_timing_attack", lambda self, password: None)
    with pytest.raises(AssertionError):
        test_sign_in_takes_about_the_same_time_for_all(addresses, settings)


def test_setting_a_new_password_still_asks_for_the_second_step(addresses):
    client = Client()
    client.post(reverse("account_reset_password"), {"email": addresses["open"]})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    new = "another green kettle 7"
    done = client.post(page.redirect_chain[-1][0], {"password1": new}, follow=True)
    assert "Your password is changed" in done.content.decode()
    assert client.get(reverse("home")).status_code == 302, "not signed in by it"
    assert sign_in(client, addresses["open"], new).url == reverse("mfa_authenticate")
    assert "no longer works" in Client().get(link, follow=True).content.decode(), "the link works once"
