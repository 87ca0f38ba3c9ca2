"""The doctor: each check green on a healthy installation, and amber or red once that is spoilt."""

import json
from argparse import Namespace
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from goldthread.commands import doctor
from goldthread.commands.checks import settings as settings_checks
from goldthread.commands.checks.finding import Finding, graded, worst

HEALTHY = {
    "SECRET_KEY": "k" * 60,
    "INSECURE_KEY": "insecure",
    "DEBUG": False,
    "DEMO": False,
    "ALLOWED_HOSTS": ["mash.example.org"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_HSTS_SECONDS": 31536000,
}


def states(**changes) -> dict[str, str]:
    found = settings_checks.check(SimpleNamespace(**HEALTHY | changes))
    return {finding.name: finding.state for finding in found}


def test_sound_settings_are_green():
    assert set(states().values()) == {"green"}


@pytest.mark.parametrize(
    ("changes", "name", "state"),
    [
        ({"SECRET_KEY": "insecure"}, "Secret key", "red"),
        ({"SECRET_KEY": "short"}, "Secret key", "amber"),
        ({"DEBUG": True}, "Debugging", "red"),
        ({"ALLOWED_HOSTS": ["*"]}, "Host names", "red"),
        ({"ALLOWED_HOSTS": ["localhost"]}, "Host names", "amber"),
        ({"SESSION_COOKIE_SECURE": False}, "HTTPS", "red"),
        ({"CSRF_COOKIE_SECURE": False}, "HTTPS", "red"),
        ({"SECURE_HSTS_SECONDS": 0}, "HTTPS", "amber"),
    ],
)
def test_each_unsound_setting_is_told_and_no_other(changes, name, state):
    assert {name: found for name, found in states(**changes).items() if found != "green"} == {name: state}


def test_a_demo_needs_neither_https_nor_a_name():
    found = states(DEMO=True, ALLOWED_HOSTS=["localhost"], SESSION_COOKIE_SECURE=False, SECURE_HSTS_SECONDS=0)
    assert set(found.values()) == {"green"}


def test_the_worst_counts_and_only_trouble_says_how_to_mend():
    assert worst([]) == "green"
    assert worst([Finding("a", "green", ""), Finding("b", "red", ""), Finding("c", "amber", "")]) == "red"
    assert graded("a", "", "mend", red=False).mend == ""
    assert graded("a", "", "mend", red=False, amber=True) == Finding("a", "amber", "", "mend")
    assert graded("a", "", "mend", red=True, amber=True).state == "red"


FOUND = [
    Finding("Clock", "green", "The database and this machine agree."),
    Finding("Backup", "amber", "Nothing says when the last backup was made. " * 3, "Name a stamp file."),
    Finding("Database role", "red", "A superuser.", "Sign in as another."),
]


def test_the_table_reads_without_colour_and_fits_its_width():
    shown = doctor.table(FOUND, 60, colour=False)
    assert max(len(line) for line in shown.splitlines()) <= 60
    assert "RED    Database role  A superuser." in shown
    assert "→ Name a stamp file." in shown
    assert shown.endswith("1 green, 1 amber, 1 red.")
    assert "\033" not in shown and "\033[1;31mRED" in doctor.table(FOUND, 60, colour=True)


@pytest.mark.parametrize(("seen", "code"), [(FOUND[:1], 0), (FOUND[:2], 1), (FOUND, 2)])
def test_the_exit_code_says_the_worst(seen, code, monkeypatch, capsys):
    monkeypatch.setattr(doctor, "examine", lambda now: list(seen))
    assert doctor.run(Namespace(json=True, audit=False, anchor=None)) == code
    told = json.loads(capsys.readouterr().out)
    assert told["worst"] == ("green", "amber", "red")[code]
    assert [check["name"] for check in told["checks"]] == [finding.name for finding in seen]
    assert set(told["checks"][0]) == {"name", "state", "words", "mend"}


def test_tampering_is_red_and_named(monkeypatch):
    monkeypatch.setattr("goldthread.access.audit.verify", lambda anchor: [])
    assert doctor.audit(None).state == "green"
    monkeypatch.setattr("goldthread.access.audit.verify", lambda anchor: ["seal 4 does not match"])
    found = doctor.audit(None)
    assert found.state == "red" and "seal 4" in found.words


def test_a_silent_database_is_one_red_finding_and_the_rest_is_still_looked_at(monkeypatch):
    def silent():
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr("django.db.connection", SimpleNamespace(ensure_connection=silent))
    found = {finding.name: finding for finding in doctor.examine(datetime.now(UTC))}
    assert found["Database"].state == "red" and "connection refused" in found["Database"].words
    assert {"Secret key", "Mail", "Disk", "Backup", "Static files"} <= set(found)
    assert "Durability" not in found


Room = namedtuple("Room", "total free")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("free", "state"), [(50, "green"), (9.9, "amber"), (4, "amber"), (2.9, "red"), (0.5, "red")]
)
def test_a_full_disk_is_told_in_time(free, state, tmp_path):
    from goldthread.commands.checks.upkeep import GIGABYTE, disk

    room = Room(100 * GIGABYTE, int(free * GIGABYTE))
    assert disk("Disk", tmp_path / "not" / "yet", usage=lambda place: room).state == state


@pytest.mark.parametrize(("hours", "state"), [(1, "green"), (25, "green"), (27, "amber"), (51, "red")])
def test_an_old_backup_is_told(hours, state, tmp_path):
    import os

    from goldthread.commands.checks.upkeep import backup

    stamp = tmp_path / "stamp"
    stamp.touch()
    then = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(stamp, (then, then))
    assert backup(str(stamp), NOW).state == state


def test_a_backup_nobody_knows_of_is_not_green(tmp_path):
    from goldthread.commands.checks.upkeep import backup

    assert backup("", NOW).state == "amber"
    assert backup(str(tmp_path / "absent"), NOW).state == "red"


@pytest.mark.parametrize(("seconds", "state"), [(5, "green"), (59, "green"), (61, "red"), (None, "red")])
def test_a_silent_worker_is_red(seconds, state):
    from goldthread.commands.checks.upkeep import worker

    assert worker(None if seconds is None else NOW - timedelta(seconds=seconds), NOW).state == state


@pytest.mark.parametrize(
    ("failed", "minutes", "state"),
    [
        (0, None, "green"), (0, 14, "green"), (0, -30, "green"),
        (0, 16, "amber"), (1, None, "amber"), (0, 121, "red"),
    ],
)
def test_a_queue_that_does_not_move_is_told(failed, minutes, state):
    from goldthread.commands.checks.upkeep import jobs

    oldest = None if minutes is None else NOW - timedelta(minutes=minutes)
    assert jobs(failed, 3, oldest, NOW).state == state


@pytest.mark.parametrize(
    ("late", "minutes", "lost", "state"),
    [
        (0, None, 0, "green"), (2, 10, 0, "green"),
        (2, 16, 0, "amber"), (0, None, 1, "amber"), (2, 121, 0, "red"),
    ],
)
def test_mails_that_do_not_leave_are_told(late, minutes, lost, state):
    from goldthread.commands.checks.work import outbox

    since = None if minutes is None else NOW - timedelta(minutes=minutes)
    found = outbox(late, since, lost, NOW)
    assert found.state == state and (f"{lost} given up" in found.words) == bool(lost)


@pytest.mark.parametrize(
    ("runs", "state"),
    [
        ({"seal": (False, "3 sealed")}, "green"),
        ({"seal": (False, ""), "remind": None}, "amber"),
        ({"seal": (True, "OSError"), "remind": None}, "red"),
    ],
)
def test_regular_work_that_failed_is_named(runs, state):
    from goldthread.commands.checks.work import last

    found = last(runs)
    assert found.state == state and ("seal (OSError)" in found.words) == (state == "red")
