"""What was found: every kind of finding with its true count and its first rows, and how full each column is."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goldthread.files.tables.findings import LONGEST, Finding, Findings

MOST_EACH = 200      # findings of one kind that are kept; all are counted
MOST_KINDS = 500
SHAPE = "shape"
BIDDEN, ASKED = "error", "query"  # must be mended before the return is taken; is worth asking about


@dataclass
class Group:
    """Findings of one kind in one column: the rule they break, how many there are, and the first of them."""

    table: str
    column: str
    kind: str
    rule: str
    mend: str
    weight: str
    many: int = 0
    first: list[Finding] = field(default_factory=list)


@dataclass
class Report:
    """All that is known of a submission after looking through it. rows: by table; empty: by table and column."""

    groups: dict[tuple[str, str, str, str], Group] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)
    empty: Counter[tuple[str, str]] = field(default_factory=Counter)

    def group(self, table: str, column: str, kind: str, rule: str, mend: str, *, query: bool = False) -> Group:
        """The group that such findings belong to; the last of MOST_KINDS takes whatever comes after."""
        key = (table, column, kind, rule)
        if key not in self.groups:
            if len(self.groups) >= MOST_KINDS:
                return next(reversed(self.groups.values()))
            self.groups[key] = Group(table, column, kind, rule, mend, ASKED if query else BIDDEN)
        return self.groups[key]

    def add(self, group: Group, many: int, first: Iterable[tuple[str, int, object]], column: str) -> None:
        """So many more of a kind. first: sheet, row and value of the first of them."""
        group.many += many
        for sheet, row, value in first:
            if len(group.first) >= MOST_EACH:
                break
            group.first.append(finding(sheet, row, column, value, group.rule, group.mend))

    def add_all(self, found: Findings) -> None:
        """What readers found of the shape of files. Each must be mended."""
        kept: Counter[tuple[str, str, str, str]] = Counter()
        for each in found.sorted():
            group = self.group("", each.column, SHAPE, each.rule, each.mend)
            kept[SHAPE, "", "", ""] += 1
            group.many += 1
            if len(group.first) < MOST_EACH:
                group.first.append(each)
        if beyond := found.many - kept.total():
            self.group("", "", SHAPE, "there are more such faults than are told", "Mend those first.").many += beyond

    def of_weight(self, weight: str) -> Iterator[Group]:
        return (each for each in self.groups.values() if each.weight == weight)

    @property
    def errors(self) -> int:
        """How much must be mended before the return is taken."""
        return sum(each.many for each in self.of_weight(BIDDEN))

    @property
    def queries(self) -> int:
        return sum(each.many for each in self.of_weight(ASKED))


def finding(sheet: str, row: int, column: str, value: object, rule: str, mend: str) -> Finding:
    """One finding, its value cut to what can be shown."""
    text = "" if value is None else str(value)
    return Finding(sheet, row, column, text[:LONGEST] + "…" * (len(text) > LONGEST), rule, mend)
