"""What happened, provably: readings written down, everything sealed in a chain, the chain's head kept outside."""
from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

STREAMS = ("change", "reading")


def log_reading(*, kind: str, ref: int, why: str, people: Iterable[int] = (), agency: int | None = None) -> None:
    """Write down that the acting person read a record: `kind` and `ref` say which, `people` whose it is, `why` why."""
    with connection.cursor() as cursor:
        cursor.execute("select audit.log_reading(%s, %s, %s, %s, %s)", [kind, ref, sorted(people), agency, why])


def readings(kind: str, ref: int, *, most: int = 200) -> list[dict[str, Any]]:
    """Who read one record, newest first. The caller must have opened the record itself first."""
    return _rows("select at, user_id, agency_id, why from audit.readings(%s, %s, %s)", [kind, ref, most])


def readings_by(user: int, *, since: datetime, most: int = 500) -> list[dict[str, Any]]:
    """What one person read: shown to that person, and to a privacy officer of the partnership."""
    return _rows("select at, kind, ref, people, agency_id, why from audit.readings_by(%s, %s, %s)", [user, since, most])


def changes(table: str, pk: int) -> list[dict[str, Any]]:
    """Every state one row has had, oldest first. The caller must have opened the record itself first."""
    return _rows("select at, user_id, op, old, new from audit.changes(%s, %s)", [table, pk])


def seal(anchor: Path | None = None) -> int:
    """Seal all settled rows and write each new seal's keyed digest to the anchor file. Returns how many seals."""
    anchor = anchor or settings.ANCHOR_FILE
    with connection.cursor() as cursor:
        for stream in STREAMS:
            cursor.execute("select audit.seal_stream(%s)", [stream])
    known = _anchored(anchor)
    new = [s for s in _seals() if s["n"] not in known]
    if new:
        anchor.parent.mkdir(parents=True, exist_ok=True)
        with anchor.open("a", encoding="utf-8") as out:
            out.writelines(f"{s['n']} {s['stream']} {_keyed(s)}\n" for s in new)
    return len(new)


def verify(anchor: Path | None = None) -> list[str]:
    """Every sign of tampering, in words; an empty list when there is none.

    Finds altered, removed, added and reordered log rows, a chain made anew, a log cut short or restored from an older
    copy (by the anchor outside the database), and rows changed with the triggers switched off.
    """
    from goldthread.access.rows import ours
    found = [row["fault"] for row in _rows("select * from audit.faults() as fault", [])]
    seals, known = {s["n"]: s for s in _seals()}, _anchored(anchor or settings.ANCHOR_FILE)
    for n, digest in sorted(known.items()):
        if n not in seals:
            found.append(f"seal {n} is in the anchor file but no longer in the database")
        elif not hmac.compare_digest(digest, _keyed(seals[n])):
            found.append(f"seal {n} does not match the anchor file")
    found += [f"seal {n} is not in the anchor file" for n in sorted(set(seals) - set(known))]
    for model in ours():
        if getattr(model, "has_history", True):
            table = model._meta.db_table
            found += [row["fault"] for row in _rows("select * from audit.table_faults(%s) as fault", [table])]
    return found


def _seals() -> list[dict[str, Any]]:
    return _rows("select n, stream, to_id, hash from audit.seals()", [])


def _keyed(seal: dict[str, Any]) -> str:
    text = f"{seal['n']} {seal['stream']} {seal['to_id']} {seal['hash']}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _anchored(anchor: Path) -> dict[int, str]:
    if not anchor.exists():
        return {}
    lines = (line.split() for line in anchor.read_text(encoding="utf-8").splitlines() if line.strip())
    return {int(n): digest for n, _, digest in lines}


def _rows(query: str, params: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
