"""Sentences against tables: the line that a sentence plainly speaks of has another value."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from goldthread.reports.arithmetic import Worked, shown
from goldthread.reports.checking.counted import narrowing
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.fits import literally_true, look_alike
from goldthread.reports.checking.grids import Grid
from goldthread.reports.checking.judging import Judged, judge
from goldthread.reports.checking.mentions import Mention, plain_stems
from goldthread.reports.checking.periods import before
from goldthread.reports.checking.statements import Kind, Statement
from goldthread.reports.checking.subjects import Subject

_BY = re.compile(r"\bby\s*$")  # “only one fell, by 13”
_AGAINST = re.compile(r"^\s*(?:against|compared with|versus)\s+\d")  # of girls and of boys
TELLING, SMALL = 2, 10  # “three from the voluntary sector” of new trainers
TIMES = frozenset({"month", "week", "day", "hour", "minute", "time", "term"})
TOTALS = frozenset({"total", "subtotal"})


@dataclass(frozen=True)
class Line:
    """A value of a table that a mention may speak of. `known`: the words of the table beside it."""

    grid: Grid
    row: int
    col: int
    label: frozenset[str]
    known: frozenset[str]

    @property
    def value(self) -> Decimal:
        return self.grid.value(self.row, self.col)


def find(facts: Facts) -> Iterator[Found]:
    for mentions in facts.mentions:
        for mention in mentions:
            if found := against(mention, facts, mention.year or facts.year):
                yield found


def against(mention: Mention, facts: Facts, year: str) -> Found | None:
    """What the tables of a report say against a number of a sentence that is of this year; None if nothing."""
    lines = lines_of(mention, facts, year)
    if not lines:
        return None
    judged = [(line, _judge(mention, line, year)) for line in lines]
    judged = [(line, verdict) for line, verdict in judged if verdict is not None]
    rows = {(line.grid.table.at, line.row) for line, _ in judged}
    if not judged or any(verdict.holds for _, verdict in judged) or len(rows) != 1 or len(judged) != 1:
        return None
    line, verdict = judged[0]
    if mention.statement.number < SMALL <= line.value / SMALL or _stands_in_row(mention, line):
        return None
    if _BY.search(mention.lead) or _AGAINST.match(mention.tail):
        return None
    ground = _ground(mention, line)
    if not ground:
        return None
    return Found(mention.sentence.at, mention.sentence.text, mention.statement.words, verdict.recomputed,
                 f"{line.grid.label(line.row)} in “{line.grid.table.caption or line.grid.table.at.title}”: {verdict.how}",
                 ground, str(line.grid.where(line.row)), facts.spot(mention), (line.value,))


def lines_of(mention: Mention, facts: Facts, year: str) -> list[Line]:
    """The table lines a mention may mean, those that share most words with it."""
    stated = mention.statement
    if mention.part or mention.scope or mention.noun in TIMES or year == "?" or stated.base is not None or (
            stated.fraction or mention.sentence.quote or stated.kind not in (Kind.VALUE, Kind.CHANGE, Kind.PREVIOUS)):
        return []
    found = [line for grid in facts.grids for line in _in_grid(mention, grid, facts, year)]
    most = max((len(line.label) for line in found), default=0)
    return [line for line in found if len(line.label) == most]


def _in_grid(mention: Mention, grid: Grid, facts: Facts, year: str) -> Iterator[Line]:
    about = mention.about
    for row in grid.rows:
        label = plain_stems(grid.label(row)) - facts.own
        if grid.is_total(row):
            if not _speaks_of_total(about, label, grid):
                continue
        elif not label or not label <= about:
            continue
        columns = [col for col in grid.columns if not grid.is_difference(col) and grid.cells[row][col] is not None
                   and not grid.hidden(row, col) and _of_unit(mention, grid, col)
                   and (grid.year(col) or facts.year) == year]
        heads = {col: plain_stems(grid.title(col)) for col in columns}
        named = [col for col in columns if heads[col] & about]
        for col in named or columns:
            known = label | heads[col] | grid.about | facts.own | TOTALS
            yield Line(grid, row, col, label - TOTALS | (heads[col] & about), known)


def _speaks_of_total(about: frozenset[str], label: frozenset[str], grid: Grid) -> bool:
    heads = frozenset().union(*(plain_stems(grid.title(col)) for col in grid.columns))
    caption = plain_stems(grid.table.caption)
    own = label - TOTALS
    lines = frozenset().union(*(plain_stems(grid.label(row)) for row in grid.rows if not grid.is_total(row)))
    told = about & (heads | caption | own)
    return len(told) >= TELLING and about <= heads | caption | label | grid.about and own <= about and (
        not about & (lines - caption - heads - own))


def _of_unit(mention: Mention, grid: Grid, col: int) -> bool:
    stated = mention.statement
    if stated.kind == Kind.CHANGE:
        return stated.unit in ("percent", "points") or grid.unit(col) == stated.unit
    return grid.unit(col) == stated.unit


def _judge(mention: Mention, line: Line, year: str) -> Judged | None:
    grid, unit = line.grid, line.grid.unit(line.col)
    now = Worked(line.value, shown(line.value, unit))
    if mention.statement.kind == Kind.PREVIOUS:
        return judge(_as_value(mention), Subject("", "", (), unit, now))
    earlier = [col for col in grid.columns if grid.year(col) == before(year) and not grid.is_difference(col)
               and grid.unit(col) == unit and grid.cells[line.row][col] is not None]
    previous = grid.value(line.row, earlier[0]) if len(earlier) == 1 else None
    if mention.statement.kind == Kind.CHANGE and previous is None:
        return None
    subject = Subject("", "", (), unit, now, Worked(previous, shown(previous, unit)) if previous is not None else None)
    return judge(mention.statement, subject)


def _as_value(mention: Mention) -> Statement:
    return replace(mention.statement, kind=Kind.VALUE, direction=0)


def _stands_in_row(mention: Mention, line: Line) -> bool:
    """Whether the number is another one of the same row: then it is told of another column, or year."""
    return any(cell is not None and cell.number == mention.statement.number for cell in line.grid.cells[line.row])


def _ground(mention: Mention, line: Line) -> str:
    change = mention.statement.kind == Kind.CHANGE
    if len(line.label) < TELLING or narrowing(mention) - line.known:
        return ""
    spare = mention.about - line.known
    if literally_true(mention.statement, line.value) and not change:
        return "" if spare else "loosely told"
    if not spare:
        return "change of the same line" if change else "same words"
    if change or not look_alike(mention.statement.number, line.value):
        return ""
    return "nearly the same words" if len(spare) == 1 else "the same counted"


RULE = Rule(
    "text-and-table", "A sentence and a table disagree",
    "Find out which is right, and mend the other. If the sentence means something else, say what.",
    {"same words": "all words of the sentence are those of the table's line",
     "change of the same line": "all words of the sentence are those of a line that has both years",
     "nearly the same words": "all but one of the words are those of the table's line, and the numbers look alike",
     "the same counted": "the other words tell who counted, why or when and not what, and the numbers look alike",
     "loosely told": "“over” or “at least” is true to the letter, but far from the table's value"}, find)
