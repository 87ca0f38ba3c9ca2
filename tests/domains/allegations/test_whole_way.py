"""An allegation from the report to the last referral, on pages, as those who do each part."""
from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import acting
from goldthread.domains.allegations import models as m
from goldthread.domains.allegations.process import ALLEGATIONS, PAGES
from goldthread.process import actions, mending
from goldthread.process.actions import Writing
from goldthread.process.models import Case, ClockRow, Event
from tests.front_door.scene import text, when
from tests.support import client_for


def sent(**answers):
    return {"submission": str(uuid4()), **answers}


def step(client, case, record, **answers):
    """Record a step on its page, now unless told otherwise; the page must send the browser on."""
    answers = when("happened_at", timezone.now()) | answers
    found = client.post(reverse("record", args=[case.reference, record.step_key()]), sent(**answers))
    assert found.status_code == 302, text(found)[:4000]


def fill(client, scene):
    """The paged form, each page in turn; returns the receipt."""
    begun = client.get(reverse("start", args=["allegations"]))
    url = begun["Location"]
    known = scene.place.now - timedelta(hours=3)
    answers = [
        {"given": "Quentin", "family": "Madeupson", "born_on_day": "3", "born_on_month": "5", "born_on_year": "1990"},
        {"job": "Nursery nurse", "sector": "nursery", "employer": "Larkfield Nursery", "other_work": ""},
        {"what": "Held a child by the arm", "happened_on": "Last Tuesday", "children": "A. S., 3", "child_voice": ""},
        {"safe_now": "She is at home", "knows": "no"},
        when("known_at", known),
        {"reporter": "A. Head, manager", "reporter_phone": "01632 960001"},
    ]
    assert len(answers) == len(PAGES)
    for page in answers:
        found = client.post(url, page)
        assert found.status_code == 302, text(found)[:4000]
        url = found["Location"]
    check = client.get(url)
    assert "Send to the designated officer" in text(check) and "front door" not in text(check).split("Check your answers")[2]
    receipt = client.get(client.post(url)["Location"])
    assert "The designated officer reads this" in text(receipt)


def test_from_the_report_to_the_referral(scene):
    head, officer, police = client_for(scene.head), client_for(scene.officer), client_for(scene.police)
    assert "Report an allegation" in text(head.get(reverse("home")))
    fill(head, scene)
    with scene.place.system():
        case = Case.objects.get()
    assert (case.title, case.kind, case.stage) == ("Quentin Madeupson", "nursery", "Reported")
    assert "You have an answer" not in text(head.get(reverse("reported_allegations")))
    now = timezone.now()
    known = when("happened_at", now - timedelta(hours=3))
    step(officer, case, m.AllegationWorker, worker=scene.officer.user.pk)
    step(officer, case, m.EmployerKnew, manager="A. Head", **known)
    step(officer, case, m.Threshold, decision="allegation", criterion="harmed", category="PHY", reason="A mark was seen",
         **{"furthercriterion-0-criterion": "risk", "furthercriterion-0-shown_by": "It happened before"})
    step(officer, case, m.AnswerToReporter, text="There will be a meeting.")
    assert "There will be a meeting." in text(head.get(reverse("case", args=[case.reference])))
    assert "You have an answer" in text(head.get(reverse("reported_allegations")))
    step(officer, case, m.MeetingPlan, where="By video", invited="Police, nursery",
         **when("meets_at", now + timedelta(days=3)))
    step(officer, case, m.StrandRequest, about="Q. M., 36", needed="What do you do?",
         **{"strandagency-0-agency": scene.police_force.pk, "strandagency-0-strand": "police"},
         **when("strandagency-0-due", now + timedelta(days=5)))
    police.post(reverse("ask", args=[scene.place.ask_of(case, scene.police_force).pk]),
                sent(state="looking", found="An officer was given it"))
    step(officer, case, m.SocialCareStrand, told_by="A duty manager", found="Nothing further")
    step(officer, case, m.PoliceInvestigation, officer="DC Invented", offence="Assault")
    step(officer, case, m.Suspension, way="suspended", decided_by="The owner", considered="Other rooms: too small")
    step(officer, case, m.AllegationMeeting, shared="What was seen", police="Investigate", social_care="Nothing",
         employer="Suspend",
         **{"meetingattendance-0-agency": scene.police_force.pk, "meetingattendance-0-attended": "attended"})
    step(officer, case, m.AllegationReview, progress="The police have finished")
    step(officer, case, m.OfstedTold, told_by="The owner")
    step(officer, case, m.AllegationOutcome, outcome="substantiated", reason="Seen by two people")
    page = text(officer.get(reverse("case", args=[case.reference])))
    assert "Keep this record until 3 May 2058" in page and "Pensions Act" in page
    step(officer, case, m.OutcomeTold, text="It was found to be so.")
    step(officer, case, m.EmployerDecision, way="gone", reason="Dismissed")
    step(officer, case, m.ReferralDuty, needed="yes", reason="Dismissed for it")
    step(officer, case, m.Referral, body="barring", referred_by="The owner")
    case = scene.place.fresh(case)
    assert case.stage == "Closed" and case.closed_at
    assert "It was found to be so." in text(head.get(reverse("case", args=[case.reference])))
    assert "Seen by two people" not in text(head.get(reverse("case", args=[case.reference])))
    with scene.place.system():
        assert set(Event.objects.filter(case=case).values_list("step", flat=True)) >= {
            s.key for s in ALLEGATIONS.own_steps if s.required} - {"employer-action", "disciplinary-hearing"}


def test_advice_ends_it_and_a_threshold_without_its_criterion_is_refused(scene):
    case, officer = scene.report(), client_for(scene.officer)
    now = timezone.now()
    wrong = officer.post(reverse("record", args=[case.reference, "threshold"]),
                         sent(decision="allegation", reason="So", **when("happened_at", now)))
    assert wrong.status_code == 200 and "criterion" in text(wrong)
    scene.place.record(scene.officer, case, m.EmployerKnew(manager="A. Head"), at=now - timedelta(hours=3))
    step(officer, case, m.Threshold, decision="advice", advice="Watch and train", reason="Low level")
    step(officer, case, m.AnswerToReporter, text="Please train him.")
    assert scene.place.fresh(case).stage == "Closed"
    page = text(officer.get(reverse("case", args=[case.reference])))
    assert "Keep this record until" not in page, "there is no outcome to count from"


def test_a_false_allegation_leaves_the_personnel_file(scene):
    case = scene.met(scene.report())
    scene.place.record(scene.officer, case, m.MeetingPlan(
        meets_at=scene.place.now + timedelta(days=1), where="Here", invited="All"))
    scene.place.record(scene.officer, case, m.AllegationMeeting(shared="x", police="x", social_care="x", employer="x"))
    scene.place.record(scene.officer, case, m.AllegationOutcome(outcome="false", reason="He was elsewhere"))
    page = text(client_for(scene.officer).get(reverse("case", args=[case.reference])))
    assert "Nothing of it stays in the adult" in page


def test_corrected_the_date_of_birth_changes_how_long_it_is_kept_and_the_old_stays_in_sight(scene):
    case = scene.report()
    old = scene.place.event(case, m.AllegationReport)
    with acting(scene.head):
        was = m.AllegationReport.objects.get(case=case)
        values = {name: getattr(was, name) for name in was.own_fields()} | {"born_on": date(1991, 6, 4)}
        actions.correct(actor=scene.head, event=old, writing_=Writing(m.AllegationReport(**values)), now=scene.place.now)
    with acting(scene.officer):
        assert m.AllegationReport.objects.filter(case=case).count() == 2
    with acting(scene.colleague):
        assert not m.AllegationReport.objects.exists()
    with acting(scene.head):
        assert Event.objects.filter(case=case).count() == 2, "the sender sees both"


def test_taken_up_again_a_closed_one_is_open_and_the_sender_still_reads_it(scene):
    case = scene.report()
    scene.place.record(scene.officer, case, m.EmployerKnew(manager="A. Head"), at=scene.place.now - timedelta(hours=3))
    scene.place.record(scene.officer, case, m.Threshold(decision="advice", advice="Train", reason="Low"))
    scene.place.record(scene.officer, case, m.AnswerToReporter(text="Train him."))
    assert scene.place.fresh(case).closed_at
    with acting(scene.officer):
        mending.reopen(actor=scene.officer, case=case, from_step=m.Threshold.step_key(), reason="A second child spoke",
                       now=scene.place.now)
    again = scene.place.fresh(case)
    assert again.closed_at is None and again.stage == "Reported"
    with acting(scene.head):
        assert Case.objects.filter(pk=case.pk).exists()


def test_a_late_report_is_seen_to_be_late(scene):
    case = scene.report(known_at=scene.place.now - timedelta(days=30))
    scene.place.record(scene.officer, case, m.EmployerKnew(manager="A. Head", why_late="Nobody knew whom to tell"),
                       at=scene.place.now - timedelta(days=30))
    row = scene.place.clock(case, "Employer tells the officer")
    assert row.stopped and row.stopped > row.due and row.rule == "T60"
    with scene.place.system():
        assert ClockRow.objects.filter(case=case, name="Decide on the threshold", stopped=None).exists()
