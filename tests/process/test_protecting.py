"""Restriction, denial, the emergency door, allocation and setting right: who is let in, and who is not any more.

Every protection is also switched off once, to show that these tests would notice.
"""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting
from goldthread.access.models import BreakGlass
from goldthread.access.policy import May
from goldthread.domains.front_door import models as m
from goldthread.people import actions as people
from goldthread.people.models import Person
from goldthread.process import actions, confining, mending, readers, settling
from goldthread.process.actions import Writing
from goldthread.process.models import Ask, Case, Event
from tests.process.protected import Place, again, everything, make_place, seen
from tests.support import NOW, client_for, make_actor

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def case(place: Place) -> Case:
    return place.full()


def restrict(place: Place, case: Case, *named: Any) -> Case:
    return confining.restrict(actor=place.manager, case=case, named=[a.user.pk for a in (place.manager, *named)],
                            reason="A colleague's child", now=NOW)


def only_the_ask(place: Place, case: Case) -> dict[str, int]:
    """All that an agency asked sees: its ask with its clock, the question, its own line of it, its own answer."""
    return {"Ask": 1, "ClockRow": 1, "Event": 2, "InformationRequest": 1, "RequestedAgency": 1, "PartnerReply": 1}


# --- restriction

def test_a_restricted_case_is_there_for_the_named_only_in_every_table(place: Place, case: Case) -> None:
    whole = everything(case, place.scene)
    assert seen(place.worker, case) == seen(place.manager, case) == whole
    assert seen(place.school, case)["Contact"] == 1
    restrict(place, case, place.social_worker)
    assert seen(place.manager, case) == seen(place.social_worker, case) == whole
    for kept in (place.worker, place.school, place.other_social_worker, place.officer):
        assert not seen(kept, case), kept.role
    confining.lift_restriction(actor=again(place.manager), case=case, reason="It is known to all", now=NOW)
    assert seen(place.worker, case) == whole and not seen(place.social_worker, case)
    assert seen(place.school, case)["Contact"] == 1


def test_negative_control_a_restriction_not_followed_shows(place: Place, case: Case, monkeypatch: Any) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(readers, "_narrowed", lambda case, tokens: sorted({*tokens, *case.opened_to}))
        restrict(place, case)
        assert seen(place.worker, case) == everything(case, place.scene)


def test_who_restricts_and_how(place: Place, case: Case) -> None:
    for who, error in ((place.worker, Refused), (place.school, Refused), (make_actor("mash-manager"), Case.DoesNotExist)):
        with pytest.raises(error), acting(who):
            if error is Refused:
                confining.restrict(actor=who, case=case, named=[place.manager.user.pk], reason="X", now=NOW)
            else:
                confining.lift_restriction(actor=who, case=case, reason="X", now=NOW)
    for named, reason in (([], "Why"), ([make_actor("mash-worker").user.pk], "Why"), ([place.manager.user.pk], " ")):
        with pytest.raises(ValidationError):
            confining.restrict(actor=place.manager, case=case, named=named, reason=reason, now=NOW)
    confining.restrict(actor=place.officer, case=case, named=[place.worker.user.pk], reason="A complaint", now=NOW)
    assert seen(place.worker, case) and not seen(place.officer, case), "a privacy officer governs without reading"
    with pytest.raises(Case.DoesNotExist):
        confining.lift_restriction(actor=place.manager, case=case, reason="I was not named", now=NOW)


def test_an_agency_asked_keeps_its_ask_and_nothing_else_whatever_happens(place: Place, case: Case) -> None:
    assert seen(place.police, case) == only_the_ask(place, case)
    restrict(place, case)
    kept = only_the_ask(place, case) | {"PartnerReply": 0, "Event": 1}
    assert seen(place.police, case) == {name: many for name, many in kept.items() if many}
    health = place.scene.seats["health-partner"]
    assert seen(health, case)["Ask"] == 1 and "Contact" not in seen(health, case)
    place.scene.record(case, m.PartnerReply(answer="nil", may_share="desk"), by="health-partner",
                       ask=place.scene.ask_of(case, place.scene.health))
    assert seen(place.manager, case)["PartnerReply"] == 2


def test_what_the_desk_writes_is_not_for_the_whole_council_it_sits_in(place: Place, case: Case) -> None:
    place.scene.record(case, m.NewInformation(information="Heard by the desk"), by="mash-worker")
    assert not seen(place.social_worker, case)
    assert seen(place.school, case)["NewInformation"] == 1, "the school still sees what it wrote itself, and no more"


def test_negative_control_an_author_taken_for_an_agency_outside_lets_colleagues_in(place: Place, case: Case,
                                                                                  monkeypatch: Any) -> None:
    monkeypatch.setattr(readers, "outside", lambda case, author, parties: author)
    place.scene.record(case, m.NewInformation(information="Heard by the desk"), by="mash-worker")
    assert seen(place.social_worker, case)["NewInformation"] == 1


# --- a restricted person

def test_restricting_a_person_hides_their_cases_from_all_but_the_named(place: Place, case: Case) -> None:
    whole, person = everything(case, place.scene), place.person(case)
    other = place.scene.ready(people=({"capacity": "child", "given": "Bo", "family": "Other", "sex": "M"},))
    people.restrict_person(actor=place.manager, now=NOW, person=person.pk, named=[place.manager.user.pk], reason="Safety")
    assert seen(place.manager, case) == whole
    assert not any(seen(who, case) for who in (place.worker, place.school, place.social_worker))
    assert seen(place.worker, other), "another family's contact stays as it was"
    people.lift_restriction(actor=place.manager, now=NOW, person=person.pk, because="It is over")
    assert seen(place.worker, case) == whole


def test_negative_control_cases_that_do_not_follow_their_people_show(place: Place, case: Case, monkeypatch: Any) -> None:
    from goldthread.people.actions.readers import after_access_change
    monkeypatch.setattr("goldthread.people.actions.readers.after_access_change", [])
    assert after_access_change
    person = place.person(case)
    people.restrict_person(actor=place.manager, now=NOW, person=person.pk, named=[place.manager.user.pk], reason="Safety")
    assert seen(place.worker, case) == everything(case, place.scene)


# --- one's own family

def test_a_denial_follows_to_every_row_of_every_case_of_the_person(place: Place, case: Case) -> None:
    person, kept = place.person(case), [place.manager, place.worker, place.school, place.police]
    whole = everything(case, place.scene)
    for who in kept:
        people.deny(actor=place.officer, now=NOW, person=person.pk, user=who.user.pk, reason="Their niece")
        assert not seen(who, case), who.role
    colleague = make_actor("mash-manager", place.scene.council, place.scene.partnership)
    assert seen(colleague, case) == whole
    later = place.scene.contact()
    place.scene.seats["mash-manager"] = colleague
    _same_person(place, later, person)
    assert not any(seen(who, later) for who in kept), "a case that comes to be about them later is closed as well"


def test_a_denial_beats_being_named_allocated_asked_and_the_emergency_door(place: Place, case: Case) -> None:
    place.scene.record(case, m.Allocation(worker=place.social_worker.user))
    assert seen(place.social_worker, case)
    person = place.person(case)
    for who in (place.social_worker, place.police, place.worker):
        people.deny(actor=place.officer, now=NOW, person=person.pk, user=who.user.pk, reason="Their nephew")
    restrict(place, case, place.social_worker, place.worker)
    for who in (place.social_worker, place.worker):
        mending.break_glass(actor=who, reference=case.reference, reason="I must know", now=NOW)
    assert not any(seen(who, case) for who in (place.social_worker, place.police, place.worker))


def test_a_denial_holds_through_a_merged_record_and_ends_when_lifted(place: Place, case: Case) -> None:
    person = place.person(case)
    twin = people.add_person(actor=place.manager, now=NOW, given="Amira", family="Sample")
    people.merge(actor=place.manager, now=NOW, keep=twin.pk, fold=person.pk, reason="One child")
    denial = people.deny(actor=place.officer, now=NOW, person=twin.pk, user=place.worker.user.pk, reason="Niece")
    assert not seen(place.worker, case)
    people.lift_denial(actor=place.officer, now=NOW, denial=denial.pk, because="Mistaken for somebody else")
    assert seen(place.worker, case) == everything(case, place.scene)


def test_negative_control_a_denial_not_copied_to_the_rows_shows(place: Place, case: Case, monkeypatch: Any) -> None:
    monkeypatch.setattr(readers, "denied", lambda case: [])
    people.deny(actor=place.officer, now=NOW, person=place.person(case).pk, user=place.worker.user.pk, reason="Niece")
    assert seen(place.worker, case)


def _same_person(place: Place, case: Case, person: Person) -> None:
    from goldthread.domains.front_door.identifying import Choice, identify
    manager = place.scene.seats["mash-manager"]
    with acting(manager):
        identify(actor=manager, case=case, choices=[Choice(p, person.pk) for p in place.scene.stated(case)], note="",
                 now=NOW)


# --- allocation

def test_allocating_opens_to_that_person_only_and_giving_it_to_another_closes_it(place: Place, case: Case) -> None:
    first, second = place.social_worker, place.other_social_worker
    assert not seen(first, case)
    place.scene.record(case, m.Allocation(worker=first.user))
    assert seen(first, case) == everything(case, place.scene) and not seen(second, case)
    place.scene.record(case, m.Allocation(worker=second.user))
    assert not seen(first, case) and seen(second, case) == everything(case, place.scene)


def test_negative_control_an_allocation_that_is_not_followed_leaves_the_first_in(place: Place, case: Case,
                                                                                monkeypatch: Any) -> None:
    place.scene.record(case, m.Allocation(worker=place.social_worker.user))
    monkeypatch.setattr(settling.readers, "rewrite", lambda case: None)
    place.scene.record(case, m.Allocation(worker=place.other_social_worker.user))
    assert seen(place.social_worker, case)["Contact"] == 1


# --- the emergency door

@contextmanager
def statements() -> Iterator[list[str]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    found: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    found += [q["sql"] for q in captured.captured_queries]


def test_the_emergency_door_opens_the_whole_record_for_an_hour_to_one_person(place: Place, case: Case) -> None:
    mending.break_glass(actor=place.social_worker, reference=case.reference, reason="Child at the door", now=NOW)
    assert seen(place.social_worker, case, now=NOW) == everything(case, place.scene)
    assert seen(place.social_worker, case, now=NOW + HOUR - timedelta(seconds=1))
    assert not seen(place.social_worker, case, now=NOW + HOUR)
    assert not seen(place.other_social_worker, case)
    restrict(place, case)
    assert seen(place.social_worker, case, now=NOW), "a restriction does not shut a child out of help"
    with pytest.raises(Refused):
        place.scene.seats["social-worker"] = again(place.social_worker)
        place.scene.record(case, m.Rating(rag="red", reason="I looked"), by="social-worker")


def test_negative_control_a_grant_without_end_stays_open(place: Place, case: Case, monkeypatch: Any) -> None:
    monkeypatch.setattr(BreakGlass, "LASTS", timedelta(days=9999))
    mending.break_glass(actor=place.social_worker, reference=case.reference, reason="Child at the door", now=NOW)
    assert seen(place.social_worker, case, now=NOW + HOUR)


def test_a_role_since_changed_takes_the_open_door_with_it(place: Place, case: Case, monkeypatch: Any) -> None:
    worker = place.social_worker
    mending.break_glass(actor=worker, reference=case.reference, reason="Child at the door", now=NOW)
    assert seen(worker, case, now=NOW)
    type(worker.appointment).objects.filter(pk=worker.appointment.pk).update(role="board-member")
    worker.appointment.refresh_from_db()
    assert not seen(worker, case, now=NOW)
    monkeypatch.setattr("goldthread.access.policy.allowed", lambda role: {May.BREAK_GLASS})
    assert seen(worker, case, now=NOW), "the negative control: whatever the role, the grant opens"


def test_what_is_shut_and_what_is_not_there_cannot_be_told_apart(place: Place, case: Case) -> None:
    """By what comes back, by what is written down for oneself, by how many statements it took."""
    worker = place.social_worker
    people.deny(actor=place.officer, now=NOW, person=place.person(case).pk, user=worker.user.pk, reason="Niece")
    next_door = make_place().full()
    made, asked = [], {"shut": case.reference, "next door": next_door.reference, "none": "FD-2222-2C", "nonsense": "xx"}
    for reference in asked.values():
        with statements() as sql:
            grant = mending.break_glass(actor=worker, reference=reference, reason="I must know", now=NOW)
        made.append((grant.found, grant.until - grant.at, len(sql)))
    assert set(made) == {(False, HOUR, made[0][2])}
    assert not any(seen(worker, each) for each in (case, next_door))


def test_pages_of_the_emergency_door_say_the_same_of_every_reference(place: Place, case: Case) -> None:
    client = client_for(place.social_worker)
    said = []
    for reference in (case.reference, "FD-2222-2C", make_place().full().reference, "x" * 300):
        sent = client.post("/emergency/", {"reference": reference, "reason": "I must know"})
        said.append((sent.status_code, sent.headers["Location"]))
    assert set(said) == {(302, "/emergency/asked/")}


def test_however_it_is_typed_a_reference_is_found(place: Place, case: Case) -> None:
    for typed in (case.reference.lower(), case.reference.replace("-", " "), f" {case.reference.replace('-', '')} "):
        assert mending.break_glass(actor=place.social_worker, reference=typed, reason="Now", now=NOW).found, typed


def test_every_use_raises_an_alert_that_another_privacy_officer_must_close(place: Place, case: Case) -> None:
    from goldthread.notify.models import InboxNotice
    with pytest.raises(Refused):
        mending.break_glass(actor=place.school, reference=case.reference, reason="I must know", now=NOW)
    with pytest.raises(ValidationError):
        mending.break_glass(actor=place.social_worker, reference=case.reference, reason=" ", now=NOW)
    own = make_actor("social-worker", place.scene.council, place.scene.partnership, user=place.officer.user)
    grants = [mending.break_glass(actor=who, reference=ref, reason="I must know", now=NOW)
              for who, ref in ((place.social_worker, case.reference), (own, "FD-2222-2C"))]
    with place.scene.system():
        told = InboxNotice.objects.filter(kind="break-glass").values_list("user", flat=True)
        assert sorted(told) == sorted(2 * [place.officer.user.pk, place.other_officer.user.pk])
    finding = {"finding": "proper", "comment": "A child was at risk", "now": NOW}
    for who, grant, error in ((place.officer, grants[1], "yourself"), (place.manager, grants[0], "cannot review"),
                              (make_actor("privacy-officer"), grants[0], "no such alert")):
        with pytest.raises(Refused, match=error):
            mending.close_alert(actor=who, grant=grant, **finding)
    for wrong in ({"finding": "fine"}, {"comment": " "}):
        with pytest.raises(ValidationError):
            mending.close_alert(actor=place.officer, grant=grants[0], **(finding | wrong))
    mending.close_alert(actor=place.officer, grant=grants[0], **finding)
    with pytest.raises(Refused, match="already"):
        mending.close_alert(actor=place.other_officer, grant=grants[0], **(finding | {"finding": "improper"}))
    grants[0].refresh_from_db()
    assert (grants[0].finding, grants[0].closed_by) == ("proper", place.officer.user)
    mending.close_alert(actor=place.other_officer, grant=grants[1], **finding)


# --- setting right

def _event(case: Case, place: Place, step: str) -> Event:
    return place.scene.events(case, step)[-1]


def test_a_withdrawn_answer_stays_in_sight_counts_for_nothing_and_is_waited_for_again(place: Place, case: Case) -> None:
    reply = _event(case, place, "partner-reply")
    for who in (place.worker, place.police, place.school):
        with pytest.raises(Refused):
            mending.withdraw(actor=who, event=reply, reason="Wrong child", now=NOW)
    with pytest.raises(ValidationError, match="cannot be withdrawn"):
        mending.withdraw(actor=place.manager, event=_event(case, place, "contact"), reason="X", now=NOW)
    mending.withdraw(actor=place.manager, event=reply, reason="About another child", now=NOW)
    ask = place.scene.ask_of(case, place.scene.police)
    assert ask.answered_at is None and not ask.nil, "no answer is none"
    with place.scene.system():
        assert reply.pk not in [fact.id for fact in place.scene.fresh(case).facts()]
        assert Event.objects.get(pk=reply.pk).replaced_by.step == "withdrawal"
    with pytest.raises(ValidationError, match="already"):
        mending.withdraw(actor=place.manager, event=reply, reason="Again", now=NOW)
    assert seen(place.police, case)["PartnerReply"] == 1, "whoever saw it still does"
    place.scene.record(case, m.PartnerReply(answer="nil", may_share="desk"), by="police-partner", ask=ask)
    assert place.scene.ask_of(case, place.scene.police).nil


def test_negative_control_a_withdrawn_answer_that_still_answers(place: Place, case: Case, monkeypatch: Any) -> None:
    monkeypatch.setattr(actions, "_answer_again", lambda *a, **k: None)
    mending.withdraw(actor=place.manager, event=_event(case, place, "partner-reply"), reason="Wrong", now=NOW)
    assert place.scene.ask_of(case, place.scene.police).answered_at is not None


def test_a_corrected_answer_says_what_it_says_now(place: Place, case: Case) -> None:
    reply = _event(case, place, "partner-reply")
    with acting(place.manager):
        actions.correct(actor=place.manager, event=reply, now=NOW,
                        writing_=Writing(m.PartnerReply(answer="nil", may_share="desk", happened_at=NOW)))
    assert place.scene.ask_of(case, place.scene.police).nil
    assert seen(place.police, case)["PartnerReply"] == 2, "whoever answered sees what was made of it"
    with place.scene.system():
        assert Ask.objects.filter(case=case, agency=place.scene.police).count() == 1
    for who in (place.worker, place.school, place.officer):
        with pytest.raises(Refused), acting(who):
            actions.correct(actor=who, event=_event(case, place, "partner-reply"), now=NOW,
                            writing_=Writing(m.PartnerReply(answer="nil", may_share="desk", happened_at=NOW)))


@pytest.mark.parametrize("what", ["pause", "resume", "reopen"])
def test_only_a_manager_stops_time_or_takes_work_up_again_and_says_why(place: Place, case: Case, what: str) -> None:
    clock = {"clock": "Decide: amber"}
    if what == "resume":
        mending.pause(actor=place.manager, case=case, reason="The family is away", now=NOW, **clock)
    given: dict[str, Any] = {"from_step": "rating"} if what == "reopen" else clock
    act = getattr(mending, what)
    for who in (place.worker, place.school, place.police, place.social_worker, place.officer):
        with pytest.raises(Refused):
            act(actor=who, case=case, reason="Why", now=NOW, **given)
    if what != "resume":
        with pytest.raises(ValidationError):
            act(actor=place.manager, case=case, reason=" ", now=NOW, **given)
    wrong = dict.fromkeys(given, "no such thing")
    with pytest.raises(ValidationError):
        act(actor=place.manager, case=case, reason="Why", now=NOW, **wrong)
    before = everything(case, place.scene)["Event"]
    act(actor=place.manager, case=case, reason="Because", now=NOW, **given)
    assert everything(case, place.scene)["Event"] == before + 1
    assert seen(place.school, case)["Contact"] == 1 and "Reopening" not in seen(place.school, case)
