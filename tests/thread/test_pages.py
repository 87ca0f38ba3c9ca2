"""The pages of the thread: from a finding to its impact, by the people who do each part."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import acting
from goldthread.thread.models import Action, Evidence, Finding, Recommendation
from tests.front_door.scene import form, text, when
from tests.support import client_for, make_actor
from tests.thread.test_actions import Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread() -> Thread:
    return Thread()


def go(client: Client, name: str, /, *args: Any, **sent: Any) -> Any:
    address = reverse(name, args=args)
    return client.post(address, form(**sent)) if sent else client.get(address)


def test_a_finding_followed_to_its_impact(thread: Thread) -> None:
    lead, police = client_for(thread.manager), client_for(thread.police)
    assert go(lead, "add_finding", source="Audit of 12 files", theme="Neglect", what="Fathers not asked").status_code == 302
    with acting(thread.manager):
        finding = Finding.objects.get()
    assert go(lead, "recommend", finding.pk, what="Ask fathers").status_code == 302
    with acting(thread.manager):
        call = Recommendation.objects.get()
    due = when("due", timezone.localdate() + timedelta(days=9))
    whom = f"{thread.scene.police.pk}:{thread.police.user.pk}"
    past = when("due", timezone.localdate() - timedelta(days=1))
    wrong = go(lead, "give_action", call.pk, what="Write a guide", doer=whom, **past)
    assert "not past" in text(wrong)
    assert go(lead, "give_action", call.pk, what="Write a guide", doer=whom, **due).status_code == 302
    with acting(thread.police):
        action = Action.objects.get()
    assert "Write a guide" in text(police.get(reverse("home")))
    assert "Write a guide" in text(go(police, "my_actions")) and "All open actions" not in text(go(police, "my_actions"))
    police.post(reverse("action_evidence", args=[action.pk]), form(what="A guide was written") | {
        "upload": SimpleUploadedFile("guide.txt", b"Guide")})
    with acting(thread.manager):
        proof = Evidence.objects.get()
    said = text(go(lead, "action", action.pk))
    assert "guide.txt" in said and "Say whether this is enough" in said and "Close as done" not in said
    assert go(police, "judge_evidence", action.pk, proof.pk, enough="yes").status_code == 404
    assert "still needed" in text(go(lead, "judge_evidence", action.pk, proof.pk, enough="no", comment=""))
    assert go(lead, "judge_evidence", action.pk, proof.pk, enough="yes").status_code == 302
    assert go(lead, "action_close", action.pk, reason="").status_code == 302
    assert go(police, "action_impact", action.pk, difference="Nine of twelve", known_by="An audit").status_code == 302
    said = text(go(lead, "finding", finding.pk))
    assert all(words in said for words in ("Fathers not asked", "Ask fathers", "Write a guide", "Done", "Nine of twelve"))
    assert "Neglect" in text(go(lead, "findings"))
    assert go(lead, "action_reopen", action.pk, reason="Too few").status_code == 302
    assert "Taken up again: Too few" in text(go(police, "action", action.pk))


def test_changed_by_who_gives_actions(thread: Thread) -> None:
    action, lead = thread.give(due=timezone.localdate() + timedelta(days=3)), client_for(thread.manager)
    later = when("due", timezone.localdate() + timedelta(days=30))
    assert go(lead, "action_extend", action.pk, reason="Leave", **later).status_code == 302
    assert go(lead, "action_reassign", action.pk, doer=str(thread.scene.health.pk), reason="Theirs").status_code == 302
    assert go(client_for(thread.police), "action", action.pk).status_code == 404
    assert go(client_for(thread.health), "action", action.pk).status_code == 200
    assert go(lead, "action_drop", action.pk, reason="Law changed").status_code == 302
    assert "Not needed any more" in text(go(lead, "action", action.pk))


def test_what_is_not_theirs_is_not_there(thread: Thread) -> None:
    finding, action = thread.finding(), thread.give()
    elsewhere = client_for(make_actor("business-manager"))
    for client in (elsewhere, client_for(thread.health)):
        for name, pk in (("finding", finding.pk), ("action", action.pk), ("action_evidence", action.pk)):
            assert go(client, name, pk).status_code == 404
    police = client_for(thread.police)
    for name in ("action_extend", "action_reassign", "action_close", "action_drop", "action_reopen"):
        assert go(police, name, action.pk).status_code == 404
    assert go(police, "findings").status_code == 404 and go(police, "finding", finding.pk).status_code == 404
    assert go(client_for(thread.manager), "action_evidence", action.pk).status_code == 404, "not theirs to do"
