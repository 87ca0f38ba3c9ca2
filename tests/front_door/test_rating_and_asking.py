"""How urgent, whom to ask, and what each agency asked may see."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from goldthread.access.actor import writing
from goldthread.domains.front_door import asking, naming
from goldthread.domains.front_door import models as m
from goldthread.orgs.models import LocalLimit
from goldthread.process.models import Ask, ClockRow, Event
from tests.front_door.scene import WORRY, Scene, address, child, form, text, when


def request_form(scene: Scene, *agencies: object, do: str = "send", **more: object) -> dict[str, object]:
    return form(agencies=[str(a.pk) for a in agencies], purpose="To decide what help is needed",
                lawful_basis="public-task", about="Amira Sample, born 3 May 2016", needed="What you know",
                do=do, **(when("due", scene.now + timedelta(hours=20)) | more))


def asked(scene: Scene, *agencies: object) -> object:
    case = scene.ready()
    scene.client("mash-worker").post(address("ask_partners", case), request_form(scene, *agencies))
    return case


# -- rating -----------------------------------------------------------------------------------------------------------

def test_the_rating_page_says_what_each_rating_means_and_the_time_it_gives_here(scene):
    LocalLimit.objects.create(partnership=scene.partnership, key="T05", span="6 working hours", source="Executive",
                              valid_from=date(2020, 1, 1))
    page = text(scene.client("mash-worker").get(address("record", scene.contact(), "rating")))
    for words in ("4 working hours", "6 working hours", "72 hours", "No time limit", "Work goes on past closing time"):
        assert words in page, words
    assert "24 hours" not in page, "the national default is replaced by what this partnership set"


def test_ratings_keep_their_history_and_new_information_suggests_another(scene):
    case = scene.contact()
    worker = scene.client("mash-worker")
    sent = form(rag="amber", reason="A bruise", restart="no", **when("happened_at", scene.now - timedelta(hours=1)))
    assert worker.post(address("record", case, "rating"), sent).status_code == 302
    assert "New since the last rating" not in text(worker.get(address("record", case, "rating")))
    scene.record(case, m.NewInformation(information="Her brother has one too"), by="school-lead")
    page = text(worker.get(address("record", case, "rating")))
    assert "New since the last rating: new information" in page and "A bruise" in page
    assert "New since the last rating" in text(worker.get(address("case", case)))
    worker.post(address("record", case, "rating"), form(rag="red", reason="Two children", restart="no",
                                                        **when("happened_at", scene.now + timedelta(seconds=60))))
    assert scene.fresh(case).mark == "red"


def test_a_second_rating_starts_the_clock_again_only_with_a_reason(scene):
    case = scene.rated(scene.contact())
    client = scene.client("mash-manager")
    sent = form(rag="amber", reason="The same", restart="yes", **when("happened_at", scene.now))
    assert client.post(address("record", case, "rating"), sent).status_code == 200
    assert client.post(address("record", case, "rating"), sent | {"restart_reason": "Wrong child"}).status_code == 302


# -- asking partners --------------------------------------------------------------------------------------------------

def test_the_childs_own_school_comes_first_and_the_least_is_proposed(scene):
    case = scene.ready()
    with scene.system():
        groups = asking.to_ask(case, scene.now)
        assert [a.name for a in groups[0].agencies] == ["Larkfield Primary School"]
        due = asking.proposed_due(case, scene.now)
        assert due == ClockRow.objects.get(case=case, name="Decide: amber").due
    page = text(scene.client("mash-worker").get(address("ask_partners", case)))
    assert "Amira Sample, born 3 May 2016" in page and "Likely to know these children" in page
    assert "4 Test Street" not in page and "Add the address" in page


@pytest.mark.parametrize("said,found", [("Larkfield Primary", True), ("larkfield", True), ("Larkfield", True),
                                        ("Mill", False), ("", False), ("Primary School", False)])
def test_a_school_is_known_by_the_name_a_referrer_uses_and_never_guessed(scene, said, found):
    school = naming.school_named(said, [scene.school, scene.other_school])
    assert (school == scene.school) is found


def test_no_time_is_proposed_for_a_contact_that_is_not_rated(scene):
    case = scene.contact()
    with scene.system():
        assert asking.proposed_due(case, scene.now) is None
    assert "not rated yet" in text(scene.client("mash-worker").get(address("ask_partners", case)))


def test_an_agency_that_knew_the_child_before_is_suggested(scene):
    case = asked(scene, scene.health)
    scene.record(case, m.PartnerReply(answer="known", information="Seen in March", may_share="desk"), by="health-partner",
                 ask=scene.ask_of(case, scene.health))
    with scene.system():
        again = scene.contact(people=(child(setting=""),), line1="", postcode="")
    person = _person(scene, case)
    client, stated = scene.client("mash-worker"), scene.stated(again)[0]
    client.post(address("identify", again), form(**{f"who-{stated.pk}": f"is-{person}"}))
    with scene.system():
        first = asking.to_ask(scene.fresh(again), scene.now)[0].agencies
        assert {a.name for a in first} == {"Northbridge Health", "Larkfield Primary School"}


def _person(scene, case):
    with scene.system():
        return scene.fresh(case).casepersons.get().person_id


def test_what_each_agency_will_see_is_shown_before_anything_is_sent(scene):
    case = scene.ready()
    client = scene.client("mash-worker")
    page = text(client.post(address("ask_partners", case), request_form(scene, scene.police, do="preview", address="on")))
    assert "What they will see" in page and "Address: 4 Test Street, ZZ99 3CZ" in page and "Northbridge Police" in page
    assert not scene.events(case, "information-request")
    back = text(client.post(address("ask_partners", case), request_form(scene, scene.police, do="change")))
    assert "Whom do you ask?" in back and "There is a problem" not in back
    assert client.post(address("ask_partners", case), request_form(scene, scene.police)).status_code == 302
    assert len(scene.events(case, "information-request")) == 1


def test_a_kept_address_cannot_be_added(scene):
    case = scene.ready(address_safe=True)
    client = scene.client("mash-worker")
    assert "Add the address" not in text(client.get(address("ask_partners", case)))
    client.post(address("ask_partners", case), request_form(scene, scene.police, address="on"))
    with scene.system():
        assert "4 Test Street" not in m.InformationRequest.objects.get(case=case).about


@pytest.mark.parametrize("page", ["case", "case_todo"])
def test_what_is_waited_for_says_from_whom(scene, page):
    case = asked(scene, scene.police, scene.school)
    found = text(scene.client("mash-worker").get(reverse(page, args=[case.reference])))
    with scene.system():
        clock = ClockRow.objects.filter(case=case, ask__agency=scene.police).get()
    assert all(f"{escape(clock.name)}: {agency}" in found for agency in (scene.police, scene.school))


def test_who_answered_in_time_is_never_called_late(scene):
    case = asked(scene, scene.police, scene.school, scene.health)
    gone, due = scene.now - timedelta(days=3), scene.now - timedelta(days=2)
    answered = {scene.police: gone, scene.school: scene.now - timedelta(days=1), scene.health: None}
    with scene.system(), writing():
        for agency, at in answered.items():
            assert Ask.objects.filter(case=case, agency=agency).update(made_at=gone, due=due, answered_at=at) == 1
    table = scene.client("mash-worker").get(reverse("case_sharing", args=[case.reference])).context["asks"]
    found = {row[0]: row[-1] for row in table.rows}
    assert found == {str(scene.police): "Answered", str(scene.school): "Answered, late",
                     str(scene.health): "Not opened yet, late"}
    assert [column.show for column in table.columns if column.title == "Due"] == ["ago"], "no column of lateness beside it"


def test_sent_twice_asks_once(scene):
    case, sent = scene.ready(), None
    sent = request_form(scene, scene.police, scene.health)
    for _ in range(2):
        assert scene.client("mash-worker").post(address("ask_partners", case), sent).status_code == 302
    with scene.system():
        assert Ask.objects.filter(case=case).count() == 2


@pytest.mark.parametrize("wrong,words", [
    ({"agencies": []}, "Tick at least one agency"), ({"agencies": ["999999"]}, "Tick agencies from the list"),
    ({"due_year": "2020"}, "future"), ({"lawful_basis": "because"}, "lawful basis"), ({"about": ""}, "who is this about")])
def test_mistakes_are_said_and_nothing_is_sent(scene, wrong, words):
    case = scene.ready()
    page = text(scene.client("mash-worker").post(address("ask_partners", case), request_form(scene, scene.police) | wrong))
    assert "There is a problem" in page and words.lower() in page.lower()
    assert not scene.events(case, "information-request")


def test_something_new_meanwhile_is_shown_before_asking(scene):
    case = scene.ready()
    sent = request_form(scene, scene.police, seen=str(case.last_event))
    scene.record(case, m.NewInformation(information="They have moved away"), by="school-lead")
    client = scene.client("mash-worker")
    assert "Something new was recorded" in text(client.post(address("ask_partners", case), sent))
    assert not scene.events(case, "information-request")
    assert client.post(address("ask_partners", case), sent | {"read": "1"}).status_code == 302


# -- the agency asked -------------------------------------------------------------------------------------------------

def test_a_partner_answers_nil_in_one_click_from_the_notice(scene):
    case = asked(scene, scene.police, scene.health)
    ask, client = scene.ask_of(case, scene.police), scene.client("police-partner")
    page = text(client.get(reverse("ask", args=[ask.pk])))
    assert "Nothing known to us" in page and "020 7946 0100" in page and "To decide what help is needed" in page
    client.post(reverse("ask", args=[ask.pk]), form(answer="nil", may_share="desk"))
    with scene.system():
        ask.refresh_from_db()
        assert ask.nil and ask.answered_at
    assert "Thank you" in text(client.get(reverse("ask", args=[ask.pk])))


def test_an_agency_sees_its_own_request_and_nothing_else(scene):
    case = asked(scene, scene.police, scene.health)
    ask, client = scene.ask_of(case, scene.police), scene.client("police-partner")
    page = text(client.get(reverse("ask", args=[ask.pk])))
    for secret in (WORRY, "Northbridge Health", "4 Test Street", case.reference, "amber", "Larkfield"):
        assert secret.lower() not in page.lower(), secret
    for name in ("case", "case_todo", "case_timeline", "case_people", "case_sharing", "ask_partners", "identify", "decide"):
        assert client.get(address(name, case)).status_code == 404, name
    other = scene.ask_of(case, scene.health)
    assert client.get(reverse("ask", args=[other.pk])).status_code == 404
    assert scene.client("health-partner").get(reverse("ask", args=[other.pk])).status_code == 200, "theirs alone"


def test_what_a_partner_said_is_not_the_referrers_to_read(scene):
    case = asked(scene, scene.police)
    secret = "An officer visited in June"
    scene.record(case, m.PartnerReply(answer="known", information=secret, may_share="professionals"), by="police-partner",
                 ask=scene.ask_of(case, scene.police))
    school = scene.client("school-lead")
    for name in ("case", "case_timeline"):
        page = text(school.get(address(name, case)))
        assert secret not in page and "Northbridge Police" not in page and "Amber" not in page, name
    reply = scene.events(case, "partner-reply")[0]
    assert school.get(address("event", case, reply.pk)).status_code == 404
    assert secret in text(scene.client("mash-worker").get(address("event", case, reply.pk))), "the desk reads it"


def test_an_answer_after_the_request_was_answered_changes_nothing(scene):
    case = asked(scene, scene.police)
    ask, client = scene.ask_of(case, scene.police), scene.client("police-partner")
    for answer in ("nil", "known"):
        client.post(reverse("ask", args=[ask.pk]), form(answer=answer, information="Late", may_share="desk"))
    with scene.system():
        assert Event.objects.filter(case=case, step="partner-reply").count() == 1
        assert Ask.objects.get(pk=ask.pk).nil


def test_one_agency_named_twice_is_asked_once(scene):
    case = scene.ready()
    now = timezone.now()
    lines = [m.RequestedAgency(agency=scene.police, due=now + timedelta(hours=h)) for h in (9, 3)]
    record = m.InformationRequest(purpose="p", lawful_basis="public-task", about="a", needed="n")
    scene.record(case, record, *lines)
    assert scene.ask_of(case, scene.police).due == now + timedelta(hours=3)
