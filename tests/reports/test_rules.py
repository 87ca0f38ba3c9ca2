"""Every kind of finding: found where it is, and not where the same words are right."""
import pytest

from goldthread.reports.checking.document_check import check_document
from goldthread.reports.checking.finding import Finding, certainties, finding
from goldthread.reports.checking.rules import RULES
from goldthread.reports.document import read_document

HEAD = "Testbury Safeguarding Children Partnership Annual Report 2023-24\n\n1.0 First\n\n"
COURSES = "Course\tAttendees\tPlaces offered\t%\nNeglect\t12\t20\t60%\nHarm online\t18\t20\t90%\nBabies\t30\t40\t75%\n"
MEASURES = "Measure\t2022-23\t2023-24\nReferrals to early help\t438\t412\nMissing episodes reported\t90\t95\n"
INCOME = "Income 2023-24\nCouncil\t£100\nPolice\t£50\nHealth\t£30\n\n"
BUDGET = INCOME + "Spending 2023-24\nStaff\t£120\nRooms\t£40\nReviews\t£30\n"

CASES = {  # kind: what is wrong, what is right, what the check works out
    "row": (COURSES + "Fathers\t42\t50\t99%\n", COURSES + "Fathers\t42\t50\t84%\n", "84%"),
    "total": (COURSES + "Total\t65\t80\t81%\n", COURSES + "Total\t60\t80\t75%\n", "60"),
    "two-tables": (f"Table 1: Measures\n{MEASURES}\nText.\n\nTable 2: Again\nMeasure\t2023-24\nReferrals to early "
                   f"help\t421\n"
                   "Missing episodes reported\t95\n",
                   f"Table 1: Measures\n{MEASURES}\nText.\n\nTable 2: Again\nMeasure\t2023-24\nReferrals to early "
                   f"help\t412\n"
                   "Missing episodes reported\t95\n", "412"),
    "text-and-table": (MEASURES + "\nEarly help received 430 referrals in 2023-24.", MEASURES
                       + "\nEarly help received 412 referrals in 2023-24, 438 in 2022-23 and 30 in the first quarter.",
                       "412"),
    "own-table": (BUDGET + "\nThe year closed with an overspend of £20.", BUDGET + "\nThe year closed with an overspend "
                                                                                   "of £10.",
                  "£10 overspend"),
    "change": ("Referrals fell from 438 to 412, a fall of 16%.", "Referrals fell from 438 to 412, a fall of about 6%.",
               "−5.9%"),
    "points": ("Visits in time rose from 62% to 71%, an increase of 9%.",
               "Visits in time rose from 62% to 71%, an increase of 9 percentage points.", "9 percentage points"),
    "direction": ("Visits rose from 62 to 51.", "Visits fell from 62 to 51. We want to reduce them: 51 → 40 is our "
                                                "aim.", "a fall"),
    "multiple": ("Plans more than doubled from 40 to 62.", "Plans more than doubled from 40 to 92.", "1.55"),
    "average": ("The hub screened 144 notices in the year, an average of 19 a month.",
                "The hub screened 144 notices in the year, an average of 12 a month.", "12"),
    "rate": ("We know of 120 young carers, a rate of 42 per 10,000 of the 40,000 children here.",
             "We know of 120 young carers, a rate of 30 per 10,000 of the 40,000 children here.", "30"),
    "begins-twice": ("The Quality Forum (QF) will meet for the first time in May 2023.\n\nThe Quality Forum commenced "
                     "in June "
                     "2023.",
                     "The Quality Forum (QF) will meet for the first time in May 2023.\n\nThe Quality Forum met in "
                     "June 2023.",
                     "May 2023"),
    "stale-year": ("The group met 3 times during 2023-24. It did not open any reviews during 2022-23.",
                   "The group met 3 times during 2023-24. It did not open any reviews during 2023-24, nor had it during "
                   "2022-23.", "2023-24"),
    "abbreviation-other": ("Short\tMeaning\nTEB\tThe Early Board\nTEC\tThe Early Call\nTEB Hub\tThe Early Call Hub\n",
                           "Short\tMeaning\nTEB\tThe Early Board\nTEC\tThe Early Call\nTEC Hub\tThe Early Call Hub\n",
                           "TEC Hub"),
    "share": ("In 42 of 50 cases (99%) there was a plan.", "In 42 of 50 cases (84%) there was a plan.", "84%"),
    "difference": ("In all 402 people came to 6 talks, 62 more than the 350 of the year before.",
                   "In all 402 people came to 6 talks, 52 more than the 350 of the year before.", "52 more"),
    "shares": ("Of the 485, 291 (60%) live with carers, 73 (22%) in homes and 39 (8%) in flats.",
               "Of the 485, 291 (60%) live with carers, 73 (15%) in homes and 39 (8%) in flats.", "15.1%"),
    "fraction": ("Nearly one in three (92 children, or 19%) are new.", "Nearly one in five (92 children, or 19%) are new.",
                 "19%"),
    "known-before": ("There were 3,520 referrals in the year. Of 3,520 referrals many were late.\n\n2.0 Second\n\nOf the "
                     "3,502 referrals 634 came again.",
                     "There were 3,520 referrals in the year. Of 3,520 referrals many were late.\n\n2.0 Second\n\nOf the "
                     "3,520 referrals 634 came again.", "3,520"),
    "line-named": ("Table 1: Sources\nSource\tContacts\nPolice\t5,060\nSchools\t3,009\nHealth\t2,188\n\nPolice remain the "
                   "largest source, with 5,600.",
                   "Table 1: Sources\nSource\tContacts\nPolice\t5,060\nSchools\t3,009\nHealth\t2,188\n\nPolice remain the "
                   "largest source, with 5,060.", "5,060"),
    "sum": ("The panel heard of 24 deaths: 14 girls and 9 boys.", "The panel heard of 24 deaths: 14 girls and 10 "
                                                                  "boys.", "23"),
    "told-twice": ("There were 124 child deaths notified to the panel.\n\n2.0 Second\n\nThe panel was notified of 142 "
                   "child deaths.",
                   "There were 124 child deaths notified to the panel.\n\n2.0 Second\n\nThe panel was notified of over "
                   "120 child "
                   "deaths.", "124"),
    "list": ("We have four priorities:\n\n- neglect;\n- exploitation;\n- harm online.",
             "We have three priorities:\n\n- neglect;\n- exploitation;\n- harm online.", "3"),
    "reference": ("More is said in Section 7.2.", "More is said in Section 1.0, and in section 47 of the Act.",
                  "sections run"),
    "unfinished": ("See Error! Bookmark not defined.", "See below.", ""),
    "date": ("We met on Monday 30 January 2018.", "We met on Tuesday 30 January 2018.", "Tuesday"),
    "period": ("During the year a summit was held on 14 October 2025.",
               "During the year a summit was held on 14 October 2023. The next is on 14 October 2025.", "1 April 2023"),
    "abbreviation": ("The QXF met in May. The QXF will meet again.",
                     "The Quality and Exploitation Forum (QEF) met in May. The QEF will meet again.", ""),
    "abbreviation-twice": ("The Violence Reduction Unit (VRU) came.\n\nThe Vulnerable Residents Unit (VRU) went.",
                           "The Violence Reduction Unit (VRU) came.\n\nThe Violence Reduction Units (VRU) went.",
                           "Violence Reduction Unit"),
}


def check(text: str, *earlier: str) -> list[Finding]:
    document = read_document("report.txt", (HEAD + text).encode())
    return list(check_document(document, [read_document("earlier.txt", each.encode()) for each in earlier]).findings)


@pytest.mark.parametrize("kind", CASES)
def test_what_is_wrong_is_found_and_what_is_right_is_not(kind: str) -> None:
    wrong, right, worked = CASES[kind]
    one, = check(wrong)
    assert one.kind == kind and worked in one.recomputed and one.advice and 0 < one.certainty < 1
    assert not check(right)


def test_the_contents_are_held_against_the_headings() -> None:
    text = ("Contents\n\n1.0 First.....3\n{} Second.....4\n\n1.0 First\n\nText.\n\n2.0 Second\n\nText.\n\n"
            "3.0 Third\n\nText.\n")
    wrong = check_document(read_document("report.txt", text.format("4.0").encode())).findings
    assert [(each.kind, each.recomputed) for each in wrong] == [("contents", "2.0")]
    assert not check_document(read_document("report.txt", text.format("2.0").encode())).findings


def test_the_year_before_is_held_against_its_own_report() -> None:
    then = ("Testbury Annual Report 2022-23\n\n1.0 Figures\n\nMeasure\t2022-23\nReferrals to early help\t{}\n"
            "Missing episodes\t90\n")
    now = MEASURES + "\nIn 2022-23 early help received 438 referrals.\n"
    assert not check(now, then.format(438))
    found = check(now, then.format(483))
    assert {each.kind for each in found} == {"years"} and {each.recomputed for each in found} == {"483"}
    assert "Annual Report 2022-23" in found[0].arithmetic


@pytest.mark.parametrize("words", [
    "In spite of the weather police reported 59 missing episodes in 2023-24, thanks to better training.",
    "59: that is how many missing episodes there were.", "Missing episodes (59 in 2023-24) are discussed each quarter.",
    "It was a year of change, and carers told us of 59 missing episodes."])
def test_who_counted_why_and_when_does_not_hide_what_is_counted(words: str) -> None:
    one, = check(f"{MEASURES}\n{words}")
    assert one.kind in ("text-and-table", "line-named") and one.recomputed == "95"


@pytest.mark.parametrize("words", [
    "In the north of the county 93 missing episodes were reported.", "93 missing episodes were reported from care homes.",
    "For teenagers alone, 93 missing episodes were reported.", "At the hospital police reported 93 missing episodes.",
    "93 missing episodes were reported, counting girls only.", "For children under ten 93 missing episodes were reported."])
def test_some_of_a_line_is_not_the_line(words: str) -> None:
    assert not check(f"{MEASURES}\n{words}")


@pytest.mark.parametrize("words", [
    "Last year's 62% has become 71%. That is 9% higher.", "The gap between 62% then and 71% now is 9%.",
    "Visits in time are up by 9% at 71%, having been 62% before.", "We are now at 71%, up from 62%, or 9%."])
def test_percentage_points_are_known_in_any_order(words: str) -> None:
    one, = check(words)
    assert (one.kind, one.stated) == ("points", "9%") and "9 percentage points, or 14.5%" in one.recomputed
    assert not check(words.replace("9%", "9 percentage points"))


@pytest.mark.parametrize("words", [
    "The Forum's new website, the QF said, was launched in June 2023.", "The QF began an audit in June 2023.",
    "Training on the QF began in June 2023.", "The QF launched its website in June 2023."])
def test_what_a_group_begins_is_not_its_own_beginning(words: str) -> None:
    assert not check(f"The Quality Forum (QF) was set up in May 2023.\n\n{words}")


def test_what_is_kept_back_or_unique_is_no_wrong_total() -> None:
    assert not check("Harm\tChildren\nNeglect\t12\nOnline\t<5\nOther\t20\nTotal\t36\n")
    assert not check("Worry\tChildren\nNeglect\t12\nOnline\t15\nOther\t20\nDifferent children in total\t30\n")


def test_each_kind_has_a_case_and_each_ground_a_measured_certainty() -> None:
    apart = {"contents", "years"}
    assert {each.kind for each in RULES} == set(CASES) | apart
    for rule in RULES:
        assert set(certainties()[rule.kind]) == set(rule.grounds)


def test_a_finding_says_where_and_goes_to_json() -> None:
    one, = check(CASES["share"][0])
    told = one.as_json()
    assert told["where"]["section"] == "1.0" and told["where"]["quote"].startswith("In 42 of 50")
    assert told["stated"] == "99%" and told["arithmetic"] == "42 ÷ 50 × 100 = 84%"
    rule = next(each for each in RULES if each.kind == "share")
    found = next(iter(rule.find(_facts(CASES["share"][0]))))
    assert finding(rule, found) == one


def _facts(text: str):
    from goldthread.reports.checking.facts import Facts
    return Facts(read_document("report.txt", (HEAD + text).encode()))
