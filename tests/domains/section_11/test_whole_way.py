"""A section 11 round on pages: launched, answered, signed, moderated, its gaps closed, and compared."""
from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import Refused, acting
from goldthread.access.models import without_application_filter
from goldthread.domains.section_11 import models as m
from goldthread.jobs.reminders import remind
from goldthread.notify.models import InboxNotice
from goldthread.process.models import Campaign, Case
from goldthread.web.assurance import figures
from tests.front_door.scene import text, when
from tests.support import client_for, make_agency, make_partnership

CODES = [str(n) for n in range(1, 9)]


def sent(**answers):
    return {"submission": str(uuid4()), **answers}


def step(client, case, record, **answers):
    found = client.post(reverse("record", args=[case.reference, record.step_key()]), sent(
        **answers, **when("happened_at", timezone.now())))
    assert found.status_code == 302, text(found)[:4000]


def standards_typed(**more):
    return {f"standardanswer-{at}-{name}": value for at, code in enumerate(CODES) for name, value in {
        "standard": code, "statement": "We do", "evidence": "It is written down", "score": "1" if code == "5" else "3",
        "action": "Train everybody" if code == "5" else ""}.items()} | more


def test_a_round_is_started_for_forty_agencies_at_once(scene):
    agencies = [scene.place.agency("school", f"School {n:02d}") for n in range(40)]
    office = client_for(scene.office)
    assert "Start a round" in text(office.get(reverse("rounds")))
    assert "Eight standards with the 2023 additions" in text(office.get(reverse("begin_round")))
    found = office.post(reverse("begin_round"), sent(
        title="Section 11 return 2026", note="", agencies=[a.pk for a in agencies],
        **when("due", timezone.now() + timedelta(days=60))))
    assert found.status_code == 302, text(found)[:4000]
    page = text(office.get(found["Location"]))
    assert "School 00" in page and "School 39" in page and "Waiting" in page
    with scene.place.system():
        assert Case.objects.filter(campaign__title="Section 11 return 2026").count() == 40
        assert set(Case.objects.values_list("about_agency", flat=True)) == {a.pk for a in agencies}
    again = office.post(reverse("begin_round"), sent(title="", note="", agencies=[]))
    assert again.status_code == 200 and "There is a problem" in text(again)


def test_all_or_none_and_only_by_the_office(scene):
    stranger = make_agency("school", partnership=make_partnership())
    with pytest.raises(ValidationError):
        scene.launch(scene.police, stranger)
    with pytest.raises(Refused):
        scene.launch(scene.police, by=scene.lead)
    with pytest.raises(ValidationError):
        scene.launch(scene.police, days=-1)
    with scene.place.system():
        assert not Case.objects.exists() and not Campaign.objects.exists()
    for name in ("rounds", "begin_round"):
        assert client_for(scene.lead).get(reverse(name)).status_code == 404


def test_the_whole_way(scene):
    campaign = scene.launch(scene.police, scene.trust)
    case = scene.case_of(campaign, scene.police)
    lead, senior, office = client_for(scene.lead), client_for(scene.senior), client_for(scene.office)
    assert case.title == "Northbridge Police: Round 2026"
    with scene.place.system():
        assert scene.lead.user.pk in InboxNotice.objects.filter(kind="section11-request").values_list("user_id", flat=True)
    assert "Northbridge Police" in text(lead.get(reverse("work_list", args=["section-11"])))
    url = reverse("record", args=[case.reference, "section11-return"])
    page = text(lead.get(lead.get(url)["Location"]))
    assert page.count("standardanswer-") and 'value="8" selected' in page or "standardanswer-7-standard" in page
    assert "Who has regular supervision" in page and "Working Together" in page
    answer = reverse("section_11_answer", args=[case.reference])
    half = lead.post(answer, sent(author="A. Lead", summary="A year", **standards_typed(**{
        "standardanswer-4-action": ""}), **when("happened_at", timezone.now())))
    assert half.status_code == 200 and "what you will do" in text(half)
    assert lead.post(answer, sent(author="A. Lead", summary="A year", **standards_typed(),
                                  **when("happened_at", timezone.now()))).status_code == 302
    assert lead.get(reverse("record", args=[case.reference, "section11-sign-off"])).status_code == 403
    step(senior, case, m.Section11SignOff, position="Chief")
    step(lead, case, m.Section11Submission, note="")
    step(office, case, m.Challenge, question="How do you know?", **when("answer_by", timezone.now() + timedelta(days=7)))
    step(lead, case, m.ChallengeAnswer, answer="We asked them")
    moderating = reverse("section_11_moderate", args=[case.reference])
    assert "moderatedscore-7-standard" in text(office.get(moderating))
    scores = {f"moderatedscore-{at}-{name}": value for at, code in enumerate(CODES)
              for name, value in {"standard": code, "score": "0" if code == "5" else "3", "why": ""}.items()}
    assert office.post(moderating, sent(result="gaps", summary="Training", **scores,
                                        **when("happened_at", timezone.now()))).status_code == 302
    due = timezone.localtime(timezone.now() + timedelta(days=90)).date()
    step(lead, case, m.GapPlan, **when("all_done_by", timezone.now() + timedelta(days=100)),
         **{"gapaction-0-standard": "5", "gapaction-0-what": "Train all", "gapaction-0-owner": "B. Trainer"},
         **when("gapaction-0-due", due))
    with scene.place.system():
        action = m.GapAction.objects.get(case=case)
    step(lead, case, m.ActionDone, action=action.pk, evidence="The list of who came", difference="They ask sooner")
    step(office, case, m.ActionsClosed, looked_at="The list")
    assert scene.place.fresh(case).closed_at
    round_page = text(office.get(reverse("round", args=[campaign.pk])))
    assert "Sent" in round_page and "Waiting" in round_page and "How far each standard is met: the numbers" in round_page


def test_who_wrote_it_does_not_sign_it_and_another_agencys_senior_cannot(scene):
    case = scene.case_of(scene.launch(scene.police), scene.police)
    scene.place.record(scene.senior, case, m.Section11Return(author="A. Senior", summary="A year"), *scene.lines())
    for actor, why in ((scene.senior, "Somebody else must do this"), (scene.other_senior, "You cannot"),
                       (scene.lead, "You cannot")):
        with pytest.raises(Refused, match=why):
            scene.place.record(actor, case, m.Section11SignOff(position="Chief"))
    scene.place.record(scene.second, case, m.Section11SignOff(position="Chief"))
    assert scene.place.fresh(case).stage == "Answering", "it is still to be sent"


def test_the_agencys_seniors_are_told_that_a_signature_waits(scene):
    case = scene.case_of(scene.launch(scene.police), scene.police)
    scene.place.record(scene.lead, case, m.Section11Return(author="A. Lead", summary="A year"), *scene.lines())
    with scene.place.system():
        told = set(InboxNotice.objects.filter(kind=m.Section11Return.step_key()).values_list("user_id", flat=True))
    assert told == {scene.senior.user.pk, scene.second.user.pk}, "not who wrote it, and nobody of another agency"


def test_an_unfinished_return_is_not_signed(scene):
    case = scene.case_of(scene.launch(scene.police), scene.police)
    scene.place.record(scene.lead, case, m.Section11Return(author="A", summary="A year"), *scene.lines(without="7"))
    with pytest.raises(ValidationError, match="Working with other agencies"):
        scene.place.record(scene.senior, case, m.Section11SignOff(position="Chief"))
    scene.place.record(scene.senior, case, m.ChangesWanted(wanted="Answer the seventh"))
    scene.place.record(scene.lead, case, m.Section11Return(author="A", summary="A year"), *scene.lines())
    scene.place.record(scene.senior, case, m.Section11SignOff(position="Chief"))
    with pytest.raises(Refused):
        scene.place.record(scene.lead, case, m.Section11Return(author="A", summary="Later"), *scene.lines())


def test_actions_left_open_keep_it_open(scene):
    case = scene.answered(scene.case_of(scene.launch(scene.police), scene.police), "1")
    now = scene.place.now
    scene.place.record(scene.office, case, m.Moderation(result="gaps", summary="Two gaps"), *[
        m.ModeratedScore(standard=code, score="1") for code in CODES])
    two = [m.GapAction(standard=code, what=f"Mend {code}", owner="B", due=(now - timedelta(days=1)).date()) for code in "12"]
    scene.place.record(scene.lead, case, m.GapPlan(all_done_by=now + timedelta(days=30)), *two)
    assert "Not done by" in text(client_for(scene.office).get(reverse("case", args=[case.reference])))
    with scene.place.system():
        first, second = m.GapAction.objects.filter(case=case).order_by("pk")
    scene.place.record(scene.lead, case, m.ActionDone(action=first, evidence="Done"))
    with pytest.raises(ValidationError, match="Mend 2"):
        scene.place.record(scene.office, case, m.ActionsClosed(looked_at="One of two"))
    scene.place.record(scene.lead, case, m.ActionDone(action=second, evidence="Done"))
    scene.place.record(scene.office, case, m.ActionsClosed(looked_at="Both"))
    assert scene.place.fresh(case).closed_at


def test_another_agency_sees_neither_the_return_nor_its_page(scene):
    campaign = scene.launch(scene.police, scene.trust)
    case = scene.answered(scene.case_of(campaign, scene.police))
    for actor in (scene.other_lead, scene.other_senior, scene.place.seat("social-worker")):
        client = client_for(actor)
        for url in (reverse("case", args=[case.reference]), reverse("agency_years", args=[scene.police.pk]),
                    reverse("section_11_answer", args=[case.reference]), reverse("round", args=[campaign.pk])):
            assert client.get(url).status_code == 404, (actor.role, url)
        with acting(actor):
            assert not m.StandardAnswer.objects.exists()
            with without_application_filter():
                assert not m.StandardAnswer.objects.exists(), "row security holds as well"
    with acting(scene.lead):
        assert m.StandardAnswer.objects.count() == 8, "the agency itself reads it, so there is something to hide"
    assert client_for(scene.lead).get(reverse("agency_years", args=[scene.police.pk])).status_code == 200


def test_late_is_late_and_more_time_is_heeded(scene):
    campaign = scene.launch(scene.police, scene.trust)
    scene.answered(scene.case_of(campaign, scene.police))
    with acting(scene.office):
        rows = figures.answering(list(Case.objects.filter(campaign=campaign).order_by("about_agency__name")))
        later = scene.place.now + timedelta(days=31)
        assert [row.state(later) for row in rows] == ["late", "sent"], "the hospital has not answered"
        assert [row.state(scene.place.now) for row in rows] == ["waiting", "sent"]
        from goldthread.process import mending
        mending.extend(actor=scene.office, case=rows[0].case, clock=figures.SEND, until=later + timedelta(days=5),
                       reason="A new chief", now=scene.place.now)
        [row] = figures.answering([rows[0].case])
        assert row.state(later) == "waiting"


def test_agencies_are_reminded_by_the_clock_and_led_to_their_return(scene):
    case = scene.case_of(scene.launch(scene.police), scene.police)
    before = scene.place.now + timedelta(days=5)
    assert remind(before) == 0
    assert remind(scene.place.now + timedelta(days=24)) == 1
    assert remind(scene.place.now + timedelta(days=31)) == 1
    with scene.place.system():
        told = InboxNotice.objects.filter(kind__in=("due-soon", "overdue"), user=scene.lead.user)
        assert {(n.kind, n.reference) for n in told} == {("due-soon", case.reference), ("overdue", case.reference)}
        assert InboxNotice.objects.filter(kind="overdue", user=scene.office.user).exists(), "the office hears who is late"


def test_year_on_year(scene):
    for title, score in (("Round 2025", "1"), ("Round 2026", "3")):
        case = scene.case_of(scene.launch(scene.police, title=title), scene.police)
        if title == "Round 2026":
            page = text(client_for(scene.lead).get(reverse("section_11_answer", args=[case.reference])))
            assert "It is written down" in page, "what was said the year before is there to go on from"
        scene.answered(case, score)
        scene.place.now += timedelta(seconds=1)
    for actor in (scene.lead, scene.office):
        page = text(client_for(actor).get(reverse("agency_years", args=[scene.police.pk])))
        assert "Round 2025" in page and "Round 2026" in page and "Scores year by year: the numbers" in page
    with acting(scene.office):
        early, late = figures.rounds_of(scene.police.pk)
        assert (figures.middle(early.scores.own), figures.middle(late.scores.own)) == (1.0, 3.0)


def test_the_office_counts_the_moderated_score_where_there_is_one(scene):
    campaign = scene.launch(scene.police)
    case = scene.answered(scene.case_of(campaign, scene.police), "3")
    with acting(scene.office):
        [row] = figures.answering([case])
        assert figures.spread([row], "1") == [0, 0, 0, 1]
    scene.place.record(scene.office, case, m.Moderation(result="assured", summary="Good"), *[
        m.ModeratedScore(standard=code, score="2") for code in CODES])
    with acting(scene.office):
        [row] = figures.answering([case])
        assert figures.spread([row], "1") == [0, 0, 1, 0] and row.scores.own["1"] == 3
    assert scene.place.fresh(case).closed_at, "nothing is left to do when it is assured"
