"""One row to one record, for each of the four tables."""
from dataclasses import replace
from decimal import Decimal

from goldthread.reports.reading.cells import is_missing, number
from goldthread.reports.reading.errors import InputFault
from goldthread.reports.reading.layout import Row
from goldthread.reports.reading.records import BudgetLine, Claim, Course, Indicator, Inputs
from goldthread.reports.words import idle, tokens

SIDES = {"income": "income", "in": "income", "revenue": "income", "funding": "income", "contributions": "income",
         "contribution": "income", "expenditure": "expenditure", "out": "expenditure", "outgoings": "expenditure",
         "outgoing": "expenditure", "spend": "expenditure", "spending": "expenditure", "cost": "expenditure",
         "costs": "expenditure", "expenses": "expenditure", "expense": "expenditure"}
_TOTAL_WORDS = {"total", "subtotal"}
_TRAINING_WORDS = {"face", "direct", "elearn", "online", "virtual", "attendee", "place", "offered", "taken", "course"}
_BUDGET_WORDS = {"income", "expenditure", "variance", "overspend", "underspend"}


class _Cells:
    """The cells of one row, read with faults noted rather than raised."""

    def __init__(self, file: str, row: Row, faults: list[InputFault]):
        self.file, self.row, self.faults = file, row, faults

    def fault(self, column: str, problem: str, mend: str) -> None:
        self.faults.append(InputFault(self.file, self.row.number, column, self.row[column], problem, mend))

    def number(self, column: str, whole: bool = False) -> Decimal | None:
        try:
            value = number(self.row[column])
        except ValueError:
            self.fault(column, "this is not a number",
                       "Write digits only, such as 1250 or 19.9; leave the cell empty if there is no figure.")
            return None
        if whole and value is not None and (value < 0 or value != value.to_integral_value()):
            self.fault(column, "this must be a whole number, 0 or more", "Write how many people or places.")
            return None
        return value

    def name(self, column: str) -> str:
        if not self.row[column]:
            self.fault(column, "this cell is empty", "Say what the figures in this row are about.")
        return self.row[column]


def _is_total(name: str, own_words: set[str], topic: str) -> bool:
    """True for “Grand total” or “E-learning subtotal”, false for a course called “Total Respect”."""
    found = set(tokens(name))
    return bool(found & _TOTAL_WORDS) and not found - _TOTAL_WORDS - own_words - idle(topic)


def read_course(file: str, row: Row, inputs: Inputs, faults: list[InputFault], notes: list[str]) -> None:
    """A course, or a total row inside the table: that is a statement to check, never a course."""
    cells = _Cells(file, row, faults)
    name = cells.name("course")
    attendees, places = cells.number("attendees", whole=True), cells.number("places", whole=True)
    if not _is_total(name, _TRAINING_WORDS | set(tokens(row["delivery"])), "training"):
        printed = "" if is_missing(row["printed"]) else row["printed"]
        inputs.courses.append(Course(row.number, name, row["delivery"], attendees, places, printed))
        return
    notes.append(f"Row {row.number}, “{name}”, is read as a printed total.")
    delivery = "" if set(tokens(row["delivery"])) <= set(tokens(name)) else f"{row['delivery']} "
    for column, words in (("attendees", "attendees"), ("places", "places offered"), ("printed", "percentage")):
        if not is_missing(row[column]):
            inputs.claims.append(Claim(file, row.number, f"{delivery}{name.rstrip(': ')}: {words}", row[column],
                                       "training table", column))


def read_budget_line(file: str, row: Row, inputs: Inputs, faults: list[InputFault], notes: list[str]) -> None:
    """A budget line, or a total or variance row inside the table: that is a statement to check."""
    cells = _Cells(file, row, faults)
    name, raw_side = row["line"], row["side"].casefold()
    side = SIDES.get(raw_side, "")
    if _is_total(name or raw_side, _BUDGET_WORDS, "budget") or set(tokens(f"{raw_side} {name}")) <= {"variance"}:
        if not is_missing(row["amount"]):
            label = name if side in name.casefold() else f"{name} {side}"
            notes.append(f"Row {row.number}, “{name or raw_side}”, is read as a printed total.")
            inputs.claims.append(Claim(file, row.number, label or raw_side, row["amount"], "budget", "amount"))
        return
    cells.name("line")
    if not side:
        cells.fault("side", "this is neither income nor expenditure", "Write income or expenditure.")
    amount, previous = cells.number("amount"), cells.number("previous")
    inputs.budget.append(BudgetLine(row.number, side, name, amount, previous))


def spent_without_minus(inputs: Inputs, notes: list[str]) -> None:
    """Where all spending is written with a minus or in brackets, as accounts do, that says no more than “spent”."""
    spent = [each for each in inputs.budget if each.side == "expenditure"]
    amounts = [value for each in spent for value in (each.amount, each.previous) if value]
    if len(amounts) > 1 and all(value < 0 for value in amounts):
        notes.append("All spending is written with a minus; it is read without.")
        inputs.budget = [replace(each, amount=_turned(each.amount), previous=_turned(each.previous))
                         if each.side == "expenditure" else each for each in inputs.budget]


def _turned(value: Decimal | None) -> Decimal | None:
    return None if value is None else abs(value)


def read_indicator(file: str, row: Row, inputs: Inputs, faults: list[InputFault], _notes: list[str]) -> None:
    """An indicator. A % sign in the value stands for the unit if the unit is left out."""
    cells = _Cells(file, row, faults)
    name = cells.name("indicator")
    value, previous = cells.number("value"), cells.number("previous")
    unit = row["unit"] or ("percent" if "%" in row["value"] else "GBP" if "£" in row["value"] else "")
    inputs.indicators.append(Indicator(row.number, name, row["owner"], row["period"], value, previous, unit,
                                       row["note"]))


def read_claim(file: str, row: Row, inputs: Inputs, faults: list[InputFault], notes: list[str]) -> None:
    """A printed figure. A label with nothing printed is noted and left alone."""
    if is_missing(row["printed"]):
        notes.append(f"Row {row.number}, “{row['what']}”, has nothing in “printed”.")
        return
    what = _Cells(file, row, faults).name("what")
    inputs.claims.append(Claim(file, row.number, what, row["printed"], row["section"]))


READERS = {"training-courses": read_course, "budget": read_budget_line, "indicators": read_indicator,
           "printed-totals": read_claim}
