"""On whose authority the code is running right now. Knows no Django, so that the database backend may use it."""
from __future__ import annotations

import os
import sys
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Authority:
    """What PostgreSQL's row-level security is told about who is acting.

    partnership: id of the partnership acted in (None: all, only for the system itself).
    tokens: what is held, such as `agency:12` or `desk:3:front-door`; a row is seen when it names one of them.
    user: id of the person acting, None for the system.
    """
    partnership: int | None
    tokens: frozenset[str]
    user: int | None = None

    def settings(self) -> list[str]:
        tokens = ",".join(f'"{token}"' for token in sorted(self.tokens))
        return [str(self.partnership or ""), f"{{{tokens}}}", str(self.user or "")]


_current: ContextVar[Authority | None] = ContextVar("authority", default=None)
_writing: ContextVar[bool] = ContextVar("writing", default=False)


def current() -> Authority | None:
    """The authority in force, or None when nobody is acting."""
    return _current.get()


def running_as_owner() -> bool:
    """Whether this process migrates (or builds a test database) and so keeps the owner's role."""
    return os.environ.get("GOLDTHREAD_DATABASE_ROLE", "app") == "owner" or (
        "pytest" in sys.modules and not os.environ.get("GOLDTHREAD_TEST_AS_APP"))
