"""The decision, its warnings, each child's own outcome, the answer to the referrer and what it must not give away."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from goldthread.domains.front_door import models as m
from goldthread.domains.front_door.advice import before_deciding
from goldthread.domains.front_door.models.outcome import leaked
from goldthread.domains.front_door.outcomes import answer_words, following, national
from goldthread.rules.codes import every
from tests.front_door.scene import Scene, address, child, form, text, when

TWO = (child(), child("Bilal", born=date(2019, 2, 1), capacity="sibling", sex="M"))


def decision(scene: Scene, **more: object) -> dict[str, object]:
    return form(**{"level": "3", "detail": "assessment", "rationale": "A visit is needed", "partners_asked": "no",
                   "without_partners": "Enough was known", **when("happened_at", scene.now), **more})


def test_every_outcome_says_how_it_is_counted_and_what_is_told():
    assert set(following()) == {code.code for code in every("contact-outcome-details")}
    assert {f.national for f in following().values()} <= {code.code for code in every("contact-outcomes")}
    assert all(f.told and f.source for f in following().values())
    assert national("strategy-discussion") == "cp-enquiry" and national("nonsense") == ""


def test_what_the_referrer_is_told_says_each_outcome_once():
    words = answer_words(["assessment", "early-help", "assessment"])
    assert words.count("social worker") == 1 and "early help" in words and "999" in words


def test_the_national_count_follows_from_what_happens_next_unless_chosen(scene):
    for given, counted in (({}, "new-referral"), ({"outcome": "other"}, "other")):
        case = scene.ready()
        sent = decision(scene, **given)
        response = scene.client("mash-manager").post(address("decide", case), sent)
        assert response["Location"] == address("record", case, "answer-to-referrer")
        with scene.system():
            assert m.Decision.objects.get(case=case).outcome == counted


def test_children_may_come_out_differently(scene):
    case = scene.ready(people=TWO)
    with scene.system():
        amira, bilal = (row.person_id for row in case.casepersons.order_by("pk"))
    page = text(scene.client("mash-manager").get(address("decide", case)))
    assert "Bilal Sample: what happens next?" in page
    scene.client("mash-manager").post(address("decide", case), decision(scene, **{
        f"child_{amira}": "assessment", f"child_{bilal}": "early-help"}))
    with scene.system():
        line = m.ChildOutcome.objects.get(case=case)
        assert (line.person_id, line.detail, line.outcome, line.capacity) == (bilal, "early-help", "other", "sibling")
        assert m.Decision.objects.get(case=case).details() == ["assessment", "early-help"]


def test_one_child_is_not_asked_about_twice_and_a_stranger_cannot_be_named(scene):
    case = scene.ready()
    assert "what happens next?" in text(scene.client("mash-manager").get(address("decide", case))).lower()
    assert "child_" not in text(scene.client("mash-manager").get(address("decide", case)))
    scene.client("mash-manager").post(address("decide", case), decision(scene, child_999999="early-help"))
    with scene.system():
        assert not m.ChildOutcome.objects.filter(case=case).exists()


def test_what_is_missing_is_said_and_stops_nobody(scene):
    case = scene.ready(consent="not-sought", consent_reason="No time", father="", child_voice="")
    scene.record(case, m.InformationRequest(purpose="p", lawful_basis="public-task", about="a", needed="n"),
                 m.RequestedAgency(agency=scene.police, due=scene.now + timedelta(hours=2)))
    page = text(scene.client("mash-manager").get(address("decide", case)))
    for words in ("Nothing is recorded of the father", "what the child has said", "has not been asked whether they agree",
                  "Not answered yet: Northbridge Police"):
        assert words in page, words
    assert scene.client("mash-manager").post(address("decide", case), decision(
        scene, partners_asked="yes")).status_code == 302


def test_nothing_is_warned_of_when_nothing_is_missing(scene):
    case = scene.ready(father="Karim Sample, lives with them", child_voice="I want to stay with gran")
    with scene.system():
        assert before_deciding(case, scene.now) == []
    scene.record(case, m.NewInformation(information="More"), by="school-lead",
                 at=scene.now + timedelta(seconds=30))
    with scene.system():
        assert [each.key for each in before_deciding(case, scene.now)] == ["rating"]


def test_only_a_manager_decides(scene):
    case = scene.ready()
    for role, status in (("mash-worker", 404), ("school-lead", 404), ("police-partner", 404), ("mash-manager", 200)):
        assert scene.client(role).get(address("decide", case)).status_code == status, role


def test_a_decision_waits_for_identification_and_rating(scene):
    page = scene.client("mash-manager").get(address("decide", scene.contact()))
    assert page.status_code == 403 and "waits for" in text(page)


def test_sent_twice_decides_once_and_leads_on(scene):
    case, sent = scene.ready(), decision(scene)
    for _ in range(2):
        response = scene.client("mash-manager").post(address("decide", case), sent)
        assert response.status_code == 302
    assert len(scene.events(case, "decision")) == 1


def test_a_decision_is_corrected_with_what_was_decided_for_each_child(scene):
    case, client = scene.ready(people=TWO), scene.client("mash-manager")
    with scene.system():
        amira, bilal = (row.person_id for row in case.casepersons.order_by("pk"))
    client.post(address("decide", case), decision(scene, **{f"child_{bilal}": "early-help"}))
    with scene.system():
        old = m.Decision.objects.get(case=case).event_id
    there = client.get(address("correct", case, old))
    assert there["Location"] == address("decide_again", case, old)
    page = client.get(there["Location"]).content.decode()
    assert "A visit is needed" in page and page.count('<option value="early-help" selected') == 1
    sent = decision(scene, rationale="A visit was needed", **{f"child_{amira}": "early-help", f"child_{bilal}": ""})
    assert client.post(there["Location"], sent)["Location"] == address("case", case)
    with scene.system():
        now = m.Decision.last_of(scene.fresh(case))
        assert now.rationale == "A visit was needed" and now.event_id != old
        assert m.ChildOutcome.objects.get(event=now.event_id).person_id == amira
    assert client.get(there["Location"]).status_code == 404, "what was replaced is not corrected again"
    assert scene.client("mash-worker").get(address("decide_again", case, now.event_id)).status_code == 404


# -- the answer -------------------------------------------------------------------------------------------------------

def decided(scene: Scene, detail: str = "assessment", **given: object) -> object:
    case = scene.ready(**given)
    scene.record(case, m.Decision(level="3", detail=detail, outcome=national(detail),
                                  rationale="The police worry most", partners_asked=True))
    return scene.fresh(case)


def test_the_answer_is_proposed_in_plain_words_and_hands_over_next(scene):
    case, client = decided(scene), scene.client("mash-worker")
    page = text(client.get(address("record", case, "answer-to-referrer")))
    assert "A social worker will meet the family" in page
    assert "The police worry most" not in page and "4 Test Street" not in page
    sent = form(told="We will visit the family.", **when("happened_at", scene.now))
    response = client.post(address("record", case, "answer-to-referrer"), sent)
    assert response["Location"] == address("record", case, "hand-over")
    hand_over = client.get(response["Location"]).content.decode()
    assert '<option value="assessment" selected' in hand_over


def test_nothing_is_handed_over_when_it_ends_here(scene):
    case = decided(scene, "no-further-action")
    sent = form(told="We looked carefully.", **when("happened_at", scene.now))
    response = scene.client("mash-worker").post(address("record", case, "answer-to-referrer"), sent)
    assert response["Location"] == address("case", case)
    assert "Hand it over" not in text(scene.client("mash-worker").get(address("case", case)))


@pytest.mark.parametrize("told", ["She lives at 4 test street now", "We wrote to ZZ99 3CZ"])
def test_a_kept_address_is_not_told(scene, told):
    case = decided(scene, address_safe=True)
    page = scene.client("mash-worker").post(address("record", case, "answer-to-referrer"),
                                            form(told=told, **when("happened_at", scene.now)))
    assert "must be kept from others" in text(page) and not scene.events(case, "answer-to-referrer")


def test_an_address_nobody_keeps_may_be_named(scene):
    case = decided(scene)
    with scene.system():
        assert leaked("We wrote to 4 Test Street", case.pk) == ""


def test_what_a_partner_wrote_is_not_told_word_for_word(scene):
    case = scene.ready()
    scene.record(case, m.InformationRequest(purpose="p", lawful_basis="public-task", about="a", needed="n"),
                 m.RequestedAgency(agency=scene.police, due=scene.now + timedelta(hours=2)))
    said = "Officers were called to the flat four times since January"
    scene.record(case, m.PartnerReply(answer="known", information=said, may_share="professionals"), by="police-partner",
                 ask=scene.ask_of(case, scene.police))
    scene.record(case, m.Decision(level="3", detail="assessment", outcome="new-referral",
                                  rationale="r", partners_asked=True))
    with pytest.raises(ValidationError, match="what a partner told us"):
        scene.record(case, m.AnswerToReferrer(told=f"We know that {said.lower()}."))
    scene.record(case, m.AnswerToReferrer(told="Officers told us a little, and a social worker will visit."))


def test_what_may_be_shared_with_the_family_may_be_told(scene):
    case = scene.ready()
    scene.record(case, m.InformationRequest(purpose="p", lawful_basis="public-task", about="a", needed="n"),
                 m.RequestedAgency(agency=scene.health, due=scene.now + timedelta(hours=2)))
    said = "The health visitor sees the family every other week at home"
    scene.record(case, m.PartnerReply(answer="known", information=said, may_share="family"), by="health-partner",
                 ask=scene.ask_of(case, scene.health))
    with scene.system():
        assert leaked(said, case.pk) == ""


def test_each_mistake_is_said_once_at_the_top(scene):
    page = scene.client("mash-manager").post(address("decide", scene.ready()), form()).content.decode()
    assert page.count('<a href="#id_level">') == 1 and page.count('<a href="#id_rationale">') == 1
