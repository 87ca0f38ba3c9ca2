"""This year's report against the reports of years before: what it says of them, and what they said."""
from collections.abc import Iterator

from goldthread.reports.arithmetic import shown
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.fits import fits
from goldthread.reports.checking.rules.tables_apart import by_subject
from goldthread.reports.checking.rules.told_otherwise import against
from goldthread.reports.checking.statements import Kind


def find(facts: Facts) -> Iterator[Found]:
    for earlier in facts.earlier:
        if not earlier.year or earlier.year == facts.year:
            continue
        yield from _tables(facts, earlier)
        for mentions in facts.mentions:
            for mention in mentions:
                if (mention.year or facts.year) == earlier.year and mention.statement.kind != Kind.CHANGE:
                    if found := against(mention, earlier, earlier.year):
                        yield Found(found.at, found.quote, found.stated, found.recomputed,
                                    f"{earlier.document.title}: {found.arithmetic}", "told in the earlier report",
                                    found.also)


def _tables(facts: Facts, earlier: Facts) -> Iterator[Found]:
    then = by_subject(earlier)
    for subject, cells in by_subject(facts).items():
        _, _, unit, year = subject
        if year != earlier.year or subject not in then:
            continue
        old, new = then[subject][0], cells[0]
        was, told = old.grid.cells[old.row][old.col], new.grid.cells[new.row][new.col]
        if fits(was, told.number) or fits(told, was.number):
            continue
        yield Found(new.grid.where(new.row), new.grid.quote(new.row), new.printed, shown(was.number, unit),
                    f"{new.grid.label(new.row)}, {year}: {old.printed} in “{earlier.document.title}”, {new.printed} here",
                    "same line", str(old.grid.where(old.row)))


RULE = Rule("years", "A figure of an earlier year is not what that year's report said",
            "Use the published figure, or say that it has been revised, and why.",
            {"same line": "line, column and year are named alike in both reports",
             "told in the earlier report": "all words of the sentence are those of a line of the earlier report"}, find)
