"""A year's lines from a CSV file: all of them, or none and what is wrong in which row."""
from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from goldthread.access.actor import Actor
from goldthread.orgs.models import Agency
from goldthread.reports.budget.actions.common import keeping, open_year
from goldthread.reports.budget.actions.keeping import MOST_LINES, store
from goldthread.reports.budget.models import BudgetLine, BudgetYear
from goldthread.reports.reading.cells import number, tidy
from goldthread.reports.reading.errors import InputFault, ReportInputError

COLUMNS = ("side", "line", "contributor", "kind", "restricted", "planned", "committed", "actual", "note")
NEEDED = ("side", "line", "planned")
FILE = "budget"
SIDES = {"income": "income", "spend": "spend", "spending": "spend", "expenditure": "spend"}
KINDS = {"": "recurring", "recurring": "recurring", "one-off": "one-off", "one off": "one-off"}
YES_NO = {"": False, "no": False, "yes": True}
MOST = Decimal(10) ** 10


@dataclass(frozen=True)
class Loaded:
    """How many lines were loaded, and how many they took the place of."""

    lines: int
    replaced: int


def load(*, actor: Actor, year: BudgetYear, data: bytes, now: datetime) -> Loaded:
    """Put the lines of a file in place of all there were. Raises Refused; ValidationError for a closed year;
    ReportInputError with every fault by its row and column.
    """
    with keeping(actor):
        found = open_year(actor, year)
        taking = Agency.objects.taking_part(actor.partnership, timezone.localdate(now)).distinct()
        rows = _Reading({agency.name.casefold(): agency for agency in taking}).lines(data)
        replaced = BudgetLine.objects.filter(year=found, replaced_at=None).update(replaced_at=now)
        for at, values in enumerate(rows, start=1):
            store(actor, found, at, values, now)
        return Loaded(len(rows), replaced)


class _Reading:
    """One file being read, with what is wrong in it."""

    def __init__(self, agencies: dict[str, Agency]) -> None:
        self.agencies = agencies
        self.faults: list[InputFault] = []

    def lines(self, data: bytes) -> list[dict[str, Any]]:
        """The values of every line. Raises ReportInputError."""
        found, seen = [], {}
        for at, row in self._rows(data):
            line = self._line(at, row)
            same = (line["side"], line["name"].casefold())
            if line["name"] and same in seen:
                self._fault(at, "line", row, f"this line is in row {seen[same]} too", "Give one of them another name.")
            seen[same] = at
            found.append(line)
        if self.faults:
            raise ReportInputError(self.faults)
        return found

    def _rows(self, data: bytes) -> list[tuple[int, dict[str, str]]]:
        try:
            table = csv.DictReader(io.StringIO(data.decode("utf-8-sig")), strict=True, restkey="beyond")
            heads = {tidy(head).casefold(): head for head in table.fieldnames or ()}
            rows = [(table.line_num, row) for row in table if any(tidy(str(cell or "")) for cell in row.values())]
        except (UnicodeDecodeError, csv.Error):
            raise self._refuse("this file cannot be read", "Save it as CSV UTF-8.") from None
        if missing := [name for name in NEEDED if name not in heads]:
            raise self._refuse(f"the first row does not name {', '.join(missing)}",
                               f"It names the columns: {', '.join(COLUMNS)}.")
        if not rows or len(rows) > MOST_LINES:
            raise self._refuse(f"the file has {len(rows)} lines", f"A year has from 1 to {MOST_LINES}.")
        return [(at, {name: tidy(row.get(heads.get(name, ""), "") or "") for name in COLUMNS}) for at, row in rows]

    def _line(self, at: int, row: dict[str, str]) -> dict[str, Any]:
        name, who = row["line"], row["contributor"].casefold()
        side = self._one_of(at, "side", row, SIDES)
        if not name or len(name) > 150:
            self._fault(at, "line", row, "a line needs a name of at most 150 letters", "Say what the money is.")
        if who and who not in self.agencies:
            self._fault(at, "contributor", row, "no agency of this name takes part in the partnership",
                        "Write the name as the directory has it, or leave the cell empty.")
        if who and side == "spend":
            self._fault(at, "contributor", row, "only income is contributed by an agency", "Leave the cell empty.")
        return {"side": side, "name": name, "agency": self.agencies.get(who), "kind": self._one_of(at, "kind", row, KINDS),
                "restricted": self._one_of(at, "restricted", row, YES_NO), "planned": self._pounds(at, "planned", row),
                "committed": self._pounds(at, "committed", row), "actual": self._pounds(at, "actual", row),
                "note": row["note"]}

    def _one_of(self, at: int, column: str, row: dict[str, str], known: dict[str, Any]) -> Any:
        value = row[column].casefold()
        if value in known:
            return known[value]
        self._fault(at, column, row, "this is not one of the words known here",
                    f"Write {' or '.join(word for word in known if word)}.")
        return next(iter(known.values()))

    def _pounds(self, at: int, column: str, row: dict[str, str]) -> Decimal:
        try:
            value = number(row[column])
        except ValueError:
            value = Decimal("NaN")
        if value is None and column in NEEDED:
            self._fault(at, column, row, "there is no amount", "Write 0 where nothing was agreed.")
        if value is None:
            return Decimal(0)
        if not value.is_finite() or value < 0 or value >= MOST or value != round(value, 2):
            self._fault(at, column, row, "this is not an amount in pounds and pence", "Write digits only, such as 1250.50.")
            return Decimal(0)
        return value

    def _fault(self, at: int, column: str, row: dict[str, str], problem: str, mend: str) -> None:
        self.faults.append(InputFault(FILE, at, column, row[column], problem, mend))

    @staticmethod
    def _refuse(problem: str, mend: str) -> ReportInputError:
        return ReportInputError([InputFault(FILE, None, "", "", problem, mend)])
