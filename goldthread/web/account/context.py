"""What pages are told about the session: when to warn that it will end."""
from __future__ import annotations

from typing import Any

from django.conf import settings

GRACE = 120  # seconds; WCAG 2.2, 2.2.1 asks for at least 20


def idle(request: Any) -> dict[str, int]:
    whole = int(settings.IDLE_AFTER.total_seconds())
    grace = min(GRACE, whole // 2)
    return {"idle_seconds": whole - grace, "idle_grace": grace}
