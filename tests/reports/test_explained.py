"""A number that another reading makes right is no finding: what a rule takes it to be told of need not be what it is of."""
import pytest

from goldthread.reports.checking import document_check
from tests.reports.samples import kinds_found

TABLE = "Table 1: Contacts\nSource\t2023-24\nPolice\t3,821\nSchools\t2,394\nHealth\t1,806\n\n"
# What is right in another reading than the rule's, the number of it, and the same put wrong in every reading.
PAIRS = [
    ("We finished 2,491 assessments, 111 fewer than the 2,602 of the year before, and completed 2,117 of them (85.0%).",
     "85.0%", "58.0%"),
    ("Three months on, 118 of 150 people could name the two things they would do, 79%.", "79%", "97%"),
    (TABLE + "It was 27.0% for schools (646 of 2,394) and 15.1% for the police (577).", "15.1%", "11.5%"),
    ("There were 61 cases for 2,036 places. All but six of 611 reviews were on time (99.0%).", "99.0%", "90.9%"),
    ("Reviews stood at 90% and dental checks at 83%. They have recovered, from 58% in 2021-22 and 74% in 2022-23; that is a "
     "gain of 25 points in two years.", "25 points", "52 points"),
]
# Looks like a fault and is none, whatever the readings.
CLEAN = [
    "Referrals fell by 142, from 2,318 to 2,176 (6.1%).",
    "2.2 Of those 175, 146 were discussed by the panel and the other 29 by triage alone.",
    "1.3 The scrutineer spoke with 63 practitioners, 22 managers, 17 children and nine parents, or 111 persons altogether.",
    "The year's total is made up of 702 sexual offences, 489 of assault, 141 of neglect and 154 of images.",
    "Ten recommendations are made: four on data, three on voice, two on attendance and one on peer testing.",
    "Three children were held, for 124, 61 and 26 nights: 211 nights in total.",
    "With 131 referrals received and 124 cases concluded, 28 were open on 31 March 2023.",
    "In between, 27 joined us, nineteen died, and eleven left because they had grown up.",
    "Average attendance was 5.2, within a range of three to 11.",
    "A sample of 30 showed that in 19 the family had been visited no more than twice.",
    "Of 331 plans 58 had lasted three months or less, 61 more than three but not more than six months.",
    "This year's 44 may change as well.",
    "The forecast is 55 children, 14 more than the 41 of March 2024.",
    "Referrals went down in 2022-23 (by 126) and up again by 193 this year.",
    "So up 42 this year (11.2%) after a rise of 45 (13.6%) the year before.",
    "Disposals went from 58% to 64% of outcomes, court orders of every kind fell.",
    "In 2022-23, 139 had started and 126 ceased, a net increase of 13.",
    "That is £71,000 or 17% more than the £415,000 of 2022-23.",
    "Police kept their share flat; the council's went up £19k from £529k.",
    "Sexual offences, at 421, came down by 17, while exploitation went from 33 to 30.",
    "Six were sentenced, three fewer than in 2022-23 and five fewer than the 11 of 2021-22.",
    "Below it sit four groups: Learning and Improvement, Exploitation, Case Review, Policy and Procedures.",
    "WE SAID we would halve it. DOMESTIC ABUSE was the theme. NEXT REPORT is due in May.",
    "The integrated care board, or ICB, met. The ICB agreed. It was the ICB again.",
    "Table 1: Missing\nWhere\t2021-22\t2022-23\nFrom home\t281\t297\nFrom care\t109\t121\nElsewhere\t17\t19\nAll children"
    "\t373\t399\n",
    "Table 1: Missing\nQuarter\tEpisodes\tChildren\nQ1\t301\t142\nQ2\t322\t151\nQ3\t271\t129\nYear to date total\t894"
    "\t320\n",
    "A disability was recorded for 331 children, and of those 331 rather more than half, 174, had autism.",
    "We recovered £1,120k of that £1,940k and were left with £820k, a quarter more than the £655k of 2022-23.",
    "We had 502 children. Of these 468 (93%) had a review.",
    "More than one could be chosen: 107 named lack of time, precisely half of the 214, 75 named fear (35%) and 54 doubt.",
    "It had been 37 in 2021-22 and 34 in 2022-23, which means that families wait six days less than the 43 of old.",
    "Of the 350 children who came, 301 did so within 15 working days and 49 did not.",
    "The average score, which 201 carers filled in, was 14.1, slightly lower than the 14.6 of 2022-23.",
    "Twenty-seven were under 14 (20.1%), 62 were 14 or 15 (46.3%) and 45 were 16 or 17 (33.6%) of 134.",
    "Sixteen of those arrested were charged; six were released and four remained under investigation.",
    "The growth has slowed, from 1,600 to 700.",
    "Guidance hopes for four cases in five to be done in one month and nine in ten in three.",
    "So a little over half (52 of 94) were upheld.",
    "All 40 days were used: 14 for meetings, 11 for visits, nine for the two inquiries and six for writing.",
    "Four audits were made, on front-door decisions, neglect, domestic abuse and babies.",
    "It pays more than three times as much as the first, though less than the others (£148,000 against £167,000).",
    "Schools gained most: 97 more referrals, a rise of 17.0%, which lifts their share from 21.0% to 23.0%.",
    "By 31 March 2024, 16 were finished, four were under way and one had been dropped.",
    "In 2021 there were 1,870 from 29, so we heard from 446 more, up 24%.",
    "At the age of two to two and a half, 1,002 of 1,121 children were reviewed (89.4%).",
    "All three were true of 41 groups, 45%.",
    "Dropping out is down from 170 families to 148, though we closed 73 cases more.",
    "A total of 2,190 had a plan, up from 1,985 a year earlier (10%). Of the 1,000 asked 906 (90.6%) knew.",
    "The year's results were 28 of 52, 31 of 49, 41 of 55 and 46 of 54, or 54%, 63%, 75% and 85%.",
    "Agencies served 38 notices (29 in 2022-23) and obtained two orders and four others.",
    "It was 317 a year before and 302 on 31 March 2022, so a rise of 15 was followed by a fall of 19.",
    "The law names three partners: the council, the constabulary and the board, which plans and pays for services.",
    "Girls mentioned buses twice as often as boys, 37% to 18%.",
    "Table 1: Waits\nQuarter\tReferrals\tMedian wait (weeks)\nQ1\t480\t9\nQ2\t491\t10\nQ3\t470\t12\nQ4\t505\t8\nYear"
    "\t1,946\t10\n",
    "318 homes are short of one bedroom and 47 of two.",
]


@pytest.mark.parametrize(("text", "right", "wrong"), PAIRS)
def test_what_another_reading_makes_right_passes_and_else_is_found(text: str, right: str, wrong: str,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    assert not kinds_found(text) and text.count(right) == 1
    monkeypatch.setattr(document_check, "explained", lambda *_: False)
    assert kinds_found(text)
    monkeypatch.undo()
    assert kinds_found(text.replace(right, wrong))


@pytest.mark.parametrize("text", CLEAN)
def test_what_only_looks_like_a_fault_is_none(text: str) -> None:
    assert not kinds_found(text)


@pytest.mark.parametrize("goes_on", ["Of these, most were girls.", "This is a lot."])
def test_a_sentence_without_a_number_that_goes_on_with_a_wrong_one_is_read_too(goes_on: str) -> None:
    """It has no number of its own to stand among, and once ended the whole check."""
    assert kinds_found(f"We discussed 116 children this year: 75 boys, 59 girls. {goes_on}") == {"sum"}
