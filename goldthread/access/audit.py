"""What happened, provably: readings written down, everything sealed in a chain, the chain's head kept outside."""
from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

STREAMS = ("change", "reading")
MOMENT = timedelta(minutes=5)
ANCHOR_LINE = re.compile(r"(\d+) (?:change|reading) ([0-9a-f]{64})")


def log_reading(*, kind: str, ref: int, why: str, people: Iterable[int] = (), agency: int | None = None) -> None:
    """Write down that the acting person read a record: `kind` and `ref` say which, `people` whose it is, `why` why."""
    with connection.cursor() as cursor:
        cursor.execute("select audit.log_reading(%s, %s, %s, %s, %s)", [kind, ref, sorted(people), agency, why])


def log_readings(*, kind: str, whose: Mapping[int, Sequence[int]], why: str, agency: int | None = None) -> None:
    """Write down that the acting person read many records, a line each. whose: the people each record is about, by its
    number."""
    lines = json.dumps([{"ref": ref, "people": sorted(people)} for ref, people in whose.items()])
    with connection.cursor() as cursor:
        cursor.execute("""select count(audit.log_reading(%s, (line->>'ref')::bigint,
            array(select jsonb_array_elements_text(line->'people')::bigint), %s, %s)) from jsonb_array_elements(%s) line""",
                       [kind, agency, why, lines])


def readings(kind: str, ref: int, *, most: int = 200) -> list[dict[str, Any]]:
    """Who read one record, newest first. The caller must have opened the record itself first."""
    return _rows("select at, user_id, agency_id, why from audit.readings(%s, %s, %s)", [kind, ref, most])


def readings_by(user: int, *, since: datetime, most: int = 500) -> list[dict[str, Any]]:
    """What one person read: shown to that person, and to a privacy officer of the partnership."""
    return _rows("select at, kind, ref, people, agency_id, why from audit.readings_by(%s, %s, %s)", [user, since, most])


def changes(table: str, pk: int) -> list[dict[str, Any]]:
    """Every state one row has had, oldest first. The caller must have opened the record itself first."""
    rows = _rows("select at, user_id, op, old, new from audit.changes(%s, %s)", [table, pk])
    return [{**row, "old": json.loads(row["old"] or "null"), "new": json.loads(row["new"] or "null")} for row in rows]


def seal(anchor: Path | None = None) -> int:
    """Seal all settled rows and write each new seal's keyed digest to the anchor file. Returns how many seals.

    Call it outside any transaction: a seal must be saved before the anchor names it. One that was saved but not yet
    written down when the process died is written down by the next call.
    """
    anchor = anchor or settings.ANCHOR_FILE
    with connection.cursor() as cursor:
        for stream in STREAMS:
            cursor.execute("select audit.seal_stream(%s)", [stream])
    known, _ = _anchored(anchor)
    new = [s for s in _seals() if s["n"] not in known]
    if new:
        _write_down(anchor, [f"{s['n']} {s['stream']} {_keyed(s)}" for s in new])
    return len(new)


def verify(anchor: Path | None = None) -> list[str]:
    """Every sign of tampering, in words; an empty list when there is none.

    Finds altered, removed, added and reordered log rows, a chain made anew, a log cut short or restored from an older
    copy (by the anchor outside the database), and rows changed with the triggers switched off. Cannot find what is done
    to the log within the minute before it is sealed, if the live rows are made to match; nor a reading forged as if it
    happened now. Keep the anchor file where the database's administrators cannot write.
    """
    from goldthread.access.rows import ours
    known, found = _anchored(anchor or settings.ANCHOR_FILE)
    found += [row["fault"] for row in _rows("select * from audit.faults() as fault", [])]
    seals = {s["n"]: s for s in _seals()}
    for n, digest in sorted(known.items()):
        if n not in seals:
            found.append(f"seal {n} is in the anchor file but no longer in the database")
        elif not any(hmac.compare_digest(digest, _keyed(seals[n], key)) for key in _keys()):
            found.append(f"seal {n} does not match the anchor file")
    unknown = [n for n in sorted(set(seals) - set(known)) if not _just_made(seals, n)]
    found += [f"seal {n} is not in the anchor file" for n in unknown]
    tables = [model._meta.db_table for model in ours() if getattr(model, "has_history", True)]
    query = "select fault from unnest(%s::text[]) as each, lateral audit.table_faults(each) as fault"
    return found + [row["fault"] for row in _rows(query, [tables])]


def _seals() -> list[dict[str, Any]]:
    return _rows("select n, stream, from_id, to_id, count, hash, age from audit.seals()", [])


def _just_made(seals: dict[int, dict[str, Any]], n: int) -> bool:
    """A seal is saved a moment before it is written down; only the newest of its stream can be in that moment."""
    newest = max(other for other, s in seals.items() if s["stream"] == seals[n]["stream"])
    return n == newest and timedelta(0) <= seals[n]["age"] < MOMENT


def _keyed(seal: dict[str, Any], key: str | None = None) -> str:
    text = " ".join(str(seal[name]) for name in ("n", "stream", "from_id", "to_id", "count", "hash"))
    return hmac.new((key or settings.SECRET_KEY).encode(), text.encode(), hashlib.sha256).hexdigest()


def _keys() -> list[str]:
    """The key in use and those it replaced, which older digests were made with."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _write_down(anchor: Path, lines: list[str]) -> None:
    anchor.parent.mkdir(parents=True, exist_ok=True)
    with anchor.open("a+b") as out:
        out.seek(max(out.seek(0, os.SEEK_END) - 1, 0))
        torn = out.read(1) not in (b"", b"\n")  # a line half written when the power went
        out.write(("\n" * torn + "\n".join(lines) + "\n").encode())
        out.flush()
        os.fsync(out.fileno())


def _anchored(anchor: Path) -> tuple[dict[int, str], list[str]]:
    """The digest of each seal written down, and faults: lines that say something else of a seal than one before."""
    known: dict[int, str] = {}
    faults = []
    lines = anchor.read_text(encoding="utf-8", errors="replace").splitlines() if anchor.exists() else []
    for number, line in enumerate(lines, start=1):
        found = ANCHOR_LINE.fullmatch(line)
        if found and known.setdefault(int(found[1]), found[2]) != found[2]:
            faults.append(f"line {number} of the anchor file says something else of seal {found[1]} than a line before")
    return known, faults


def _rows(query: str, params: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
