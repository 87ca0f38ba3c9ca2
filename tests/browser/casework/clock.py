"""The service's clock, set by a test through a file: what is due in a year is looked at today."""
from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

WHERE = "GOLDTHREAD_TEST_CLOCK"  # names the file; holds by how many seconds the service is ahead


class Clock:
    """What a test holds of it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def set(self, moment: datetime) -> datetime:
        """It is `moment` now, for everybody, and time goes on from there."""
        ahead = (moment - datetime.now(UTC)).total_seconds()
        new = self.path.with_suffix(".new")
        new.write_text(str(ahead))
        new.replace(self.path)
        return moment


def keep() -> None:
    """From here on, in this process, Django's time is the file's."""
    path = Path(os.environ[WHERE])

    def now() -> datetime:
        ahead = float(path.read_text()) if path.exists() else 0.0
        return datetime.now(UTC) + timedelta(seconds=ahead)

    timezone.now = now
