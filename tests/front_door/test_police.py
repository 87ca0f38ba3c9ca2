"""Police notifications: two layouts read line by line, each confirmed by a person, nothing recorded before."""
from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goldthread.domains.front_door import models as m
from goldthread.domains.front_door.police_notification import MOST, MOST_BYTES, Notification, read
from goldthread.orgs.sheets import BadSheet
from goldthread.process.models import Case
from goldthread.web.front_door.police import typed_of
from tests.front_door.scene import Scene, address, text

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
GOOD = """POLICE NOTIFICATION 1
Reference: PN-2026-000123
Attended: 21/11/2026 22:40
Officer: PC 4321 Example
Unit: Northbridge response team
Telephone: 01632 960777
E-mail: pc4321@example.org
Address: 4 Test Street
Postcode: zz993cz
Keep address: no
Domestic abuse: yes
Main worry: Domestic abuse
What happened: Neighbours rang about shouting.
  Two children were upstairs.

  Nobody was hurt.
Child said: "I hid."
Consent: Not needed or not safe to ask
Consent reason: A child could be harmed
Person: child; Amira; Sample; 3/5/2016; F; daughter; Larkfield Primary; 999 000 0018
Person: brother or sister; Bilal; Sample; ; M
Person: mother; Sara; Sample
END
"""
CSV = """reference,attended,officer,telephone,main_worry,what_happened,who,given,family,born,sex
PN-1,21/11/2026 22:40,PC 1 Example,01632 960777,domestic-abuse,"Shouting, heard by neighbours",child,Amira,Sample,3/5/2016,F
PN-1,,,,,,mother,Sara,Sample,,
PN-2,2026-11-21 23:05,PC 2 Example,01632 960778,neglect,No food,child,Otto,Example,,M
"""


def one(content: str) -> Notification:
    found = read(content.encode(), now=NOW)
    assert len(found) == 1
    return found[0]


def faults(content: str) -> list[str]:
    return [str(fault) for each in read(content.encode(), now=NOW) for fault in each.faults]


# -- the layouts ------------------------------------------------------------------------------------------------------

def test_the_text_layout_is_read_in_full():
    found = one(GOOD)
    assert found.faults == [] and found.reference == "PN-2026-000123"
    assert found.values["happened_at"] == datetime(2026, 11, 21, 22, 40, tzinfo=UTC)
    assert found.values["worry"] == "Neighbours rang about shouting.\nTwo children were upstairs.\n\nNobody was hurt."
    assert (found.values["concern"], found.values["consent"], found.values["postcode"]) == (
        "domestic-abuse", "dispensed", "ZZ99 3CZ")
    assert found.values["domestic_abuse"] is True and found.values["address_safe"] is False
    assert [p["capacity"] for p in found.people] == ["child", "sibling", "mother"]
    assert found.people[0]["born_on"] == date(2016, 5, 3) and found.people[0]["nhs"] == "9990000018"


def test_the_csv_layout_is_read_with_one_row_a_person():
    first, second = read(CSV.encode(), now=NOW)
    assert first.faults == second.faults == []
    assert [p["given"] for p in first.people] == ["Amira", "Sara"] and second.values["concern"] == "neglect"


def test_several_in_one_file_and_only_the_bad_one_is_wrong():
    bad = GOOD.replace("PN-2026-000123", "PN-9").replace("Officer: PC 4321 Example\n", "")
    first, second = read((GOOD + "\n\n" + bad).encode(), now=NOW)
    assert not first.faults and [f.what for f in second.faults] == ["this is missing."]


@pytest.mark.parametrize("old,new,words", [
    ("Attended: 21/11/2026 22:40", "Attended: yesterday", "Row 3, column “Attended”: “yesterday” is not a date"),
    ("Attended: 21/11/2026 22:40", "Attended: 21/11/2027 22:40", "is in the future"),
    ("Attended: 21/11/2026 22:40", "Attended: 31/02/2026 22:40", "is not a date and time"),
    ("Main worry: Domestic abuse", "Main worry: shouting", "not one of the worries"),
    ("Postcode: zz993cz", "Postcode: nowhere", "Row 9"),
    ("Keep address: no", "Keep address: perhaps", "write yes or no"),
    ("Person: child;", "Person: pupil;", "is none of: child"),
    ("999 000 0018", "999 000 0017", "Row 20"),
    ("; 3/5/2016;", "; May 2016;", "day, month and year"),
    ("Person: child; Amira; Sample;", "Person: child; ; ;", "give a first name or a last name"),
    ("Person: child; Amira; Sample; 3/5/2016; F; daughter; Larkfield Primary; 999 000 0018\n", "",
     "name at least one child"),
    ("Unit: Northbridge", "Colour: Northbridge", "“Colour” is not a label we know"),
    ("Unit: Northbridge response team", "a line without a label", "this line has no label"),
    ("Unit: Northbridge", "Officer: Northbridge", "this is there twice"),
    ("END", "", "has no “END”"),
    ("NOTIFICATION 1", "NOTIFICATION 2", "version 2"),
    ("F; daughter; Larkfield Primary; 999 000 0018", "F; a; b; c; d; e", "parts"),
])
def test_what_is_wrong_is_said_by_line(old, new, words):
    assert old in GOOD
    said = faults(GOOD.replace(old, new, 1))
    assert any(words in each for each in said), said


def test_the_same_reference_twice_is_said():
    assert any("already" in each for each in faults(GOOD + GOOD))


def test_wrong_cells_of_a_csv_are_said_by_row():
    assert faults(CSV.replace("neglect,No food", "neglect,")) == ["Row 4, column “what_happened”: this is missing."]
    assert "Row 3" in faults(CSV.replace("mother,Sara,Sample,,", "aunt,Sara,Sample,,"))[0]
    assert any("more cells" in each for each in faults(CSV.replace("mother,Sara,Sample,,", "mother,Sara,Sample,,,,,")))


@pytest.mark.parametrize("content", [
    b"", b"PK\x03\x04 not text \x00", b"hello\nworld", b"POLICE NOTES 1\nEND\n", b"name,reference\nx,y\n",
    b"x" * (MOST_BYTES + 1), b"reference,reference\n1,2\n",
    b"".join(b"POLICE NOTIFICATION 1\nReference: %d\nEND\n" % n for n in range(MOST + 1))])
def test_what_is_no_such_file_is_refused(content):
    with pytest.raises(BadSheet) as bad:
        read(content, now=NOW)
    assert bad.value.faults[0].what


def test_hostile_bytes_end_in_words_not_in_a_fault():
    for content in (GOOD.encode("utf-16"), GOOD.replace("Amira", "Ami\x07ra").encode(), b"\xef\xbb\xbf" + GOOD.encode(),
                    GOOD.replace("Amira", "Zoë").encode("cp1252"), GOOD.replace("\n", "\r\n").encode()):
        try:
            read(content, now=NOW)
        except BadSheet:
            continue


# -- the pages --------------------------------------------------------------------------------------------------------

def upload(scene: Scene, content: str, role: str = "mash-worker") -> object:
    client = scene.client(role)
    file = SimpleUploadedFile("notifications.txt", content.encode(), "text/plain")
    return client, client.post(reverse("police_notifications"), {"file": file})


def sent_of(page: object) -> dict[str, list[str]]:
    """What a browser would send of a form as it stands: text boxes, chosen radios, selected options, text areas."""
    html = page.content.decode()
    html = html[html.index('<form method="post" novalidate'):]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        at = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if at.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        if "name" in at and at["name"] != "csrfmiddlewaretoken":
            found.setdefault(at["name"], []).append(at.get("value", ""))
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.S):
        found[name] = [body.strip()]
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        found[name] = re.findall(r'<option value="([^"]*)" selected', body)
    return found


def test_a_notification_becomes_a_contact_when_somebody_confirms_it(scene):
    client, response = upload(scene, GOOD)
    listed = client.get(response["Location"])
    assert "PN-2026-000123" in text(listed) and "To confirm" in text(listed)
    with scene.system():
        assert not Case.objects.exists(), "nothing before a person confirms"
    page = client.get(response["Location"] + "0/")
    assert "Nobody was hurt." in text(page) and 'value="Bilal"' in page.content.decode()
    sent = sent_of(page)
    for _ in range(2):
        assert client.post(response["Location"] + "0/", sent).status_code == 302
    with scene.system():
        case = Case.objects.get()
        contact = m.Contact.objects.get()
        assert (contact.channel, contact.source, contact.outside_reference, contact.domestic_abuse) == (
            "police-notification", "6", "PN-2026-000123", True)
        assert contact.happened_at == datetime(2026, 11, 21, 22, 40, tzinfo=UTC)
        assert m.ContactPerson.objects.count() == 3 and case.title == "Amira Sample and 1 more"
    assert "Recorded" in text(client.get(response["Location"]))
    again, response = upload(scene, GOOD)
    assert "a contact with this police reference already" in text(again.get(response["Location"] + "0/"))


def test_what_is_missing_is_mended_on_the_page(scene):
    client, response = upload(scene, GOOD)
    sent = sent_of(client.get(response["Location"] + "0/"))
    page = client.post(response["Location"] + "0/", sent | {"worry": [""], "contactperson-0-given": ["Amirah"]})
    assert page.status_code == 200 and "There is a problem" in text(page) and 'value="Amirah"' in page.content.decode()
    with scene.system():
        assert not Case.objects.exists()
    assert client.post(response["Location"] + "0/", sent | {"worry": ["Shouting"]}).status_code == 302


def test_a_notification_without_a_word_on_consent_is_taken_and_challenged(scene):
    client, response = upload(scene, GOOD.replace("Consent: Not needed or not safe to ask\n", ""))
    client.post(response["Location"] + "0/", sent_of(client.get(response["Location"] + "0/")))
    with scene.system():
        case = Case.objects.get()
    assert "has not been asked whether they agree" in text(client.get(address("case", case)))


def test_a_bad_one_is_listed_by_line_and_cannot_be_confirmed(scene):
    bad = GOOD.replace("PN-2026-000123", "PN-9").replace("Main worry: Domestic abuse", "Main worry: shouting")
    client, response = upload(scene, GOOD + bad)
    listed = text(client.get(response["Location"]))
    assert "Cannot be read" in listed and "not one of the worries" in listed
    assert client.get(response["Location"] + "1/").status_code == 404
    assert client.get(response["Location"] + "7/").status_code == 404
    assert client.get(response["Location"] + "0/").status_code == 200


def test_one_can_be_left_out_and_the_file_forgotten(scene):
    client, response = upload(scene, GOOD)
    client.post(response["Location"] + "0/", {"do": "leave"})
    assert "Left out" in text(client.get(response["Location"]))
    client.post(response["Location"], {"do": "forget"})
    assert client.get(response["Location"]).status_code == 404
    with scene.system():
        assert not Case.objects.exists()


def test_a_file_is_its_readers_alone_and_the_pages_are_for_those_who_load(scene):
    client, response = upload(scene, GOOD)
    assert scene.client("mash-manager").get(response["Location"]).status_code == 404
    assert client.get(response["Location"]).status_code == 200
    for role, status in (("police-partner", 200), ("mash-manager", 200), ("school-lead", 404), ("health-partner", 404)):
        assert scene.client(role).get(reverse("police_notifications")).status_code == status, role


def test_a_file_that_is_none_is_refused_in_words(scene):
    client, response = upload(scene, "hello")
    assert response.status_code == 200 and "neither layout" in text(response)
    assert "Choose a file" in text(client.post(reverse("police_notifications")))


def test_values_are_typed_as_a_browser_would():
    typed = typed_of(one(GOOD))
    assert typed["happened_at_day"] == ["21"] and typed["happened_at_time"] == ["10:40 pm"]
    assert typed["domestic_abuse"] == ["yes"] and typed["contactperson-0-born_on_year"] == ["2016"]
    assert "contactperson-1-born_on_day" not in typed
