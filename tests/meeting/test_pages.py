"""The pages of meetings: a panel planned, held and minuted by its people, and shut to everybody else."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import Actor, acting
from goldthread.meeting import actions
from goldthread.meeting.models import AgendaItem, Attendance, Body, ItemAction, ItemMinute
from goldthread.process.models import Event
from goldthread.thread.models import Action
from goldthread.web.templatetags._words import clock
from tests.front_door.scene import form, text, when
from tests.meeting.scene import Panel
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Panel:
    return Panel(timezone.now())


def go(client: Client, name: str, /, *args: Any, **sent: Any) -> Any:
    address = reverse(name, args=args)
    return client.post(address, form(**sent)) if sent else client.get(address)


def mistakes(response: Any) -> str:
    """What a page that was not left says is wrong."""
    assert response.status_code == 200
    return text(response).partition("govuk-error-summary")[2][:1500]


def test_a_group_is_added_and_its_meeting_planned(panel: Panel) -> None:
    client = client_for(panel.runner)
    sent = {"name": "Neglect subgroup", "kind": "subgroup", "desk": "social-care", "chair": panel.chair.appointment.pk}
    assert "kind of group" in mistakes(go(client, "add_body", **(sent | {"kind": ""})))
    assert go(client, "add_body", **sent).status_code == 302
    with acting(panel.runner):
        body = Body.objects.get(name="Neglect subgroup")
    agency = panel.scene.police.pk
    since = when("since", timezone.localdate())
    assert go(client, "add_member", body.pk, seat=f"{agency}:{panel.police.user.pk}", **since).status_code == 302
    assert go(client, "body_quorum", body.pk, agencies="3", words="Three", **when("valid_from", timezone.localdate())
              ).status_code == 302
    at = timezone.now() + timedelta(days=3)
    sent = {"minutes_long": "90", "place": "Room 1"}
    assert "When is it?" in mistakes(go(client, "plan_meeting", body.pk, **sent))
    assert go(client, "plan_meeting", body.pk, **sent, **when("planned_at", at)).status_code == 302
    said = text(go(client_for(panel.police), "body", body.pk))
    assert "Room 1" in said and "3 agencies: Three" in said and "Plan a meeting" not in said
    assert "Neglect subgroup" in text(go(client_for(panel.police), "meetings"))


def test_decide_and_assign_on_one_page_and_the_case_has_the_step(panel: Panel) -> None:
    case, meeting = panel.scene.ready(), panel.meeting()
    item = panel.item(meeting, "Amira Sample", case=case)
    client = client_for(panel.chair)
    page = text(go(client, "meeting_item", meeting.pk, item.pk))
    assert "?step=rating" in page and "record/decision/" in page, "which has a page of its own"
    address = reverse("meeting_item", args=[meeting.pk, item.pk]) + "?step=rating"
    assert "On the case: Rating" in text(client.get(address))
    due = when("meeting-due", timezone.localdate() + timedelta(days=7))
    sent = form(**when("happened_at", panel.now - timedelta(minutes=1)), rag="red", reason="Three in a week",
                restart="no", **due, **{"meeting-said": "All were of one mind", "meeting-what": "Ring home",
                                        "meeting-doer": f"{panel.scene.police.pk}"})
    with acting(panel.chair):
        assert not Event.objects.filter(case=case, step="rating").count() > 1
    answer = client.post(address, sent)
    assert answer.status_code == 302, mistakes(answer)
    assert client.post(address, sent).status_code == 302, "sent twice"
    with acting(panel.chair):
        event = Event.objects.get(case=case, step="rating", outcome="red")
        note = ItemMinute.objects.get(item=item)
        given = Action.objects.get()
        assert (event.recorded_by, note.event, note.decision[:6]) == (panel.chair.user, event, "Rating")
        assert (given.case, given.agency, given.what) == (case, panel.scene.police, "Ring home")
        assert ItemAction.objects.get().item == item
    assert "Ring home" in text(client_for(panel.police).get(reverse("home"))), "my work"


def test_nothing_is_recorded_by_halves(panel: Panel) -> None:
    """An action without a day: neither the step nor the note is kept, and every mistake is shown at its question."""
    case, meeting = panel.scene.ready(), panel.meeting()
    item = panel.item(meeting, "Amira Sample", case=case)
    client = client_for(panel.chair)
    address = reverse("meeting_item", args=[meeting.pk, item.pk]) + "?step=message"
    sent = form(**when("happened_at", panel.now - timedelta(minutes=1)), about="other", text="We met",
                **{"meeting-what": "Ring home"})
    said = mistakes(client.post(address, sent))
    assert "Select who does it" in said and "Enter the day" in said
    past = when("meeting-due", timezone.localdate() - timedelta(days=1))
    said = mistakes(client.post(address, sent | {"meeting-doer": str(panel.scene.police.pk)} | past))
    assert "not past" in said
    with acting(panel.chair):
        assert not Event.objects.filter(case=case, step="message").exists() and not ItemMinute.objects.exists()
    assert "Write what was said" in mistakes(client.post(reverse("meeting_item", args=[meeting.pk, item.pk]), form()))


def test_who_is_here_and_minutes_approved(panel: Panel) -> None:
    meeting = panel.meeting()
    item, writer, chair = panel.item(meeting), client_for(panel.secretary), client_for(panel.chair)
    police, health = panel.scene.police.pk, panel.scene.health.pk
    sent = {f"attended_{police}": "attended", f"who_{police}": "DS Example", f"attended_{health}": "deputy",
            f"who_{health}": ""}
    assert go(writer, "meeting", meeting.pk, **sent).status_code == 302
    with acting(panel.chair):
        assert set(Attendance.objects.values_list("attended", flat=True)) == {"attended", "deputy"}
    assert "2 agencies here, quorate" in text(go(chair, "meeting", meeting.pk))
    assert go(writer, "meeting_item", meeting.pk, item.pk, **{"meeting-said": "Talked"}).status_code == 302
    assert "A draft" in text(go(writer, "meeting_minutes", meeting.pk))
    assert go(writer, "approve_minutes", meeting.pk, x="1").status_code == 404, "not the chair"
    assert go(writer, "ask_approval", meeting.pk, x="1").status_code == 302
    assert go(chair, "approve_minutes", meeting.pk).status_code == 404, "only sent"
    assert go(chair, "approve_minutes", meeting.pk, x="1").status_code == 302
    said = text(go(client_for(panel.police), "meeting_minutes", meeting.pk))
    assert "Approved by" in said and "DS Example" in said and "Talked" in said
    with acting(panel.secretary):
        note = ItemMinute.objects.get()
    assert go(writer, "correct_minute", meeting.pk, item.pk, note.pk, said="Talked more", decision="").status_code == 302
    said = text(go(client_for(panel.police), "meeting_minutes", meeting.pk))
    assert "Something was changed since" in said
    assert "Talked more" in text(go(chair, "meeting_item", meeting.pk, item.pk))


def test_a_chair_who_wrote_cannot_approve(panel: Panel) -> None:
    meeting = panel.meeting()
    actions.minute(actor=panel.chair, item=panel.item(meeting), said="Talked", decision="", now=panel.now)
    client = client_for(panel.chair)
    assert "somebody else must approve" in text(go(client, "meeting_minutes", meeting.pk))
    answer = client.post(reverse("approve_minutes", args=[meeting.pk]), follow=True)
    assert "You wrote some of these minutes" in text(answer) and "A draft" in text(answer)


def test_the_agenda_papers_and_time_are_changed_by_who_runs_it(panel: Panel) -> None:
    case, meeting = panel.scene.ready(), panel.meeting(panel.now + timedelta(days=2))
    client = client_for(panel.chair)
    about = {"kind": "case", "reference": case.reference.lower(), "title": "Amira"}
    assert go(client, "add_item", meeting.pk, **about).status_code == 302
    assert "that you may read" in mistakes(go(client_for(panel.runner), "add_item", meeting.pk, **about))
    assert go(client, "add_item", meeting.pk, kind="paper", title="Data").status_code == 302
    with acting(panel.chair):
        data = AgendaItem.objects.get(title="Data")
    client.post(reverse("add_paper", args=[meeting.pk, data.pk]), form(title="Figures") | {
        "upload": SimpleUploadedFile("figures.txt", b"Numbers")})
    assert "Figures" in text(go(client_for(panel.police), "meeting", meeting.pk))
    assert go(client, "change_item", meeting.pk, data.pk, title="Figures for autumn", presenter="").status_code == 302
    assert go(client, "move_item", meeting.pk, data.pk, way="up").status_code == 302
    assert "papers with this item" in mistakes(go(client, "remove_item", meeting.pk, data.pk, x="1"))
    later = when("planned_at", panel.now + timedelta(days=4))
    assert go(client, "change_meeting", meeting.pk, minutes_long="60", place="Room 2", **later).status_code == 302
    assert "Room 2" in text(go(client_for(panel.police), "meeting", meeting.pk))
    said = text(go(client_for(panel.police), "meeting", meeting.pk))
    assert "Figures for autumn" in said and "Amira" not in said, "police may not read the case"
    assert go(client, "cancel_meeting", meeting.pk, reason="No room").status_code == 302
    assert "This meeting was cancelled" in text(go(client, "meeting", meeting.pk))


PAGES = ("meeting", "meeting_minutes", "change_meeting", "cancel_meeting", "add_item")


def test_it_is_not_there_for_who_does_not_sit(panel: Panel) -> None:
    meeting = panel.meeting()
    item = panel.item(meeting)
    elsewhere = make_actor("team-manager", now=panel.now)
    for actor in (panel.school, panel.business, panel.other_police, elsewhere):
        client = client_for(actor)
        answers = {name: go(client, name, meeting.pk).status_code for name in PAGES}
        answers["meeting_item"] = go(client, "meeting_item", meeting.pk, item.pk).status_code
        answers["body"] = go(client, "body", panel.body.pk).status_code
        assert set(answers.values()) == {404}, (actor.role, answers)
        assert "Northbridge risk panel" not in text(go(client, "meetings"))
    for role in ("privacy-officer", "analyst", "administrator"):
        assert go(client_for(make_actor(role, panel.scene.council, panel.scene.partnership, now=panel.now)), "meetings"
                  ).status_code == 404


def test_todays_meetings_are_on_the_first_page_of_those_who_sit_at_them(panel: Panel) -> None:
    meeting = panel.meeting(panel.now, place="Room 4")
    panel.meeting(panel.now + timedelta(days=2), place="Room 5")
    shown = text(go(client_for(panel.police), "home"))
    assert "Meetings today" in shown and "Northbridge risk panel" in shown and "Room 4" in shown and "Room 5" not in shown
    assert f"{clock(meeting.planned_at)}, Room 4" in shown and reverse("meeting", args=[meeting.pk]) in shown
    assert "Northbridge risk panel" not in text(go(client_for(panel.other_police), "home"))


def test_a_member_reads_and_changes_nothing(panel: Panel) -> None:
    meeting = panel.meeting()
    item, client = panel.item(meeting), client_for(panel.police)
    assert go(client, "meeting", meeting.pk).status_code == 200
    assert "Say and decide" not in text(go(client, "meeting_item", meeting.pk, item.pk))
    assert go(client, "meeting_item", meeting.pk, item.pk, **{"meeting-said": "Mine"}).status_code == 404
    for name, args in (("add_item", ()), ("change_meeting", ()), ("change_item", (item.pk,)), ("add_paper", (item.pk,)),
                       ("remove_item", (item.pk,))):
        assert go(client, name, meeting.pk, *args).status_code == 404
    for name in ("change_body", "add_member", "plan_meeting", "body_quorum", "end_body"):
        assert go(client, name, panel.body.pk).status_code == 404
    with acting(panel.chair):
        assert not ItemMinute.objects.exists()


def test_that_a_case_was_read_at_a_meeting_is_written_down(panel: Panel) -> None:
    from goldthread.access import audit
    case, meeting = panel.scene.ready(), panel.meeting()
    panel.item(meeting, "Amira Sample", case=case)
    go(client_for(panel.chair), "meeting", meeting.pk)
    go(client_for(panel.police), "meeting", meeting.pk)
    def read_by(actor: Actor) -> list[dict[str, Any]]:
        with acting(actor):
            found = audit.readings_by(actor.user.pk, since=panel.now - timedelta(hours=1))
        return [reading for reading in found if reading["kind"] == "meeting"]
    mine, theirs = read_by(panel.chair), read_by(panel.police)
    assert mine[0]["people"] and not theirs[0]["people"], "police saw the agenda without the case"


def test_the_calendar_address(panel: Panel) -> None:
    panel.meeting(panel.now + timedelta(days=7), place="Amira's school")
    client = client_for(panel.police)
    page = text(client.post(reverse("calendar")))
    address = page.partition("gt-code\">")[2].partition("</p>")[0]
    answer = Client().get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    assert b"SUMMARY:Panel" in answer.content and b"Amira" not in answer.content and b"Northbridge" not in answer.content
    assert answer["Cache-Control"] == "private, no-store"
    assert Client().get(reverse("calendar_feed", args=["guessed"])).status_code == 404
    assert address not in text(client.get(reverse("calendar")))
    client.post(reverse("calendar"))
    assert Client().get(address).status_code == 404, "renewed"


def test_pages_ask_no_more_queries_for_a_longer_agenda(panel: Panel) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    meeting = panel.meeting()
    client, counts = client_for(panel.chair), []
    for _ in range(2):
        for n in range(4):
            item = panel.item(meeting, f"Item {n}")
            actions.minute(actor=panel.secretary, item=item, said="A", decision="", now=panel.now)
        go(client, "meeting", meeting.pk)
        with CaptureQueriesContext(connection) as asked:
            go(client, "meeting", meeting.pk)
        counts.append(len(asked))
    assert counts[0] == counts[1] and counts[1] <= 45, counts
