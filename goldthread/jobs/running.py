"""How background work is declared: when it runs, on the system's own authority, one at a time, its last run noted."""
from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from goldthread.jobs.models import Run

PREFIX = "goldthread."
KINDS: dict[str, Callable[[datetime], object]] = {}


def every(cron: str) -> Callable[[Callable[[datetime], object]], Callable[[datetime], object]]:
    """Declare work of one argument, the present instant, to be run by the worker at `cron`.

    The work opens its own transactions and takes its own authority. It must be safe to run twice and to be killed.
    Whatever it raises is noted and shown as a failed job; the next turn tries again.
    """
    def declare(work: Callable[[datetime], object]) -> Callable[[datetime], object]:
        name = PREFIX + work.__name__
        KINDS[name] = work

        def turn(timestamp: int) -> None:
            run(name, timezone.now())
        app.periodic(cron=cron)(app.task(turn, name=name, queueing_lock=name, lock=name))
        return work
    return declare


def run(name: str, now: datetime) -> Any:
    """Do one kind of work now and note how it went."""
    note, _ = Run.objects.update_or_create(name=name, defaults={"started_at": now, "ended_at": None})
    note.failed, note.result = True, ""
    try:
        result = KINDS[name](now)
        note.failed, note.result = False, str(result)[:200]
    finally:
        note.ended_at = timezone.now()
        note.save(update_fields=["ended_at", "failed", "result"])
    return result


def last_runs() -> dict[str, Run | None]:
    """The last run of every kind of work by its plain name; None for one that never ran."""
    rows = {row.name: row for row in Run.objects.all()}
    return {name.removeprefix(PREFIX): rows.get(name) for name in sorted(KINDS)}
