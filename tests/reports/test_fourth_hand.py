"""Nineteen clean chapters by a fourth hand, and what was narrowed where the check was wrong on them."""
import pytest

from goldthread.reports.checking import document_check
from goldthread.reports.checking.rules import changes, line_named, lists, one_whole, shares, sums, table_rows
from tests.reports.samples import kinds_found

QUARTERS = ("Table 1: Contacts\nMeasure\tQ1\tQ2\tQ3\tYear\nContacts\t210\t245\t298\t753\nReferrals\t70\t64\t74\t208\n"
            "Plans\t31\t42\t24\t97\nShare repeated\t30%\t31%\t29%\t30%\n")
SURVEY = ("Table 1: Survey\nAnswer\t2022\t2024\nVery\t18%\t27%\nFairly\t69%\t63%\nNot at all\t13%\t10%\nGroups answering\t"
          "121\t159\n\nOf those that answered 143 have a lead and 112 (70%) a policy.")
COURSES = "Table 1: Courses\nCourse\tAttended\nNeglect\t301\nFathers\t198\nOther\t216\n\n"
SPEND = "Table 1: Income\nPartner\tIncome\nCouncil\t£142,000\nPolice\t£54,500\nHealth\t£98,500\n\n"
OUTCOMES = "One hundred and ninety-eight were closed: 61 (31%) proven, 74 (37%) not and 63 (32%) false. In all 180 began."
# What is right as it stands, a fault in the same words, and the rule that finds it.
PAIRS = [
    ("We made 3,960 of 4,212 visits by day 14 (94%).", "94%", "84%", shares.RULE),
    ("More than half of the suspensions (57%) were for disruption.", "57%", "47%", one_whole.FRACTIONS),
    ("Of 1,900 adults 1,140 (60%) live here, 760 (40%) elsewhere and 684 with a child. It was done "
     "for 643 of these 684 (94%).", "94%",
     "84%", shares.RULE),
    ("We saw 588 people: 421 at category 1, 160 at category 2 and 7 at category 3.", "588", "598", sums.RULE),
    (OUTCOMES, "37%", "47%", one_whole.RULE),
    (QUARTERS, "753", "763", table_rows.RULE),
    (SURVEY, "70%", "85%", one_whole.RULE),
    (COURSES + "Health sent 612 people, schools 498 and others 60. Fathers came 198 times.", "came 198", "came 189",
     line_named.RULE),
    (SPEND + "The police gave £54,500.", "gave £54,500", "gave £57,500", line_named.RULE),
    ("Of 2,416 pupils 1,189 had been seen and 1,227 not.", "1,227", "1,327", sums.RULE),
    ("Two reports were published, on 11 June 2023 and 23 January 2024. Three priorities are neglect, abuse and harm.",
     "Three", "Four", lists.RULE),
    ("Two hundred and four went missing once, 97 two to four times and 38 five times or more, 339 in all.", "339", "349",
     sums.RULE),
    ("Attendance went from 12% to 31%, and this is up by 19 points.", "19", "18", changes.RULE),
]
CLEAN = [
    "Attendance has more than doubled, from 12% to 31%, and reports are up by 18 points.",
    "Agency staff covered 22 posts, which is half the 44 of two years ago.",
    "Abuse is recorded in just over half of the 2,310 assessments, which were 106 more than in 2022-23.",
    "1,189 were girls, 1,142 boys and 85 said something else or did not want to say.",
    SPEND + "For 2024-25 the agreed budget has £57,500 from the police.",
]


@pytest.mark.parametrize(("text", "right", "wrong", "rule"), PAIRS)
def test_what_is_right_passes_and_a_fault_in_the_same_words_is_found(text: str, right: str, wrong: str, rule,
                                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    assert not kinds_found(text) and text.count(right) == 1
    assert rule.kind in kinds_found(text.replace(right, wrong))
    monkeypatch.setattr(document_check, "RULES", tuple(each for each in document_check.RULES if each is not rule))
    assert rule.kind not in kinds_found(text.replace(right, wrong))
