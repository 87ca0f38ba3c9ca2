"""Contacts from a file into the database, checks and history included, beside raw COPY of the same rows.

Ours: the bytes of a CSV file of the synthetic borough's contacts through `exchange.importing.load`, as the service's own
role with row-level security in force. Yardstick: the rows it made, taken out as text and put back by COPY into the same
tables, as their owner, with the same triggers writing the same history. Each three times in turn; the rows are compared
first, column by column.
"""
from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from bench.database import as_service, fresh_database
from bench.result import Result, Spent, middle, spent

name = "Bulk contact import against raw COPY of the same rows"
CONTACTS = 2_500  # at scale 1
MOST_TIMES = 5.0
TURNS = 3
TODAY = date(2026, 11, 20)
TABLES = ("exchange_importrun", "process_case", "process_event", "front_door_contact", "front_door_contactperson",
          "process_clockrow", "exchange_importedcontact")


def run(scale: float) -> list[Result]:
    many = round(CONTACTS * scale)
    data = contacts_file(many)
    with fresh_database("bench_contact_import"):
        actor, now = _front_door(), _now()
        ours, raw, rows = [], [], 0
        _turn(actor, contacts_file(20), 20, now)  # warms up
        for _ in range(TURNS):
            taken, held, rows = _turn(actor, data, many, now)
            ours.append(taken)
            raw.append(held)
        history = _history_rows()
    mine, bare = middle(ours), middle(raw)
    more = {"contacts": many, "rows written": rows, "history rows": history, "file kB": len(data) // 1000,
            "ours CPU s (Python)": round(mine.cpu, 3), "ours CPU s (database)": round(mine.database, 3),
            "COPY CPU s (Python)": round(bare.cpu, 3), "COPY CPU s (database)": round(bare.database, 3),
            "peak memory MB": mine.peak_mb, "contacts a second": round(many / mine.wall)}
    return [Result("file to rows, wall", scale, "s", round(mine.wall, 4), round(bare.wall, 4), MOST_TIMES, more),
            Result("file to rows, CPU of both", scale, "s", round(mine.cpu + mine.database, 4),
                   round(bare.cpu + bare.database, 4), MOST_TIMES),
            Result("peak memory", scale, "MB", mine.peak_mb)]


def contacts_file(many: int) -> bytes:
    """So many contacts of the synthetic borough in our own layout, a row for each person stated."""
    from goldthread.borough import Borough, Plan
    from goldthread.exchange.layouts.own_columns import COLUMNS
    borough = Borough(Plan(scale=max(0.05, many / 20_000), seed=7, today=TODAY))
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in COLUMNS])
    writer.writeheader()
    for contact in islice(borough.contacts("northbridge"), many):
        writer.writerows(_rows(contact))
    return out.getvalue().encode()


CAPACITIES = {"subject": "child", "sibling": "sibling", "mother": "mother", "father": "father", "other-adult": "adult"}


def _rows(contact: Any) -> Iterator[dict[str, Any]]:
    consent, who = contact.consent.status, contact.referrer
    home = next((person for person in contact.people if person.line), None)
    said = {
        "Date of contact": f"{contact.received_at:%d/%m/%Y}", "Time of contact": f"{contact.received_at:%H:%M}",
        "Source": contact.source, "Channel": contact.channel, "Kind of help": contact.stream,
        "Main worry": contact.concerns[0], "What happened": contact.narrative, "Child said": contact.child_said,
        "Consent": consent, "Consent reason": contact.consent.reason or ("" if consent in ("", "given") else "Not said"),
        "Address": home.line if home else "", "Postcode": home.postcode if home else "",
        "Referrer name": who.name or "Name not given", "Referrer job": who.title,
        "Referrer telephone": who.phone or "01632 960 000", "Referrer e-mail": who.email}
    named = [person for person in contact.people if person.given or person.surname or person.due]
    for place, person in enumerate(named):
        yield {"Contact number": contact.reference, **(said if place == 0 else {}), "Who is this": CAPACITIES[person.part],
               "First name": person.given, "Last name": person.surname, "Known as": person.known_as,
               "Date of birth": person.born and f"{person.born:%d/%m/%Y}", "Sex": person.sex or "U",
               "Expected birth": person.due and f"{person.due:%d/%m/%Y}", "School": person.school}


def _now() -> datetime:
    from goldthread.base.dates import LONDON
    return datetime(TODAY.year, TODAY.month, TODAY.day, 18, tzinfo=LONDON)


def _front_door() -> Any:
    from tests.support import make_actor, make_agency, make_partnership
    place = make_partnership("Northbridge")
    return make_actor("mash-worker", make_agency("childrens-services", partnership=place), place, now=_now())


def _turn(actor: Any, data: bytes, many: int, now: datetime) -> tuple[Spent, Spent, int]:
    """One import and one COPY of what it made, the tables emptied before each."""
    from django.db import transaction

    from goldthread.access.actor import acting
    from goldthread.exchange.importing import found_in, load
    from goldthread.files.tables.sheets import Upload
    _empty()
    with as_service():
        def ours() -> None:
            with transaction.atomic(), acting(actor):
                found = load(actor=actor, uploads=[Upload("contacts.csv", data)], now=now)
                faults = [str(fault) for fault in found_in(found)][:9]
                assert found.state == "done" and found.counts["contacts"] == many, (found.state, found.counts, faults)
        taken = spent(ours, _database_cpu)
    made, rows = _digest()
    text, history = _out(), _history_rows()
    _empty()
    bare = spent(lambda: _in(text), _database_cpu)
    again, rows_again = _digest()
    assert (made, rows) == (again, rows_again), "the rows differ"
    assert history == _history_rows() > many, "the history differs"
    return taken, bare, rows


def _cursor() -> Any:
    from django.db import connection
    connection.ensure_connection()
    return connection.cursor()


def _empty() -> None:
    with _cursor() as cursor:
        cursor.execute(f"truncate {', '.join(TABLES)}, exchange_importfile, audit.change cascade")
        cursor.execute("checkpoint")


def _out() -> dict[str, bytes]:
    found = {}
    with _cursor() as cursor:
        for table in TABLES:
            with cursor.cursor.copy(f"copy {table} to stdout") as copy:
                found[table] = b"".join(bytes(block) for block in copy)
    return found


def _in(text: dict[str, bytes]) -> None:
    from django.db import transaction
    with transaction.atomic(), _cursor() as cursor:
        for table, rows in text.items():
            with cursor.cursor.copy(f"copy {table} from stdin") as copy:
                copy.write(rows)


def _digest() -> tuple[list[str], int]:
    """A digest of every table's rows, and how many rows they have."""
    digests, rows = [], 0
    with _cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select count(*), coalesce(md5(string_agg(t::text, '\n' order by t.id)), '') from {table} t")
            count, digest = cursor.fetchone()
            digests.append(digest)
            rows += count
    return digests, rows


def _history_rows() -> int:
    """Rows the log holds of the tables' insertions; each was hashed."""
    with _cursor() as cursor:
        cursor.execute("select count(*) from audit.change where op = 'INSERT' and tbl = any(%s)", [list(TABLES)])
        return int(cursor.fetchone()[0])


def _database_cpu() -> float:
    """Seconds of CPU the database's process of this connection has used so far."""
    with _cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
