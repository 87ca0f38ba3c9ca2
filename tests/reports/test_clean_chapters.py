"""Clean chapters by hands that had read no rule: what the check was wrong on was narrowed, see their own tests."""
import random
import re
import subprocess
import sys

import pytest

from bench.planted import other_hands
from goldthread.reports.checking.document_check import check_document
from goldthread.reports.document import read_document

CHAPTERS = [(hand, name) for hand in other_hands.HANDS if hand != "second" for name in other_hands.chapters(hand)]


def test_there_are_all_hands() -> None:
    met = other_hands.first_met()["hand"]
    assert len(CHAPTERS) > 100 and {*other_hands.HANDS} == {each["name"].split(",")[0] for each in met}


@pytest.mark.parametrize(("hand", "name"), CHAPTERS)
def test_a_clean_chapter_has_no_sure_finding_and_hardly_another(hand: str, name: str) -> None:
    checked = check_document(read_document(f"{name}.md", other_hands.chapters(hand)[name].encode()))
    assert checked.numbers > 50 and [(each.kind, each.quote) for each in checked.findings if each.sure] == []
    assert len(checked.findings) <= 1


def test_every_fault_has_its_place() -> None:
    planted = [fault for hand in other_hands.HANDS for fault in other_hands.faults(hand)]
    assert len(planted) > 700 and all(each.text != each.clean for each in planted)


HOSTILE = ("a " * 400 + "1 of 2", "one, " * 300 + "and two", "1, 2 and 3 of 4 (5%), " * 60, "x-" * 300, "(" * 200 + "9%",
           "Four audits were: " + "very long name of a thing " * 60, "AB " * 300, "1/2/2023 to " * 100, "from 3 to 4 " * 120)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_keeps_the_check_busy_for_ever(text: str) -> None:
    """An ordinary sentence once did, for ten minutes: a pattern of words could be matched in too many ways."""
    words = [sys.executable, "-c", "import sys; from goldthread.reports.checking.document_check import check_document as c; "
             "from goldthread.reports.document import read_document as r; c(r('x.md', sys.stdin.buffer.read()))"]
    subprocess.run(words, input=f"# Report 2023-24\n\n{text}.\n".encode(), check=True, timeout=120)


@pytest.mark.parametrize("seed", range(6))
def test_no_text_ends_the_check(seed: int) -> None:
    """Chapters with their sentences mixed, their numbers changed, and sentences in between that have none."""
    chance = random.Random(seed)
    for hand, name in chance.sample(CHAPTERS, 10):
        parts = re.split(r"(?<=[.;])\s+", other_hands.chapters(hand)[name])
        chance.shuffle(parts)
        text = re.sub(r"\d[\d,.]*\d|\d", lambda found: chance.choice([found[0]] * 3 + ["0", "1", f"{chance.randrange(40)}"]),
                      " ".join(parts[:60]))
        text = re.sub(r"\. ", lambda _: chance.choice([". ", ". Of these, most were girls. ", ". This is a lot. "]), text)
        assert check_document(read_document("x.md", f"# Report 2023-24\n\n{text}".encode())).numbers
