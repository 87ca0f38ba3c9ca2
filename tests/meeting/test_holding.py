"""A meeting planned, held and minuted: who may, what is refused, and minutes that the chair approves."""
from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from goldthread.access.actor import NotThroughActions, Refused, acting
from goldthread.domains.front_door import models as m
from goldthread.meeting import actions, minutes
from goldthread.meeting.actions.minutes import digest_of
from goldthread.meeting.models import AgendaItem, ItemMinute, Meeting, MinutesPart
from goldthread.process.models import Event
from tests.meeting.scene import Panel
from tests.notify.helping import told
from tests.support import NOW, make_actor

pytestmark = pytest.mark.django_db
SOON = NOW.date() + timedelta(days=14)


@pytest.fixture
def panel() -> Panel:
    return Panel(NOW)


def test_those_who_sit_are_told_of_a_meeting_and_nobody_else(panel: Panel) -> None:
    meeting = panel.meeting(NOW + timedelta(days=7))
    heard = {row.user_id for row in told() if row.text == "A meeting you sit at is planned"}
    assert heard == {panel.chair.user.pk, panel.police.user.pk, panel.health.user.pk}
    actions.cancel_meeting(actor=panel.chair, meeting=meeting, reason="No room", now=NOW)
    assert sum(row.text == "A meeting you sit at was cancelled" for row in told()) == 2, "not whoever cancelled it"
    with pytest.raises(ValidationError, match="was cancelled"):
        panel.item(meeting)


def test_who_runs_the_meetings(panel: Panel) -> None:
    meeting = panel.meeting()
    for actor in (panel.chair, panel.secretary, panel.runner):
        panel.item(meeting, by=actor)
    with pytest.raises(Refused):
        panel.item(meeting, by=panel.police)
    for stranger in (panel.business, panel.school, panel.other_police):
        with pytest.raises(Meeting.DoesNotExist):
            panel.item(meeting, by=stranger)
    with pytest.raises(ValidationError, match="a desk you work at"):
        actions.add_body(actor=panel.runner, name="Hub", kind="panel", desk="front-door", chair=panel.chair.appointment,
                         now=NOW)
    with pytest.raises(Refused):
        actions.add_body(actor=panel.chair, name="Hub", kind="panel", desk="front-door", chair=panel.chair.appointment,
                         now=NOW)


def test_rows_are_written_by_actions_only(panel: Panel) -> None:
    meeting = panel.meeting()
    with acting(panel.chair), pytest.raises(NotThroughActions):
        Meeting.objects.filter(pk=meeting.pk).update(place="Elsewhere")


def test_the_agenda_is_ordered_by_hand_until_something_is_recorded(panel: Panel) -> None:
    meeting = panel.meeting()
    first, second = panel.item(meeting, "First"), panel.item(meeting, "Second")
    actions.move_item(actor=panel.chair, item=second, up=True, now=NOW)
    with acting(panel.chair):
        assert [i.title for i in AgendaItem.objects.filter(meeting=meeting).order_by("order")] == [
            "Actions from last time", "Second", "First"]
    actions.minute(actor=panel.chair, item=first, said="Talked", decision="", now=NOW)
    for change in (lambda: actions.remove_item(actor=panel.chair, item=first, now=NOW),
                   lambda: actions.change_item(actor=panel.chair, item=first, title="Other", presenter="", now=NOW)):
        with pytest.raises(ValidationError, match="stays"):
            change()
    actions.remove_item(actor=panel.chair, item=second, now=NOW)
    with pytest.raises(ValidationError, match="so it was held"):
        actions.cancel_meeting(actor=panel.chair, meeting=meeting, reason="Late", now=NOW)


def test_quorum_is_of_the_day_and_counts_deputies(panel: Panel) -> None:
    meeting = panel.meeting()
    def here(agency: Any, attended: str) -> None:
        actions.mark_attendance(actor=panel.secretary, meeting=meeting, agency=agency, attended=attended, who="", now=NOW)
    def quorate() -> Any:
        with acting(panel.chair):
            return minutes.presence(meeting).quorate
    assert quorate() is False
    here(panel.scene.police, "attended")
    here(panel.scene.health, "apologies")
    assert quorate() is False
    here(panel.scene.health, "deputy")
    assert quorate() is True
    actions.set_quorum(actor=panel.runner, body=panel.body, agencies=3, words="", valid_from=NOW.date() + timedelta(days=1),
                       now=NOW)
    assert quorate() is True, "a rule of tomorrow does not count today"
    actions.set_quorum(actor=panel.runner, body=panel.body, agencies=3, words="", valid_from=NOW.date(), now=NOW)
    assert quorate() is False


def test_a_decision_at_the_panel_is_recorded_on_the_case(panel: Panel) -> None:
    case, meeting = panel.scene.ready(), panel.meeting()
    item = panel.item(meeting, "Amira Sample", case=case)
    event = panel.scene.record(case, m.Decision(level="2", detail="early-help", outcome="other",
                                                rationale="Level 2", partners_asked=True))
    note = actions.minute(actor=panel.chair, item=item, said="", decision="Early help", now=NOW, event=event)
    with acting(panel.chair):
        assert ItemMinute.objects.get(pk=note.pk).event == Event.objects.get(case=case, step="decision")
    other = panel.scene.ready()
    with pytest.raises(ValidationError, match="another case"):
        actions.minute(actor=panel.chair, item=item, said="", decision="Mixed up", now=NOW,
                       event=panel.scene.events(other, "rating")[0])


def test_sent_twice_is_minuted_once_and_a_correction_keeps_the_old_words(panel: Panel) -> None:
    item = panel.item(panel.meeting())
    number = uuid4()
    one = actions.minute(actor=panel.secretary, item=item, said="A", decision="B", now=NOW, submission=number)
    assert actions.minute(actor=panel.secretary, item=item, said="A", decision="B", now=NOW, submission=number) == one
    two = actions.correct_minute(actor=panel.chair, was=one, said="A2", decision="B", now=NOW)
    with acting(panel.chair):
        assert list(ItemMinute.objects.filter(item=item).values_list("said", "replaced_by")) == [("A", two.pk), ("A2", None)]
    with pytest.raises(ValidationError, match="already replaced"):
        actions.correct_minute(actor=panel.chair, was=one, said="A3", decision="B", now=NOW)
    with transaction.atomic(), pytest.raises(DatabaseError), panel.scene.system():
        from goldthread.access.actor import writing
        with writing():
            ItemMinute.objects.filter(pk=two.pk).update(said="Never said")


def test_nothing_is_minuted_before_the_day(panel: Panel) -> None:
    item = panel.item(panel.meeting(NOW + timedelta(days=2)))
    with pytest.raises(Refused, match="has not taken place"):
        actions.minute(actor=panel.secretary, item=item, said="A", decision="", now=NOW)


def test_minutes_are_approved_by_a_chair_who_did_not_write_them(panel: Panel) -> None:
    meeting = panel.meeting()
    item = panel.item(meeting)
    with pytest.raises(ValidationError, match="Nothing was minuted"):
        actions.approve(actor=panel.chair, meeting=meeting, now=NOW)
    note = actions.minute(actor=panel.secretary, item=item, said="Talked", decision="Ask schools", now=NOW)
    action = actions.give_action(actor=panel.secretary, item=item, what="Write to schools", agency=panel.scene.health,
                                 owner=panel.health.user, due=SOON, now=NOW)
    for other in (panel.secretary, panel.runner, panel.police):
        with pytest.raises(Refused, match="Only the chair"):
            actions.approve(actor=other, meeting=meeting, now=NOW)
    kept = actions.approve(actor=panel.chair, meeting=meeting, now=NOW + timedelta(minutes=1))
    with acting(panel.police):
        parts = list(MinutesPart.objects.filter(minutes=kept).order_by("order"))
        assert [p.decision for p in parts] == ["", "Ask schools"] and "Write to schools" in parts[1].actions
        assert digest_of(kept.attendance, [(p.order, p.title, p.said, p.decision, p.actions) for p in parts]) == kept.digest
        assert minutes.settled(meeting, minutes.draft(meeting))
    later = NOW + timedelta(minutes=2)
    actions.correct_minute(actor=panel.chair, was=note, said="Talked at length", decision="Ask schools", now=later)
    with acting(panel.police):
        assert not minutes.settled(meeting, minutes.draft(meeting)), "changed since"
        assert MinutesPart.objects.get(pk=parts[1].pk).said == "Talked", "the copy is as it was approved"
    with pytest.raises(Refused, match="You wrote some"):
        actions.approve(actor=panel.chair, meeting=meeting, now=later)
    assert action.source == f"Northbridge risk panel, {NOW.day} November 2026"


def test_actions_from_last_time_come_back_while_they_are_open(panel: Panel) -> None:
    earlier = panel.meeting(NOW - timedelta(days=28))
    given = actions.give_action(actor=panel.chair, item=panel.item(earlier), what="Write", agency=panel.scene.health,
                                due=SOON, now=NOW)
    meeting = panel.meeting()
    with acting(panel.police):
        assert list(minutes.last_time(meeting)) == [given] and not minutes.last_time(earlier)


def test_a_chair_covered_for_and_a_stranger(panel: Panel) -> None:
    cover = make_actor("mash-manager", panel.scene.council, panel.scene.partnership)
    chair = panel.chair.appointment
    chair.covered_by, chair.cover_until = cover.appointment, NOW.date() + timedelta(days=3)
    chair.save()
    from goldthread.access.actor import actor_for
    meeting = panel.meeting()
    actions.minute(actor=panel.secretary, item=panel.item(meeting), said="A", decision="", now=NOW)
    actions.approve(actor=actor_for(cover.appointment, now=NOW), meeting=meeting, now=NOW)
    stranger = make_actor("mash-manager", panel.scene.council, panel.scene.partnership)
    with pytest.raises(Meeting.DoesNotExist):
        actions.approve(actor=stranger, meeting=meeting, now=NOW)
