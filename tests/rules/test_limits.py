"""Time limits: the right edition on the right day, local lengths, and faults in the data said in words."""
from datetime import date, timedelta

import pytest

from goldthread.base.spans import Span, Unit
from goldthread.rules import data_files, limits
from goldthread.rules.limits import UnknownLimit, all_limits, editions, limit

TODAY = date(2026, 11, 22)
ROWS = ("T01 T02 T03 T04 T05 T06 T07 T08 T09 T09a T09b T09c T10 T10s T11 T12 T13 T14 T14b T15 T16 T17 T18 T19 T20 "
        "T21 T22 T23 T24 T25 T26 T27 T28 T29 T30 T31 T32 T33 T33a T34 T35 T36 T37 T38 T39 T3a T3b T50 T51 T52 T53 "
        "T54 T55 T56 T57 T58 T60 T61 T62 T63 T64 T65 T66 T67 T68 T69 T6a T70 T71 T72 T73 T74 T75 T76 T77 T78 T79 "
        "T7a T80 T81 T82 T83 T84 T85 T86 T87 T88 T89 T8a T8b T8c T90 T91 T92 T93 T94 T95 T96 T97 T98 T99 T100 T101 "
        "T102 T110 T111 T112 T113 T114 T115 T120 T121 T122 T123 T124 T130 T131 T132 T133 T134 T135 T136 T137 T138 "
        "T139 T140 T141 T142 T143").split()


def test_every_row_of_the_reference_is_there():
    keys = {each.key for each in all_limits(TODAY)}
    assert set(ROWS) - keys == set()
    assert {key for key in keys if not any(key.startswith(row) for row in ROWS)} == set()


def test_the_data_has_no_faults():
    assert limits.faults() == []


@pytest.mark.parametrize(("key", "span"), [
    ("T01", "1 working day"), ("T04", "4 working hours"), ("T06", "72 hours"), ("T09b", "72 hours"),
    ("T10", "45 working days"), ("T12a", "0 days"), ("T14", "15 working days"), ("T19", "10 working days"),
    ("T21", "3 months"), ("T21s", "91 days"), ("T22s", "183 days"), ("T30", "5 working days"),
    ("T33", "15 working days"), ("T36", "6 months"), ("T60", "1 working day"), ("T73", "7 working days"),
    ("T75", "6 weeks"), ("T76", "12 weeks"), ("T80", "72 hours"), ("T94", "20 working days"), ("T6a", "120 months"),
    ("T114", "20 weeks"), ("T120", "10 school days"), ("T143a", "72 hours"),
])
def test_the_numbers_practice_knows(key, span):
    assert str(limit(key, TODAY).span) == span


@pytest.mark.parametrize(("on", "edition"), [
    (date(2018, 7, 3), "WT13/WT15"), (date(2018, 7, 4), "WT18"), (date(2023, 12, 14), "WT18"),
    (date(2023, 12, 15), "WT23"), (date(2026, 3, 17), "WT23"), (date(2026, 3, 18), "WT26"),
])
def test_the_edition_in_force_on_the_day(on, edition):
    assert limit("T14", on).edition == edition


def test_the_2026_edition_says_it_is_unverified():
    new = [each for each in all_limits(TODAY) if each.edition == "WT26"]
    assert len(new) > 10
    assert {each.confidence for each in new} == {"K?"}
    assert all("must be checked" in each.note for each in new)


def test_an_unknown_limit_names_its_neighbours():
    with pytest.raises(UnknownLimit, match="T12, T12a, T12b"):
        limit("T12z", TODAY)
    with pytest.raises(UnknownLimit, match="T01 … T143"):
        editions("X")


def test_a_limit_before_its_time_names_its_editions():
    with pytest.raises(UnknownLimit, match="not in force on 01 January 2018.*WT18 from 04 July 2018"):
        limit("T30", date(2018, 1, 1))


def test_a_partnership_sets_its_own_length_where_law_leaves_it():
    own = {"T04": Span(2, Unit.HOURS), "T01": Span(3, Unit.WORKING_DAYS)}
    assert limit("T04", TODAY, own).span == Span(2, Unit.HOURS)
    assert limit("T05", TODAY, own).span == Span(24, Unit.HOURS)
    with pytest.raises(ValueError, match="set by Working Together 2026"):
        limit("T01", TODAY, own)


def test_limits_counted_back_from_the_event():
    assert {each.key for each in all_limits(TODAY) if each.before} == {"T16", "T16a", "T37", "T70"}


def test_protocols_of_some_places_are_local_and_say_whose_they_are():
    assert limits.by_choice() == {"T23c", "T23d"}
    for each in (limit(key, TODAY) for key in limits.by_choice()):
        assert each.local and each.edition == "local protocol" and "Tees" in each.cite
    row = {"key": "T0", "name": "n", "starts": "s", "stops": "s", "who": "w", "by_choice": True, "edition": [
        {"edition": "e", "cite": "c", "confidence": "K", "from": TODAY}]}
    assert limits._faults_of(row) == ["it is by choice, so it must be local."]


def test_only_duties_without_a_number_have_no_span():
    empty = {each.key for each in all_limits(TODAY) if each.span is None}
    assert empty == {"T07", "T08", "T09", "T14b", "T27", "T34", "T68", "T71", "T78", "T81", "T83", "T84", "T97a",
                     "T123a", "T124", "T133"}


def test_what_is_local_says_so():
    assert limit("T04", TODAY).local
    assert not limit("T80", TODAY).local


def test_every_limit_of_today_can_be_counted():
    from goldthread.rules.calendar import england
    from goldthread.rules.school_days import school_days
    calendar = england(school=school_days("illustrative"))
    for each in all_limits(TODAY):
        if each.span is not None and each.span.unit is not Unit.MONTHS:
            assert calendar.add(TODAY, each.span).date() >= TODAY, each.key


def test_data_is_frozen():
    with pytest.raises(AttributeError):
        limit("T01", TODAY).span = None
    assert limit("T01", TODAY) is limit("T01", TODAY + timedelta(days=1))


# -- faults are found ---------------------------------------------------------------------------------

GOOD = '''
[[limit]]
key = "T01"
name = "Decide"
starts = "referral"
stops = "decision"
who = "Local authority"
edition = [
  { edition = "A", span = "1 working day", from = 2018-01-01, to = 2019-12-31, confidence = "V", cite = "law" },
  { edition = "B", span = "2 working days", from = 2020-01-01, confidence = "V", cite = "law" },
]
'''


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Write limits files of our own in place of the real ones."""
    (tmp_path / "limits").mkdir()
    monkeypatch.setattr(data_files, "folder", lambda *parts: tmp_path.joinpath(*parts))
    data_files.toml.cache_clear()
    yield lambda name, text: (tmp_path / "limits" / name).write_text(text, encoding="utf-8")
    data_files.toml.cache_clear()


def test_good_data_passes(data):
    data("good.toml", GOOD)
    assert limits.faults() == []


@pytest.mark.parametrize(("old", "new", "words"), [
    ("to = 2019-12-31", "to = 2020-01-01", "editions A and B overlap"),
    ("to = 2019-12-31, ", "", "editions A and B overlap"),
    ("to = 2019-12-31", "to = 2017-12-31", "ends before it begins"),
    ('cite = "law" },\n  {', "cite = \"\" },\n  {", "“cite” is missing"),
    ('"2 working days"', '"2 fortnights"', "“2 fortnights” is not a length of time"),
    ('confidence = "V"', 'confidence = "sure"', "confidence “sure” is not one of V, S, K, K?"),
    ('stops = "decision"', "", "“stops” is missing"),
    ('name = "Decide"', 'name = "Decide"\nlocl = true', "“locl” is not a field"),
    ("from = 2020-01-01", 'from = "2020-01-01"', "“from” must be a date"),
])
def test_bad_data_is_named(data, old, new, words):
    assert old in GOOD
    data("bad.toml", GOOD.replace(old, new, 1))
    found = limits.faults()
    assert any(words in each and each.startswith("bad.toml: T01") for each in found), found


def test_a_key_in_two_files_is_named(data):
    data("one.toml", GOOD)
    data("two.toml", GOOD)
    assert limits.faults() == ["two.toml: T01 is also in one.toml."]


def test_a_limit_without_editions_is_named(data):
    data("bare.toml", GOOD.split("edition = [")[0])
    assert limits.faults() == ["bare.toml: T01: it has no edition."]


def test_a_file_that_is_not_toml_is_named(data):
    data("broken.toml", GOOD + "\nkey = ")
    found = limits.faults()
    assert len(found) == 1
    assert found[0].startswith("limits/broken.toml: ")
