"""Clean chapters by hands that had read no rule: what the check was wrong on was narrowed, see their own tests."""
import pytest

from bench.planted import other_hands
from goldthread.reports.checking.document_check import check_document
from goldthread.reports.document import read_document

CHAPTERS = [(hand, name) for hand in other_hands.HANDS if hand != "second" for name in other_hands.chapters(hand)]


def test_there_are_all_hands() -> None:
    met = other_hands.first_met()["hand"]
    assert len(CHAPTERS) > 100 and {*other_hands.HANDS} == {each["name"].split(",")[0] for each in met}


@pytest.mark.parametrize(("hand", "name"), CHAPTERS)
def test_a_clean_chapter_has_no_finding(hand: str, name: str) -> None:
    checked = check_document(read_document(f"{name}.md", other_hands.chapters(hand)[name].encode()))
    assert checked.numbers > 50 and [(each.kind, each.quote) for each in checked.findings] == []


def test_every_fault_has_its_place() -> None:
    planted = [fault for hand in other_hands.HANDS for fault in other_hands.faults(hand)]
    assert len(planted) > 700 and all(each.text != each.clean for each in planted)
