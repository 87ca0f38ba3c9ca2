"""From a finding to its impact: who may do what, who reads it, and that nothing is lost."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from goldthread.access.actor import Actor, NotThroughActions, Refused, acting, writing
from goldthread.access.models import without_application_filter
from goldthread.process import confining
from goldthread.thread import actions
from goldthread.thread.actions.giving import given
from goldthread.thread.models import Action, Evidence, Finding, Turn
from goldthread.thread.standing import mine, state_of, with_evidence
from tests.front_door.scene import Scene
from tests.notify.helping import told
from tests.support import NOW, make_actor

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DUE = TODAY + timedelta(days=21)


class Thread:
    """A business manager, a police officer and a colleague, a health partner, on the front door's scene."""

    def __init__(self) -> None:
        self.scene = Scene(NOW)
        here = self.scene.partnership
        self.manager = make_actor("business-manager", self.scene.council, here)
        self.second = make_actor("business-manager", self.scene.council, here)
        self.police, self.health = self.scene.seats["police-partner"], self.scene.seats["health-partner"]
        self.colleague = make_actor("police-partner", self.scene.police, here)

    def finding(self, **more: Any) -> Finding:
        return actions.add_finding(actor=self.manager, source="Audit of 12 files", theme="Neglect",
                                   what="Fathers were not asked", now=NOW, **more)

    def give(self, by: Actor | None = None, **more: Any) -> Action:
        values = {"what": "Ask fathers", "agency": self.scene.police, "due": DUE, "now": NOW} | more
        return actions.give(actor=by or self.manager, **values)

    def on_case(self, by: Actor, case: Any, **more: Any) -> Action:
        """Given at a meeting about a case, by somebody whose right to give it was asked there."""
        values = {"agency": self.scene.police, "owner": None} | more
        return given(actor=by, what="Visit", due=DUE, now=NOW, source="A panel", case=case, **values)

    def state(self, action: Action) -> str:
        with self.scene.system():
            return state_of(with_evidence(Action.objects.filter(pk=action.pk)).get(), TODAY)


@pytest.fixture
def thread() -> Thread:
    return Thread()


def reads(actor: Actor, row: Any) -> bool:
    """Whether somebody reads a row, by both nets alike."""
    with acting(actor):
        found: bool = type(row).objects.filter(pk=row.pk).exists()
        with without_application_filter():
            assert type(row).objects.filter(pk=row.pk).exists() is found, "the two nets disagree"
    return found


def test_from_a_finding_to_its_impact(thread: Thread) -> None:
    call = actions.recommend(actor=thread.manager, finding=thread.finding(), what="Always ask fathers", now=NOW)
    action = thread.give(recommendation=call, owner=thread.police.user)
    assert thread.state(action) == "To do" and [r.text for r in told()] == ["You are given an action"]
    with acting(thread.police):
        assert list(mine(thread.police)) == [action]
    with acting(thread.colleague):
        assert not mine(thread.colleague), "it is a colleague's by name"
    file = SimpleUploadedFile("guide.txt", b"New guide")
    proof = actions.give_evidence(actor=thread.police, action=action, what="A new guide", upload=file, now=NOW)
    assert thread.state(action) == "Evidence to look at" and reads(thread.manager, proof.document)
    with pytest.raises(ValidationError, match="Accept evidence first"):
        actions.close(actor=thread.manager, action=action, reason="", now=NOW)
    actions.judge(actor=thread.manager, evidence=proof, enough=True, now=NOW)
    assert thread.state(action) == "Evidence accepted"
    actions.close(actor=thread.manager, action=action, reason="", now=NOW)
    actions.note_impact(actor=thread.police, action=action, difference="Fathers are named in 9 of 12 files",
                        known_by="A second audit", now=NOW)
    assert thread.state(action) == "Done"
    actions.reopen(actor=thread.manager, action=action, reason="The second audit was too small", now=NOW)
    assert thread.state(action) == "To do", "what was accepted before counts no more"
    with acting(thread.manager):
        turns = Turn.objects.filter(action=action).order_by("pk")
        assert [turn.kind for turn in turns] == ["closed", "reopened"]


def test_who_may_do_what(thread: Thread) -> None:
    with pytest.raises(Refused):
        actions.add_finding(actor=thread.police, source="A", theme="B", what="C", now=NOW)
    with pytest.raises(Refused):
        thread.give(by=thread.police)
    action = thread.give(owner=thread.police.user)
    for change in (lambda who: actions.extend(actor=who, action=action, due=DUE + timedelta(days=1), reason="R", now=NOW),
                   lambda who: actions.drop(actor=who, action=action, reason="R", now=NOW),
                   lambda who: actions.reassign(actor=who, action=action, agency=thread.scene.health, owner=None, reason="R",
                                                now=NOW)):
        with pytest.raises(Refused):
            change(thread.police)
    with pytest.raises(Action.DoesNotExist):
        actions.give_evidence(actor=thread.health, action=action, what="Not mine", now=NOW)
    with pytest.raises(Refused, match="for those who are to do it"):
        actions.give_evidence(actor=thread.manager, action=action, what="Not mine", now=NOW)
    proof = actions.give_evidence(actor=thread.colleague, action=action, what="For my colleague", now=NOW)
    with pytest.raises(Refused):
        actions.judge(actor=thread.police, evidence=proof, enough=True, now=NOW)


def test_nobody_accepts_their_own_evidence(thread: Thread) -> None:
    """Also not a role that gives actions, when it is they who were to act."""
    lead = make_actor("exploitation-lead", thread.scene.council, thread.scene.partnership)
    action = thread.give(agency=thread.scene.council, owner=lead.user)
    proof = actions.give_evidence(actor=lead, action=action, what="Done", now=NOW)
    with pytest.raises(Refused, match="Somebody else"):
        actions.judge(actor=lead, evidence=proof, enough=True, now=NOW)
    with pytest.raises(ValidationError, match="still needed"):
        actions.judge(actor=thread.manager, evidence=proof, enough=False, now=NOW)
    actions.judge(actor=thread.second, evidence=proof, enough=False, comment="Show the list", now=NOW)
    assert thread.state(action) == "To do"
    with pytest.raises(ValidationError, match="already"):
        actions.judge(actor=thread.manager, evidence=proof, enough=True, now=NOW)


def test_given_to_another_the_first_reads_it_no_more(thread: Thread) -> None:
    action = thread.give()
    proof = actions.give_evidence(actor=thread.police, action=action, what="Half done", now=NOW)
    assert [reads(a, row) for a in (thread.police, thread.health) for row in (action, proof)] == [True, True, False, False]
    actions.reassign(actor=thread.manager, action=action, agency=thread.scene.health, owner=None, reason="Theirs", now=NOW)
    assert [reads(a, row) for a in (thread.police, thread.health) for row in (action, proof)] == [False, False, True, True]
    with acting(thread.manager):
        assert Turn.objects.get(action=action).was == "Northbridge Police"


def test_more_time_needs_a_later_day_and_a_reason(thread: Thread) -> None:
    action = thread.give()
    later = DUE + timedelta(days=7)
    for due, reason, field in ((DUE, "R", "due"), (TODAY - timedelta(days=1), "R", "due"), (later, " ", "reason")):
        with pytest.raises(ValidationError) as wrong:
            actions.extend(actor=thread.manager, action=action, due=due, reason=reason, now=NOW)
        assert field in wrong.value.message_dict
    assert actions.extend(actor=thread.manager, action=action, due=later, reason="Leave", now=NOW).due == later


@pytest.mark.parametrize("wrong", ["agency", "owner", "due", "what"])
def test_what_is_wrong_is_named(thread: Thread, wrong: str) -> None:
    from tests.support import make_agency, make_partnership
    bad = {"agency": make_agency(partnership=make_partnership()), "owner": thread.health.user,
           "due": TODAY - timedelta(days=1), "what": " "}[wrong]
    with pytest.raises(ValidationError) as found:
        thread.give(**{wrong: bad})
    assert list(found.value.message_dict) == [wrong]


def test_an_action_about_a_case_is_read_as_the_case_is(thread: Thread) -> None:
    """By the desk that works the case and by who is to act; the assurance desk reads learning, not casework."""
    case = thread.scene.ready()
    lead = make_actor("team-manager", thread.scene.council, thread.scene.partnership)
    with pytest.raises(type(case).DoesNotExist):
        thread.give(case=case)
    worker = thread.scene.seats["mash-worker"]
    action = thread.on_case(worker, case)
    who = {"desk": worker, "police": thread.police, "assurance": thread.manager, "other": lead, "health": thread.health}
    assert {name: reads(actor, action) for name, actor in who.items()} == {
        "desk": True, "police": True, "assurance": False, "other": False, "health": False}


def test_on_a_case_that_only_named_people_read_so_are_its_findings_and_actions(thread: Thread) -> None:
    case, chief, worker = thread.scene.ready(), thread.scene.seats["mash-manager"], thread.scene.seats["mash-worker"]
    before = thread.on_case(worker, case)
    with acting(chief):
        confining.restrict(actor=chief, case=case, named=[chief.user.pk], reason="Own family", now=NOW)
    assert [reads(a, before) for a in (chief, worker, thread.police, thread.manager)] == [True, False, False, False]
    with pytest.raises(ValidationError, match="who may read the case"):
        thread.on_case(chief, case)
    kept = thread.on_case(chief, case, agency=thread.scene.council, owner=chief.user)
    assert reads(chief, kept) and not reads(worker, kept)
    with acting(chief):
        confining.lift_restriction(actor=chief, case=case, reason="Settled", now=NOW)
    assert reads(thread.police, before) and reads(worker, kept)


def test_negative_control_a_follower_that_is_off_leaves_the_action_open(thread: Thread, monkeypatch: Any) -> None:
    from goldthread.process import readers
    case, chief, worker = thread.scene.ready(), thread.scene.seats["mash-manager"], thread.scene.seats["mash-worker"]
    action = thread.on_case(worker, case)
    monkeypatch.setattr(readers, "after_rewrite", [])
    with acting(chief):
        confining.restrict(actor=chief, case=case, named=[chief.user.pk], reason="Own family", now=NOW)
    assert reads(thread.police, action), "which the test above would have found"


def test_facts_are_written_by_actions_and_never_changed(thread: Thread) -> None:
    action = thread.give()
    with acting(thread.manager), pytest.raises(NotThroughActions):
        Action.objects.filter(pk=action.pk).update(done_at=NOW)
    proof = actions.give_evidence(actor=thread.police, action=action, what="Done", now=NOW)
    with transaction.atomic(), pytest.raises(DatabaseError), thread.scene.system(), writing():
        Evidence.objects.filter(pk=proof.pk).update(what="Better")


def test_a_bad_file_leaves_nothing(thread: Thread) -> None:
    from goldthread.files.faults import BadFile
    action = thread.give()
    with pytest.raises(BadFile), transaction.atomic():
        actions.give_evidence(actor=thread.police, action=action, what="Done", now=NOW,
                              upload=SimpleUploadedFile("guide.exe", b"MZ"))
    assert thread.state(action) == "To do"
