"""Somebody without an account and their half-filled form: a code in a signed cookie, and nothing about them anywhere.

The draft's owner is worked out from the form's number and the code, so that either without the other opens nothing.
"""
from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from goldthread.access.organisation.public import public_actor
from goldthread.orgs.models import Partnership
from goldthread.process import registry
from goldthread.process.drafts import VISITOR, VISITORS_KEPT
from goldthread.web.casework.start import Starting
from goldthread.web.public.asked import asked_of_the_public

COOKIE, RECEIPT = "visitor", "visitor-receipt"
SALT = "goldthread.public.visitor"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that are taken for one another
LENGTH = 8
KEPT = VISITORS_KEPT
RECEIPT_LASTS = 3600  # seconds


def new_code() -> str:
    """What opens the form again, to be written down: like "K7PM-2QXD"."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"


def tidy_code(text: str) -> str:
    """A code as somebody typed it, in its own form; "" for what is none."""
    plain = "".join(c for c in text.upper() if c in LETTERS)
    return f"{plain[:4]}-{plain[4:]}" if len(plain) == LENGTH else ""


def code_of(request: Any) -> str:
    """The code this browser holds; "" for none, or for one that was tampered with."""
    try:
        return str(request.get_signed_cookie(COOKIE, default="", salt=SALT))
    except signing.BadSignature:
        return ""


def remember(response: Any, code: str) -> None:
    """Until the browser is closed: others may use it after."""
    response.set_signed_cookie(COOKIE, code, salt=SALT, path="/worried/", httponly=True, samesite="Lax",
                               secure=settings.HTTPS)


def forget(response: Any) -> None:
    response.delete_cookie(COOKIE, path="/worried/", samesite="Lax")
    response.delete_cookie(RECEIPT, path="/worried/", samesite="Lax")


def give_receipt(response: Any, reference: str, due: datetime | None) -> None:
    """So that the receipt can be shown again for an hour, in this browser only."""
    value = f"{reference}|{due.isoformat() if due else ''}"
    response.set_signed_cookie(RECEIPT, value, salt=SALT, max_age=RECEIPT_LASTS, path="/worried/", httponly=True,
                               samesite="Lax", secure=settings.HTTPS)


def receipt_of(request: Any) -> tuple[str, datetime | None] | None:
    """(reference, when an answer is due); None without a receipt."""
    try:
        value = request.get_signed_cookie(RECEIPT, default="", salt=SALT, max_age=RECEIPT_LASTS)
    except signing.BadSignature:
        return None
    reference, _, due = str(value).partition("|")
    return (reference, datetime.fromisoformat(due) if due else None) if reference else None


@dataclass(frozen=True)
class Form:
    """A visitor's form, found by its number and the code; `begun` and `kept` are None when there is none."""

    starting: Starting
    begun: datetime | None
    kept: datetime | None

    def alive(self, now: datetime) -> bool:
        return self.kept is not None and now - self.kept <= KEPT


def form_of(request: Any, partnership: Partnership, token: UUID, code: str) -> Form:
    """The form of that number for whoever holds the code."""
    actor = public_actor(partnership, now=request.now)
    owner = f"{VISITOR}{salted_hmac(SALT, f'{partnership.pk}:{token}:{code}').hexdigest()[:40]}"
    starting = Starting(request, registry.get("front-door"), str(token), actor=actor, owner=owner,
                        asked=asked_of_the_public(actor, request.now.date()))
    begun, kept = starting.draft.times() or (None, None)
    return Form(starting, begun, kept)
