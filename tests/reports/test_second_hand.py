"""What a second hand wrote without knowing the rules: chapters with faults, and sentences for the text gate."""
import pytest

from bench.consistency import by_hands
from bench.planted import other_hands
from bench.text_gate import by_second_hand as sentences_by_second_hand
from goldthread.reports.checking import document_check
from goldthread.reports.checking.document_check import check_document
from goldthread.reports.checking.rules import (
    changes,
    differences,
    known_before,
    line_named,
    one_whole,
    references,
    table_rows,
)
from goldthread.reports.document import read_document
from goldthread.reports.gate import gate
from tests.reports.samples import kinds_found

SOURCES = "Table 1: Sources\nSource\tContacts\nPolice\t5,060\nSchools\t3,009\nHealth\t2,188\n\n"
SHARES = "Table 1: Length\nLength\tChildren\tShare\nShort\t68\t22%\nMiddle\t81\t29%\nLong\t163\t52%\nTotal\t312\t100%\n"
# What is wrong, the words of it, what is right there, and the rule that finds it.
WRONG = [
    ("There were 1,104 episodes and, in 2022-23, 1,227. Episodes fell by 132, or 10%.", "132", "123", differences.RULE),
    ("There were 1,104 episodes and, in 2022-23, 1,227. Episodes fell by 123, or 20%.", "20%", "10%", differences.RULE),
    ("In all 402 came to 6 talks, 52 fewer than the 350 of the year before.", "fewer", "more", differences.RULE),
    ("The hub took 13,677 contacts in 2023-24, against 12,780 in 2022-23: a rise of 9%.", "9%.", "7%.",
     changes.RULE),
    ("Force was used 420 times, compared with 525 times in 2022-23. This is 105 fewer: a fall of a third.", "third", "fifth",
     changes.RULE),
    ("The number of children waiting over 12 weeks fell by 30%, from 310 to 186.", "30%", "40%", changes.RULE),
    ("We closed 1,085 plans: needs were met in 727 (67%), partly met in 217 (25%) and not met in 141 (13%).", "25%", "20%",
     one_whole.RULE),
    ("The board heard of 612 worries. In 250 cases (51%) more was done.", "51%", "41%", one_whole.RULE),
    ("634 of the 3,520 came again. That is a rate of 16%.", "16%", "18%", one_whole.RULE),
    ("Of the 143, 88 were boys (62%) and 65 were girls (38%).", "65", "55", one_whole.RULE),
    ("Use of homes grew by 46 to 256, a 32% increase.", "32%", "22%", differences.RULE),
    ("We saw 236 children. Boys made up 189 of the total (70%) and girls the others.", "70%", "80%", one_whole.RULE),
    ("Nearly one in three (92 children, or 19%) are new.", "three", "five", one_whole.FRACTIONS),
    (SHARES, "29%", "26%", table_rows.RULE),
    ("The sectors are shown in Table 6D.\n\nTable 6A: Sectors\nSector\tCases\nSchools\t40\nHomes\t12\n", "6D", "6A",
     references.RULE),
    (SOURCES + "Police remain the largest source, with 5,600.", "5,600", "5,060", line_named.RULE),
    ("There were 3,520 referrals. Of 3,520 referrals many were late.\n\n2.0 Next\n\nOf the 3,502 referrals some came again.",
     "3,502", "3,520", known_before.RULE),
]
CLEAN = [
    "The number rose by a third in one year, having fallen slightly, from 240 to 234, the year before that.",
    "In 2022-23 it was 51 of 506 children, or 10%, so there are ten fewer.",
    "Supervision was given 1,512 times against 1,600 planned sessions (95%).",
    "Such force was used nine times (2%), against 21 times the year before (4%).",
    "61 children left the panel with a lower level of risk; 19 with a higher one; for 63 the level did not change.",
    "The group met 6 times, on average for 2 hours, and was attended by 24 people each time.",
    "A peer review on 25 and 26 February 2024 made eight recommendations: five are done and three remain.",
    "2,150 pupils from 34 schools answered our survey, up from 1,720 in 2022-23 – a quarter more.",
    "Our 22 inspectors made 16 visits, two fewer than the 18 of last year, and gave 48 recommendations.",
    "Reoffending stood at 31.5%, having been 35.0% a year earlier: an improvement of 3.5 percentage points.",
    "Twelve months ago the figure stood at 200, so demand has climbed by 18%.",
    "Plans for neglect rose by 38 to 159; plans for harm grew by 36%, from 80 to 109.",
    "We ran 40 sessions. Of 30 people asked, 12 (40%) had come before.",
]


@pytest.mark.parametrize(("text", "wrong", "right", "rule"), WRONG)
def test_a_fault_is_found_and_the_same_words_mended_are_not(text: str, wrong: str, right: str, rule,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    assert rule.kind in kinds_found(text) and text.count(wrong) == 1
    assert not kinds_found(text.replace(wrong, right))
    monkeypatch.setattr(document_check, "RULES", tuple(each for each in document_check.RULES if each is not rule))
    assert rule.kind not in kinds_found(text)


@pytest.mark.parametrize("text", CLEAN)
def test_what_only_looks_like_a_fault_is_none(text: str) -> None:
    assert not kinds_found(text)


def test_a_report_that_names_no_year_is_checked_all_the_same() -> None:
    text = "# Our school\n\nWe ran an audit. It did not find much.\n"
    assert check_document(read_document("report.md", text.encode())).year == ""
    for told in ("Year ended 31 March 2025", "This is on 1 April 2024 to 31 March 2025.", "From April 2024 to March 2025"):
        assert check_document(read_document("report.md", f"# Our year\n\n{told}\n".encode())).year == "2024-25"
    assert check_document(read_document("report.md", b"# Ours\n\nThis is on 1 April 2021 to 31 March 2025\n")).year == ""


def test_the_chapters_are_found_wrong_where_they_are_and_clean_where_not() -> None:
    found = by_hands(["second"])
    assert found.clean_false == 0 and found.clean_numbers > 1000, found.examples
    assert sum(found.met.values()) >= 0.62 * sum(found.planted.values()), found.examples


def test_the_sentences_are_stopped_and_the_innocent_go_through(monkeypatch: pytest.MonkeyPatch) -> None:
    told = sentences_by_second_hand()
    assert sum(told.planted.values()) == 140 and told.sentences == 90
    assert sum(told.met.values()) >= 134 and told.clean_false == 0, told.examples
    monkeypatch.setattr(gate, "FINDERS", ())
    assert sum(sentences_by_second_hand().met.values()) == 0


def test_a_fault_that_is_not_in_its_chapter_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="stands 0 times"):
        other_hands.faulty("second", {"chapter": "audit", "kind": "sum", "edits": [["nowhere to be read", ""]], "lines": []})
