"""Operation Encompass: the right school before its next day, read and confirmed, and gaps in sight."""
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from goldthread.base.dates import LONDON
from goldthread.domains.front_door import encompass
from goldthread.process.models import Ask
from tests.front_door.scene import WORRY, Scene, address, child, form, text, when
from tests.support import make_partnership

TWO = (child(), child("Bilal", born=date(2012, 2, 1), capacity="sibling", sex="M", setting="Mill Lane Academy"))


def notice(scene: Scene, case: Any, *schools: str, **more: Any) -> dict[str, Any]:
    answers = {f"school_{p.pk}": said for p, said in zip(scene.stated(case), schools, strict=True)}
    return form(circumstances="Police were called to shouting. Amira hid.", child_present="yes", police_reference="P1",
                **answers, **(when("incident_at", scene.now - timedelta(hours=3)) | more))


def told(scene: Scene, **given: Any) -> Any:
    case = scene.contact(people=TWO, domestic_abuse=True, **given)
    schools = (str(scene.school.pk), str(scene.other_school.pk))
    response = scene.client("mash-worker").post(address("tell_school", case), notice(scene, case, *schools))
    assert response.status_code == 302, text(response)
    return case


@pytest.mark.parametrize("at,opens", [
    ("2026-11-24 22:40", "2026-11-25 08:30"),   # a school night
    ("2026-11-25 06:10", "2026-11-25 08:30"),   # early on a school day
    ("2026-11-25 11:00", "2026-11-26 08:30"),   # during a school day
    ("2026-11-20 23:50", "2026-11-23 08:30"),   # Friday night: Monday
    ("2026-11-22 15:00", "2026-11-23 08:30"),   # Sunday: Monday
])
def test_due_before_the_next_school_day(at, opens, db):
    found = encompass.due_for(make_partnership(), datetime.fromisoformat(at).replace(tzinfo=LONDON))
    assert found.at == datetime.fromisoformat(opens).replace(tzinfo=LONDON)
    assert "own term dates are not loaded" in found.note


def test_a_holiday_rolls_up_to_the_first_day_of_term(db):
    first = encompass.due_for(make_partnership(), datetime(2026, 12, 24, 20, tzinfo=UTC)).at
    assert first.date() > date(2027, 1, 3) and first.date().weekday() < 5
    again = encompass.due_for(make_partnership(), datetime(2026, 12, 30, 20, tzinfo=UTC)).at
    assert first == again


def test_beyond_the_term_dates_weekdays_are_counted_and_it_is_said(db):
    found = encompass.due_for(make_partnership(), datetime(2035, 11, 23, 23, tzinfo=UTC))
    assert found.at.date() == date(2035, 11, 26) and "no term dates" in found.note.lower()


def test_each_childs_own_school_is_proposed(scene):
    case = scene.contact(people=TWO, domestic_abuse=True)
    page = scene.client("mash-worker").get(address("tell_school", case)).content.decode()
    assert f'<option value="{scene.school.pk}" selected' in page
    assert f'<option value="{scene.other_school.pk}" selected' in page


def test_a_school_reads_its_own_pupils_notice_and_nothing_else(scene):
    case = told(scene)
    ask = scene.ask_of(case, scene.school, "encompass-read")
    page = text(scene.client("school-lead").get(reverse("ask", args=[ask.pk])))
    assert "Amira Sample" in page and "Police were called to shouting" in page and "I have read this" in page
    other = scene.ask_of(case, scene.other_school, "encompass-read")
    client = scene.client("other-school")
    page = text(client.get(reverse("ask", args=[other.pk])))
    assert "Bilal Sample" in page
    for secret in ("Larkfield", WORRY, "4 Test Street", case.reference):
        assert secret not in page, secret
    assert client.get(reverse("ask", args=[ask.pk])).status_code == 404
    assert client.get(address("case", case)).status_code == 404


def test_opening_is_not_enough_and_confirming_is(scene):
    case = told(scene)
    ask, client = scene.ask_of(case, scene.other_school, "encompass-read"), scene.client("other-school")
    client.get(reverse("ask", args=[ask.pk]))
    with scene.system():
        ask.refresh_from_db()
        assert ask.seen_at and not ask.answered_at
    client.post(reverse("ask", args=[ask.pk]), form(support="Form tutor will look out for him"))
    with scene.system():
        ask.refresh_from_db()
        assert ask.answered_at


def test_two_children_of_one_school_are_one_notice(scene):
    case = scene.contact(people=TWO, domestic_abuse=True)
    same = str(scene.other_school.pk)
    scene.client("mash-worker").post(address("tell_school", case), notice(scene, case, same, same))
    ask = scene.ask_of(case, scene.other_school, "encompass-read")
    page = text(scene.client("other-school").get(reverse("ask", args=[ask.pk])))
    assert "Amira Sample" in page and "Bilal Sample" in page


def test_a_child_without_a_school_is_the_councils_and_listed(scene):
    case = scene.contact(people=TWO, domestic_abuse=True)
    sent = notice(scene, case, "no:home-educated", "nobody")
    scene.client("mash-worker").post(address("tell_school", case), sent)
    ask = scene.ask_of(case, scene.council, "encompass-read")
    page = text(scene.client("mash-manager").get(reverse("encompass_gaps")))
    assert "Educated at home" in page and "Amira Sample" in page and "Bilal" not in page
    answer = scene.client("mash-worker").post(reverse("ask", args=[ask.pk]), form(support="Elective home education told"))
    assert answer.status_code == 302


def test_gaps_are_listed_until_they_are_closed(scene):
    manager = scene.client("mash-manager")
    case = scene.contact(people=TWO, domestic_abuse=True)
    assert case.reference in text(manager.get(reverse("encompass_gaps"))), "nobody told yet"
    schools = (str(scene.school.pk), "nobody")
    scene.client("mash-worker").post(address("tell_school", case), notice(
        scene, case, *schools, **when("incident_at", scene.now - timedelta(days=9))))
    page = text(manager.get(reverse("encompass_gaps")))
    assert "Larkfield Primary School" in page, "due long ago and not read"
    ask = scene.ask_of(case, scene.school, "encompass-read")
    scene.client("school-lead").post(reverse("ask", args=[ask.pk]), form(support=""))
    page = text(manager.get(reverse("encompass_gaps")))
    assert "Every notice has been read in time" in page and "Every contact about domestic abuse" in page


def test_police_tell_the_school_of_their_own_contact(scene):
    case = scene.contact("police-partner", people=(child(),), domestic_abuse=True, source="6")
    assert scene.client("health-partner").get(address("tell_school", case)).status_code == 404
    response = scene.client("police-partner").post(address("tell_school", case),
                                                   notice(scene, case, str(scene.school.pk)))
    assert response.status_code == 302
    with scene.system():
        assert Ask.objects.filter(case=case, agency=scene.school).count() == 1


@pytest.mark.parametrize("schools,words", [(("", ""), "which school"), (("nobody", "nobody"), "at least one child"),
                                           (("999999", "nobody"), "from the list")])
def test_mistakes_are_said(scene, schools, words):
    case = scene.contact(people=TWO, domestic_abuse=True)
    page = text(scene.client("mash-worker").post(address("tell_school", case), notice(scene, case, *schools)))
    assert "There is a problem" in page and words in page.lower()
    assert not scene.events(case, "encompass-notice")


def test_without_a_council_a_child_without_a_school_cannot_be_told_of(scene):
    from goldthread.orgs.models import Participation
    case = scene.contact("police-partner", people=TWO, domestic_abuse=True, source="6")
    Participation.objects.filter(agency=scene.council).update(until=date(2020, 1, 1))
    page = text(scene.client("police-partner").post(address("tell_school", case),
                                                 notice(scene, case, "no:not-known", "nobody")))
    assert "No council takes part" in page


def test_sent_twice_tells_once(scene):
    case = scene.contact(people=(child(),), domestic_abuse=True)
    sent = notice(scene, case, str(scene.school.pk))
    for _ in range(2):
        assert scene.client("mash-worker").post(address("tell_school", case), sent).status_code == 302
    assert len(scene.events(case, "encompass-notice")) == 1


def test_the_notice_is_offered_where_police_were_called(scene):
    for called, offered in ((True, True), (False, False)):
        case = scene.contact(domestic_abuse=called)
        page = text(scene.client("mash-worker").get(address("case", case)))
        assert ("no school has been told" in page) is offered
