"""A yearly report from the commission to the committee: nothing out that is not frozen, commented and signed by three."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from goldthread.access.actor import Refused, acting
from goldthread.domains.yearly_report import models as m
from goldthread.domains.yearly_report.documents import contributions
from goldthread.domains.yearly_report.process import ARRANGEMENTS
from goldthread.flows import yearly_report as flow
from goldthread.measure import periods
from goldthread.notify.models import InboxNotice
from goldthread.process import mending
from goldthread.process.models import Ask, Case
from goldthread.process.rights import YES, Work
from goldthread.reports.yearly import actions as document
from goldthread.reports.yearly.models import Document
from tests.domains.yearly_report.conftest import ANSWERS, Scene
from tests.support import client_for

pytestmark = pytest.mark.django_db


def test_from_the_commission_to_the_committee(scene: Scene) -> None:
    case, place = scene.begun(), scene.place
    scene.contribute(case, scene.answering[0])
    scene.contribute(case, scene.answering[1], gives="nil", quality="", evidence="", plans="", good_news="")
    with place.system():
        asked = {ask.agency_id: (ask.answered_at is not None, ask.nil) for ask in Ask.objects.filter(case=case)}
    assert asked == {agency.pk: said for agency, said in zip(scene.partners, [(True, False), (True, True), (False, False)],
                                                             strict=True)}
    scene.freeze(case)
    scene.signed(scene.commented(scene.drafted(case)))
    scene.publish(case)
    assert place.fresh(case).stage == "Copies"
    place.record(scene.office, case, m.CopiesSent(), m.CopyRecipient(recipient="panel", sent_on=place.now.date()))
    question = m.CommitteeQuestion(question="Why are fewer seen?", by="Councillor Madeup")
    place.record(scene.office, case, m.CommitteeHearing(committee="Select", met_on=place.now.date(), result="questions"),
                 question)
    with place.system():
        asked = m.CommitteeQuestion.objects.get(case=case)
    place.record(scene.office, case, m.CommitteeAnswers(answered_to="The clerk"),
                 m.CommitteeAnswer(question=asked, answer="They are seen at home"))
    assert place.fresh(case).closed_at, "and whoever still owes a contribution owes it no more"
    with place.system():
        assert Ask.objects.filter(case=case, answered_at=None).exclude(withdrawn_at=None).count() == 1


@pytest.mark.parametrize("left_out", ["frozen", "draft", "comment", "a third signature", "another agency"])
def test_nothing_is_published_that_is_not_frozen_commented_and_signed_by_three(scene: Scene, left_out: str) -> None:
    case = scene.begun()
    if left_out != "frozen":
        scene.freeze(case)
        if left_out != "draft":
            scene.drafted(case)
            if left_out != "comment":
                scene.commented(case)
                second = scene.place.seat("lead-partner", scene.partners[0])
                third = {"a third signature": [], "another agency": [second]}[left_out]
                scene.signed(case, *scene.leads[:2], *third)
    with pytest.raises(ValidationError, match="waits for"):
        scene.publish(case)


def test_without_the_need_for_signatures_it_would_be_published(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above: the question is asked twice, of the document and of the process."""
    case = scene.begun()
    scene.freeze(case)
    monkeypatch.setattr("goldthread.reports.yearly.actions.publishing.before_publishing", [])
    with pytest.raises(Refused, match="waits for"):
        scene.publish(case)
    monkeypatch.setattr(Work, "may_record", lambda self, actor, step: YES)
    assert scene.publish(case).outcome == "published"


def test_only_the_three_partners_sign(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    case = scene.begun()
    scene.freeze(case)
    scene.commented(scene.drafted(case))
    other = scene.place.seat("lead-partner", scene.place.agency("school", "Invented School"))
    with pytest.raises(ValidationError, match="not one of the safeguarding partners"):
        scene.signed(case, other)
    monkeypatch.setattr(m.LeadSignOff, "clean", lambda self: None)
    scene.signed(case, other)  # the control: nothing else would have refused


def test_who_returned_the_draft_signs_only_once_it_was_taken_up_again(scene: Scene) -> None:
    case, place = scene.begun(), scene.place
    scene.freeze(case)
    scene.commented(scene.drafted(case))
    scene.signed(case, *scene.leads[:2])
    place.record(scene.leads[2], case, m.DraftReturned(wanted="Say more of health"))
    with pytest.raises(Refused, match="Somebody else must do this"):
        scene.signed(case, scene.leads[2])
    with acting(scene.office):
        mending.reopen(actor=scene.office, case=place.fresh(case), from_step="draft-ready",
                       reason="A partner returned it", now=place.now)
    with pytest.raises(ValidationError, match="waits for"):
        scene.publish(case)
    scene.drafted(case)
    with pytest.raises(Refused, match="waits for"):
        scene.signed(case, scene.leads[2])  # the scrutineer looks at every draft
    scene.signed(scene.commented(case))
    assert scene.publish(case).outcome == "published", "by three signatures on the draft as it is"


def test_held_back_it_needs_a_reason_and_goes_no_further(scene: Scene) -> None:
    case = scene.ready()
    with pytest.raises(ValidationError):
        scene.publish(case, result="withheld")
    scene.publish(case, result="withheld", why="A trial is under way")
    assert scene.place.fresh(case).closed_at


@pytest.mark.parametrize("role", ["contributor", "agency-senior"])
def test_a_writer_appointed_or_a_senior_contributes_and_is_told_of_it(scene: Scene, role: str) -> None:
    place, agency = scene.place, scene.partners[2]
    writer, other = place.seat(role, agency), place.seat(role, scene.partners[0])
    case = scene.begun()
    ask = place.ask_of(case, agency)
    with acting(other):
        assert not Ask.objects.filter(pk=ask.pk).exists(), "only what their own agency is asked"
    with acting(writer):
        assert Ask.objects.filter(pk=ask.pk).exists() and not Case.objects.filter(pk=case.pk).exists()
        assert InboxNotice.objects.filter(kind="contribution").count() == 1
    page = client_for(writer).get(reverse("ask", args=[ask.pk])).content.decode()
    assert "Send our contribution" in page
    assert "part of the yearly report" in client_for(writer).get(reverse("home")).content.decode()
    scene.contribute(case, writer)
    with acting(writer):
        assert Ask.objects.get(pk=ask.pk).answered_at


def test_only_who_writes_for_an_agency_reads_what_it_is_asked(scene: Scene) -> None:
    case = scene.begun()
    ask = scene.place.ask_of(case, scene.partners[2])
    others = [scene.place.seat("police-partner", scene.partners[2]), scene.answering[0], scene.place.seat("partner")]
    for who in others:
        with acting(who):
            assert not Ask.objects.filter(pk=ask.pk).exists() and not Case.objects.filter(pk=case.pk).exists()
    with acting(scene.answering[2]):
        assert Ask.objects.filter(pk=ask.pk).exists(), "the control"


def test_law_counts_from_the_end_of_the_year_and_from_publication(scene: Scene) -> None:
    case = scene.begun()
    end_of_september = datetime(2026, 9, 30, 22, 59, 59, 999999, tzinfo=UTC)
    assert scene.place.clock(case, "Publish the report").due == end_of_september
    assert scene.place.clock(case, "Freeze the figures").due == scene.place.now + timedelta(days=35)
    scene.freeze(case)
    scene.publish(scene.signed(scene.commented(scene.drafted(case))))
    copies = scene.place.clock(case, "Send copies")
    assert copies.rule == "T132" and 6 <= (copies.due - scene.place.now).days <= 7


def test_a_year_no_guidance_is_known_of_is_said_to_be_one(scene: Scene) -> None:
    with acting(scene.office), pytest.raises(ValidationError, match="was not in force"):
        flow.commission(actor=scene.office, year=periods.read("2019-2020"), now=scene.place.now, asked=[],
                        said={"aim": "x", "publish_on": scene.place.now.date()}, request={"freeze_at": scene.place.now})


def test_arrangements_stay_in_force_and_are_scrutinised_every_year(scene: Scene) -> None:
    place = scene.place
    with acting(scene.office):
        case = flow.begin_arrangements(actor=scene.office, now=place.now, said={
            "title": "Invented arrangements", "why": "New guidance", "publish_by": place.now + timedelta(days=60)})
    scene.signed(scene.commented(scene.drafted(case)))
    scene.publish(case)
    assert place.fresh(case).stage == "In force"
    assert place.clock(case, "Scrutinise the arrangements").rule == "T136"
    place.record(scene.scrutineer, case, m.ArrangementsScrutiny(found="They work"))
    assert not place.fresh(case).closed_at
    place.record(scene.office, case, m.ArrangementsReplaced(by_what="Newer ones"))
    assert place.fresh(case).closed_at and ARRANGEMENTS.key == case.process_key


def test_recorded_by_itself_neither_freeze_nor_publication_would_stand(scene: Scene) -> None:
    case, place = scene.begun(), scene.place
    with pytest.raises(ValidationError, match="are not frozen"):
        place.record(scene.office, case, m.DataFreeze())
    scene.freeze(case)
    scene.signed(scene.commented(scene.drafted(case)))
    with pytest.raises(ValidationError, match="is not published"):
        place.record(scene.office, case, m.ReportPublished(result="published"))
    place.record(scene.office, case, m.ReportPublished(result="withheld", why="A trial"))  # the control


def test_what_is_signed_is_what_is_published_and_what_is_published_changes_no_more(
        scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    case = scene.begun()
    scene.freeze(case)

    def write(text: str) -> None:
        with scene.place.system():
            section = Document.objects.get(case=case).sections.first()
        document.save_section(actor=scene.office, section=section, heading="Invented", text=text, seen=section.revision,
                              now=scene.place.now)
    write("Before the draft")
    scene.commented(scene.drafted(case))
    write("The scrutineer's comment put in")
    scene.signed(case)
    for again in (lambda: write("After the signature"), lambda: document.freeze(case, scene.office, scene.place.now)):
        with acting(scene.office), pytest.raises(ValidationError, match="signed this draft"):
            again()
    scene.publish(case)
    monkeypatch.setattr("goldthread.reports.yearly.actions.common.closed_because", [])
    with acting(scene.office), pytest.raises(ValidationError, match="can no longer change"):
        write("After publication")
    with acting(scene.office), pytest.raises(ValidationError, match="decided already"):
        document.publish(case, scene.office, scene.place.now)


def test_without_the_process_having_a_say_a_signed_draft_could_be_changed(
        scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above."""
    case = scene.ready()
    monkeypatch.setattr("goldthread.reports.yearly.actions.common.closed_because", [])
    with acting(scene.office):
        assert document.freeze(case, scene.office, scene.place.now).number == 2


def test_what_agencies_sent_in_is_offered_to_the_document(scene: Scene) -> None:
    case = scene.begun()
    scene.contribute(case, scene.answering[0])
    scene.contribute(case, scene.answering[1], gives="nil", quality="", evidence="", plans="", good_news="")
    with scene.place.system():
        found = contributions(Document.objects.get(case=case))
    assert [each.agency for each in found] == ["Northbridge Council"]
    assert [answer for _, answer in found[0].answers] == [ANSWERS[name] for name in (
        "quality", "evidence", "plans", "good_news")]
