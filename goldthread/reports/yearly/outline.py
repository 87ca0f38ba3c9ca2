"""How a report begins: its sections with a first text, by kind of document and day. Dated data of this folder."""
from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from goldthread.measure.periods import Period


@dataclass(frozen=True)
class Part:
    """A section to begin with. items: points of the guidance's list it answers."""

    key: str
    heading: str
    text: str
    items: tuple[str, ...]


@cache
def data(name: str) -> dict[str, Any]:
    """One of this folder's TOML files. Callers must not change it."""
    return tomllib.loads(files(__package__).joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def parts(kind: str, day: date) -> list[Part]:
    """The sections of a kind of document as they are begun on a day."""
    return [Part(row["key"], row["heading"], row["text"].strip(), tuple(row.get("items", ())))
            for row in data(kind)["section"]
            if row.get("from", date.min) <= day <= row.get("to", date.max)]


def title(kind: str, partnership: str, year: Period) -> str:
    """Such as “Northbridge: yearly report 2025-26”."""
    words: str = data(kind)["title"]
    return words.format(partnership=partnership, year=f"{year.since.year}-{year.until.year % 100:02}")
