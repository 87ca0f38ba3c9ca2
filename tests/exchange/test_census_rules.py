"""Errors for which the collection refuses a census, one by one in a sound one: each is found by our specification of it.

The numbers are those of the collection's own rules.
"""
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from goldthread.exchange import checking
from goldthread.exchange.checking import check_year

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
SOUND = """<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>
<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source><LEA>998</LEA></Source></Header><Children>
<Child><ChildIdentifiers><LAchildID>EX1</LAchildID><UPN>H801200001001</UPN><PersonBirthDate>2015-03-02</PersonBirthDate>
<Sex>F</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
<Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>
<CINdetails><CINreferralDate>2025-06-02</CINreferralDate><ReferralSource>1A</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode><CINclosureDate>2026-02-20</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>
<Assessments><AssessmentActualStartDate>2025-06-03</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2025-07-10</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment>
<AssessmentFactors>1C</AssessmentFactors><AssessmentFactors>6B</AssessmentFactors></FactorsIdentifiedAtAssessment>
</Assessments><CINPlanDates><CINPlanStartDate>2025-06-20</CINPlanStartDate><CINPlanEndDate>2025-08-06</CINPlanEndDate>
</CINPlanDates><Section47><S47ActualStartDate>2025-07-14</S47ActualStartDate><DateOfInitialCPC>2025-08-06</DateOfInitialCPC>
<ICPCnotRequired>0</ICPCnotRequired></Section47><Section47><S47ActualStartDate>2025-12-01</S47ActualStartDate>
<ICPCnotRequired>1</ICPCnotRequired></Section47><ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>2025-08-06</CPPstartDate><CPPendDate>2026-02-13</CPPendDate>
<InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse><LatestCategoryOfAbuse>PHY</LatestCategoryOfAbuse>
<NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews><CPPreviewDate>2025-10-15</CPPreviewDate></Reviews>
</ChildProtectionPlans></CINdetails></Child>
<Child><ChildIdentifiers><LAchildID>EX2</LAchildID><UPNunknown>UN1</UPNunknown>
<ExpectedPersonBirthDate>2026-05-20</ExpectedPersonBirthDate><Sex>U</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
<CINdetails><CINreferralDate>2026-01-05</CINreferralDate><ReferralSource>6</ReferralSource>
<PrimaryNeedCode>N4</PrimaryNeedCode><Assessments><AssessmentActualStartDate>2026-01-07</AssessmentActualStartDate>
</Assessments><CINPlanDates><CINPlanStartDate>2026-02-02</CINPlanStartDate></CINPlanDates>
<Section47><S47ActualStartDate>2026-03-05</S47ActualStartDate><ICPCnotRequired>0</ICPCnotRequired></Section47>
<ReferralNFA>0</ReferralNFA></CINdetails></Child>
<Child><ChildIdentifiers><LAchildID>EX3</LAchildID><UPNunknown>UN7</UPNunknown>
<PersonBirthDate>2012-04-01</PersonBirthDate><Sex>M</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
<CINdetails><CINreferralDate>2026-02-01</CINreferralDate><ReferralSource>6</ReferralSource>
<ReferralNFA>1</ReferralNFA></CINdetails></Child></Children></Message>""".replace("\n", "")
CLOSED = "<CINclosureDate>2026-02-20</CINclosureDate>"
OPEN_ASSESSMENT = "<Assessments><AssessmentActualStartDate>2026-01-07</AssessmentActualStartDate></Assessments>"
OPEN_ENQUIRY = ("<Section47><S47ActualStartDate>2026-03-05</S47ActualStartDate><ICPCnotRequired>0</ICPCnotRequired>"
                "</Section47>")
NO_MORE = "<ReferralNFA>1</ReferralNFA></CINdetails>"
AT_WORK = "<ReferralNFA>0</ReferralNFA><ChildProtectionPlans>"
DIED = "<Sex>F</Sex><PersonDeathDate>2025-08-05</PersonDeathDate>"
RC8 = "RC8</ReasonForClosure>"
AUTHORISED = "<AssessmentAuthorisationDate>2025-07-10</AssessmentAuthorisationDate>"
NOTHING_MORE = "“No further action after the referral” is true"
BARE = ("<Child><ChildIdentifiers><LAchildID>EX4</LAchildID><UPNunknown>UN4</UPNunknown><PersonBirthDate>2012-04-01"
        "</PersonBirthDate><Sex>M</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity>"
        "</ChildCharacteristics></Child>")
#: the number of the collection's rule, what is changed, words of the finding
PLANTED = [
    ("100", "2026-03-31", "2026-03-30", "not the last day of the period"),
    ("1105", "<CPPstartDate>2025-08-06", "<CPPstartDate>2025-05-06", "“Plan began” is before “Referral date”"),
    ("2884", "<CINclosureDate>", "<DateOfInitialCPC>2025-08-06</DateOfInitialCPC><CINclosureDate>", "not with both"),
    ("2990", "RC7</ReasonForClosure>", RC8, "although “Reason for closure” is RC8 or RC9"),
    ("4000", "<ReferralNFA>0</ReferralNFA></CINdetails>", NO_MORE, NOTHING_MORE),
    ("4008", "<Sex>F</Sex>", DIED, "“Date of death” is before “Plan began”"),
    ("4010", "<CINPlanStartDate>2026-02-02", "<CINPlanStartDate>2026-04-02", "after the period"),
    ("4013", "<CINPlanStartDate>2026-02-02</CINPlanStartDate>",
     "<CINPlanStartDate>2026-02-02</CINPlanStartDate><CINPlanEndDate>2026-04-02</CINPlanEndDate>", "outside the period"),
    ("4016", "<CINPlanEndDate>2025-08-06", "<CINPlanEndDate>2025-08-20", "at the same time as one of the same"),
    ("8520", "2012-04-01", "2026-04-02", "after the period"),
    ("8565", CLOSED, "<CINclosureDate>2026-02-12</CINclosureDate>", "“Episode closed” is before “Plan ended”"),
    ("8590", "</Children>", BARE + "</Children>", "there is no such “Child number” in “Episodes of need”"),
    ("8600", "<CINreferralDate>2026-02-01", "<CINreferralDate>2026-04-01", "after the period"),
    ("8606", "<CINreferralDate>2026-02-01", "<CINreferralDate>2011-04-01", "more than 280 days before"),
    ("8614", AUTHORISED, "", "factors are told once"),
    ("8696", "<AssessmentAuthorisationDate>2025-07-10", "<AssessmentAuthorisationDate>2026-04-10", "outside the period"),
    ("8715", "<DateOfInitialCPC>2025-08-06", "<DateOfInitialCPC>2026-04-01", "outside the period"),
    ("8736", "<AssessmentActualStartDate>2026-01-07", "<AssessmentActualStartDate>2025-01-07", "what is under way began"),
    ("8740", "<S47ActualStartDate>2026-03-05", "<S47ActualStartDate>2025-03-05", "what is under way began"),
    ("8750", "<Sex>U</Sex>", "<Sex>M</Sex>", "of a child who is not born it is U"),
    ("8772", NO_MORE, "<ReferralNFA>0</ReferralNFA></CINdetails>", "UN7 is for a child"),
    ("8790", "<Disability>NONE</Disability>", "<Disability>NONE</Disability><Disability>MOB</Disability>",
     "NONE stands beside"),
    ("8831", "<ReferralNFA>0</ReferralNFA></CINdetails>", NO_MORE, NOTHING_MORE),
    ("8832", AT_WORK, "<ReferralNFA>1</ReferralNFA><ChildProtectionPlans>", NOTHING_MORE),
    ("8839", OPEN_ENQUIRY, OPEN_ENQUIRY + OPEN_ENQUIRY.replace("03-05", "03-06"), "one enquiry at most is under way"),
    ("8840", "<CPPendDate>2026-02-13", "<CPPendDate>2025-08-06", "before, or on the day of, “Plan began”"),
    ("8841", "2025-10-15", "2025-08-06", "before, or on the day of, “Plan began”"),
    ("8867", AUTHORISED, "", "although “Episode closed” is filled in"),
    ("8868", "<ICPCnotRequired>1", "<ICPCnotRequired>0", "although “Episode closed” is filled in"),
    ("8869", "<AssessmentFactors>6B", "<AssessmentFactors>21", "21 stands beside others"),
    ("8875", "<DateOfInitialCPC>2025-08-06", "<DateOfInitialCPC>2025-08-09", "a Saturday or a Sunday"),
    ("8890", "<S47ActualStartDate>2025-12-01</S47ActualStartDate><ICPCnotRequired>1",
     "<S47ActualStartDate>2025-08-01</S47ActualStartDate><DateOfInitialCPC>2025-08-06</DateOfInitialCPC><ICPCnotRequired>0",
     "before, or on the day, an earlier one"),
    ("8896", OPEN_ASSESSMENT, OPEN_ASSESSMENT + OPEN_ASSESSMENT.replace("01-07", "01-09"), "one assessment at most"),
    ("8915", "<Sex>F</Sex>", DIED, "“Date of death” is before “Plan began”"),
    ("8920", "<Sex>F</Sex>", DIED.replace("2025-08-05", "2026-02-12"), "“Date of death” is before “Plan ended”"),
    ("8930", "<CPPendDate>2026-02-13", "<CPPendDate>2026-04-13", "outside the period"),
]
#: found by what is said of a column
OF_COLUMNS = [("1530", "H801200001001", "Z999200001001", "no area gives pupil numbers"),
              ("1580", "<LAchildID>EX3", "<LAchildID>EX/3", "something else than letters and figures")]


def said(folder: Path, text: str) -> list[str]:
    (folder / "census.xml").write_text(text)
    return [str(each) for group in check_year("cin-census", [folder / "census.xml"], 2026, NOW).of_weight("error")
            for each in group.first]


def test_the_sound_census_is_sound(tmp_path: Path) -> None:
    assert said(tmp_path, SOUND) == []


@pytest.mark.parametrize(("before", "after", "words"), [each[1:] for each in PLANTED + OF_COLUMNS],
                         ids=[each[0] for each in PLANTED + OF_COLUMNS])
def test_each_error_is_found(tmp_path: Path, before: str, after: str, words: str) -> None:
    assert before in SOUND
    found = said(tmp_path, SOUND.replace(before, after, 1))
    assert any(words in each for each in found), found


def test_negative_control_without_the_rules_none_of_them_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = checking.find
    monkeypatch.setattr(checking, "find", lambda key, day: replace(whole(key, day), rules=()))
    assert [number for number, before, after, _ in PLANTED if said(tmp_path, SOUND.replace(before, after, 1))] == []


def test_what_repeats_the_row_above_is_told_of_once(tmp_path: Path) -> None:
    assert [each.partition(": ")[0] for each in said(tmp_path, SOUND.replace("<ReferralNFA>0", "<ReferralNFA>2", 1))] == [
        "census.xml, row 1, No further action after the referral (“2”)"]
