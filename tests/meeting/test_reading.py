"""What a meeting says of a case is read by those who may read the case and sit as well; all else by those who sit."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goldthread.access.actor import Actor, acting
from goldthread.access.models import without_application_filter
from goldthread.files.models import Document
from goldthread.meeting import actions
from goldthread.meeting.actions.bodies import refresh
from goldthread.meeting.models import AgendaItem, ItemAction, ItemMinute, Meeting, MinutesPart, Paper
from goldthread.process import confining
from goldthread.thread.models import Action
from tests.access.separate import as_superuser, undone
from tests.meeting.scene import Panel
from tests.support import NOW, make_actor

pytestmark = pytest.mark.django_db
TABLES: tuple[Any, ...] = (AgendaItem, Paper, ItemMinute, ItemAction, MinutesPart)


@pytest.fixture
def panel() -> Panel:
    return Panel(NOW)


@pytest.fixture
def held(panel: Panel) -> Iterator[tuple[Panel, AgendaItem, AgendaItem]]:
    """A meeting with one item about a case and one about none, each with a paper, a note and an action, approved."""
    case, meeting = panel.scene.ready(), panel.meeting()
    about, plain = panel.item(meeting, "Amira Sample", case=case), panel.item(meeting)
    for item in (about, plain):
        file = SimpleUploadedFile("paper.txt", b"What is known")
        actions.add_paper(actor=panel.secretary, item=item, title="Paper", upload=file, now=NOW)
        actions.minute(actor=panel.secretary, item=item, said="Talked", decision="Decided", now=NOW)
        actions.give_action(actor=panel.secretary, item=item, what="Do it", agency=panel.scene.health,
                            due=NOW.date() + timedelta(days=9), now=NOW)
    actions.approve(actor=panel.chair, meeting=meeting, now=NOW)
    yield panel, about, plain


def seen(actor: Actor, item: AgendaItem) -> int:
    """How many of the five rows of an item somebody sees, both nets on; the same when only the database's is."""
    def count() -> int:
        rows = [AgendaItem.objects.filter(pk=item.pk), *(m.objects.filter(item=item.pk) for m in TABLES[1:])]
        return sum(each.count() for each in rows)
    with acting(actor):
        found = count()
        with without_application_filter():
            assert count() == found, "the two nets disagree"
    return found


def test_who_reads_which_item(held: tuple[Panel, AgendaItem, AgendaItem]) -> None:
    panel, about, plain = held
    sees = {"chair": panel.chair, "secretary": panel.secretary, "runner": panel.runner, "police named": panel.police,
            "health": panel.health, "police not named": panel.other_police, "school": panel.school,
            "business manager": panel.business}
    assert {name: (seen(actor, about), seen(actor, plain)) for name, actor in sees.items()} == {
        "chair": (5, 5), "secretary": (5, 5), "runner": (0, 5), "police named": (0, 5), "health": (0, 5),
        "police not named": (0, 0), "school": (0, 0), "business manager": (0, 0)}


def test_negative_control_without_the_second_token_the_school_reads_what_the_panel_said(
        held: tuple[Panel, AgendaItem, AgendaItem]) -> None:
    panel, about, _ = held
    with undone():
        with as_superuser() as cursor:
            cursor.execute("drop policy within on meeting_agendaitem")
        with acting(panel.school), without_application_filter():
            assert AgendaItem.objects.filter(pk=about.pk).exists(), "it may read the case"
        with acting(panel.school):
            assert not AgendaItem.objects.filter(pk=about.pk).exists(), "the application's filter is a net by itself"


def test_the_papers_themselves_follow(held: tuple[Panel, AgendaItem, AgendaItem]) -> None:
    panel, about, plain = held
    with panel.scene.system():
        papers = {item.pk: Paper.objects.get(item=item).document_id for item in (about, plain)}
    for actor, may in ((panel.chair, (True, True)), (panel.school, (False, False)), (panel.health, (False, True))):
        with acting(actor):
            assert tuple(Document.objects.filter(pk=papers[i.pk]).exists() for i in (about, plain)) == may


def test_a_case_restricted_afterwards_closes_its_item_and_its_action(held: tuple[Panel, AgendaItem, AgendaItem]) -> None:
    panel, about, plain = held
    with acting(panel.chair):
        case = panel.scene.fresh(about.case)
        confining.restrict(actor=panel.chair, case=case, named=[panel.chair.user.pk], reason="Somebody's own", now=NOW)
    assert [seen(panel.chair, about), seen(panel.secretary, about), seen(panel.secretary, plain)] == [5, 0, 5]
    with acting(panel.health):
        assert Action.objects.count() == 1, "only the action that is about no case"


def test_who_sits_no_more_reads_no_more(held: tuple[Panel, AgendaItem, AgendaItem]) -> None:
    panel, _, plain = held
    with acting(panel.health):
        given = Action.objects.get(case=None)
    with panel.scene.system():
        member = panel.body.bodymembers.get(agency=panel.scene.police)
    actions.unseat_member(actor=panel.runner, member=member, last_day=NOW.date() - timedelta(days=1), now=NOW)
    assert seen(panel.police, plain) == 0
    with acting(panel.police):
        assert not Meeting.objects.exists() and not Action.objects.filter(pk=given.pk).exists()


def test_a_last_day_that_passes_is_noticed(held: tuple[Panel, AgendaItem, AgendaItem]) -> None:
    panel, _, plain = held
    with panel.scene.system():
        member = panel.body.bodymembers.get(agency=panel.scene.police)
    actions.unseat_member(actor=panel.runner, member=member, last_day=NOW.date(), now=NOW)
    assert seen(panel.police, plain) == 5
    assert [refresh(NOW), refresh(NOW + timedelta(days=1)), refresh(NOW + timedelta(days=1))] == [0, 1, 0]
    assert seen(panel.police, plain) == 0


def test_an_item_about_a_case_that_is_not_theirs_cannot_be_made(panel: Panel) -> None:
    case, meeting = panel.scene.ready(), panel.meeting()
    with pytest.raises(type(case).DoesNotExist):
        panel.item(meeting, "Amira Sample", case=case, by=panel.runner)


def test_another_partnership_sees_nothing(held: tuple[Panel, AgendaItem, AgendaItem]) -> None:
    _, about, plain = held
    assert [seen(make_actor("team-manager"), item) for item in (about, plain)] == [0, 0]
