"""Sealing leaves nothing out, whatever runs meanwhile; every tampering is found; what is sound raises no alarm."""
from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from goldthread.access import audit
from goldthread.access.actor import Actor, acting
from goldthread.access.models import BreakGlass
from goldthread.access.rows import protect_tables
from goldthread.notify import inbox
from goldthread.notify.actions import to_desk
from tests.access.separate import as_superuser, separate_database, triggers_off, undone
from tests.access.tampering import TAMPERINGS, Tampering
from tests.notify.helping import as_system, tell
from tests.support import NOW, make_actor, make_agency, make_partnership

ROUNDS = 12


class Log:
    """A database with some history in it, sealed, and the anchor file outside it."""

    def __init__(self, second: psycopg.Connection[Any], anchor: Path) -> None:
        self.second, self.anchor = second, anchor
        self.people: list[Actor] = []

    def faults(self) -> list[str]:
        return audit.verify(self.anchor)

    def seal(self) -> int:
        return audit.seal(self.anchor)

    def read(self, ref: int = 1, why: str = "to see") -> None:
        actor = self.people[ref % len(self.people)]
        with transaction.atomic(), acting(actor):
            audit.log_reading(kind="case", ref=ref, why=why, people=[ref, ref + 1], agency=actor.agency.pk)

    def live(self, turn: int) -> None:
        """A stretch of ordinary life: rows made, changed and deleted, records read, some work rolled back."""
        here = make_partnership()
        one, two = make_actor("mash-worker", partnership=here), make_actor("mash-manager", partnership=here)
        self.people += [one, two]
        tell(to_desk, "front-door", here, text=f"Turn {turn}")
        inbox.mark_read(actor=one, now=NOW)
        BreakGlass.objects.create(partnership=here, user=one.user, about="FD-1", reason="urgent", at=NOW,
                                  until=NOW + timedelta(hours=1))
        agency = make_agency("school", partnership=here)
        with as_system():
            agency.participations.all().delete()
            agency.delete()
        for ref in range(3):
            self.read(ref)
        with undone():
            make_partnership()
            audit_reading(one)
        here.name += " renamed"
        here.save()


def audit_reading(actor: Actor) -> None:
    with acting(actor):
        audit.log_reading(kind="case", ref=0, why="never happened")


@pytest.fixture(scope="module")
def whole_log(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    with django_db_blocker.unblock(), separate_database("audit") as second:
        found = Log(second, tmp_path_factory.mktemp("anchor") / "anchor.txt")
        for turn in range(4):
            found.live(turn)
            assert found.seal() == 2
        found.live(4)  # not sealed yet
        yield found


@pytest.fixture
def log(whole_log: Log) -> Iterator[Log]:
    """The log as it was, whatever a test does to it inside its one transaction."""
    anchor = whole_log.anchor.read_bytes()
    with undone():
        yield whole_log
    whole_log.anchor.write_bytes(anchor)


# --- who may look into the log

@pytest.mark.django_db
def test_the_log_answers_in_ones_own_partnership_and_others_readings_to_a_privacy_officer_only() -> None:
    here = make_partnership()
    reader, colleague = make_actor("mash-worker", partnership=here), make_actor("mash-manager", partnership=here)
    officer, stranger = make_actor("privacy-officer", partnership=here), make_actor("privacy-officer")
    with acting(reader):
        audit.log_reading(kind="person", ref=5, why="screening", people=[5], agency=reader.agency.pk)
    since = timezone.now() - timedelta(hours=1)

    def seen(who: Actor) -> tuple[list[str], list[str]]:
        with acting(who):
            return ([row["why"] for row in audit.readings("person", 5)],
                    [row["why"] for row in audit.readings_by(reader.user.pk, since=since)])
    assert seen(reader) == seen(officer) == (["screening"], ["screening"])
    assert seen(colleague) == (["screening"], [])
    assert seen(stranger) == ([], [])
    with acting(reader):
        assert audit.readings_by(reader.user.pk, since=timezone.now() + timedelta(hours=1)) == []


@pytest.mark.django_db
def test_history_names_who_changed_what_from_what_to_what() -> None:
    actor = make_actor("administrator")
    here = actor.partnership
    with acting(actor):
        here.area = "Sample Valley"
        here.save()
    with acting(actor):
        made, changed = audit.changes("orgs_partnership", here.pk)
    assert (made["op"], made["old"], made["user_id"]) == ("INSERT", None, None)
    assert (changed["op"], changed["user_id"]) == ("UPDATE", actor.user.pk)
    assert (changed["old"]["area"], changed["new"]["area"]) == ("", "Sample Valley")
    here.save()
    with acting(actor):
        assert len(audit.changes("orgs_partnership", here.pk)) == 2, "saved without a change is no change"


# --- tampering

def test_what_is_sound_raises_no_alarm(log: Log) -> None:
    assert log.faults() == []


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda t: t.__name__)
def test_every_tampering_is_found(log: Log, tamper: Tampering) -> None:
    missed, done = [], 0
    for turn in range(ROUNDS):
        with undone(), as_superuser() as cursor:
            with triggers_off(cursor):
                what = tamper(cursor, Random(f"{tamper.__name__} {turn}"))
            found = log.faults()
            done += bool(what)
            if what and not found:
                missed.append(what)
    assert missed == [] and done >= ROUNDS - 3
    assert log.faults() == [], "undone, it is sound again"


def test_two_hundred_and_more() -> None:
    assert len(TAMPERINGS) * (ROUNDS - 3) >= 160 and len(TAMPERINGS) * ROUNDS > 200


@pytest.mark.parametrize("statement,words", [
    ("update audit.change set user_id = 99 where id = {}", "change {} (orgs_user 1) was altered after it was written"),
    ("delete from audit.change where id = {}", "change rows 1 to")])
def test_the_fault_names_the_row(log: Log, statement: str, words: str) -> None:
    with as_superuser() as cursor:
        cursor.execute("select id, pk from audit.change where tbl = 'orgs_user' order by id limit 1")
        number, pk = cursor.fetchone()
        cursor.execute(statement.format(number))
        assert any(words.format(number).replace("orgs_user 1", f"orgs_user {pk}") in fault for fault in log.faults())


@pytest.mark.parametrize("spoil", ["line taken out", "digest changed", "said twice", "all gone", "another key"])
def test_the_anchor_file_itself(log: Log, spoil: str, settings: Any) -> None:
    lines = log.anchor.read_text().splitlines()
    n, stream, digest = lines[1].split()
    forged = f"{n} {stream} {digest[::-1]}"
    changed = {"line taken out": [lines[0], *lines[2:]], "digest changed": [lines[0], forged, *lines[2:]],
               "said twice": [*lines, forged], "all gone": [], "another key": lines}[spoil]
    log.anchor.write_text("".join(f"{line}\n" for line in changed))
    if spoil == "another key":
        old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
        assert len(log.faults()) == len(lines)
        settings.SECRET_KEY_FALLBACKS = [old]
        assert log.faults() == []
        return
    assert any("anchor file" in fault for fault in log.faults())


def test_what_cannot_be_found_is_said_plainly(log: Log) -> None:
    """A superuser can act as anybody now, and the log then truly says so; `verify` promises no more."""
    with as_superuser() as cursor:
        cursor.execute("insert into audit.reading (user_id, kind, ref, why) values (1, 'case', 1, 'forged as of now')")
    assert log.faults() == []
    assert "nor a reading forged" in str(audit.verify.__doc__)


# --- no false alarms

def test_ordinary_life_after_upgrades_raises_no_alarm(log: Log) -> None:
    """Columns that come and go with a new version are no tampering; a value changed meanwhile still is."""
    with as_superuser() as cursor:
        cursor.execute("alter table orgs_agency add column extra text not null default 'new'")
        assert log.faults() == []
        cursor.execute("update orgs_agency set extra = 'x', phone = '01632 960000'")
        cursor.execute("alter table orgs_agency drop column extra")
        cursor.execute("update orgs_agency set phone = '01632 960001'")
        assert log.faults() == []
        with triggers_off(cursor):
            cursor.execute("update orgs_agency set phone = '01632 960002'")
    assert any("orgs_agency" in fault for fault in log.faults())


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/St_Johns"])
def test_the_time_zone_of_whoever_looks_or_writes_does_not_matter(log: Log, zone: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"set local time zone '{zone}'")
        assert log.faults() == []
        BreakGlass.objects.update(until=NOW)
        cursor.execute("set local time zone 'UTC'")
        assert log.faults() == []


def test_protecting_again_and_sealing_again_changes_nothing(log: Log) -> None:
    with as_superuser():
        protect_tables()
    assert log.faults() == []


@contextmanager
def as_superuser_saved() -> Iterator[Any]:
    with transaction.atomic(), as_superuser() as cursor:
        yield cursor


# --- sealing while others are at work (these save what they do, so they come last)

def forever(log: Log) -> list[str]:
    """Seal until there is nothing more to seal, then look."""
    for _ in range(4):
        log.seal()
    return log.faults()


LATE = "select audit.log_reading('case', {}, '{{}}', null, 'late')"


def test_a_row_that_comes_late_under_an_earlier_number_is_sealed_in_its_turn(whole_log: Log) -> None:
    log, late = whole_log, whole_log.second
    forever(log)
    with late.transaction():
        late.execute(LATE.format(1))       # takes its number, not saved yet
        log.read()                         # a later number, saved
        assert log.seal() == 0, "nothing is settled while the earlier one is open"
        log.read()
    assert forever(log) == []
    with as_superuser_saved() as cursor:
        cursor.execute("select (select max(to_id) from audit.seal where stream = 'reading') = max(id) from audit.reading")
        assert cursor.fetchone() == (True,)


def test_negative_control_sealing_over_an_open_transaction_would_raise_a_false_alarm(whole_log: Log) -> None:
    log, late = whole_log, whole_log.second
    with late.transaction():
        late.execute(LATE.format(2))
        log.read()
        with as_superuser_saved() as cursor:  # as if the open transaction were over: a hand-made mark
            cursor.execute("update audit.mark set next_xid = '1'::xid8, max_id = (select max(id) from audit.reading)"
                           " where stream = 'reading'")
        assert log.seal() == 1
    assert any("reading rows" in fault for fault in log.faults())
    with as_superuser_saved() as cursor:
        cursor.execute("delete from audit.reading where why = 'late' and ref = 2")
    assert log.faults() == []


def test_sealing_goes_on_beside_transactions_that_never_all_end_at_once(whole_log: Log) -> None:
    """There is always somebody at work; still each is sealed soon after those before it have ended."""
    log, url = whole_log, whole_log.second.info.dsn
    sealed, open_ones = 0, []
    for turn in range(6):
        other = psycopg.connect(url, dbname=log.second.info.dbname, password=log.second.info.password or None)
        other.execute(LATE.format(10 + turn))
        open_ones.append(other)
        log.read()
        if turn:
            before = open_ones.pop(0)
            before.commit()
            before.close()
        sealed += log.seal()
    assert sealed >= 3
    open_ones[0].rollback()
    open_ones[0].close()
    assert forever(log) == []


def test_a_restored_copy_in_a_new_cluster_is_sealed_on(whole_log: Log) -> None:
    """There transaction numbers begin anew, far below those of the old mark."""
    log = whole_log
    with as_superuser_saved() as cursor:
        cursor.execute("update audit.mark set next_xid = '999999999'::xid8")
    log.read()
    assert forever(log) == []


def test_killed_between_saving_a_seal_and_writing_it_down(whole_log: Log) -> None:
    log = whole_log
    log.read()
    kept = log.anchor.read_bytes()
    assert log.seal() == 1
    log.anchor.write_bytes(kept[:-1] + b"\n12 chan")  # the line was half written when the power went
    assert log.faults() == [], "a seal of this moment is not an alarm"
    assert log.seal() == 1 and log.faults() == []
    with as_superuser_saved() as cursor:
        cursor.execute("update audit.seal set at = at - interval '1 hour'")
    log.anchor.write_bytes(kept)
    assert [f for f in log.faults() if "not in the anchor file" in f] != [], "an hour later it is"
    log.seal()


def test_twenty_thousand_rows_are_verified_quickly(whole_log: Log) -> None:
    """A guard against a check that grows with the square of the log."""
    log = whole_log
    with as_superuser_saved() as cursor:
        cursor.execute("insert into audit.reading (kind, ref, why) select 'case', n, 'x' from generate_series(1, 20000) n")
    log.seal()
    begun = time.monotonic()
    assert forever(log) == []
    assert time.monotonic() - begun < 20
