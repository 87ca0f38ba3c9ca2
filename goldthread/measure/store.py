"""Where the facts of a partnership lie: a Parquet file for each table and month, and what they were made from."""
from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from goldthread.files.private import private_folder
from goldthread.measure.facts import TABLES

# rewritten whole: what is open begins in one month and lasts for years; what groups and actions come to is little
WHOLE_TABLES = frozenset({"spans", "worked"})
BROKEN_OFF = 900  # seconds after which nobody is at it any more
SHAPE = sha256(repr(TABLES).encode()).hexdigest()


@dataclass(frozen=True)
class Made:
    """What the facts hold. last_event: number of the last record in them. returns: the accepted versions in them."""

    at: datetime
    last_event: int
    returns: tuple[int, ...]


class Store:
    """The facts of one partnership."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, partnership: int) -> Store:
        return cls(private_folder("facts", str(partnership)))

    def path(self, table: str, month: int | None = None) -> Path:
        """The file of a table and month; of a table that is rewritten whole, its only one."""
        place = self.folder / table
        place.mkdir(mode=0o700, exist_ok=True)
        return place / (f"{month}.parquet" if month else "all.parquet")

    def months(self, table: str) -> list[int]:
        return sorted(int(path.stem) for path in (self.folder / table).glob("[0-9]*.parquet"))

    def files(self, months: Iterable[int] | None = None) -> dict[str, list[Path]]:
        """The files of every table, of all months or of some; those rewritten whole always."""
        wanted = None if months is None else set(months)
        found: dict[str, list[Path]] = {}
        for table in TABLES:
            found[table] = [path for path in sorted((self.folder / table).glob("*.parquet"))
                            if wanted is None or path.stem == "all" or int(path.stem) in wanted]
        return found

    def readable(self) -> dict[str, list[Path]]:
        """The files of every table; none while those that lie there have other columns than today's, until they are made."""
        return self.files() if self.made() else {}

    def made(self) -> Made | None:
        """What the facts were made from; None before the first time, and where they have other columns than today's."""
        kept = self._kept("made")
        if kept.get("shape") != SHAPE:
            return None
        return Made(datetime.fromisoformat(kept["at"]), kept["last_event"], tuple(kept["returns"]))

    def note(self, made: Made) -> None:
        self._keep("made", {"at": made.at.isoformat(), "last_event": made.last_event, "returns": made.returns,
                            "shape": SHAPE})

    def begun(self, by: str = "recorded") -> dict[str, int]:
        """The first month that anything is recorded of, by process; or "told" of by returns, by indicator."""
        found: dict[str, int] = self._kept("begun").get(by, {})
        return found

    def note_begun(self, recorded: Mapping[str, int], told: Mapping[str, int]) -> None:
        self._keep("begun", {"recorded": dict(recorded), "told": dict(told)})

    def tell(self, done: int, of: int) -> None:
        """Keep how far the facts and numbers have got that are being made now; all of them is that nothing is."""
        self._keep("progress", {"at": time.time(), "percent": 100 * done // max(of, 1)})

    def told(self) -> int | None:
        """How much per cent of what is being made now is made; None where nothing is, or nothing was told for long."""
        kept = self._kept("progress")
        going = kept and kept["percent"] < 100 and time.time() - kept["at"] < BROKEN_OFF
        return kept["percent"] if going else None

    def _kept(self, name: str) -> dict[str, Any]:
        """What was kept by that name; nothing before the first time."""
        try:
            found: dict[str, Any] = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return found

    def _keep(self, name: str, what: dict[str, Any]) -> None:
        part = self.folder / f"{name}.part"
        part.write_text(json.dumps(what), encoding="utf-8")
        os.replace(part, self.folder / f"{name}.json")
