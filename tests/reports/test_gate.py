"""The text gate: what gives somebody away is stopped, and what does not goes through."""
import pytest

from bench.text_gate import tally
from goldthread.reports.document import read_document
from goldthread.reports.gate import Identifier, gate, identifiers
from goldthread.reports.gate.found import certainties
from goldthread.reports.gate.gate import NAMES

HEAD = "Testbury Safeguarding Children Partnership Annual Report 2023-24\n\n1.0 What we heard\n\n"
STOPPED = [
    ("name", "Mr Frost", "“Mr Frost said that he felt better after speaking to you.”"),
    ("name", "Amara Okafor", "“I want to thank Amara Okafor for never giving up on us.”"),
    ("name", "Jaden", "One mother told us that her son Jaden had been out of school."),
    ("name", "Jaden", "Practitioners worked with Jaden and his mum for six months."),
    ("initials", "J", "“My mentor J helped me with my anger.”"),
    ("rare", "shot dead", "“After my cousin was shot dead nobody talked to us about it.”"),
    ("name", "Axxx", "“Look how well Axxx did this year with all of you behind her.”"),
    ("initials", "KJ", "“You supported my son KJ when nobody else did, thank you.”"),
    ("initials", "M", "“The best support was what I had from M, she never judged me.”"),
    ("initials", "T.R.", "A pupil of Wren Hill High School, T.R., was helped by three agencies."),
    ("school", "Wren Hill High School", "“My daughter went to Wren Hill High School and nobody asked her why.”"),
    ("address", "14 Larkspur Way", "The family had been living at 14 Larkspur Way without heating."),
    ("postcode", "ZZ12 3BC", "The flat, at ZZ12 3BC, had been visited nine times by officers."),
    ("phone", "07700 900123", "“Ring me on 07700 900123 if you want to talk to somebody like me.”"),
    ("e-mail", "amara.okafor@example.org", "“Write to me at amara.okafor@example.org and I will tell you.”"),
    ("NHS number", "999 000 0018", "The child with NHS number 999 000 0018 was seen twice."),
    ("UPN", "H801200001001", "The pupil with number H801200001001 was excluded."),
    ("reference", "LCS-204481", "The chronology of case LCS-204481 begins four years earlier."),
    ("birth", "born on 3 May 2012", "The baby, born on 3 May 2012, was seven weeks old."),
    ("age", "A 14-year-old", "A 14-year-old boy from Pennywell was found with a knife."),
    ("rare", "drowned", "The review of the boy who drowned in the canal last August is finished."),
    ("rare", "is the only deaf pupil in the school", "She is the only deaf pupil in the school and needs an interpreter."),
]
LET_THROUGH = [
    "The Independent Chair, Amara Okafor, writes in the foreword that more is to be done.",
    "Detective Superintendent Jaden Frost leads on safeguarding for the force.",
    "The Child A review and the review of Baby W were published in 2022.",
    "“I felt that somebody was on my side for the first time.”",
    "Call the Multi-Agency Safeguarding Hub on 01632 960123 or write to mash@testbury.example.",
    "Working Together to Safeguard Children and the Children Act 2004 set out what we must do.",
    "The training on suicide prevention was attended by 40 practitioners.",
    "Children aged between 11 and 16 in 12 schools answered the survey.",
    "Debt Problem, Domestic Abuse history, Emotional and Physical Abuse, Truancy Sweep.",
    "In 2023-24 case numbers rose to 1204.",
    "If you are concerned about a child, ring 01632 960400.",
    "The Signs of Safety model helped a worker to hear her family.",
]


def looked_through(text: str, **names: list[str]) -> list[Identifier]:
    return identifiers(read_document("report.txt", (HEAD + text).encode()), **names)


@pytest.mark.parametrize(("kind", "words", "text"), STOPPED)
def test_what_gives_somebody_away_is_stopped(kind: str, words: str, text: str) -> None:
    found = looked_through(text)
    assert (kind, words) in [(each.kind, each.words) for each in found]
    one = next(each for each in found if each.words == words)
    assert one.why and one.mend and 0 < one.certainty < 1 and one.at.section == "1.0"
    assert one.in_quote == text.startswith("“") and one.name == NAMES[kind]


@pytest.mark.parametrize("text", LET_THROUGH)
def test_what_gives_nobody_away_goes_through(text: str) -> None:
    assert looked_through(text) == []


def test_it_is_the_finders_that_stop_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without them everything goes through: the tests above would fail."""
    monkeypatch.setattr(gate, "FINDERS", ())
    assert not [each for _, _, text in STOPPED for each in looked_through(text)]


def test_people_on_record_are_stopped_and_those_who_agreed_go_through() -> None:
    text = "Reviewers read the story of grace walker. “Amara Okafor was my worker and never left me alone.”"
    assert [each.words for each in looked_through(text)] == ["Amara Okafor"]
    found = looked_through(text, known=["Grace Walker"], allowed=["Amara Okafor"])
    assert [each.words for each in found] == ["grace walker"] and "records" in found[0].why


def test_the_measured_seeds_are_stopped_and_clean_texts_raise_no_alarm() -> None:
    told = tally(range(1, 12))
    assert sum(told.planted.values()) == 44 and len(told.planted) == 11
    assert sum(told.met.values()) >= 42 and told.clean_false == 0, told.examples


def test_every_ground_has_a_measured_certainty() -> None:
    from bench.text_gate import grounds
    assert {each.kind for each in grounds()} == set(NAMES)
    assert all(each.key in certainties()[each.kind] for each in grounds())
