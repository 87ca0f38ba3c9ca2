"""Who gets what in a letter: an address kept from somebody never reaches them, and a stranger's name stops it."""
from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from goldthread.access.actor import Refused, acting
from goldthread.people import actions as people
from goldthread.process import letters
from goldthread.process.models import Letter, LetterCopy
from tests.front_door.scene import Scene, child
from tests.support import make_actor

pytestmark = pytest.mark.django_db
HOME, CODE = "17 Harbour View", "ZZ99 4XY"
TEXT = "Amira now lives at 17 Harbour View, Northbridge, {}. The meeting is on Tuesday 1 December."


class Family:
    """A mother and child who moved away from the father; the new address must not reach him."""

    def __init__(self) -> None:
        self.scene = scene = Scene(timezone.now())
        self.manager, self.worker = scene.seats["mash-manager"], scene.seats["mash-worker"]
        mother = child("Sara", born=None, capacity="mother", relationship="Mother", setting="")
        father = child("Omar", born=None, capacity="father", relationship="Father", setting="")
        self.case = scene.ready(people=(child(setting="Larkfield Primary School"), mother, father))
        with scene.system():
            self.people = {row.person.given: row.person for row in self.case.casepersons.select_related("person")}
        self.amira, self.sara, self.omar = (self.people[name].pk for name in ("Amira", "Sara", "Omar"))
        for person in (self.amira, self.sara):
            people.add_address(actor=self.worker, now=scene.now, person=person, line1=HOME, town="Northbridge",
                               postcode=CODE, safe=True, hidden_from=[self.omar])
        people.add_address(actor=self.worker, now=scene.now, person=self.omar, line1="4 Test Street", postcode="ZZ99 3CZ")

    def copies(self, text: str, *to: int, actor: Any = None) -> dict[int, letters.Copy]:
        made = letters.copies(actor=actor or self.manager, case=self.case, text=text, to=to)
        return {each.to.pk: each for each in made}

    def send(self, text: str = "We met today.", *, to: Any = None, by: Any = None, again: str = "") -> Any:
        actor = by or self.manager
        return letters.send(actor=actor, case=self.case, subject="What was decided", text=text, looked_again=again,
                            to=to or [self.sara, self.omar], now=self.scene.now)


@pytest.fixture
def family() -> Family:
    return Family()


@pytest.mark.parametrize("code", ["ZZ99 4XY", "ZZ994XY", "zz99  4xy"])
def test_an_address_kept_from_the_father_is_in_her_copy_and_not_in_his(family: Family, code: str) -> None:
    copies = family.copies(TEXT.format(code), family.sara, family.omar)
    his, hers = copies[family.omar], copies[family.sara]
    assert "Harbour" not in his.text and code not in his.text and his.text.count(letters.WITHHELD) == 2
    assert "an address of Amira Sample" in his.removed
    assert hers.text == TEXT.format(code) and hers.removed == ()
    assert "Tuesday 1 December" in his.text


@pytest.mark.parametrize("spelt", ["17, Harbour View", "17  harbour view", "17 HARBOUR VIEW", "17 Harbour-View"])
def test_however_the_first_line_is_spelt(family: Family, spelt: str) -> None:
    his = family.copies(f"They moved to {spelt} in May.", family.omar)[family.omar]
    assert "arbour" not in his.text.lower()


def test_a_past_safe_address_stays_hidden_too(family: Family) -> None:
    with family.scene.system():
        from goldthread.people.models import Address
        pk = Address.objects.filter(person=family.amira, line1=HOME).get().pk
    people.end_address(actor=family.worker, now=family.scene.now, address=pk, until=timezone.localdate())
    assert HOME not in family.copies(TEXT.format(CODE), family.omar)[family.omar].text


def test_her_school_tells_where_she_lives_and_is_taken_out_too(family: Family) -> None:
    text = "Amira goes to Larkfield Primary School. We shall speak with Larkfield Primary-School on Monday."
    with family.scene.system():
        from goldthread.people.models import Place
        assert Place.objects.filter(person=family.amira, agency=family.scene.school, until=None).exists()
    copies = family.copies(text, family.sara, family.omar)
    assert "Larkfield" not in copies[family.omar].text and copies[family.sara].text == text
    assert copies[family.omar].removed == ("where Amira Sample goes",)


def test_even_when_the_writer_may_not_see_the_address(family: Family) -> None:
    """Somebody told the writer; the system knows that it must not go on."""
    social = make_actor("social-worker", family.scene.council, family.scene.partnership, now=family.scene.now)
    from goldthread.domains.front_door import models as m
    family.scene.record(family.case, m.Allocation(worker=social.user))
    with acting(social):
        from goldthread.people.models import Address
        assert not Address.objects.filter(line1=HOME).exists()
    his = family.copies(TEXT.format(CODE), family.omar, actor=social)[family.omar]
    assert "Harbour" not in his.text


def test_each_copy_goes_where_that_person_may_be_written_to(family: Family) -> None:
    copies = family.copies("We met today.", family.sara, family.omar)
    assert copies[family.sara].address.startswith(HOME) and copies[family.omar].address.startswith("4 Test Street")


def test_what_was_sent_is_kept_as_it_went_and_is_not_corrected(family: Family) -> None:
    from goldthread.process.models import Event
    from goldthread.process.rights import may_correct
    event = family.send(TEXT.format(CODE))
    with acting(family.manager):
        his = LetterCopy.objects.get(event=event, person=family.omar)
        assert "Harbour" not in his.text and his.address == "4 Test Street, ZZ99 3CZ"
        assert Letter.objects.get(event=event).text == TEXT.format(CODE)
        assert not may_correct(family.manager, family.case, Event.objects.get(pk=event.pk))


@pytest.mark.parametrize("text", ["As Nadia Stranger told us.", "We spoke with Nadia Stranger and Sara Sample."])
def test_somebody_outside_the_family_stops_it_until_a_manager_looked_again(family: Family, text: str) -> None:
    assert letters.strangers(actor=family.manager, case=family.case, text=text) == ["Nadia Stranger"]
    with pytest.raises(ValidationError, match="Nadia Stranger"):
        family.send(text)
    with pytest.raises(ValidationError, match="manager must look"):
        family.send(text, by=family.worker, again="She agreed")
    event = family.send(text, again="She is the family's advocate and agreed")
    with acting(family.manager):
        assert Letter.objects.get(event=event).looked_again


def test_the_family_its_professionals_and_common_words_stop_nothing(family: Family) -> None:
    text = f"Dear Sara Sample, {family.manager.user} of Northbridge Council met Amira Sample. The Core Group meets in May."
    assert letters.strangers(actor=family.manager, case=family.case, text=text) == []


def test_only_to_parties_and_only_by_those_who_work_on_it(family: Family) -> None:
    other = people.add_person(actor=family.worker, now=family.scene.now, given="Nadia", family="Stranger")
    for to in ([other.pk], [family.sara, other.pk]):
        with pytest.raises(ValidationError, match="Choose who gets this"):
            family.send(to=to)
    with pytest.raises(ValidationError, match="Choose who gets this"):
        family.copies("We met.")
    with pytest.raises(Refused):
        letters.send(actor=family.scene.seats["school-lead"], case=family.case, subject="S", text="T", to=[family.sara],
                     looked_again="", now=family.scene.now)


def test_negative_control_without_it_he_would_learn_where_they_live(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_without", lambda text, *patterns: (text, False))
    assert "Harbour" in family.copies(TEXT.format(CODE), family.omar)[family.omar].text


def test_the_page_shows_each_copy_before_it_goes(family: Family) -> None:
    client = family.scene.client("mash-manager")
    url = f"/case/{family.case.reference}/letters/"
    sent = {"to": [family.sara, family.omar], "subject": "What was decided", "text": TEXT.format(CODE), "looked_again": ""}
    looked = client.post(url, sent | {"do": "look"})
    page = looked.content.decode()
    assert "What Omar Sample gets" in page and "Taken out: an address of" in page
    with family.scene.system():
        assert not LetterCopy.objects.exists()
    assert client.post(url, sent | {"do": "send"}).status_code == 302
    with family.scene.system():
        copies = {c.person_id: c for c in LetterCopy.objects.filter(case=family.case)}
    assert set(copies) == {family.sara, family.omar}
    printed = client.get(f"{url}{copies[family.omar].pk}/").content.decode()
    assert "Harbour" not in printed
    assert family.scene.client("school-lead").get(url).status_code == 404
