"""Who may interview a child who came back, what findings are shared, and episodes that repeat."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting
from goldthread.domains.missing import models as m
from goldthread.domains.missing import patterns
from goldthread.people.actions import merge
from goldthread.process import confining
from goldthread.process.definition import Step
from goldthread.process.models import Ask, Case
from tests.domains.scene import Scene
from tests.support import client_for

pytestmark = pytest.mark.django_db
INTERVIEW: dict[str, Any] = {
    "independence": "Works for another agency than the home", "seen_alone": True, "child_voice": "I wanted my sister",
    "would_help": "Seeing her on Sundays", "harm": "no"}


@pytest.fixture
def scene() -> Scene:
    return Scene()


def found(scene: Scene, case: Case, **given: Any) -> None:
    scene.record(case, m.MissingFound(**({"ending": "returned", "harm": "none"} | given)))


def test_whoever_reported_the_child_missing_does_not_interview_them(scene: Scene) -> None:
    case = scene.missing(scene.person("Testa"), by="worker")
    found(scene, case)
    scene.record(case, m.InterviewOffer(answer="accepted"))
    with pytest.raises(Refused, match="Somebody else must do this"):
        scene.record(case, m.ReturnInterview(**INTERVIEW), by="worker")
    with pytest.raises(Refused):
        scene.record(case, m.ReturnInterview(**INTERVIEW), by="lead")  # manages, and does not hold interviews
    event = scene.record(case, m.ReturnInterview(**INTERVIEW), m.Factor(factor="pull-family", note="My sister"), by="other")
    with acting(scene.seats["lead"]):
        assert event.record.child_voice == "I wanted my sister"


def test_without_being_kept_apart_the_reporter_could_interview(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    case = scene.missing(scene.person("Testa"), by="worker")
    found(scene, case)
    scene.record(case, m.InterviewOffer(answer="accepted"))
    step: Step = case.process.step(m.ReturnInterview.step_key())
    monkeypatch.setitem(step.__dict__, "apart_from", ())
    assert scene.record(case, m.ReturnInterview(**INTERVIEW), by="worker").pk


@pytest.mark.parametrize("answer", ["refused", "not-offered"])
def test_no_interview_needs_a_reason(scene: Scene, answer: str) -> None:
    case = scene.missing(scene.person("Testa"))
    found(scene, case)
    with pytest.raises(ValidationError, match="Answer “Why not"):
        scene.record(case, m.InterviewOffer(answer=answer))
    scene.record(case, m.InterviewOffer(answer=answer, reason="She says she has told us all"))
    with scene.system():
        assert not case.clockrows.filter(name="Return home interview").exists()
        assert case.last(m.InterviewOffer.step_key()).record.reason == "She says she has told us all"


def test_harm_is_said_in_words_and_a_child_is_last_seen_before_being_missed(scene: Scene) -> None:
    case = scene.missing(scene.person("Testa"))
    with pytest.raises(ValidationError, match="what happened to the child"):
        found(scene, case, harm="physical")
    with pytest.raises(ValidationError, match="last seen before"):
        scene.missing(scene.person("Otto"), last_seen_at=scene.now + timedelta(hours=1))


def test_a_grade_stays_with_those_before_it_and_none_is_given_once_found(scene: Scene) -> None:
    case = scene.missing(scene.person("Testa"))
    for grade in ("medium", "high"):
        scene.record(case, m.RiskGrade(grade=grade, graded_by="Invented Police", reason="Why"))
    assert scene.fresh(case).mark == "high"
    with acting(scene.seats["lead"]):
        assert [e.outcome for e in case.recorded("risk-grade")] == ["medium", "high"]
    found(scene, case)
    with pytest.raises(Refused):
        scene.record(case, m.RiskGrade(grade="low", graded_by="Invented Police", reason="Back"))


def test_findings_go_to_the_agency_told_and_to_no_other(scene: Scene) -> None:
    case = scene.missing(scene.person("Testa"))
    found(scene, case)
    scene.record(case, m.FindingsShared(about="Testa Exampleton", findings="She is afraid of the bus home"),
                 m.SharedAgency(agency=scene.school, due=scene.now + timedelta(days=2)))
    with acting(scene.seats["school"]):
        ask = Ask.objects.get()
        assert m.FindingsShared.objects.get().findings == "She is afraid of the bus home"
        assert not Case.objects.exists() and not m.MissingReport.objects.exists()
    with acting(scene.seats["police"]):
        assert not Ask.objects.exists() and not m.FindingsShared.objects.exists()
    scene.record(case, m.FindingsRead(will_do="Somebody walks with her"), by="school", ask=ask)
    with acting(scene.seats["lead"]):
        assert m.FindingsRead.objects.get().will_do == "Somebody walks with her"


def episodes(scene: Scene, child: Any, *days_ago: int) -> list[Case]:
    return [scene.missing(child, at=scene.now - timedelta(days=days)) for days in days_ago]


def test_episodes_of_one_child_are_counted_within_90_days_to_the_hour(scene: Scene) -> None:
    child = scene.person("Testa")
    before = episodes(scene, child, 200, 91, 90, 10)
    case = scene.missing(child)
    with acting(scene.seats["worker"]):
        assert patterns.earlier(case) == before[::-1]
        assert patterns.within_window(case, patterns.earlier(case)) == 3, "those 90 and 10 days ago, and this one"
        [line] = patterns.patterns(scene.now)
    assert (line.lately, line.year, line.many) == (3, 5, True)


def test_episodes_of_merged_records_belong_to_one_child(scene: Scene) -> None:
    one, other = scene.person("Testa"), scene.person("Testa")
    [before] = episodes(scene, other, 5)
    case = scene.missing(one)
    with acting(scene.seats["worker"]):
        assert patterns.earlier(case) == [] and len(patterns.patterns(scene.now)) == 2
    merge(actor=scene.seats["front"], keep=one.pk, fold=other.pk, reason="Same child", now=scene.now)
    with acting(scene.seats["worker"]):
        assert patterns.earlier(case) == [before]
        assert [p.year for p in patterns.patterns(scene.now)] == [2]


def test_a_restricted_episode_is_in_no_count_but_those_of_the_named(scene: Scene) -> None:
    child = scene.person("Testa")
    [before] = episodes(scene, child, 5)
    case = scene.missing(child)
    lead = scene.seats["lead"]
    confining.restrict(actor=lead, case=before, named=[lead.user.pk], reason="Staff family", now=scene.now)
    with acting(scene.seats["worker"]):
        assert patterns.earlier(case) == [] and patterns.patterns(scene.now)[0].year == 1
    with acting(lead):
        assert patterns.earlier(case) == [before], "hidden, not gone"


def test_factors_are_counted_once_an_interview(scene: Scene) -> None:
    for given in ("Testa", "Otto"):
        case = scene.missing(scene.person(given))
        found(scene, case)
        scene.record(case, m.InterviewOffer(answer="accepted"))
        scene.record(case, m.ReturnInterview(**INTERVIEW), m.Factor(factor="pull-family"), m.Factor(factor="pull-family"),
                     m.Factor(factor="push-school"), by="other")
    with acting(scene.seats["lead"]):
        since = scene.now - timedelta(days=1)
        assert patterns.factors(since, scene.now) == [("Pull: wanting to be with family", 2),
                                                      ("Push: trouble at school, exclusion or bullying", 2)]
    with acting(scene.seats["school"]):
        assert patterns.factors(since, scene.now) == []


def interviewed(scene: Scene, child: Any, *factors: str) -> Case:
    """An episode that is over, and what the child said pushed or pulled them."""
    case = scene.missing(child)
    found(scene, case)
    scene.record(case, m.InterviewOffer(answer="accepted"))
    scene.record(case, m.ReturnInterview(**INTERVIEW), *(m.Factor(factor=each) for each in factors), by="other")
    return case


def test_what_pushes_or_pulls_one_child_again_and_again_is_seen_beside_their_episodes(scene: Scene) -> None:
    child, other = scene.person("Testa"), scene.person("Otto")
    interviewed(scene, child, "pull-family", "push-school")
    interviewed(scene, child, "pull-family", "pull-online", "pull-family")
    interviewed(scene, other, "push-school")
    with acting(scene.seats["lead"]):
        why = {line.person: line.why for line in patterns.patterns(scene.now)}
    assert why == {child: ("Pull: wanting to be with family (2 times)",), other: ()}
    client, case = client_for(scene.seats["lead"]), scene.missing(child, at=scene.now + timedelta(hours=1))
    assert why[child][0] in client.get("/missing/patterns/").content.decode()
    page = client.get(f"/case/{case.reference}/").content.decode()
    assert "What the interviews name more than once: Pull: wanting to be with family (2 times)." in page


def test_the_page_of_an_episode_says_what_came_before(scene: Scene) -> None:
    child = scene.person("Testa")
    before = episodes(scene, child, 20, 10)
    case = scene.missing(child)
    page = client_for(scene.seats["worker"]).get(f"/case/{case.reference}/").content.decode()
    assert "2 earlier episodes, and 3 in 90 days with this one." in page and before[1].reference in page
    assert "hold a strategy meeting, whatever the risk grade" in page
    shown = client_for(scene.seats["worker"]).get("/missing/patterns/").content.decode()
    assert "Testa Exampleton" in shown and "Strategy meeting" in shown
    assert client_for(scene.seats["school"]).get("/missing/patterns/").status_code == 404


def test_the_list_of_episodes_is_narrowed_by_type_and_grade(scene: Scene) -> None:
    gone, away = scene.missing(scene.person("Testa")), scene.missing(scene.person("Otto"), kind="A")
    scene.record(gone, m.RiskGrade(grade="high", graded_by="Invented Police", reason="Why"))
    client = client_for(scene.seats["worker"])
    for query, there, not_there in (("kind=A", away, gone), ("kind=M", gone, away), ("mark=high", gone, away)):
        page = client.get(f"/work/missing/?{query}").content.decode()
        assert there.reference in page and not_there.reference not in page, query
    assert "Who goes missing again" in page


def test_whoever_reported_reads_the_episode_and_who_it_is_about_only_as_they_said_it(scene: Scene) -> None:
    case = scene.missing(scene.person("Testa"), by="police", child_stated="Testa E., about 15")
    page = client_for(scene.seats["police"]).get(f"/case/{case.reference}/")
    assert page.status_code == 200 and "not open to you" in page.content.decode()
    assert scene.fresh(scene.missing(by="police", child_stated="Testa E., about 15")).title == "Testa E., about 15"
