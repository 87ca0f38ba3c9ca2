"""Limits against misuse of the public form: by network address and browser, without puzzles for people to solve."""
from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from goldthread.web.account.lockout import address

HOUR = 3600
MOST_BYTES = 60_000     # of one page sent; a long account of what happened takes a tenth of it
LEAST_SECONDS = 15      # a person takes longer from the first question to the last
STARTS, SENDS, TRIES = 20, 5, 10  # an hour, from one network address


def spent(request: Any, what: str, most: int, *, besides: str = "") -> bool:
    """Count one more of `what` this hour from this address; whether that is more than `most`.

    besides: counted on its own too (a browser, a form), so that many addresses do not help.
    """
    found = [_count(what, address(request)), *([_count(what, besides)] if besides else [])]
    return max(found) > most


def _count(what: str, whom: str) -> int:
    key = f"public:{what}:{salted_hmac('public-limits', whom).hexdigest()[:32]}"
    if cache.add(key, 1, HOUR):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        cache.set(key, 1, HOUR)
        return 1


def too_large(request: Any) -> bool:
    """Whether more was sent than a page can hold."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return not said.isdigit() or int(said) > MOST_BYTES
