"""Which financial year each number of a sentence is of: the one told right beside it."""
import re
from collections.abc import Iterator, Sequence

from goldthread.reports.checking.numbers import Piece
from goldthread.reports.checking.periods import before, years_in

_MASKED = re.compile(r"#{4}\s?[-–‑/]\s?#{2,4}(?!#)")
_PRINTED = re.compile(r"(?<![\d/.-])(?:20\d\d|19[5-9]\d)\s?[-/–‑]\s?(?:20\d\d|19\d\d|\d\d)(?![\d/-])")
_LAST = re.compile(r"\b(?:last year|(?:the )?(?:previous|prior|preceding) year|the year before|(?:a|one) year (?:ago"
                   r"|earlier|before)|(?:twelve|12) months (?:ago|earlier|before)"
                   r"|previously|had been|formerly)\b")
_THIS = re.compile(r"\b(?:this year|in the year under review|in the reporting year|now)\b")
_HEDGES = r"(?:just |only |some |about |around |over |under |nearly |almost |approximately )*"
# Between a year and the number after it: “2022-23: 45”, “last year's figure of 45”, “in 2022-23 there were 45”.
_LEADS_ON = re.compile(rf"^(?:'s)?(?:,\s*when)?\s*(?:[:,=]|(?:[a-z]+\s+){{0,2}}(?:of|was|were|are|is|at|been|numbered"
                       rf"|saw|showed))?\s*"
                       rf"(?:there (?:are|were|had been)\s*|it (?:was|had been|are)\s*|of\s*|at\s*)?\(?{_HEDGES}£?$")
_NEW_CLAUSE = re.compile(r"(?:^|[,;:(–—]|\s-\s|\b(?:and|whereas|while|but|with|than|to|against|from|on"
                         r"|since))\s*(?:in\s+|for\s+"
                         r"|the\s+|during\s+)*$")
# Between a number and a year that is its own: “45 in 2022-23”, “45 plans (2022-23)”.
_FOLLOWS = re.compile(r"^%?\s*(?:(?!(?:and|while|whereas|but|compared|against|from|to"
                      r"|than)\b)[a-z'-]+\s+){0,5}?\(?(?:(?:in|for|during|over|of|at|seen in|recorded in)\s+)?(?:the\s+)?$")
# “6% lower than in 2022-23 (52%)”: the year is that of what is compared with, which follows.
_COMPARES = re.compile(r"\b(?:on|than|from|since|against|with|to)\s+(?:in\s+|the\s+|that of\s+)*$")


def years_beside(printed: str, text: str, pieces: Sequence[Piece], year: str) -> tuple[str, ...]:
    """For each number of a cleaned text the year told right beside it, "" where none is.

    `printed`: the sentence before its years were masked; `year`: the one that the report is on.
    """
    found = [""] * len(pieces)
    for start, end, told in _spans(printed, text, year):
        at = _attached(text, pieces, start, end)
        if at is not None and not found[at]:
            found[at] = told
    return tuple(found)


def _spans(printed: str, text: str, year: str) -> Iterator[tuple[int, int, str]]:
    masked, named = list(_MASKED.finditer(text)), list(_PRINTED.finditer(printed))
    if len(masked) == len(named):
        for spot, each in zip(masked, named, strict=True):
            yield spot.start(), spot.end(), next(iter(years_in(each[0])), "")
    if year:
        yield from ((each.start(), each.end(), before(year)) for each in _LAST.finditer(text))
        yield from ((each.start(), each.end(), year) for each in _THIS.finditer(text))


def _attached(text: str, pieces: Sequence[Piece], start: int, end: int) -> int | None:
    """The number that a year belongs to: the next one where it leads on to it, else the one before."""
    after = next((at for at, each in enumerate(pieces) if each.start >= end), None)
    last = (after if after is not None else len(pieces)) - 1
    left = text[pieces[last].end if last >= 0 else 0:start]
    right = text[end:pieces[after].start] if after is not None else ""
    if after is not None and _COMPARES.search(left) and _LEADS_ON.match(right):
        return after
    if last >= 0 and _FOLLOWS.match(left) and not re.match(r"(?:'s|\s*[:=])", right):
        return last
    if after is not None and _LEADS_ON.match(right) and (last < 0 or _NEW_CLAUSE.search(left)):
        return after
    if last >= 0 and len(left.split()) <= 8 and not re.search(r"[;:]", left):
        return last
    return after if after is not None and last < 0 else None
