"""Sentences on training and money against the tables of courses and of the budget, by what those always hold.

The checker of reports made from spreadsheets knows such tables in and out: take-up, places, income, variance. Here the
document's own tables are handed to it, and each sentence of the same chapter as a printed figure.
"""
import re
from collections.abc import Iterator

from goldthread.reports.checking.budget import SIDES, VARIANCE
from goldthread.reports.checking.consistency import check_claim
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.grids import Grid
from goldthread.reports.checking.label import own_names
from goldthread.reports.checking.mentions import THOUSAND, Mention
from goldthread.reports.checking.outcome import POSSIBLE, Outcome
from goldthread.reports.checking.periods import years_in
from goldthread.reports.checking.statements import Bound, Kind
from goldthread.reports.document import Where
from goldthread.reports.reading.records import BudgetLine, Claim, Course, Inputs, SourceFile
from goldthread.reports.words import tokens

COURSES, BUDGET = "training-courses", "budget"
_LEAD_IN = re.compile(r"#+|\b(?:leading to|resulting in|representing|making)\b")
_SPENT = re.compile(r"\b(?:spent|spend|actual|outturn)\b", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would (?:have|be)|without)\b", re.IGNORECASE)
LEAST = 100
_ROWS = re.compile(r"\s*\(rows? [\d, and to]+\)")


def find(facts: Facts) -> Iterator[Found]:
    for topic, inputs, where in (_courses(facts), _budget(facts)):
        if where is None:
            continue
        own = own_names(inputs) | facts.own
        for mentions in facts.mentions:
            for mention in mentions:
                if _speaks(mention, topic, where, facts):
                    yield from _checked(mention, topic, inputs, own, where)


def _checked(mention: Mention, topic: str, inputs: Inputs, own: frozenset[str], where: Where) -> Iterator[Found]:
    what = _LEAD_IN.sub(" ", mention.clause.replace(mention.statement.words, " "))
    if topic == BUDGET and _speaks_of_variance(mention, inputs):
        what = "variance"
    bound = "" if mention.statement.bound == Bound.EXACT else f"{mention.statement.bound} "
    claim = Claim("", 0, what, f"{bound}{_printed(mention)}{_variance(mention)}", topic)
    check = check_claim(claim, inputs, own)
    if check.outcome == Outcome.WRONG:
        ground = "loosely told" if check.certainty == POSSIBLE or "literally true" in check.arithmetic else topic
        yield Found(mention.sentence.at, mention.sentence.text, f"{bound}{mention.statement.words}", check.recomputed,
                    _ROWS.sub("", check.arithmetic), ground, str(where))


def _printed(mention: Mention) -> str:
    """The number as printed; one exact to the thousand as thousands."""
    stated = mention.statement
    rounded = stated.unit == "money" and stated.step == THOUSAND and stated.number % THOUSAND == 0
    return f"£{stated.number / THOUSAND:f}k" if rounded else stated.words


def _speaks_of_variance(mention: Mention, inputs: Inputs) -> bool:
    """Whether it is the whole budget's over- or underspend, and no single line's."""
    lines = frozenset(word for line in inputs.budget for word in tokens(line.name))
    return bool(mention.about & VARIANCE) and not mention.about & (lines - VARIANCE - SIDES)


def _variance(mention: Mention) -> str:
    found = re.search(r"\b(?:over|under)[\s-]?spen[dt]\w*|\b(?:deficit|surplus)\b", mention.clause)
    return f" {found[0]}" if found and mention.statement.unit == "money" else ""


def _of_later(mention: Mention, facts: Facts) -> bool:
    """Whether a sentence tells of a year to come: “for 2025-26 we plan 1,500 places”."""
    named = years_in(mention.sentence.text)
    return bool(facts.year and named) and min(named) > facts.year


def _speaks(mention: Mention, topic: str, where: Where, facts: Facts) -> bool:
    """Whether a mention is of this year and stands in the chapter of the table (or, of money, anywhere)."""
    stated = mention.statement
    if _WOULD.search(mention.sentence.text) or _of_later(mention, facts) or topic == BUDGET and _in_a_table(mention, facts):
        return False
    if stated.kind != Kind.VALUE or stated.base is not None or stated.fraction or mention.part or mention.scope or (
            mention.sentence.quote or stated.high is not None or (mention.year or facts.year) != facts.year):
        return False
    if topic == BUDGET:
        return stated.unit == "money" and bool(mention.about & {"income", "expenditure", "overspend", "underspend",
                                                                "variance"})
    return stated.unit == "count" and mention.sentence.at.section.split(".")[0] == where.section.split(".")[0] and bool(
        mention.about & {"attendee", "place", "offered", "elearn"})


def _in_a_table(mention: Mention, facts: Facts) -> bool:
    """Whether a table gives the very amount, such as a variance against the budget."""
    return any(cell is not None and cell.number == mention.statement.number and cell.number >= LEAST for grid in facts.grids
               for row in grid.rows for cell in grid.cells[row])


def _courses(facts: Facts) -> tuple[str, Inputs, Where | None]:
    """The first table with a column of people and one of places."""
    for grid in facts.grids:
        heads = {col: frozenset(tokens(grid.title(col))) for col in grid.columns if grid.unit(col) == "count"}
        people = [col for col, words in heads.items() if "attendee" in words and "offered" not in words]
        places = [col for col, words in heads.items() if words & {"offered", "place"} and "attendee" not in words]
        if len(people) == len(places) == 1:
            rows = [row for row in grid.rows if not grid.is_total(row) and grid.cells[row][people[0]] is not None]
            courses = [Course(row + 1, grid.label(row), _delivery(grid, row), grid.value(row, people[0]),
                              grid.value(row, places[0]), "") for row in rows]
            return COURSES, _inputs(facts, courses=courses), grid.table.at
    return COURSES, _inputs(facts), None


def _delivery(grid: Grid, row: int) -> str:
    below = next((grid.label(each) for each in grid.rows if each > row and grid.is_subtotal(each)), "")
    return "e-learning" if "elearn" in tokens(grid.label(row)) + tokens(below) else "face to face"


def _budget(facts: Facts) -> tuple[str, Inputs, Where | None]:
    """Lines of income and of expenditure, where tables say which they are."""
    lines, where = [], None
    for grid in facts.grids:
        side = _side(grid.table.caption) or _side(" ".join(grid.table.rows[0][:1]))
        for row in range(len(grid.table.rows)):
            side = (_side(grid.label(row)) if not any(grid.cells[row]) else "") or side
            money = [col for col in grid.columns if grid.unit(col) == "money" and not grid.is_difference(col)
                     and grid.year(col) in ("", facts.year)]
            money = [col for col in money if _SPENT.search(grid.title(col))] or money
            known = {(each.side, each.name) for each in lines}
            if (side, grid.label(row)) in known:
                continue
            if side and money and row >= grid.first and not grid.is_total(row) and grid.cells[row][money[0]] is not None:
                lines.append(BudgetLine(len(lines) + 2, side, grid.label(row), grid.value(row, money[0]), None))
                where = where or grid.table.at
    both = {each.side for each in lines} == {"income", "expenditure"}
    return BUDGET, _inputs(facts, budget=lines), where if both else None


def _side(text: str) -> str:
    words = frozenset(tokens(text))
    sides = {"income", "expenditure"} & words
    return next(iter(sides)) if len(sides) == 1 and len(words) <= 5 else ""


def _inputs(facts: Facts, courses: list[Course] | None = None, budget: list[BudgetLine] | None = None) -> Inputs:
    names = {COURSES: "the table of courses", BUDGET: "the budget", "indicators": "", "printed-totals": ""}
    return Inputs(facts.document.title, courses or [], budget or [],
                  sources={kind: SourceFile(kind, name, "read") for kind, name in names.items()})


RULE = Rule("own-table", "A sentence and the table of courses or the budget disagree",
            "Find out which is right, and mend the other. If the sentence means something else, say what.",
            {COURSES: "the words are those of the table of courses", BUDGET: "the words are those of the budget",
             "loosely told": "“over” or “at least” is true to the letter, but far from the table's value"}, find)
