"""Writing an invented report: lines, numbers, and the decision whether a fault is planted here."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from bench.planted import (
    fifth_wordings,
    fourth_wordings,
    held_out,
    more_wordings,
    relation_wordings,
    sixth_wordings,
    third_wordings,
    words,
)

LEARNT = (more_wordings, third_wordings, fourth_wordings, fifth_wordings, sixth_wordings, relation_wordings)
ROWS = 0.3  # a table has many rows, and most of them must be right for anybody to know what is wrong


@dataclass(frozen=True)
class Planted:
    """A fault: its kind, and words that only the place has where it may be noticed (either side of a contradiction)."""

    kind: str
    snippets: tuple[str, ...]


@dataclass
class Maker:
    """A report being written. `chance`: how likely a place that can carry a fault carries one; 0 for a clean report."""

    rng: Random
    chance: float
    markdown: bool
    held: bool = False
    area: str = ""
    start: int = 2023
    out: list[str] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    chapter: int = 0
    sub: int = 0
    tables: int = 0
    shorts: dict[str, str] = field(default_factory=dict)
    late: tuple[str, str, bool] = ("", "", False)
    again: str = ""

    @property
    def year(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02}"

    @property
    def last_year(self) -> str:
        return f"{self.start - 1}-{self.start % 100:02}"

    def wrong(self, kind: str) -> bool:
        """Whether to plant a fault of this kind here."""
        return self.rng.random() < self.chance * (ROWS if kind == "row" else 1)

    def plant(self, kind: str, *snippets: str) -> None:
        self.planted.append(Planted(kind, snippets))

    def one(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def told(self, key: str, *ours: str, **values: object) -> str:
        """One of our wordings, or for the measured seeds one of those held out, filled with the values."""
        known = held_out.SENTENCES[key] if self.held else [
            each for learnt in LEARNT for each in learnt.SENTENCES.get(key, ())]
        text = self.rng.choice([*(() if self.held else ours), *(each.format(**values) for each in known)])
        return text[0].upper() + text[1:]

    def one_of(self, *choices: int) -> int:
        return self.rng.choice(choices)

    def number_plain(self, value: int) -> str:
        """As printed in a table: always in figures."""
        return f"{value:,}" if self.comma else str(value)

    def near(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def off(self, value: int) -> int:
        """A number mistyped: two digits changed about, one wrong, or a few too many or too few."""
        digits = str(value)
        tries = [value + self.rng.choice((-1, 1)) * self.near(1, max(3, value // 12)) for _ in range(2)]
        if len(digits) > 1:
            at = self.near(0, len(digits) - 2)
            tries.append(int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2:]))
            tries.append(int(digits[:-1] + str((int(digits[-1]) + self.near(1, 8)) % 10)))
        good = [each for each in tries if each != value and each > 0 and len(str(each)) >= len(digits) - 1]
        return self.rng.choice(good or [value + 3])

    def number(self, value: int) -> str:
        """As printed: with a comma or without, small ones now and then in words."""
        if 2 <= value <= 10 and self.rng.random() < 0.5:
            return words.NUMBER_WORDS[value]
        return f"{value:,}" if value < 1000 or self.comma else str(value)

    @property
    def comma(self) -> bool:
        return self.area[0] < "O"

    def head(self, title: str, sub: bool = False) -> str:
        """Begin a section; gives back its number."""
        if sub:
            self.sub += 1
            number = f"{self.chapter}.{self.sub}"
        else:
            self.chapter, self.sub = self.chapter + 1, 0
            number = f"{self.chapter}.0"
        self.sections.append((number, title))
        self.out += ["", f"{'#' * (3 if sub else 2)} {number} {title}" if self.markdown else f"{number} {title}", ""]
        return number

    def say(self, *sentences: str) -> None:
        """A paragraph."""
        self.out += [" ".join(each[0].upper() + each[1:] for each in sentences if each), ""]

    def points(self, items: Sequence[str]) -> None:
        sign = self.one("-", "*") if self.markdown else "-"
        end = self.one(";", "", ".")
        self.out += [*(f"{sign} {each}{end}" for each in items), ""]

    def table(self, caption: str, rows: Sequence[Sequence[str]]) -> None:
        self.tables += 1
        self.out += [f"Table {self.tables}: {caption}", ""] if self.markdown else [f"Table {self.tables}: {caption}"]
        if self.markdown:
            first, *rest = (f"| {' | '.join(row)} |" for row in rows)
            self.out += [first, "|" + " --- |" * len(rows[0]), *rest, ""]
        else:
            self.out += ["\t".join(row) for row in rows] + [""]

    def percent(self, part: int, whole: int, places: int = 0) -> str:
        return f"{part / whole * 100:.{places}f}"
