"""Sessions as Django keeps them in the database, found by a query compiled once: every request asks for one."""
from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from goldthread.access.prepared import Prepared

_LIVE = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), guarded=False,
                 key="\ue000 session", now=datetime(1, 1, 2, tzinfo=UTC))


class SessionStore(db.SessionStore):
    """A session of the database."""

    def _get_session_from_db(self) -> Any:
        found = _LIVE.rows(key=self.session_key, now=timezone.now()) if self.session_key else []
        if not found:
            self._session_key = None
        return found[0] if found else None
