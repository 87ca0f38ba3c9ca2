"""People who sign in, with and without a second factor."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from goldthread.orgs.models import Appointment, User
from tests.support import make_appointment

PASSWORD = "unlikely green kettle 9"
SECRET = "JBSWY3DPEHPK3PXP"


def code_now(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def add_app(user: User) -> None:
    """A second factor: an app with a known secret."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP,
                                 data={"secret": get_adapter().encrypt(SECRET)})


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def sign_in_fully(client: Client, user: User) -> Client:
    """By password and code, as a person does."""
    sign_in(client, user.email)
    for _ in range(2):  # a code may lapse between being read and being sent
        answer = client.post(reverse("mfa_authenticate"), {"code": code_now()})
        if answer.status_code == 302:
            return client
    raise AssertionError(answer.content.decode())


@pytest.fixture
def person(db: None) -> Callable[..., Appointment]:
    """Makes a seat whose holder has a password and, unless told otherwise, an app that shows codes."""
    def make(role: str = "school-lead", *, second: bool = True, **given: Any) -> Appointment:
        seat = make_appointment(role, **given)
        seat.user.set_password(PASSWORD)
        seat.user.save()
        if second:
            add_app(seat.user)
        return seat
    return make


@pytest.fixture
def signed_in(person: Callable[..., Appointment]) -> Callable[..., tuple[Client, Appointment]]:
    def make(role: str = "school-lead", **given: Any) -> tuple[Client, Appointment]:
        seat = person(role, **given)
        return sign_in_fully(Client(), seat.user), seat
    return make
