"""A number beside the name of a table's line, that is one of the line's own numbers mistyped: “Police made 5,600 contacts”.

Told of are the tables of the same section only. A number that any table gives, or that the text gives twice, is left alone.
"""
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from goldthread.reports.arithmetic import shown
from goldthread.reports.checking.counted import narrowing_words
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule, in_sentence
from goldthread.reports.checking.fits import mistyped, swapped
from goldthread.reports.checking.grids import Grid
from goldthread.reports.checking.mentions import plain_stems
from goldthread.reports.checking.periods import years_in
from goldthread.reports.checking.rules.table_rows import base_in
from goldthread.reports.checking.rules.told_otherwise import TOTALS
from goldthread.reports.checking.told import Told

_OF = re.compile(r"^\s*(?:out )?of (?:the |its |our |all )*$")
_PART = re.compile(r"\b(?:q[1-4]|quarter|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june"
                   r"|july|august|september|october|november|december|term)\b", re.IGNORECASE)
_FEW = re.compile(r"\b(?:within|girls?|boys?|new|repeat)\b")
_DIGITS = re.compile(r"\d")
_OTHER = re.compile(r"\bothers?\b")  # names a line only right beside the number
SMALLEST = 10


def find(facts: Facts) -> Iterator[Found]:
    beside: dict[str, list[Grid]] = {}
    for grid in facts.grids:
        beside.setdefault(grid.table.at.part, []).append(grid)
    known = Counter(told.number(at) for passage in facts.passages for told in passage for at in range(len(told.pieces)))
    known.update({value: 2 for grid in facts.grids for row in grid.rows for col in grid.columns
                  if (value := grid.value(row, col)) is not None})
    for passage in facts.passages:
        for told in passage:
            grids = beside.get(told.sentence.at.part, [])
            if grids and not told.sentence.quote and not _of_later(told):
                for at in range(len(told.pieces)):
                    if known[told.number(at)] == 1 and _told_now(told, at):
                        yield from _against(told, at, grids)


def _told_now(told: Told, at: int) -> bool:
    return (told.plain(at, "count", "money", "percent") and not told.is_change(at) and told.number(at) >= SMALLEST
            and told.years[at] in ("", told.year) and not told.is_rate(at) and not told.is_time(at))


def _of_later(told: Told) -> bool:
    """Whether a sentence tells of a year to come: “for 2025-26 the budget is …”."""
    named = years_in(told.printed)
    return bool(told.year and named) and min(named) > told.year


def _against(told: Told, at: int, grids: Sequence[Grid]) -> Iterator[Found]:
    number, unit = told.number(at), told.stated(at).unit
    line = next((lines[0] for words in (told.gap(at), told.gap(at + 1), _OTHER.sub(" ", told.text))
                 if len(lines := [(grid, row) for grid in grids for row in _named(grid, words)]) == 1), None)
    if line:
        grid, row = line
        cells = _cells(grid, row, told, at)
        whole = told.number(at + 1) if at + 1 < len(told.pieces) and _OF.match(told.gap(at + 1)) else None
        bases = {base_in(grid.table.caption), *(base_in(head) for head in grid.header)}
        whole_name = plain_stems(grid.label(row)) - TOTALS <= plain_stems(told.text)
        ground, right = "mistyped", [each for each in cells if mistyped(each, number, 3 if whole_name else 4)]
        if whole is not None and (whole in cells or whole in bases):
            ground, right = "same whole", sorted(cells - {whole}, key=lambda each: abs(each - number))[:1]
        if len(right) == 1 and not _narrowed(told, at, grid):
            yield _found(told, at, grid, row, right[0], ground)
            return
    totals = [(grid, row, value) for grid in grids for row in grid.rows if grid.is_total(row)
              for value in _cells(grid, row, told, at) if unit != "percent" and swapped(value, number)]
    if len({value for *_, value in totals}) == 1 and not _narrowed(told, at, totals[0][0]):
        grid, row, value = totals[0]
        if _all_words(grid) & plain_stems(told.text):
            yield _found(told, at, grid, row, value, "total, digits changed round")


def _cells(grid: Grid, row: int, told: Told, at: int) -> set[Decimal]:
    """The numbers of a line that a number may mean: of its unit, and of its year where that has columns."""
    columns = [col for col in grid.columns if grid.unit(col) == told.stated(at).unit and not grid.is_difference(col)
               and grid.cells[row][col] is not None and not grid.hidden(row, col) and not _PART.search(grid.title(col))]
    year = told.years[at] if told.years[at] in {grid.year(col) for col in columns} else told.year
    return {grid.value(row, col) for col in columns if grid.year(col) in ("", year)}


def _named(grid: Grid, words: str) -> list[int]:
    """The lines that words name by something that no other line, heading or caption says."""
    said = plain_stems(words)
    labels = {row: plain_stems(grid.label(row)) - TOTALS for row in grid.rows if not grid.is_total(row)}
    often = Counter(stem for label in labels.values() for stem in label)
    common = plain_stems(" ".join((grid.table.caption, *grid.header)))
    own = {row: {stem for stem in label - common if often[stem] == 1} & said for row, label in labels.items()}
    return [row for row, label in labels.items() if own[row] and 2 * len(own[row]) >= len(label - common)]


def _narrowed(told: Told, at: int, grid: Grid) -> bool:
    """Whether words around the number make it count some of the line only, which are none of the table's."""
    rest = re.split(r"[;:()]", told.text[told.pieces[at].end:])[0]
    lead = re.split(r"[;:()]", told.text[:told.pieces[at].start])[-1]
    narrows = narrowing_words(_DIGITS.sub(" ", rest)) | narrowing_words(_DIGITS.sub(" ", lead))
    return bool(narrows - _all_words(grid)) or bool(_FEW.search(rest))


def _all_words(grid: Grid) -> frozenset[str]:
    return plain_stems(" ".join((grid.table.caption, *grid.header, *(grid.label(row) for row in grid.rows))))


def _found(told: Told, at: int, grid: Grid, row: int, right: Decimal, ground: str) -> Found:
    unit = told.stated(at).unit
    return in_sentence(told, at, shown(right, unit),
                       f"{grid.label(row)} in “{grid.table.caption or grid.table.at.title}”: {shown(right, unit)}", ground,
                       also=str(grid.where(row)))


RULE = Rule("line-named", "A sentence names a line of the table beside it, with another number",
            "Find out which is right, and mend the other. If the sentence means something else, say what.",
            {"total, digits changed round": "it is a total of the section's tables with two digits changed round",
             "mistyped": "the number is one of the line's with two digits changed round, or one put wrong",
             "same whole": "the sentence tells it of the same whole as the table"}, find)
