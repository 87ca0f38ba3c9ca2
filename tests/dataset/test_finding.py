"""Each kind of finding by a planted fault, told with its place and how to mend it; and a clean file that gives none."""
from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from goldthread.base.identifiers import nhs_number, upn
from goldthread.dataset.checking import checking, relations
from goldthread.dataset.checking.report import MOST_EACH
from goldthread.dataset.specification import rules as r
from tests.dataset.looking import CHILDREN, SETTING, SPELLS, everything, kinds, lines, look
from tests.dataset.place import sources

CLEAN = (("children.csv", CHILDREN), ("spells.csv", SPELLS))


def found(folder: Path, children: str = CHILDREN, spells: str = SPELLS) -> tuple[set[tuple[str, str, str]], list[str]]:
    report = look(folder, everything(), ("children.csv", children.encode()), ("spells.csv", spells.encode()))
    return kinds(report), lines(report)


def test_the_numbers_of_the_clean_file_are_sound() -> None:
    assert nhs_number("9990000018") and upn("H801200001001")


def test_a_clean_file_gives_nothing_and_its_values_are_what_was_meant(tmp_path: Path) -> None:
    with checking.looked(sources(tmp_path, *((name, text.encode()) for name, text in CLEAN)), everything(), SETTING) as seen:
        assert lines(seen.report) == [] and seen.report.errors == 0
        children, spells = (seen.rows(key).collect() for key in ("children", "spells"))
    assert children["sex"].to_list() == ["F", "M"] and children["postcode"].to_list() == ["ZZ1 1AA", "ZZ1 1AA"]
    assert [str(day) for day in children["born"]] == ["2015-11-03", "2016-02-29"]
    assert spells["reason"].to_list() == ["A", None, "B"] and spells["alone"].to_list() == [True, False, None]
    assert spells["visits"].to_list() == [3, 0, 12] and spells["hours"].to_list() == [1.5, None, None]
    assert [str(at) for at in spells["seen"][:2]] == ["2026-07-02 14:30:00", "2026-09-02 00:00:00"]
    assert spells["_row"].to_list() == [2, 3, 4]


PLANTED = [
    # what is changed in which file, where it is found, and words of the finding
    ("children", "C2,", ",", ("number", "required"), "children.csv, row 3, Child number: this is empty"),
    ("children", "C2,", "C2000000000,", ("number", "text"), "more than 8"),
    ("children", "C2,", "=C2,", ("number", "text"), "starts like a formula"),
    ("children", "9990000018", "9990000017", ("nhs", "nhs"), "does not pass its check"),
    ("children", "9990000018", "999000001", ("nhs", "nhs"), "has 10 digits"),
    ("children", "H801200001001", "J801200001001", ("upn", "upn"), "does not pass its check"),
    ("children", "03/11/2015", "31/11/2015", ("born", "date"), "no such day in that month"),
    ("children", "03/11/2015", "11/13/2015", ("born", "date"), "no month 13"),
    ("children", "03/11/2015", "03/11/15", ("born", "date"), "day, month and year in full"),
    ("children", "03/11/2015", "42311", ("born", "date"), "this is a number, as spreadsheets keep dates"),
    ("children", "03/11/2015", "03/11/1815", ("born", "date"), "before 1900"),
    ("children", "03/11/2015", "24/11/2026", ("born", "range"), "in the future"),
    ("children", "2016-02-29", "", ("born", "required"), "would be of use"),
    ("children", "ZZ1 1AA", "ZZZZ 1AA", ("postcode", "postcode"), "postcode"),
    ("children", "H801200001001", "Z999200001001", ("upn", "range"), "no area gives pupil numbers"),
    ("children", "male", "boy", ("sex", "code"), "Use one of: F, M, U."),
    ("children", "C2,", "C1,", ("number", "unique"), "another row has the same “Child number”"),
    ("children", "C2,,,2016-02-29", "C2,,,", ("nhs", "one_of"), "none of “NHS number”, “UPN” and “Date of birth”"),
    ("spells", "C2,03", "C9,03", ("number", "refers"), "no such “Child number” in “Children”"),
    ("spells", "05/09/2026", "02/07/2026", ("end", "order"), "“Ended” is before “Began”"),
    ("spells", "C2,03/07/2026", "C2,03/07/2015", ("start", "not_before"), "before “Date of birth” in “Children”"),
    ("spells", "C1,31/08/2026", "C1,30/08/2026", ("start", "no_overlap"), "spells.csv, row 3, Began (“30/08/2026”)"),
    ("spells", "31/08/2026,A", "31/08/2026,", ("reason", "required_when"), "although “Ended” is filled in"),
    ("spells", "12,,", "12,,yes", ("alone", "empty_when"), "although “Reason” is B"),
    ("spells", "05/09/2026", "05/10/2026", ("end", "in_period"), "outside the period"),
    ("spells", "C2,03", "C/2,03", ("number", "range"), "something else than letters and figures"),
    ("spells", "02/09/2026", "01/10/2026", ("seen", "in_period"), "after the period"),
    ("spells", "02/09/2026", "05/09/2026", ("seen", "weekday"), "a Saturday or a Sunday"),
    ("spells", "31/08/2026,A", "31/08/2026,B", ("reason", "alone"), "B stands beside others of the same “Child number”"),
    ("spells", "C1,01/07/2026", "C1,01/07/2015", ("start", "not_during"), "at the same time as one of the same"),
    ("spells", "31/08/2026,A", ",A", ("number", "unique"), "the same “Child number” (one at most has not ended)"),
    ("spells", "14:30", "14:75", ("seen", "moment"), "no such time of day"),
    ("spells", ",3,1.5", ",three,1.5", ("visits", "whole"), "not a whole number"),
    ("spells", ",3,1.5", ",51,1.5", ("visits", "range"), "more than 50"),
    ("spells", ",3,1.5", ",-1,1.5", ("visits", "range"), "less than 0"),
    ("spells", ",3,1.5", ",3,much", ("hours", "decimal"), "not a number"),
    ("children", "C2,,,2016-02-29", "C2,,,29/02/2015", ("born", "date"), "no such day"),
    ("spells", "31/08/2026,A", "31/08/2026,Z", ("reason", "code"), "Use one of: A, B."),
    ("spells", "1.5,yes", "1.5,perhaps", ("alone", "yes_no"), "neither yes nor no"),
]


@pytest.mark.parametrize(("file", "before", "after", "where", "words"), PLANTED, ids=[
    f"{each[3][0]}-{each[3][1]}-{place}" for place, each in enumerate(PLANTED)])
def test_each_kind_is_found_where_it_was_planted(
        tmp_path: Path, file: str, before: str, after: str, where: tuple[str, str], words: str) -> None:
    texts = {"children": CHILDREN, "spells": SPELLS}
    assert before in texts[file]
    texts[file] = texts[file].replace(before, after, 1)
    seen, told = found(tmp_path, **texts)
    assert (file, *where) in seen, seen
    assert any(words in each for each in told), told
    assert len(told) <= 3, "one fault is not told many times over"


def test_every_kind_of_rule_has_its_fault_planted() -> None:
    planted = {where[1] for _, _, _, where, _ in PLANTED}
    assert set(r.KINDS) <= planted and {r.NAMES[type(rule)] for rule in everything().rules} == set(r.KINDS)


@pytest.mark.parametrize("kind", sorted(r.KINDS))
def test_negative_control_a_rule_that_is_not_held_to_finds_nothing(
        tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted faults are found by their rule and by nothing else."""
    file, before, after, where, _ = next(each for each in PLANTED if each[3][1] == kind)
    monkeypatch.setitem(relations._BROKEN, r.KINDS[kind], lambda rule, spec, laid, setting: laid[rule.table].filter(
        pl.lit(False)).with_columns(pl.lit("").alias("_shown")))
    texts = {"children": CHILDREN, "spells": SPELLS}
    texts[file] = texts[file].replace(before, after, 1)
    assert (file, *where) not in found(tmp_path, **texts)[0]


def test_counts_are_true_though_only_the_first_are_kept(tmp_path: Path) -> None:
    rows = "number,nhs,upn,born,postcode,sex\n" + "".join(f"C{n},,,03/11/2015,,X\n" for n in range(1_000))
    report = look(tmp_path, everything(), ("children.csv", rows.encode()))
    [group] = report.groups.values()
    assert (group.many, len(group.first), report.errors) == (1_000, MOST_EACH, 1_000)


def test_batches_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same faults over the edge of a batch: rows are numbered on, and rules see all of them."""
    rows = "number,nhs,upn,born,postcode,sex\n" + "".join(f"C{n % 700},,,03/11/2015,,{'X' if n == 650 else 'F'}\n"
                                                           for n in range(1_000))
    whole = lines(look(tmp_path, everything(), ("children.csv", rows.encode())))
    monkeypatch.setattr("goldthread.dataset.reading.text_files.BATCH", 100)
    parts = lines(look(tmp_path, everything(), ("children.csv", rows.encode())))
    assert whole == parts and "children.csv, row 652, Sex (“X”)" in whole[0] and len(whole) == 1 + MOST_EACH
