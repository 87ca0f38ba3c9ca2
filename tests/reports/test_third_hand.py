"""Sixteen clean chapters by a third hand, who had read no rule, and what was narrowed where the check was wrong on them."""
import pytest

from goldthread.reports.checking import document_check
from goldthread.reports.checking.rules import changes, one_whole, shares, table_columns
from tests.reports.samples import kinds_found

QUARTERS = ("Table 1: Plans\nQuarter\tOpened\tOpen at its end\nQuarter 1\t228\t668\nQuarter 2\t196\t624\nQuarter 3\t251\t642"
            "\nQuarter 4\t231\t628\nYear\t906\t628\n")
KNOWN = "It is known of 142 of the 165: 54 were upheld (38%), 47 not (33%) and 41 were dropped (29%)."
CLEAN = [
    "In the year 305 plans ended. Among those, 12 had lasted two years or more, which is 3.9%.",
    "Twenty-six babies had a plan by 28 weeks, out of 33 who needed one (79%).",
    "In all 1,350 went. Talks were offered after 1,323 (98%) and held after 945 (70%). Of the 945, 756 took place inside 72 "
    "hours: 80%.",
    "Reports came for 15 of the 20 days (75%).",
    KNOWN,
    "Contacts are up on 2022-23 by 36, from 360, which is exactly 10%.",
    "Contacts are up on the year before by 36, from 360.",
    "Use of the tool went from 310 to 465, half as many again.",
    QUARTERS,
    "Violence fell 4% to 2,496 while sexual offences climbed 6% to 954.",
    "Of all, 54% (39 of 72) were good. That is a modest improvement on 49% in 2022-23 (29 of 59).",
]
# What is wrong, the words of it, what is right there, and the rule that finds it.
WRONG = [
    ("Of all, 54% (39 of 72) were good. That is an improvement on 59% in 2022-23 (29 of 59).", "59%", "49%", shares.RULE),
    ("Violence moved by 6%, 2,400 to 2,496.", "6%", "4%", changes.RULE),
    ("Reports came for 15 of the 20 days (65%).", "65%", "75%", shares.RULE),
    ("It is known of 15 of the 20 within 12 weeks. Of the 33 who needed one 26 had it (69%).", "69%", "79%", one_whole.RULE),
    (KNOWN.replace("38%", "48%"), "48%", "38%", one_whole.RULE),
    ("The offer was taken up 945 times, or 70% of 1,350. In 28 weeks 540 (50%) more came.", "50%", "40%", one_whole.RULE),
    ("Use of the tool went from 310 to 520, half as many again.", "520", "465", changes.MULTIPLE),
    ("Use of the tool went from 310 to 465, half as many.", "465", "155", changes.MULTIPLE),
    (QUARTERS.replace("906\t", "916\t"), "916", "906", table_columns.RULE),
    (QUARTERS.replace("Quarter 1", "Schools"), "Schools", "Quarter 1", table_columns.RULE),
]


@pytest.mark.parametrize(("text", "wrong", "right", "rule"), WRONG)
def test_a_fault_beside_it_is_still_found(text: str, wrong: str, right: str, rule, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rule.kind in kinds_found(text) and text.count(wrong) == 1
    assert not kinds_found(text.replace(wrong, right))
    monkeypatch.setattr(document_check, "RULES", tuple(each for each in document_check.RULES if each is not rule))
    assert rule.kind not in kinds_found(text)
