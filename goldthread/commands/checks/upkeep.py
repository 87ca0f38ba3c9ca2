"""Checks on what surrounds the service: mail, disk, backups, worker, waiting jobs, static files."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from goldthread.commands.checks.finding import Finding, graded

GIGABYTE = 1024**3
BACKUP_AMBER = timedelta(hours=26)
BACKUP_RED = timedelta(hours=50)
HEARTBEAT_RED = timedelta(seconds=60)
WAITING_AMBER = timedelta(minutes=15)
WAITING_RED = timedelta(hours=2)
MAIL_SECONDS = 5
REAL_MAIL = "django.core.mail.backends.smtp.EmailBackend"


def check_machine(settings, now: datetime) -> Iterator[Finding]:
    """The checks that need no database."""
    from goldthread.commands.static_files import collected

    yield mail(settings.EMAIL_BACKEND)
    for name, place in (("Disk", settings.HOME), ("Files folder", settings.MEDIA_ROOT)):
        yield disk(name, Path(place))
    yield backup(os.environ.get("GOLDTHREAD_BACKUP_STAMP", ""), now)
    fresh = collected()
    words = "Those of this version." if fresh else "Missing, or of another version."
    yield graded("Static files", words, "Run 'goldthread migrate'.", red=not fresh)


def check_jobs(connection, now: datetime) -> Iterator[Finding]:
    """The background worker and its queue. Raises django.db.Error."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        yield worker(cursor.fetchone()[0], now)
        cursor.execute(
            "SELECT count(*) FILTER (WHERE j.status = 'failed'), count(*) FILTER (WHERE j.status = 'todo'),"
            " min(coalesce(j.scheduled_at, e.at)) FILTER (WHERE j.status = 'todo')"
            " FROM procrastinate_jobs j"
            " LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'"
        )
        yield jobs(*cursor.fetchone(), now)


def mail(backend: str) -> Finding:
    """Whether mail leaves this machine: the mail server is called, nothing is sent."""
    if backend != REAL_MAIL:
        words = "Not sent anywhere: nobody gets a notice or an invitation."
        mend = "Set GOLDTHREAD_MAIL_URL, such as smtp+tls://user:word@host:587."
        return Finding("Mail", "amber", words, mend)
    from django.core.mail import get_connection

    try:
        with get_connection(timeout=MAIL_SECONDS):
            return Finding("Mail", "green", "The mail server answers.")
    except OSError as error:
        words = f"The mail server does not answer: {error}."
        return Finding("Mail", "red", words, "Check GOLDTHREAD_MAIL_URL.")


def disk(name: str, place: Path, usage=shutil.disk_usage) -> Finding:
    """Free room where `place` lies, and whether it can be written to."""
    existing = next(folder for folder in (place, *place.parents) if folder.exists())
    room = usage(existing)
    share = room.free / room.total
    words = f"{room.free / GIGABYTE:.1f} GiB free ({share:.0%}) at {place}."
    mend = "Make room or move GOLDTHREAD_HOME and GOLDTHREAD_FILES to a larger disk."
    if not os.access(existing, os.W_OK):
        mend = "Give the service's account the folder."
        return Finding(name, "red", f"{place} cannot be written to.", mend)
    red = room.free < GIGABYTE or share < 0.03
    return graded(name, words, mend, red=red, amber=room.free < 5 * GIGABYTE or share < 0.1)


def backup(stamp: str, now: datetime) -> Finding:
    """The age of the last good backup: of a file that the backup touches when it has succeeded."""
    mend = "Let the backup touch a file once it has succeeded; name it in GOLDTHREAD_BACKUP_STAMP."
    if not stamp:
        return Finding("Backup", "amber", "Nothing says when the last backup was made.", mend)
    if not Path(stamp).exists():
        return Finding("Backup", "red", f"{stamp} does not exist: no backup has succeeded yet.", mend)
    age = now - datetime.fromtimestamp(Path(stamp).stat().st_mtime, UTC)
    words = f"The last good one is {hours(age)} old."
    mend = "Find out why the backup stopped."
    return graded("Backup", words, mend, red=age > BACKUP_RED, amber=age > BACKUP_AMBER)


def worker(last_heartbeat: datetime | None, now: datetime) -> Finding:
    mend = "Start 'goldthread worker'."
    if last_heartbeat is None:
        return Finding("Worker", "red", "None runs: notices are not sent, the log is not sealed.", mend)
    age = now - last_heartbeat
    words = f"Last sign of life {age.total_seconds():.0f} seconds ago."
    return graded("Worker", words, mend, red=age > HEARTBEAT_RED)


def jobs(failed: int, waiting: int, oldest: datetime | None, now: datetime) -> Finding:
    """The queue: what failed for good, and how long the oldest due job has waited."""
    age = now - oldest if oldest and oldest < now else timedelta()
    words = f"{waiting} waiting"
    words += f", the oldest for {hours(age)}" if age > WAITING_AMBER else ""
    words += f"; {failed} failed" if failed else ""
    mend = "Look at the worker's log; start more workers if they cannot keep up."
    late = age > WAITING_AMBER
    return graded("Background jobs", words + ".", mend, red=age > WAITING_RED, amber=late or bool(failed))


def hours(age: timedelta) -> str:
    """An age in words: minutes, from two hours on hours."""
    minutes = int(age.total_seconds() // 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"
