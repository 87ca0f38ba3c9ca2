"""What a referrer sees of their contact and what they can do: answer, add, be told, disagree."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from lxml.html import fromstring

from goldthread.domains.front_door import models as m
from goldthread.process.models import ClockRow, Event
from goldthread.web.casework.record import StepForm
from tests.front_door.scene import Scene, address, child, form, text, when


def decided(scene: Scene) -> object:
    case = scene.ready()
    scene.record(case, m.Decision(level="2", detail="early-help", outcome="other",
                                  rationale="Level 2, mother is willing", partners_asked=True))
    scene.record(case, m.AnswerToReferrer(told="Somebody from early help will ring the family."))
    return scene.fresh(case)


def test_the_referrer_reads_where_it_stands_and_when_they_hear(scene):
    case, school = scene.contact(), scene.client("school-lead")
    page = text(school.get(address("case", case)))
    assert "You will have an answer by " in page and "Add information" in page and case.reference in page
    for inside in ("What you can do now", "Who has looked", "Sharing", "Worth doing", "Rating"):
        assert inside not in page, inside


def test_the_referrer_sees_neither_the_rating_nor_the_reasons(scene):
    case = decided(scene)
    page = text(scene.client("school-lead").get(address("case", case)))
    assert "Somebody from early help will ring the family." in page
    assert "Amber" not in page and "mother is willing" not in page
    desk = text(scene.client("mash-worker").get(address("case", case)))
    assert "Amber" in desk, "the desk sees it"


def test_another_school_sees_nothing(scene):
    case = decided(scene)
    for name in ("case", "case_timeline", "case_todo"):
        assert scene.client("other-school").get(address(name, case)).status_code == 404


@pytest.mark.parametrize("name", ["identify", "ask_partners", "decide", "case_people", "case_sharing", "case_looked"])
def test_the_desks_pages_are_not_the_referrers(scene, name):
    case = scene.ready()
    assert scene.client("school-lead").get(address(name, case)).status_code == 404


def test_consent_is_asked_for_with_one_click_and_answered_on_the_record(scene):
    case = scene.contact(consent="not-sought", consent_reason="No time before school ended")
    desk, school = scene.client("mash-worker"), scene.client("school-lead")
    assert "Ask the referrer about consent" in text(desk.get(address("case", case)))
    sent = form()
    for _ in range(2):
        assert desk.post(address("ask_consent", case), sent).status_code == 302
    assert len(scene.events(case, "message")) == 1
    assert "has not answered yet" in text(desk.get(address("case", case)))
    page = text(school.get(address("case", case)))
    assert "Answer about consent" in page and "whether the family knows" in page
    reply = school.get(address("record", case, "message")).content.decode()
    assert '<input class="govuk-radios__input" id="id_about" name="about" type="radio" value="consent" checked' in reply
    school.post(address("record", case, "message"), form(about="consent", text="Mum knows and agrees",
                                                         **when("happened_at", scene.now + timedelta(seconds=90))))
    assert "Answer about consent" not in text(school.get(address("case", case)))
    assert "and has answered" in text(desk.get(address("case", case)))


def test_an_answer_within_the_same_second_is_an_answer(scene):
    case = scene.contact(consent="not-sought", consent_reason="None")
    scene.record(case, m.Message(about="consent", text="Do they agree?"), by="mash-worker")
    assert "Answer about consent" in text(scene.client("school-lead").get(address("case", case)))
    scene.record(case, m.Message(about="consent", text="Yes"), by="school-lead")
    assert "Answer about consent" not in text(scene.client("school-lead").get(address("case", case)))


def test_asking_about_consent_is_the_desks(scene):
    case = scene.contact(consent="not-sought", consent_reason="None")
    assert scene.client("mash-worker").get(address("ask_consent", case)).status_code == 404, "by its button only"
    for role in ("school-lead", "police-partner"):
        assert scene.client(role).post(address("ask_consent", case), form()).status_code == 404
    assert not scene.events(case, "message")


def test_a_referrer_disagrees_stage_by_stage(scene):
    case, school = decided(scene), scene.client("school-lead")
    assert "I do not agree with what was decided" in text(school.get(address("case", case)))
    page = text(school.get(address("record", case, "disagreement")))
    assert "5 working days" in page and "Between their managers" in page
    sent = form(stage="1", about="She is still frightened", wanted="A social worker to visit",
                **when("happened_at", scene.now))
    assert school.post(address("record", case, "disagreement"), sent).status_code == 302
    with scene.system():
        assert ClockRow.objects.filter(case=case, name="Answer the disagreement", stopped=None).count() == 1
    scene.record(case, m.NewInformation(information="x"), by="school-lead")
    from goldthread.process.models import DisagreementReply
    scene.record(case, DisagreementReply(result="next-stage", answer="We hold to it"))
    assert "We hold to it" in text(school.get(address("case", case)))
    again = school.get(address("record", case, "disagreement")).content.decode()
    assert 'value="2" checked' in again, "the next stage is proposed"


def test_information_added_reaches_the_desk_and_not_other_agencies(scene):
    case = scene.contact()
    sent = form(information="Her brother is frightened too", **when("happened_at", scene.now))
    scene.client("school-lead").post(address("record", case, "new-information"), sent)
    assert "New information" in text(scene.client("mash-worker").get(address("case_timeline", case)))
    event = scene.events(case, "new-information")[0]
    assert scene.client("police-partner").get(address("event", case, event.pk)).status_code == 404
    assert scene.client("school-lead").get(address("event", case, event.pk)).status_code == 200


def test_a_referrer_may_correct_what_they_said_and_both_stay(scene):
    case = scene.contact()
    event = scene.events(case, "contact")[0]
    page = scene.client("school-lead").get(address("correct", case, event.pk))
    assert page.status_code == 200 and "4 Test Street" in text(page)
    with scene.system():
        assert Event.objects.filter(case=case).count() == 1


def _typed(page) -> dict[str, list[str]]:
    """What the page's form holds, as a browser would send it."""
    [form] = [each for each in fromstring(page.content).forms if each.method == "POST" and each.action is None]
    typed: dict[str, list[str]] = {}
    for name, value in form.form_values():
        typed.setdefault(name, []).append(value)
    return typed


def test_who_a_contact_names_stands_in_its_correction_and_nobody_is_lost_by_it(scene, monkeypatch):
    people = (child(), {"capacity": "child", "given": "Bilal", "family": "Sample", "born_on": date(2019, 2, 28), "sex": "M"},
              {"capacity": "mother", "given": "Zara", "family": "Sample", "sex": "F", "relationship": "mother"})
    case = scene.contact(people=people)
    client, [event] = scene.client("school-lead"), scene.events(case, "contact")

    def named() -> list[tuple[str, object]]:
        with scene.system():
            last = Event.objects.get(case=case, step="contact", replaced_by=None)
            return list(m.ContactPerson.objects.filter(event=last).order_by("pk").values_list("given", "born_on"))
    before = named()
    page = client.get(address("correct", case, event.pk))
    assert "No people named" not in text(page)
    at = [name for name, values in _typed(page).items() if values == ["Bilal"]][0]
    client.post(address("correct", case, event.pk), _typed(page) | {at: ["Bilaal"]})
    assert named() == [before[0], ("Bilaal", date(2019, 2, 28)), before[2]]
    # One more is added with the button: the others stay.
    [event] = [each for each in scene.events(case, "contact") if each.replaced_by_id is None]
    where = address("correct", case, event.pk)
    page = client.post(where, _typed(client.get(where)) | {"do": ["add:contactperson"]})
    client.post(where, _typed(page) | {"contactperson-3-given": ["Omar"], "contactperson-3-capacity": ["child"]})
    assert [given for given, _ in named()] == [before[0][0], "Bilaal", "Zara", "Omar"]
    # And one is taken off.
    [event] = [each for each in scene.events(case, "contact") if each.replaced_by_id is None]
    where = address("correct", case, event.pk)
    client.post(where, _typed(client.post(where, _typed(client.get(where)) | {"do": ["remove:contactperson:1"]})))
    assert [given for given, _ in named()] == [before[0][0], "Zara", "Omar"]
    monkeypatch.setattr(StepForm, "recorded", lambda self: {})
    [event] = [each for each in scene.events(case, "contact") if each.replaced_by_id is None]
    where = address("correct", case, event.pk)
    assert "No people named" in text(client.get(where)), "negative control: else it begins with nobody"


def test_a_late_answer_says_what_to_do(scene):
    case = scene.contact(at=scene.now - timedelta(days=7))
    page = text(scene.client("school-lead").get(address("case", case)))
    assert "You should have had an answer by " in page and "020 7946 0100" in page
    assert "You will have an answer" not in page
