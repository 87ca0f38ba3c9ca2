"""Uncertain dates, ages and friendly times."""
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from goldthread.base.dates import (
    Precision,
    UncertainDate,
    age_on,
    age_words,
    ago_words,
    clock_words,
    in_words,
)

LONDON = ZoneInfo("Europe/London")
parse = UncertainDate.parse


# -- uncertain dates ----------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "words", "earliest", "latest"), [
    ("3 March 2016", "3 March 2016", "2016-03-03", "2016-03-03"),
    ("3/3/2016", "3 March 2016", "2016-03-03", "2016-03-03"),
    ("03.04.2016", "3 April 2016", "2016-04-03", "2016-04-03"),
    ("2016-03-03", "3 March 2016", "2016-03-03", "2016-03-03"),
    ("3rd of mar 2016", "3 March 2016", "2016-03-03", "2016-03-03"),
    ("about 3 March 2016", "about 3 March 2016", "2016-02-25", "2016-03-10"),
    ("May 2016", "May 2016", "2016-05-01", "2016-05-31"),
    ("sept 2016", "September 2016", "2016-09-01", "2016-09-30"),
    ("5/2016", "May 2016", "2016-05-01", "2016-05-31"),
    ("about May 2016", "about May 2016", "2016-04-01", "2016-06-30"),
    ("Around  December 2016", "about December 2016", "2016-11-01", "2017-01-31"),
    ("spring 2016", "spring 2016", "2016-03-01", "2016-05-31"),
    ("winter 2016", "winter 2016", "2016-12-01", "2017-02-28"),
    ("approx summer 2016", "about summer 2016", "2016-05-01", "2016-09-30"),
    ("2016", "2016", "2016-01-01", "2016-12-31"),
    ("c. 2016", "about 2016", "2015-01-01", "2017-12-31"),
    ("c2016", "about 2016", "2015-01-01", "2017-12-31"),
    ("~2016", "about 2016", "2015-01-01", "2017-12-31"),
])
def test_parse_words_and_range(text, words, earliest, latest):
    found = parse(text)
    assert found.words() == words
    assert (found.earliest, found.latest) == (date.fromisoformat(earliest), date.fromisoformat(latest))
    assert parse(found.words()) == found
    assert UncertainDate(*found.triple()) == found


@pytest.mark.parametrize("text", ["", "unknown", "Not known", "?", "don’t know"])
def test_unknown(text):
    found = parse(text)
    assert found == UncertainDate.unknown()
    assert (found.words(), found.triple()) == ("not known", (None, "unknown", False))
    assert (found.earliest, found.latest) == (date.min, date.max)


@pytest.mark.parametrize("text", [
    "31 February 2016", "3/13/2016", "3/3/16", "last week", "Mayday 2016", "about", "about unknown", "13/2016",
    "2016-3-3", "cMay", "3 March", "0", "0000",
])
def test_what_is_not_a_date_is_refused_with_help(text):
    with pytest.raises(ValueError, match="is not a date. Write a day"):
        parse(text)


def test_storage_keeps_the_first_day_of_what_is_known():
    assert UncertainDate(date(2016, 5, 17), Precision.MONTH).triple() == (date(2016, 5, 1), "month", False)
    assert UncertainDate(date(2016, 5, 17), "year", True).triple() == (date(2016, 1, 1), "year", True)


@pytest.mark.parametrize("triple", [
    (None, "day", False), (date(2016, 5, 1), "unknown", False), (None, "unknown", True),
    (date(2016, 5, 1), "season", False),
])
def test_triples_that_cannot_be_are_refused(triple):
    with pytest.raises(ValueError):
        UncertainDate(*triple)


def test_sorting_puts_the_unknown_last_and_the_better_known_first():
    texts = ["not known", "about May 2016", "2016", "3 May 2016", "April 2016", "about 2016"]
    assert [each.words() for each in sorted(map(parse, texts))] == [
        "about 2016", "2016", "April 2016", "about May 2016", "3 May 2016", "not known"]


@pytest.mark.parametrize(("a", "b", "together"), [
    ("3 May 2016", "about May 2016", True), ("3 May 2016", "2017", False), ("about 2016", "1 December 2017", True),
    ("3 May 2016", "not known", True), ("3 May 2016", "4 May 2016", False), ("about 3 May 2016", "10 May 2016", True),
])
def test_could_be(a, b, together):
    assert parse(a).could_be(parse(b)) is together
    assert parse(b).could_be(parse(a)) is together


def test_only_a_plain_day_is_exact():
    assert parse("3 May 2016").exact
    assert not any(parse(text).exact for text in ("about 3 May 2016", "May 2016", "not known"))


# -- ages ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("born", "on", "age"), [
    ("2010-05-17", "2026-05-16", 15), ("2010-05-17", "2026-05-17", 16), ("2008-02-29", "2026-02-28", 17),
    ("2008-02-29", "2026-03-01", 18), ("2008-02-29", "2028-02-29", 20), ("2026-05-17", "2026-05-17", 0),
])
def test_age_on(born, on, age):
    assert age_on(date.fromisoformat(born), date.fromisoformat(on)) == age


def test_age_before_birth_is_refused():
    with pytest.raises(ValueError, match="before the birth on 17 May 2026"):
        age_on(date(2026, 5, 17), date(2026, 5, 16))


@pytest.mark.parametrize(("born", "words"), [
    ("2026-11-22", "0 days"), ("2026-11-21", "1 day"), ("2026-11-09", "13 days"), ("2026-11-08", "2 weeks"),
    ("2026-08-23", "13 weeks"), ("2026-08-22", "3 months"), ("2026-07-20", "4 months"), ("2024-11-23", "23 months"),
    ("2024-11-22", "2 years"), ("2019-11-22", "7 years"), ("2027-03-03", "unborn, due 3 March 2027"),
])
def test_age_words(born, words):
    assert age_words(date.fromisoformat(born), date(2026, 11, 22)) == words


def test_age_words_of_the_unborn_and_unknown():
    on = date(2026, 11, 22)
    assert age_words(None, on, due=date(2027, 3, 3)) == "unborn, due 3 March 2027"
    assert age_words(None, on, due=date(2026, 11, 20)) == "unborn, was due 20 November 2026"
    assert age_words(None, on) == "age not known"
    assert age_words(UncertainDate.unknown(), on) == "age not known"


@pytest.mark.parametrize(("born", "words"), [
    ("3 March 2019", "7 years"), ("May 2019", "about 7 years"), ("2019", "6 or 7 years"),
    ("about 2019", "5 to 8 years"), ("October 2026", "under 1 year"), ("2027", "age not known"),
])
def test_age_words_when_birth_is_uncertain(born, words):
    assert age_words(parse(born), date(2026, 11, 22)) == words


# -- friendly times -----------------------------------------------------------------------------------

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)  # a Monday


def london(day, hour=23, minute=59, second=59, microsecond=999999, month=3, year=2026):
    return datetime(year, month, day, hour, minute, second, microsecond, LONDON)


@pytest.mark.parametrize(("when", "words"), [
    (london(2, 15, 40, 0, 0), "today at 3:40 pm"), (london(2), "today"), (date(2026, 3, 2), "today"),
    (london(3), "tomorrow"), (london(3, 9, 0, 0, 0), "tomorrow at 9 am"), (london(4), "Wednesday 4 March"),
    (london(4, 12, 0, 0, 0), "Wednesday 4 March at midday"), (london(3, month=3, year=2027), "Wednesday 3 March 2027"),
    (date(2026, 2, 27), "3 days late"), (london(1), "1 day late"), (london(2, 8, 30, 0, 0), "1 hour late"),
    (london(2, 7, 30, 0, 0), "2 hours late"), (london(2, 9, 40, 0, 0), "20 minutes late"),
    (london(2, 9, 59, 59, 0), "1 minute late"), (london(2, 10, 0, 0, 0), "today at 10 am"),
])
def test_in_words(when, words):
    assert in_words(when, NOW) == words


@pytest.mark.parametrize(("when", "words"), [
    (london(2, 8, 5, 0, 0), "today at 8:05 am"), (date(2026, 3, 1), "yesterday"),
    (london(1, 17, 0, 0, 0), "yesterday at 5 pm"), (date(2026, 2, 23), "Monday 23 February"),
    (london(25, 0, 0, 0, 0, month=12, year=2025), "Thursday 25 December 2025 at midnight"),
])
def test_ago_words(when, words):
    assert ago_words(when, NOW) == words


def test_times_are_said_in_london_whatever_they_come_in():
    summer = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    after_midnight = datetime(2026, 6, 1, 23, 15, tzinfo=UTC)
    assert in_words(after_midnight, summer) == "tomorrow at 12:15 am"
    assert ago_words(after_midnight, datetime(2026, 6, 2, 8, tzinfo=UTC)) == "today at 12:15 am"


def test_lateness_counts_real_time_when_clocks_go_back():
    due = datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)
    now = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1)
    assert in_words(due, now) == "2 hours late"


def test_naive_times_are_refused():
    with pytest.raises(ValueError, match="no time zone"):
        in_words(datetime(2026, 3, 2), NOW)
    with pytest.raises(ValueError, match="no time zone"):
        ago_words(NOW, datetime(2026, 3, 2))


@pytest.mark.parametrize(("hour", "minute", "words"), [
    (0, 0, "midnight"), (0, 30, "12:30 am"), (9, 0, "9 am"), (12, 0, "midday"), (12, 5, "12:05 pm"),
    (15, 40, "3:40 pm"),
])
def test_clock_words(hour, minute, words):
    assert clock_words(datetime(2026, 1, 1, hour, minute).time()) == words
