"""Dates that cannot be, and dates outside the year that a sentence says it is about."""
import calendar
import re
from collections.abc import Iterator
from datetime import date

from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.periods import Printed, before, bounds, dates_in, spans_in, years_in
from goldthread.reports.document.sentences import Sentence

_DURING = re.compile(r"\b(?:during|in|over|throughout|within)\s+(?:the\s+)?(?:this\s+)?(?:reporting\s+)?(?:year|period)\b"
                     r"|\bthis year\b|\bin the course of (?:the|this) (?:year|period)\b|\bthe year under review\b"
                     r"|\bduring this reporting|\b(?:success\w*|highlights?|events?|achievements?|part"
                     r"|programme)\s+of\s+(?:the|this)\s+year\b"
                     r"|\bthis year's\b", re.IGNORECASE)
_DURING_YEAR = re.compile(r"\b(?:during|in|over|throughout|within)\s+(?:the\s+)?(?:\w+\s+)?"
                          r"(20\d\d\s?[-/–‑]\s?(?:20)?\d\d)", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|held|took|met|ran|published|launched|completed|began|started|opened|attended|reviewed|"
                   r"delivered|agreed|introduced|hosted|convened|visited|found|received|signed)\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:did not|no|none|not|nil)\b", re.IGNORECASE)
_COMPARES = re.compile(r"\b(?:compar\w+|than|previous\w*|last|had|against|from|whereas|also|either|increase\w*"
                       r"|decrease\w*)\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:since|following|planned|will|due|next|previous|last inspect\w+|to be|is expected|future"
                    r"|forward|extended|"
                    r"a year ago|dated|deferred|postponed|updated|originally|scheduled)\b", re.IGNORECASE)
# Right before a date: it is not when the thing was.
_NOT_THEN = re.compile(r"\b(?:after|before|until|till|by|from|into|as at|up to|back to|published (?:in|on)|to|than|for"
                       r"|since)\s"
                       r"(?:the\s|early\s|late\s)*$", re.IGNORECASE)


_COUNTED = re.compile(r"^\d+ of ", re.IGNORECASE)  # “more than the 41 of March”


def find_impossible(facts: Facts) -> Iterator[Found]:
    for sentence in facts.sentences:
        for printed in dates_in(sentence.text):
            if printed.day is None:
                continue
            wrong = _impossible(printed)
            if wrong:
                yield Found(sentence.at, sentence.text, printed.words, *wrong)


def _impossible(printed: Printed) -> tuple[str, str, str] | None:
    longest = calendar.monthrange(printed.year or 2024, printed.month)[1]
    name = calendar.month_name[printed.month]
    if printed.day is not None and not 1 <= printed.day <= longest and not _COUNTED.search(printed.words):
        year = f" {printed.year}" if printed.year else ""
        return f"1 to {longest} {name}", f"{name}{year} has {longest} days", "no such day"
    day = printed.real()
    if day and printed.weekday is not None and day.weekday() != printed.weekday:
        right = calendar.day_name[day.weekday()]
        return right, f"{day.day} {name} {day.year} was a {right}", "weekday"
    return None


def find_outside(facts: Facts) -> Iterator[Found]:
    if not facts.year:
        return
    for sentence in facts.sentences:
        yield from _spans(facts, sentence)
        yield from _told_of_year(facts, sentence)


def find_stale(facts: Facts) -> Iterator[Found]:
    """“There were none in 2016-17” beside a sentence on 2017-18: a year that was not brought up to date."""
    if not facts.year:
        return
    for first, second in zip(facts.sentences, facts.sentences[1:], strict=False):
        pair = (first, second, *(each for each in facts.sentences if each.block == first.block))
        if first.block != second.block or facts.year not in {_year_named(each.text) for each in pair}:
            continue
        stale = _year_named(second.text) == before(facts.year)
        if stale and _NONE.search(second.text) and not _COMPARES.search(second.text):
            told = _DURING_YEAR.search(second.text)
            yield Found(second.at, second.text, told[1], facts.year,
                        f"the report is on {facts.year}, and so are the sentences beside this", "last year's words")


def _year_named(text: str) -> str:
    """The one year that a sentence says it tells of."""
    named = set(years_in(text))
    return named.pop() if len(named) == 1 and _DURING_YEAR.search(text) else ""


def _spans(facts: Facts, sentence: Sentence) -> Iterator[Found]:
    """“1 April 2023 to 31 March 2025” for the year 2023-24."""
    first, last = bounds(facts.year)
    for begun, ended in spans_in(sentence.text):
        start, end = begun.real(), ended.real()
        if not start or not end or begun.day is None or ended.day is None:
            continue
        if end < start:
            yield Found(sentence.at, sentence.text, f"{begun.words} to {ended.words}", "", "the end is before the beginning",
                        "ends before it begins")
        elif (start == first) != (end == last) and _turn(start, end):
            yield Found(sentence.at, sentence.text, f"{begun.words} to {ended.words}", f"{_said(first)} to {_said(last)}",
                        f"the report's year {facts.year} runs from {_said(first)} to {_said(last)}", "not the report's year")


def _turn(start: date, end: date) -> bool:
    return (start.month, start.day) == (4, 1) and (end.month, end.day) == (3, 31)


def _told_of_year(facts: Facts, sentence: Sentence) -> Iterator[Found]:
    year = _year_told(sentence.text, facts.year)
    if not year or not _PAST.search(sentence.text) or _OTHER.search(sentence.text) or spans_in(sentence.text):
        return
    first, last = bounds(year)
    for printed in dates_in(sentence.text):
        day = printed.real()
        outside = day and not first <= day <= last and not _in_year(day, facts.year)
        if outside and not _NOT_THEN.search(sentence.text[:printed.start]):
            yield Found(sentence.at, sentence.text, printed.words, f"{_said(first)} to {_said(last)}",
                        f"the sentence speaks of {year}, {_said(first)} to {_said(last)}",
                        "year named" if years_in(sentence.text) else "this year")


def _in_year(day: date, year: str) -> bool:
    """Whether a day is of the report's year, which a sentence on another may come back to."""
    first, last = bounds(year)
    return first <= day <= last


def _year_told(text: str, year: str) -> str:
    named = _DURING_YEAR.search(text)
    if named:
        found = years_in(named[1])
        return found[0] if found else ""
    return year if _DURING.search(text) else ""


def _said(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


IMPOSSIBLE = Rule("date", "There is no such date", "Look the date up.",
                  {"no such day": "the month has fewer days", "weekday": "that day was another day of the week"},
                  find_impossible)
OUTSIDE = Rule("period", "A date lies outside the year it is told of", "Check the date, or say that it was in another year.",
               {"not the report's year": "one end of the time is that of the report's year, the other is not",
                "ends before it begins": "the second date is before the first",
                "year named": "the sentence names the year and gives a date outside it",
                "this year": "the sentence speaks of this year and gives a date outside it"}, find_outside)
STALE = Rule("stale-year", "A sentence seems to be left from the report of the year before",
             "Bring it up to date, or say why it tells of that year.",
             {"last year's words": "the sentences beside it are on the report's own year"}, find_stale)
