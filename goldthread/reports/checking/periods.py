"""Years and dates as reports print them."""
import calendar
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goldthread.reports.document import Document, Heading

MONTHS = [name.lower() for name in calendar.month_name[1:]]
_MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|sept"
_DAYS = [name.lower() for name in calendar.day_name]
_DAY = "|".join(f"{name}|{name[:4]}|{name[:3]}" for name in _DAYS)
_YEAR = re.compile(r"(?<![\d/.-])(20\d\d|19[5-9]\d)\s?[-/–‑]\s?(?:20)?(\d\d)(?![\d/-])")
_DATE = re.compile(rf"(?:\b(?P<weekday>{_DAY})\b[,.]?\s+(?:the\s+)?)?(?:"
                   rf"(?<![\d.])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
                   r"|(?<![\d./])(?P<d>\d{1,2})(?P<sep>[./])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)\b"
                   rf"|\b(?P<us>{_MONTH})\s+(?P<usday>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<usyear>(?:19|20)\d\d)\b"
                   rf"|\b(?P<only>{_MONTH})\s+(?P<in>(?:19|20)\d\d)\b)", re.IGNORECASE)
_SPAN = re.compile(r"^\s*(?:and|to|until|-|–|through)\s*(?:the\s+)?$", re.IGNORECASE)
_YEAR_ENDS = re.compile(r"(?:\b(?:year|twelve months|12 months) (?:ended|ending|to)"
                        r"|\bapril\s+(?P<first>20\d\d)\s*(?:to|until|and|-|–))"
                        r"\s*(?:the\s+)?(?:31(?:st)?\s+)?march\s+(?P<last>20\d\d)\b", re.IGNORECASE)
OPENING = 12  # paragraphs in which a report says which year it is on


@dataclass(frozen=True)
class Printed:
    """A date as printed: `day` None for a month alone, `year` None where none is said; `weekday` 0 is Monday."""

    words: str
    start: int
    end: int
    day: int | None
    month: int
    year: int | None
    weekday: int | None = None

    def real(self) -> date | None:
        """The day itself, the first for a month alone; None without a year or where there is no such day."""
        try:
            return date(self.year, self.month, self.day or 1) if self.year else None
        except ValueError:
            return None


def years_in(text: str) -> list[str]:
    """Financial years named in a text, as “2016-17”. A span of several years is none."""
    return [f"{first}-{second}" for first, second in _YEAR.findall(text) if (int(first) + 1) % 100 == int(second)]


def dates_in(text: str) -> Iterator[Printed]:
    """Dates and months with a year, in order."""
    for found in _DATE.finditer(text):
        if found["month"] == "may" and not found["year"]:
            continue  # the verb: “this year's 44 may change”
        weekday = found["weekday"]
        marked = next(n for n, name in enumerate(_DAYS) if name[:3] == weekday.lower()[:3]) if weekday else None
        if found["month"]:
            month = _month(found["month"])
            year = int(found["year"]) if found["year"] else None
            yield Printed(found[0], found.start(), found.end(), int(found["day"]), month, year, marked)
        elif found["us"]:
            yield Printed(found[0], found.start(), found.end(), int(found["usday"]), _month(found["us"]),
                          int(found["usyear"]), marked)
        elif found["d"]:
            if int(found["m"]) in range(1, 13):
                yield Printed(found[0], found.start(), found.end(), int(found["d"]), int(found["m"]), int(found["y"]),
                              marked)
        else:
            yield Printed(found[0], found.start(), found.end(), None, _month(found["only"]), int(found["in"]), None)


def spans_in(text: str) -> list[tuple[Printed, Printed]]:
    """Pairs of dates that bound a time: “1 April 2017 to 31 March 2018”."""
    found = list(dates_in(text))
    return [(first, last) for first, last in zip(found, found[1:], strict=False)
            if _SPAN.match(text[first.end:last.start])]


def _month(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name[:3] == word.lower()[:3])


def year_of(document: Document) -> str:
    """The financial year that a report is on, or "": the one its title and headings name, else its text names most."""
    if named := years_in(document.title):
        return named[0]
    opening = [document.title, *(each.text for each in document.paragraphs[:OPENING])]
    if told := next((year for text in opening if (year := _year_bounded(text))), ""):
        return told
    if named := years_in(" ".join(each.text for each in document.paragraphs[:OPENING])):
        return Counter(named).most_common(1)[0][0]
    heads = [year for each in document.blocks if isinstance(each, Heading) for year in years_in(each.title)]
    told = heads or [year for each in document.paragraphs for year in years_in(each.text)]
    return Counter(told).most_common(1)[0][0] if told else ""


def _year_bounded(text: str) -> str:
    """The financial year that a text tells by its ends: “1 April 2024 to 31 March 2025”, “year ended 31 March 2025”."""
    for found in _YEAR_ENDS.finditer(text):
        last = int(found["last"])
        if not found["first"] or int(found["first"]) == last - 1:
            return f"{last - 1}-{last % 100:02}"
    return ""


def bounds(year: str) -> tuple[date, date]:
    """The first and the last day of a financial year “2016-17”."""
    first = int(year[:4])
    return date(first, 4, 1), date(first + 1, 3, 31)


def before(year: str) -> str:
    """The financial year before; "" of a year that cannot be told."""
    if not year:
        return ""
    first = int(year[:4]) - 1
    return f"{first}-{(first + 1) % 100:02}"
