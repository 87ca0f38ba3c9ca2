"""Who is signed in, read together with the seats they hold."""
from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from goldthread.access.seats import seats_of


class Backend(AuthenticationBackend):
    """Signs in as the library does. Whoever is signed in comes with `seats_now`, in one statement."""

    def get_user(self, user_id: Any) -> Any:
        seats = seats_of(int(user_id), now=timezone.now())
        if not seats:
            return super().get_user(user_id)
        user: Any = seats[0].user
        for seat in seats:
            seat.user = user
        user.seats_now = seats
        return user
