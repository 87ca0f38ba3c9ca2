"""The set-up pages: from a bare installation to a partnership that can go live, without Django's admin."""
from __future__ import annotations

import os
import time
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from goldthread.orgs.models import (
    Agency,
    Appointment,
    Invitation,
    LocalHoliday,
    LocalLimit,
    Partnership,
    Team,
    User,
)
from goldthread.rules.limits import all_limits
from goldthread.web.setup import first_run, urls
from goldthread.web.setup.tasks import DONE, WRONG, backup_age, tasks
from tests.account.conftest import PASSWORD
from tests.support import NOW, TODAY, make_actor, make_agency, make_appointment

LOCAL = next(each.key for each in all_limits(TODAY) if each.local and each.span)
AGENCIES = b"""name,kind,statutory_partner
Example Council,childrens-services,yes
Example Police,police,yes
Example Board,health-board,yes
"""
FIRST = {"partnership": "North Partnership", "short_name": "North", "agency": "North Council", "kind": "childrens-services",
         "name": "Robin Example", "email": "robin@example.org", "password": PASSWORD}


def day(name: str, on: date) -> dict[str, str]:
    """A date as the three boxes send it."""
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("x.csv", content, content_type="text/csv")


def statuses(partnership: Partnership, age: timedelta | None = None) -> dict[str, str]:
    partnership.refresh_from_db()
    return {task.address: task.status for task in tasks(partnership, timezone.now(), lambda now: age)}


@pytest.fixture
def admin(signed_in):
    return signed_in("administrator")


def test_a_bare_installation_is_set_up_by_a_link_that_serves_once(db):
    link = first_run.one_time_link("http://testserver")
    path = link.removeprefix("http://testserver")
    client = Client()
    assert "Set up this installation" in client.get(path).content.decode()
    assert client.post(path, FIRST).url == reverse("second_factor")
    assert Appointment.objects.get().role == "administrator"
    assert first_run.one_time_link("http://testserver") is None
    assert Client().get(path).status_code == 404 and Client().post(path, FIRST).status_code == 404


@pytest.mark.parametrize("signed", ["guess", "first", "first:x:y"])
def test_a_made_up_link_is_not_there(db, signed):
    assert Client().get(reverse("first_run", args=[signed])).status_code == 404


def test_the_first_link_lapses_after_a_day(db, monkeypatch):
    path = first_run.one_time_link("http://testserver").removeprefix("http://testserver")
    later = time.time() + 24 * 3600 + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert Client().get(path).status_code == 404


def test_a_weak_first_password_founds_nothing(db):
    path = first_run.one_time_link("http://testserver").removeprefix("http://testserver")
    assert Client().post(path, {**FIRST, "password": "short"}).status_code == 200
    assert not Partnership.objects.exists() and not User.objects.exists()


def test_every_task_from_not_started_to_live(admin, settings):
    client, seat = admin
    mine = seat.partnership
    client.post(reverse("setup_theme"), {"name": "North", "short_name": "N", "area": "North", "colour": "#1d4f6e",
                                         "accent": "#7a3e65"})
    client.post(reverse("setup_contacts"), {
        "front_door_phone": "020 7946 0001", "out_of_hours_phone": "020 7946 0002",
        "front_door_email": "door@example.org", "opens": "8:30am", "closes": "17:30"})
    client.post(reverse("setup_threshold"), {"threshold_document": "https://example.org/thresholds"})
    client.post(reverse("setup_districts"), {"districts": "ZZ1 ZZ2"})
    client.post(reverse("import_agencies"), {"file": file(AGENCIES), "save": "1"})
    client.post(reverse("setup_limits"), {"key": LOCAL, "span": "4 working hours", "source": "Executive",
                                          **day("valid_from", date(2026, 11, 1))})
    make_appointment("gp", partnership=mine)
    assert set(statuses(mine, timedelta(hours=2)).values()) == {DONE}
    client.post(reverse("setup_live"))
    mine.refresh_from_db()
    assert mine.live_since is None, "no backup is known yet"


def test_going_live_once_a_backup_is_known(admin, tmp_path, monkeypatch):
    test_every_task_from_not_started_to_live(admin, None)
    stamp = tmp_path / "backup"
    stamp.touch()
    monkeypatch.setenv("GOLDTHREAD_BACKUP_STAMP", str(stamp))
    client, seat = admin
    assert "Declare the partnership live" in client.get(reverse("setup")).content.decode()
    client.post(reverse("setup_live"))
    seat.partnership.refresh_from_db()
    assert seat.partnership.live_since == timezone.localdate()


def test_statuses_of_a_new_partnership(admin):
    _, seat = admin
    assert statuses(seat.partnership) == {
        "setup_theme": "In progress", "setup_agencies": "Not started", "setup_people": "Not started",
        "setup_contacts": "Not started", "setup_threshold": "Not started", "setup_districts": "Optional",
        "setup_limits": "Optional", "setup_backup": "Not started"}
    assert statuses(seat.partnership, timedelta(hours=60))["setup_backup"] == WRONG


def test_the_age_of_the_backup_is_that_of_its_file(tmp_path, monkeypatch):
    monkeypatch.delenv("GOLDTHREAD_BACKUP_STAMP", raising=False)
    assert backup_age(NOW) is None
    stamp = tmp_path / "backup"
    stamp.touch()
    os.utime(stamp, (NOW.timestamp() - 7200, NOW.timestamp() - 7200))
    monkeypatch.setenv("GOLDTHREAD_BACKUP_STAMP", str(stamp))
    assert backup_age(NOW) == timedelta(hours=2)


def test_a_colour_that_cannot_be_read_is_refused_at_its_field(admin):
    client, seat = admin
    answer = client.post(reverse("setup_theme"), {"name": "New", "short_name": "N", "area": "N", "colour": "#ffff00",
                                                  "accent": "#7a3e65"})
    assert "its contrast is 1.1 to 1" in answer.content.decode() and "<title>Error: " in answer.content.decode()
    seat.partnership.refresh_from_db()
    assert seat.partnership.name != "New"


def test_a_file_is_checked_then_saved_and_faults_are_told_row_by_row(admin):
    client, _ = admin
    checked = client.post(reverse("import_agencies"), {"file": file(AGENCIES), "check": "1"}).content.decode()
    assert "3 to add, 0 to change" in checked and not Agency.objects.filter(name="Example Police").exists()
    bad = client.post(reverse("import_agencies"), {"file": file(AGENCIES.replace(b"police,", b"polcie,")), "save": "1"})
    assert bad.status_code == 200 and "“polcie” is not one of" in bad.content.decode()
    assert not Agency.objects.filter(name="Example Council").exists()


def test_people_are_invited_by_file_and_each_gets_a_mail(admin, mailoutbox):
    client, seat = admin
    content = f"name,email,agency,role\nA,a@example.org,{seat.agency},gp\nB,b@example.org,{seat.agency},gp\n".encode()
    client.post(reverse("import_people"), {"file": file(content), "check": "1"})
    assert not Invitation.objects.exists() and not mailoutbox
    client.post(reverse("import_people"), {"file": file(content), "save": "1"})
    assert [message.to for message in mailoutbox] == [["a@example.org"], ["b@example.org"]]


@pytest.mark.parametrize("name", ["agency_template", "people_template"])
def test_templates_are_files_to_keep(admin, name):
    answer = admin[0].get(reverse(name))
    assert "attachment" in answer["Content-Disposition"] and answer.content.startswith("\ufeffname,".encode())


def test_seats_are_ended_covered_and_accounts_closed_from_pages(admin):
    client, seat = admin
    agency = make_agency(partnership=seat.partnership)
    one, two = (make_appointment("gp", agency, seat.partnership) for _ in range(2))
    until = timezone.localdate() + timedelta(days=5)
    client.post(reverse("cover_seat", args=[one.pk]), {"covered_by": two.pk, **day("cover_until", until)})
    one.refresh_from_db()
    assert (one.covered_by, one.cover_until) == (two, until)
    client.post(reverse("end_seat", args=[two.pk]), day("last_day", timezone.localdate() - timedelta(days=1)))
    assert two not in Appointment.objects.current(timezone.localdate())
    client.post(reverse("close_account", args=[one.pk]))
    assert not User.objects.get(pk=one.user_id).is_active


def test_agencies_are_added_changed_and_ended_from_pages(admin):
    client, seat = admin
    client.post(reverse("add_agency"), {"name": "Oak School", "kind": "school"})
    part = Agency.objects.get(name="Oak School").participations.get()
    client.post(reverse("change_agency", args=[part.pk]), {"lead_name": "A. Lead", "lead_phone": ""})
    client.post(reverse("end_agency", args=[part.pk]), day("last_day", timezone.localdate()))
    part.refresh_from_db()
    assert (part.lead_name, part.until) == ("A. Lead", timezone.localdate())


def test_teams_are_added_changed_filled_and_ended_from_pages(admin):
    client, seat = admin
    agency = make_agency("police", partnership=seat.partnership)
    part, person = agency.participations.get(), make_appointment("police-partner", agency, seat.partnership)
    client.post(reverse("add_team", args=[part.pk]), {"name": "Desk", "phone": ""})
    again = client.post(reverse("add_team", args=[part.pk]), {"name": "desk", "phone": ""})
    assert "has a team of that name already" in again.content.decode()
    team = Team.objects.get()
    client.post(reverse("change_team", args=[part.pk, team.pk]), {"name": "Referral desk", "phone": ""})
    client.post(reverse("put_in_team", args=[part.pk, person.pk]), {"team": team.pk})
    for address in (reverse("setup_teams", args=[part.pk]), reverse("setup_people"),
                    reverse("directory_agency", args=[agency.pk])):
        assert "Referral desk" in client.get(address).content.decode(), address
    client.post(reverse("end_team", args=[part.pk, team.pk]), day("last_day", timezone.localdate() - timedelta(days=1)))
    client.get(reverse("setup"))  # shows and takes away the message that names the team
    for address in (reverse("setup_teams", args=[part.pk]), reverse("setup_people"),
                    reverse("directory_agency", args=[agency.pk])):
        assert "Referral desk" not in client.get(address).content.decode(), address
    assert client.get(reverse("change_team", args=[part.pk, team.pk])).status_code == 404


def test_limits_and_closed_days_are_ended_and_removed_from_pages(admin):
    client, _ = admin
    client.post(reverse("setup_limits"), {"key": LOCAL, "span": "1 working day", "source": "x",
                                          **day("valid_from", date(2026, 11, 1))})
    client.post(reverse("end_limit", args=[LocalLimit.objects.get().pk]))
    assert LocalLimit.objects.get().valid_to == timezone.localdate()
    client.post(reverse("add_closed_day"), {**day("on", timezone.localdate() + timedelta(days=3)), "why": "Moving"})
    assert "Moving" in client.get(reverse("setup_limits")).content.decode()
    client.post(reverse("remove_closed_day", args=[LocalHoliday.objects.get().pk]))
    assert not LocalHoliday.objects.exists()


def set_up_addresses() -> list[str]:
    named = [pattern for pattern in urls.urlpatterns if pattern.name != "first_run"]
    return [reverse(each.name, args=[1] * str(each.pattern).count("<int:")) for each in named]


@pytest.mark.parametrize("role", ["school-lead", "mash-manager", "analyst", "privacy-officer"])
def test_set_up_is_not_there_for_other_roles(signed_in, role):
    client, _ = signed_in(role)
    for address in set_up_addresses():
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address


def test_a_stranger_is_asked_to_sign_in_everywhere(db):
    for address in set_up_addresses():
        assert Client().get(address).status_code == 302, address


def test_another_partnerships_rows_are_not_there(admin):
    client, _ = admin
    stranger = make_actor("administrator")
    seat = make_appointment("gp", partnership=stranger.partnership)
    part = stranger.agency.participations.get()
    for name, pk in (("end_seat", seat.pk), ("cover_seat", seat.pk), ("change_agency", part.pk), ("end_agency", part.pk),
                     ("setup_teams", part.pk), ("add_team", part.pk)):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    assert client.post(reverse("close_account", args=[seat.pk])).status_code == 404


def test_every_page_for_one_who_may_opens(admin):
    client, _ = admin
    for address in set_up_addresses():
        assert client.get(address).status_code in (200, 404, 405), address
    assert len(set_up_addresses()) > 20 and get_resolver()
