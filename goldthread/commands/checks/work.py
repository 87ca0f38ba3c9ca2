"""Checks on what the background work has done: mails late or given up, and the last run of each kind."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from goldthread.commands.checks.finding import Finding, graded
from goldthread.commands.checks.upkeep import WAITING_AMBER, WAITING_RED, hours


def check(now: datetime) -> Iterator[Finding]:
    """Outbox and last runs, read through the application. Raises django.db.Error."""
    from goldthread.jobs.running import last_runs
    from goldthread.notify.watch import pending_outbox

    waiting = pending_outbox(now)
    yield outbox(waiting.late, waiting.since, len(waiting.lost), now)
    runs = {name: (run.failed, run.result) if run else None for name, run in last_runs().items()}
    yield last(runs)


def outbox(late: int, since: datetime | None, lost: int, now: datetime) -> Finding:
    """Mails past their time, the oldest since `since`, and those that were given up."""
    age = now - since if since else timedelta()
    words = f"{late} mails late" + (f", the oldest by {hours(age)}" if since else "")
    words += f"; {lost} given up, so someone has not been told" if lost else ""
    mend = "Check mail and worker above; a given-up mail is sent again from the partnership's settings."
    red = age > WAITING_RED
    return graded("Outbox", words + ".", mend, red=red, amber=age > WAITING_AMBER or bool(lost))


def last(runs: dict[str, tuple[bool, str] | None]) -> Finding:
    """By kind of regular work: whether its last run failed and what it said; None if it never ran."""
    failed = [f"{name} ({run[1]})" for name, run in runs.items() if run and run[0]]
    never = [name for name, run in runs.items() if run is None]
    words = "The last run of each kind went well."
    if failed:
        words = f"Failed when last run: {', '.join(failed)}."
    elif never:
        words = f"Not run yet: {', '.join(never)}."
    mend = "Look at the worker's log; it tries again at its next turn."
    return graded("Regular work", words, mend, red=bool(failed), amber=bool(never))
