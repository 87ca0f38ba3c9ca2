"""What is said of a meeting agrees with who is down as having attended, whatever way the record comes in."""
from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from goldthread.access.actor import acting, system, writing
from goldthread.domains.assessment import models as assessment
from goldthread.domains.child_in_need import models as need
from goldthread.domains.child_protection import models as protection
from goldthread.domains.section_47 import models as enquiry
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.bulk import Bulk, Planned, PlannedCase
from goldthread.process.models import Case, Event, StepRecord
from goldthread.process.models.attendance import PARTS
from goldthread.process.registry import get
from goldthread.rules import codes
from tests.domains.filling import Form
from tests.process.walking import World, filled, make_person, walk
from tests.support import client_for, make_actor, make_agency

pytestmark = pytest.mark.django_db
CARE, POLICE, HEALTH, SCHOOL = "childrens-services", "police", "acute-trust", "school"


class Meeting:
    """A case that waits for its meeting, and agencies of every kind to come to it."""

    def __init__(self, process: str, record: type[StepRecord], attendance: type, role: str) -> None:
        self.world = World(get(process))
        self.case = walk(self.world, stop_before=record.step_key())  # type: ignore[attr-defined]
        self.record, self.attendance = record, attendance
        self.actor = make_actor(role, partnership=self.world.partnership)
        self.agencies = {kind: make_agency(kind, partnership=self.world.partnership)
                         for kind in (CARE, POLICE, HEALTH, SCHOOL)}

    def lines(self, *kinds: str, wrote: tuple[str, ...] = ()) -> list[Any]:
        there = [self.attendance(agency=self.agencies[kind]) for kind in kinds]
        return [*there, *(self.attendance(agency=self.agencies[kind], attended="report") for kind in wrote)]

    def writing(self, lines: list[Any], **given: Any) -> Writing:
        given = {"quorate": True, "not_quorate_reason": "", **given}
        return Writing(filled(self.record, self.world, self.case, happened_at=self.world.now, **given), lines)

    def write(self, lines: list[Any], **given: Any) -> Event:
        with acting(self.actor):
            return actions.record(actor=self.actor, case=self.case, step=self.case.process.step(self.record.step_key()),
                                  writing_=self.writing(lines, **given), now=self.world.now)

    def refused(self, act: Callable[[], Any]) -> str:
        """The words beside the question that an act is refused with."""
        with pytest.raises(ValidationError) as wrong:
            act()
        assert list(wrong.value.message_dict) == ["quorate"]
        return str(wrong.value.message_dict["quorate"][0])


def discussion() -> Meeting:
    return Meeting("section-47", enquiry.StrategyDiscussion, enquiry.StrategyAttendance, "team-manager")


def conference() -> Meeting:
    return Meeting("child-protection", protection.InitialConference, protection.ConferenceAttendance, "conference-chair")


def test_a_discussion_of_all_three_has_all_three_down_as_attending() -> None:
    at = discussion()
    assert "missing from those who attended: police and health." in at.refused(lambda: at.write(at.lines(CARE, SCHOOL)))
    assert "attended: social care, police and health." in at.refused(lambda: at.write([]))
    only_wrote = at.lines(CARE, POLICE, wrote=(HEALTH,))
    assert "attended: health." in at.refused(lambda: at.write(only_wrote))
    at.write(at.lines(CARE, POLICE, wrote=(HEALTH,)), quorate=False, not_quorate_reason="The ward could spare nobody")
    at.write(at.lines(CARE, POLICE, HEALTH))


def test_a_discussion_that_all_three_attended_is_not_said_to_lack_one() -> None:
    at = discussion()
    said = at.refused(lambda: at.write(at.lines(CARE, POLICE, HEALTH), quorate=False, not_quorate_reason="In haste"))
    assert "all down as attending" in said


def test_a_correction_is_held_against_its_lines_too() -> None:
    at = discussion()
    event = at.write(at.lines(CARE, POLICE, HEALTH))

    def correct(lines: list[Any]) -> Event:
        with acting(at.actor):
            return actions.correct(actor=at.actor, event=event, writing_=at.writing(lines), now=at.world.now)
    assert "attended: police." in at.refused(lambda: correct(at.lines(CARE, HEALTH)))
    correct(at.lines(CARE, POLICE, HEALTH, SCHOOL))


def test_what_is_loaded_in_bulk_is_held_against_its_lines_too() -> None:
    at = discussion()
    who = {"user": at.actor.user.pk, "agency": at.actor.agency.pk}
    first = filled(at.world.process.first.record, at.world, None, happened_at=at.world.now)

    def load(lines: list[Any]) -> list[int]:
        met = Planned(at.writing(lines).record, lines=lines, **who)
        with acting(system(at.world.partnership.pk)), writing():
            return Bulk(at.world.process, at.world.partnership, at.world.now).store(
                [PlannedCase(at.actor.agency.pk, [Planned(first, **who), met])])
    assert "attended: police and health." in at.refused(lambda: load(at.lines(CARE)))
    assert load(at.lines(CARE, POLICE, HEALTH))


def test_a_page_says_beside_the_question_who_is_missing() -> None:
    at = discussion()
    client, url = client_for(at.actor), reverse("record", args=[at.case.reference, "strategy-discussion"])
    page = client.post(url, Form(client.get(url).content.decode()).filled({"quorate": "yes", "decision": "joint"}))
    words = " ".join(page.content.decode().split())
    assert page.status_code == 200 and 'href="#id_quorate' in words
    assert words.count("missing from those who attended: social care, police and health.") == 2, "on top and at the question"


@pytest.mark.parametrize("kinds,wrote,missing", [
    ((CARE, POLICE), (HEALTH, SCHOOL), "one other agency"), ((POLICE, HEALTH), (), "social care"),
    ((), (CARE,), "social care and 2 other agencies")])
def test_a_conference_of_enough_agencies_has_them_down_as_attending(kinds: tuple[str, ...], wrote: tuple[str, ...],
                                                                    missing: str) -> None:
    at = conference()
    assert f"attended: {missing}." in at.refused(lambda: at.write(at.lines(*kinds, wrote=wrote)))
    at.write(at.lines(*kinds, wrote=wrote), quorate=False, not_quorate_reason="The family wished to go on")


def test_a_review_conference_is_held_to_the_same() -> None:
    at = Meeting("child-protection", protection.ReviewConference, protection.ReviewAttendance, "conference-chair")
    assert "attended: one other agency." in at.refused(lambda: at.write(at.lines(CARE, SCHOOL)))
    at.write(at.lines(CARE, SCHOOL, HEALTH))


@pytest.mark.parametrize("meeting", [discussion, conference])
def test_negative_control_lines_nobody_looks_at_let_it_through(meeting: Callable[[], Meeting], monkeypatch: Any) -> None:
    at = meeting()
    monkeypatch.setattr(at.record, "clean_lines", StepRecord.clean_lines)
    at.write([])
    with acting(system(at.world.partnership.pk)):
        assert at.record._default_manager.get(case=at.case).quorate, "said to be enough, with nobody there"  # type: ignore[attr-defined]


FAMILIES = [
    ("section-47", enquiry.StrategyDiscussion, enquiry.ChildDecision, "decision", "no-enquiry", "joint"),
    ("section-47", enquiry.EnquiryOutcome, enquiry.ChildOutcome, "outcome", "nfa", "cp-conference"),
    ("child-protection", protection.InitialConference, protection.ChildDecision, "outcome", "nfa", "cp-plan"),
    ("child-protection", protection.ReviewConference, protection.ReviewChildDecision, "decision", "end", "continue"),
    ("child-in-need", need.NeedReview, need.NeedChildDecision, "decision", "end", "continue"),
    ("child-in-need", need.NeedReview, need.NeedChildDecision, "decision", "continue", "strategy-discussion"),
    ("assessment", assessment.AssessmentOutcome, assessment.ChildOutcome, "outcome", "nfa", "strategy-discussion"),
]


@pytest.mark.parametrize("process,model,line,field,less,more", FAMILIES, ids=[f"{f[1].__name__}/{f[5]}" for f in FAMILIES])
def test_no_child_is_left_out_of_what_comes_next(process: str, model: Any, line: Any, field: str, less: str,
                                                 more: str) -> None:
    """Only the record's own answer leads on: a child's that asks for more would be lost."""
    world = World(get(process))
    record, apart = filled(model, world, None, happened_at=world.now), filled(line, world, None)
    setattr(record, field, less)
    setattr(apart, field, more)
    if hasattr(record, "quorate"):
        record.quorate = False
    with pytest.raises(ValidationError) as wrong:
        record.clean_lines([apart])
    assert "for one child. Choose it here too" in wrong.value.message_dict[field][0]
    setattr(record, field, more)
    setattr(apart, field, less)
    record.clean_lines([apart])


def test_a_child_left_out_is_refused_when_it_is_recorded() -> None:
    at = discussion()
    apart = enquiry.ChildDecision(person=make_person(at.world), decision="single")
    with pytest.raises(ValidationError, match="for one child"):
        at.write([apart], quorate=False, not_quorate_reason="In haste", decision="no-enquiry")
    with acting(system(at.world.partnership.pk)):
        assert not enquiry.StrategyDiscussion.objects.filter(case=at.case).exists()
        assert Case.objects.get(pk=at.case.pk).closed_at is None


def test_the_scorecard_counts_the_same_kinds_as_health() -> None:
    declared = files("goldthread.rules").joinpath("data/indicators/3-protection.toml").read_text(encoding="utf-8")
    [counted] = re.findall(r'step = \'strategy-discussion\' and present like[^"]*', declared)
    kinds = {each.code for each in codes.every(PARTS) if each.label in ("Police", "Health")}
    assert kinds == set(re.findall(r"\|([a-z-]+)\|", counted))
