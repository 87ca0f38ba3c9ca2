"""The four files, their columns, and the other names people give those columns."""
import re
from dataclasses import dataclass, field

from goldthread.reports.reading.cells import tidy
from goldthread.reports.reading.errors import InputFault
from goldthread.reports.reading.sheets import Sheet

HEADER_WITHIN = 15


@dataclass(frozen=True)
class Column:
    """A column we look for. `names` are headers in lower case without brackets or punctuation."""

    key: str
    names: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True)
class Layout:
    """One of the four files: its usual name and its columns."""

    kind: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> list[Column]:
        return [each for each in self.columns if each.required]


@dataclass
class Row:
    """A data row: its number and the text found under each known column."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


LAYOUTS = (
    Layout("training-courses", (
        Column("course", ("course", "course title", "course name", "title", "training", "training course")),
        Column("delivery", ("delivery", "delivery method", "delivery mode", "mode", "format", "type", "method",
                            "how delivered"), required=False),
        Column("attendees", ("attendees", "total attendees", "attended", "attendance", "attendances", "delegates",
                             "number attended", "number of attendees", "places taken", "completions")),
        Column("places", ("places offered", "places", "total places offered", "places available", "capacity",
                          "number of places", "places made available"), required=False),
        Column("printed", ("percentage printed in the report", "percentage printed", "printed percentage",
                           "percentage", "percent", "pct", "%", "take up", "uptake", "printed",
                           "percentage in the report"), required=False))),
    Layout("budget", (
        Column("side", ("side", "type", "income or expenditure", "category", "direction", "income expenditure")),
        Column("line", ("line", "item", "description", "budget line", "heading", "name", "source")),
        Column("amount", ("amount", "value", "actual", "total", "amount in pounds", "gbp", "£", "amount gbp",
                          "this year")),
        Column("previous", ("previous year amount", "previous amount", "previous year", "last year", "prior year",
                            "last year amount", "prior year amount"), required=False))),
    Layout("indicators", (
        Column("indicator", ("indicator", "measure", "name", "indicator name", "performance indicator", "kpi")),
        Column("owner", ("owner agency", "owner", "agency", "lead agency", "source agency", "source"),
               required=False),
        Column("period", ("period", "year", "reporting period", "date"), required=False),
        Column("value", ("value", "current value", "this year", "current period value", "result", "figure",
                         "latest value", "current")),
        Column("previous", ("previous period value", "previous value", "previous", "last year", "previous year",
                            "previous year value", "prior value", "prior year", "last year value",
                            "prior period value"), required=False),
        Column("unit", ("unit", "units", "unit of measure"), required=False),
        Column("note", ("note", "notes", "comment", "comments"), required=False))),
    Layout("printed-totals", (
        Column("what", ("what", "label", "figure", "description", "item", "what is printed", "statement")),
        Column("printed", ("printed", "printed value", "value", "as printed", "stated", "text",
                           "printed figure", "claim")),
        Column("section", ("section", "where", "place", "page", "part"), required=False))),
)
BY_KIND = {each.kind: each for each in LAYOUTS}


def header_name(text: str) -> str:
    """“Amount (GBP)” and “ AMOUNT_£ ” both become “amount”; a header that is only a sign keeps it."""
    plain = tidy(text).casefold()
    bare = re.sub(r"[(\[].*?[)\]]", " ", plain)
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())
    words = re.sub(r"^(amount) (gbp|in pounds|pounds)$", r"\1", words)
    return words or plain


def find_rows(layout: Layout, sheet: Sheet) -> tuple[list[Row], list[InputFault], list[str]]:
    """Data rows under the header, faults in the shape, and headers that nothing uses."""
    if not sheet.rows:
        return [], [], []
    best = max(range(min(HEADER_WITHIN, len(sheet.rows))), key=lambda at: _known(layout, sheet.rows[at][1]))
    header_row, header = sheet.rows[best]
    places, faults = _places(layout, sheet.file, header_row, header)
    if faults:
        return [], faults, []
    rows = []
    for number, cells in sheet.rows[best + 1:]:
        spare = [cell for cell in cells[len(header):] if cell.strip()]
        if spare:
            faults.append(InputFault(
                sheet.file, number, "", spare[0], f"the row has {len(cells)} cells, the header {len(header)}",
                "Put quotation marks round text that has a comma in it."))
            continue
        rows.append(Row(number, {key: tidy(cells[at]) for key, at in places.items() if at < len(cells)}))
    used = set(places.values())
    unused = [tidy(name) for at, name in enumerate(header) if at not in used and name.strip()]
    return rows, faults, unused


def _known(layout: Layout, cells: tuple[str, ...]) -> int:
    names = {header_name(cell) for cell in cells}
    return sum(2 if column.required else 1 for column in layout.columns if names & set(column.names))


def _places(layout: Layout, file: str, number: int, header: tuple[str, ...]):
    names = [header_name(cell) for cell in header]
    places: dict[str, int] = {}
    faults = []
    for column in layout.columns:
        free = [at for at in range(len(names)) if at not in places.values()]
        hit = next((at for name in column.names for at in free if names[at] == name), None)
        if hit is not None:
            places[column.key] = hit
            if names.count(names[hit]) > 1:
                faults.append(InputFault(file, number, tidy(header[hit]), "", "two columns have this header",
                                         "Keep one, or give the other one another name."))
        elif column.required:
            faults.append(InputFault(
                file, number, column.names[0], ", ".join(tidy(cell) for cell in header if cell.strip()),
                "this column is missing from the header row", f"Add a column called “{column.names[0]}”."))
    return places, faults
