"""Guessing is throttled, the same for addresses that have an account and for those that have none."""
from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.account.conftest import PASSWORD, sign_in, sign_in_fully

LIMIT = 5


def guesses(email: str, number: int, **extra: str) -> list[int]:
    return [sign_in(Client(), email, f"wrong {each}", **extra).status_code for each in range(number)]


def test_five_wrong_passwords_lock_and_then_the_right_one_is_refused(person):
    seat = person()
    assert guesses(seat.user.email, LIMIT + 1) == [200] * (LIMIT - 1) + [429] * 2
    assert sign_in(Client(), seat.user.email, PASSWORD).status_code == 429


def test_an_unknown_address_locks_in_the_same_way(person):
    person()
    assert guesses("nobody@example.org", LIMIT + 1) == [200] * (LIMIT - 1) + [429] * 2


def test_writing_the_address_otherwise_does_not_start_anew(person):
    seat = person()
    tries = [seat.user.email, seat.user.email.upper(), f" {seat.user.email} ", seat.user.email.title()]
    assert [guesses(each, 1)[0] for each in [*tries, seat.user.email]][-1] == 429


def test_locking_one_address_locks_nobody_else(person):
    one, other = person(), person()
    guesses(one.user.email, LIMIT)
    assert sign_in(Client(), other.user.email).status_code == 302


def test_from_another_place_the_person_can_still_sign_in(person):
    seat = person()
    guesses(seat.user.email, LIMIT)
    assert sign_in(Client(), seat.user.email, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_guessing_from_many_places_is_throttled_too(person):
    """A limit for each address from wherever: ten in a quarter of an hour, then even the right password fails."""
    seat = person()
    for each in range(12):
        guesses(seat.user.email, 1, REMOTE_ADDR=f"192.0.2.{each}")
    answer = sign_in(Client(), seat.user.email, REMOTE_ADDR="192.0.2.99")
    assert answer.status_code == 200 and "Too many tries" in answer.content.decode()


@pytest.mark.django_db
def test_rate_limits_are_counted_in_the_database_so_that_all_processes_share_them():
    cache.set("seen", 1)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from shared_cache where cache_key like '%seen'")
        assert cursor.fetchone() == (1,)


def without_callable(settings, parameters) -> None:
    settings.AXES_USERNAME_CALLABLE = None
    settings.AXES_USERNAME_FORM_FIELD = "username"
    settings.AXES_LOCKOUT_PARAMETERS = parameters


def test_without_the_callable_nothing_would_be_counted_by_name(person, settings):
    """Negative control: the trap. The library finds no name in what the sign-in page sends, so it counts nothing."""
    without_callable(settings, ["username"])
    seat = person()
    assert 429 not in guesses(seat.user.email, LIMIT + 2)
    assert not AccessAttempt.objects.exists()


def test_without_the_callable_one_would_lock_out_all_at_one_place(person, settings):
    """Negative control of "locks nobody else": all names are the same no-name."""
    without_callable(settings, settings.AXES_LOCKOUT_PARAMETERS)
    with pytest.raises(AssertionError):
        test_locking_one_address_locks_nobody_else(person)


def test_a_right_password_starts_the_count_anew(person):
    seat = person()
    guesses(seat.user.email, LIMIT - 1)
    sign_in_fully(Client(), seat.user)
    assert 429 not in guesses(seat.user.email, LIMIT - 1)
