"""That there is an allegation is seen by the officer and whoever reported it, and each protection fails when it is off."""
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from goldthread.access import policy
from goldthread.access.actor import Refused, acting, system, writing
from goldthread.access.models import without_application_filter
from goldthread.access.policy import agency_token
from goldthread.domains.allegations import models as m
from goldthread.domains.allegations.process import ALLEGATIONS
from goldthread.notify.models import InboxNotice
from goldthread.people.models import Person
from goldthread.process import mending, readers, registry
from goldthread.process.bulk import Bulk, Planned, PlannedCase
from goldthread.process.definition import Standing
from goldthread.process.models import Ask, Case, CaseDocument, CasePerson, ClockRow, Disagreement, Event
from goldthread.process.rights import may_correct, stands
from tests.people.factories import make_person
from tests.support import client_for

NAME = "Madeupson"
PAGES = ("case", "case_todo", "case_timeline", "case_people", "case_documents", "case_letters", "case_sharing",
         "case_looked")


def addresses(case, *events):
    return [reverse(name, args=[case.reference]) for name in PAGES] + [
        reverse("event", args=[case.reference, event.pk]) for event in events] + [
        reverse("record", args=[case.reference, step.key]) for step in ALLEGATIONS.own_steps]


def outsiders(scene):
    return {**scene.workers, "colleague": scene.colleague, "police": scene.police}


def sees_rows(actor) -> bool:
    with acting(actor):
        return any(model.objects.exists() for model in (Case, Event, ClockRow, m.AllegationReport, m.Threshold))


@pytest.mark.parametrize("by", ["head", "officer", "social-worker"])
def test_nobody_else_learns_of_it_wherever_they_look(scene, by):
    sender = scene.workers.get(by) or getattr(scene, by)
    case = scene.met(scene.report(by=sender))
    event = scene.place.event(case, m.AllegationReport)
    for role, actor in outsiders(scene).items():
        if actor is sender:
            continue
        client = client_for(actor)
        for url in addresses(case, event):
            assert client.get(url).status_code == 404, (role, url)
        assert client.get(reverse("work_list", args=["allegations"])).status_code == 404, role
        for page in ("home", "notices", "front_door", "work_list", "reported_allegations", "people"):
            args = ["front-door"] if page == "work_list" else []
            assert NAME not in client.get(reverse(page, args=args)).content.decode(), (role, page)
        assert not sees_rows(actor), role
        with acting(actor), without_application_filter():
            assert not Case.objects.exists() and not m.AllegationReport.objects.exists(), f"{role}: row security"
    assert sees_rows(scene.officer), "the officer does"
    assert NAME in client_for(scene.officer).get(reverse("work_list", args=["allegations"])).content.decode()


def test_the_adult_is_in_no_register_and_a_search_finds_nothing(scene):
    case = scene.report()
    worker = scene.workers["mash-worker"]
    with scene.place.system():
        assert not Person.objects.filter(family=NAME).exists() and not CasePerson.objects.filter(case=case).exists()
    client = client_for(worker)
    for text in (f"Quentin {NAME}", case.reference):
        page = client.post(reverse("people"), {"q": text})
        assert page.status_code == 200 and "Nobody you may see fits" in page.content.decode()


def test_a_page_of_the_same_person_as_a_parent_says_nothing_of_it(scene):
    """The adult may be somebody's father and known as such; his own page shows what it showed before."""
    case, worker = scene.report(), scene.workers["mash-worker"]
    with acting(worker):
        person = make_person(worker, "Quentin", NAME, born_on=date(1990, 5, 3))
    client = client_for(worker)
    for name in ("person", "person_timeline", "person_cases", "person_family"):
        page = client.get(reverse(name, args=[person.reference])).content.decode()
        assert NAME in page and case.reference not in page and "llegation" not in page, name


def test_only_the_officer_and_nobody_at_the_school_is_told(scene):
    scene.report()
    with scene.place.system(), without_application_filter():
        assert set(InboxNotice.objects.values_list("user_id", flat=True)) == {scene.officer.user.pk}


def test_without_the_sender_alone_colleagues_would_see_it(scene, monkeypatch):
    """The negative control: shared with the whole agency, a school's and the council's are seen by all there."""
    monkeypatch.setitem(registry._processes, "allegations", replace(ALLEGATIONS, sender_only=False))
    school, council = scene.report(), scene.report(by=scene.officer)
    assert client_for(scene.colleague).get(addresses(school)[0]).status_code == 200
    assert client_for(scene.workers["social-worker"]).get(addresses(council)[0]).status_code == 200


def test_what_the_sender_adds_is_theirs_and_the_officers(scene):
    case = scene.report(by=scene.workers["social-worker"])
    sender, other = scene.workers["social-worker"], scene.workers["mash-manager"]
    scene.place.record(sender, case, Disagreement(stage="1", about="It should be looked into", wanted="A meeting"))
    for model in (Disagreement, Event):
        with acting(other):
            assert not model.objects.exists()
        for actor in (sender, scene.officer):
            with acting(actor):
                assert model.objects.filter(case=case).exists()
    with pytest.raises(Refused):
        scene.place.record(other, case, Disagreement(stage="1", about="Me too", wanted="A meeting"))
    with pytest.raises(Refused):
        scene.place.record(scene.colleague, case, CaseDocument(title="A note"))


def test_a_colleague_cannot_correct_what_was_sent(scene, monkeypatch):
    case = scene.report()
    event = scene.place.event(case, m.AllegationReport)
    assert may_correct(scene.head, case, event) and not may_correct(scene.colleague, case, event)
    monkeypatch.setitem(registry._processes, "allegations", replace(ALLEGATIONS, sender_only=False))
    assert may_correct(scene.colleague, case, event), "the negative control"


def test_loaded_with_many_it_is_as_hidden_as_sent_one_by_one(scene):
    sent = scene.report()
    with scene.place.system():
        was = m.AllegationReport.objects.get(case=sent)
    again = m.AllegationReport(**{name: getattr(was, name) for name in was.own_fields()})
    with acting(system(scene.place.partnership.pk)), writing():
        [pk] = Bulk(ALLEGATIONS, scene.place.partnership, scene.place.now).store([PlannedCase(
            scene.school.pk, [Planned(again, scene.head.user.pk, scene.school.pk)])])
        one, many = Case.objects.get(pk=sent.pk), Case.objects.get(pk=pk)
        assert one.readers == many.readers and len(many.readers) == 2
        for model in (Event, m.AllegationReport, ClockRow):
            rows = [{tuple(row.readers) for row in model.objects.filter(case=case)} for case in (one, many)]
            assert rows[0] == rows[1] and rows[0], model
    assert not sees_rows(scene.colleague) and sees_rows(scene.head)


def test_the_sender_reads_what_they_sent_and_are_told_and_no_more(scene):
    case = scene.met(scene.report())
    scene.place.record(scene.officer, case, m.AnswerToReporter(text="Please keep him away from children until Friday."))
    scene.place.record(scene.officer, case, m.Suspension(way="changed", decided_by="The governors", considered="All else"))
    client = client_for(scene.head)
    page = client.get(reverse("case", args=[case.reference])).content.decode()
    assert "keep him away from children" in page and "Held a child by the arm" in page
    for inside in ("A mark was seen", "governors", "Who has looked", "Hold the meeting", "What you can do now"):
        assert inside not in page, inside
    timeline = client.get(reverse("case_timeline", args=[case.reference])).content.decode()
    assert "Threshold" not in timeline and "Decision about" not in timeline
    for name in ("case_todo", "case_sharing", "case_looked"):
        assert client.get(reverse(name, args=[case.reference])).status_code == 404
    with acting(scene.head):
        assert set(Event.objects.values_list("step", flat=True)) == {"allegation-report", "answer-to-reporter"}
    with scene.place.system():
        told = InboxNotice.objects.filter(kind="answer-to-reporter").values_list("user_id", flat=True)
        assert list(told) == [scene.head.user.pk], "not the school's other lead"


def test_an_agency_asked_sees_its_question_and_nothing_of_the_case(scene):
    case = scene.met(scene.report())
    scene.place.record(scene.officer, case, m.StrandRequest(about="Q. M., 36", needed="Is he known to you?"),
                       m.StrandAgency(agency=scene.police_force, strand="police", due=scene.place.now + timedelta(days=3)))
    ask = scene.place.ask_of(case, scene.police_force)
    client = client_for(scene.police)
    page = client.get(reverse("ask", args=[ask.pk])).content.decode()
    assert "Is he known to you?" in page and NAME not in page
    assert "The front door" not in page, "nobody is sent to the front door with this"
    assert client.get(reverse("case", args=[case.reference])).status_code == 404
    assert client_for(scene.colleague).get(reverse("ask", args=[ask.pk])).status_code == 404
    client.post(reverse("ask", args=[ask.pk]), {"state": "done", "found": "Not known to us"})
    with scene.place.system():
        assert Ask.objects.get(pk=ask.pk).answered_at


def ask_in_writing(scene, case, agency):
    scene.place.record(scene.officer, case, m.StrandRequest(about="Q. M.", needed="What do you know?"),
                       m.StrandAgency(agency=agency, strand="other", due=scene.place.now + timedelta(days=3)))


def test_only_the_safeguarding_leads_of_an_agency_asked_read_it(scene, monkeypatch):
    """The adult may work there: a police officer, a social worker."""
    case = scene.met(scene.report())
    ask_in_writing(scene, case, scene.police_force)
    with acting(scene.police):
        assert Ask.objects.count() == ClockRow.objects.count() == 1
    with acting(scene.constable):
        assert not Ask.objects.exists() and not Event.objects.exists() and not ClockRow.objects.exists()
    with scene.place.system():
        told = InboxNotice.objects.filter(kind="strand-report").values_list("user_id", flat=True)
        assert list(told) == [scene.police.user.pk]
        ask = Ask.objects.get()
    assert client_for(scene.constable).get(reverse("ask", args=[ask.pk])).status_code == 404
    for who, works in ((scene.police, True), (scene.constable, False)):
        with scene.place.system():
            assert stands(who, case, Standing.ASKED, ALLEGATIONS.step("strand-report")) is works
    monkeypatch.setattr(policy, "asked_token", lambda reads, agency, partnership: agency_token(agency, partnership))
    with scene.place.system(), writing():
        readers.rewrite(scene.place.fresh(case))
    with acting(scene.constable):
        assert Ask.objects.exists(), "the negative control: asked as any agency is, every officer reads it"


def test_social_care_is_asked_through_its_lead_and_only_where_it_has_one(scene):
    case = scene.met(scene.report())
    with acting(scene.officer):
        offered = m.StrandAgency.choices_for("agency", scene.officer, scene.place.now.date())
        assert scene.council not in offered and {scene.police_force, scene.school} <= set(offered)
    with pytest.raises(ValidationError, match="Nobody is seated as safeguarding lead at Northbridge Council"):
        ask_in_writing(scene, case, scene.council)
    lead = scene.place.seat("agency-lead", scene.council)
    ask_in_writing(scene, case, scene.council)
    with acting(lead):
        assert Ask.objects.exists()
    for worker in scene.workers.values():
        with acting(worker):
            assert not Ask.objects.exists() and not Event.objects.exists(), worker.role


def test_no_emergency_opens_an_allegation(scene, monkeypatch):
    case, worker = scene.report(), scene.workers["social-worker"]

    def asked_for():
        grant = mending.break_glass(actor=worker, reference=case.reference, reason="I must know", now=scene.place.now)
        return grant, client_for(worker).get(reverse("case", args=[case.reference])).status_code
    grant, status = asked_for()
    assert status == 404 and not grant.found, "but the privacy officer is alerted as for any"
    monkeypatch.setattr(mending, "opens_in_emergency", lambda case, actor: True)
    assert asked_for()[1] == 200, "the negative control: without the rule it opens"


def test_earlier_allegations_are_the_officers_alone(scene):
    first = scene.report(by=scene.colleague)
    second = scene.report(given="QUENTIN", family="madeupson", born_on=None)
    scene.report(given="Quentin", born_on=date(1985, 1, 1))          # somebody else of that name
    officer = client_for(scene.officer).get(reverse("case", args=[second.reference])).content.decode()
    assert first.reference in officer and "named before" in officer
    sender = client_for(scene.head).get(reverse("case", args=[second.reference])).content.decode()
    assert first.reference not in sender and "named before" not in sender
    with acting(scene.head):
        from goldthread.domains.allegations.earlier import earlier
        assert [r.case_id for r in earlier(second) if r.case_id == first.pk] == [], "rows a colleague sent are not theirs"
