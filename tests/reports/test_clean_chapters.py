"""Clean chapters by hands that had read no rule: what the check was wrong on was narrowed, see their own tests."""
import pytest

from goldthread.reports.checking.document_check import check_document
from goldthread.reports.document import read_document
from tests.reports.samples import HERE

CHAPTERS = sorted(chapter for hand in ("third_hand", "fourth_hand") for chapter in (HERE / hand).glob("*.md"))


def test_there_are_both_hands() -> None:
    assert len(CHAPTERS) == 35


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda each: f"{each.parent.name} {each.stem}")
def test_a_clean_chapter_has_no_finding(chapter) -> None:
    checked = check_document(read_document(chapter.name, chapter.read_bytes()))
    assert checked.numbers > 50 and [(each.kind, each.quote) for each in checked.findings] == []
