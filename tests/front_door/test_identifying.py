"""Known already? Candidates with reasons, a human's choice, siblings on one page, nobody tied by accident."""
from __future__ import annotations

import re
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.urls import reverse

from goldthread.access.actor import acting
from goldthread.domains.front_door import models as m
from goldthread.domains.front_door.history import known_of, year_before
from goldthread.domains.front_door.identifying import Choice, identify
from goldthread.people.actions import add_person
from goldthread.people.models import Address, DifferentPeople, Identifier, Person
from goldthread.process.models import CasePerson
from tests.front_door.scene import Scene, address, child, form, text
from tests.support import make_actor

SIBLINGS = (child(nhs="9990000018"), child("Bilal", born=date(2019, 2, 1), capacity="sibling", sex="M"),
            child("Sara", born=None, capacity="mother", relationship="Mother"))


def known_child(scene: Scene, **more: object) -> Person:
    return add_person(actor=scene.seats["mash-worker"], now=scene.now, **{
        "given": "Amira", "family": "Sample", "born_on": date(2016, 5, 3), "sex": "F", **more})


def answers(scene: Scene, case: object, *picked: str, **more: object) -> dict[str, object]:
    people = scene.stated(case)
    return form(**{f"who-{p.pk}": pick for p, pick in zip(people, picked, strict=True)}, **more)


def test_a_child_known_already_is_offered_with_reasons_history_and_open_work(scene):
    known = known_child(scene)
    earlier = scene.contact(at=scene.now - timedelta(days=30))
    worker = scene.client("mash-worker")
    worker.post(address("identify", earlier), answers(scene, earlier, f"is-{known.pk}"))
    later = scene.contact()
    page = text(worker.get(address("identify", later)))
    assert "Amira Sample" in page and "of 100" in page and "For: " in page
    assert "1 earlier contact" in page and "Contact within 12 months" in page
    assert earlier.reference in page, "open work is shown at once"
    worker.post(address("identify", later), answers(scene, later, f"is-{known.pk}"))
    with scene.system():
        assert CasePerson.objects.get(case=later).person_id == known.pk
        assert Person.objects.count() == 1


def test_a_contact_more_than_a_year_old_is_counted_but_is_no_recent_one(scene):
    known = known_child(scene)
    old = scene.contact(at=scene.now - timedelta(days=400))
    scene.client("mash-worker").post(address("identify", old), answers(scene, old, f"is-{known.pk}"))
    with scene.system():
        found = known_of([known.pk], besides=None, at=scene.now)[known.pk]
    assert (found.contacts, found.contact_within_year, found.referred_again) == (1, False, False)


def test_a_referral_within_twelve_months_makes_the_next_contact_a_re_referral(scene):
    case = scene.ready()
    scene.record(case, m.Decision(level="3", detail="assessment", outcome="new-referral",
                                  rationale="Needs a visit", partners_asked=True))
    with scene.system():
        person = CasePerson.objects.get(case=case).person_id
        assert known_of([person], besides=None, at=scene.now)[person].referred_again
        assert not known_of([person], besides=case, at=scene.now)[person].referred_again
    page = text(scene.client("mash-worker").get(address("identify", scene.contact())))
    assert "Re-referral within 12 months" in page


def test_the_year_before_a_leap_day_ends_in_february():
    assert year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert year_before(date(2026, 11, 22)) == date(2025, 11, 22)


def test_brothers_and_sisters_are_decided_together_and_new_people_carry_what_was_stated(scene):
    case = scene.contact(people=SIBLINGS)
    people = scene.stated(case)
    sent = answers(scene, case, "new", "new", "later", **{f"address-{people[0].pk}": "1"})
    assert scene.client("mash-worker").post(address("identify", case), sent).status_code == 302
    with scene.system():
        amira = Person.objects.get(given="Amira")
        assert Identifier.objects.get(person=amira).value == "9990000018"
        assert Address.objects.get(person=amira).postcode == "ZZ99 3CZ"
        assert set(CasePerson.objects.filter(case=case).values_list("capacity", flat=True)) == {"child", "sibling"}
        assert not Person.objects.filter(given="Sara").exists(), "left for later"
    page = text(scene.client("mash-worker").get(address("identify", case)))
    assert "Identified so far" in page and "Sara" in page and f"who-{people[0].pk}" not in page


def test_a_number_that_fails_its_check_does_not_stop_the_record_and_is_said(scene):
    case = scene.contact(people=(child(nhs="9990000017"),))
    client = scene.client("mash-worker")
    response = client.post(address("identify", case), answers(scene, case, "new"), follow=True)
    with scene.system():
        assert Person.objects.count() == 1 and not Identifier.objects.exists()
    assert "Not kept. Amira Sample" in text(response)


def test_two_children_cannot_be_one_record(scene):
    known = known_child(scene)
    case = scene.contact(people=(child(), child("Amirah")))
    response = scene.client("mash-worker").post(
        address("identify", case), answers(scene, case, f"is-{known.pk}", f"is-{known.pk}"))
    assert "cannot both be this person" in text(response) and not scene.events(case, "identification")


def test_only_what_was_offered_can_be_chosen(scene):
    """A record typed into the request, or one of the partnership next door, is refused as if it were not there."""
    stranger = add_person(actor=make_actor("mash-worker"), now=scene.now, given="Amira", family="Sample",
                          born_on=date(2016, 5, 3), sex="F")
    unlike = add_person(actor=scene.seats["mash-worker"], now=scene.now, given="Otto", family="Different", sex="M",
                        born_on=date(1971, 1, 1))
    case = scene.contact()
    for picked in (f"is-{stranger.pk}", f"is-{unlike.pk}", "is-x", "is-0", "<script>"):
        response = scene.client("mash-worker").post(address("identify", case), answers(scene, case, picked))
        assert response.status_code == 200 and "There is a problem" in text(response), picked
    assert not scene.events(case, "identification")
    page = text(scene.client("mash-worker").get(address("identify", case)))
    assert "Nobody like this is known" in page


def test_the_action_itself_ties_nobody_to_a_record_the_worker_cannot_see(scene):
    stranger = add_person(actor=make_actor("mash-worker"), now=scene.now, given="Amira", family="Sample")
    own = known_child(scene)
    case, worker = scene.contact(), scene.seats["mash-worker"]
    person = scene.stated(case)[0]
    for pk, missing in ((stranger.pk, True), (own.pk, False)):
        with acting(worker), pytest.raises(Person.DoesNotExist) if missing else nullcontext():
            identify(actor=worker, case=case, choices=[Choice(person, pk)], note="", now=scene.now)
    assert len(scene.events(case, "identification")) == 1


def test_somebody_found_to_be_different_is_recorded_so(scene):
    known = known_child(scene)
    case = scene.contact()
    person = scene.stated(case)[0]
    sent = answers(scene, case, "new", **{f"different-{person.pk}": str(known.pk), f"reason-{person.pk}": "Twins"})
    scene.client("mash-worker").post(address("identify", case), sent)
    with scene.system():
        assert DifferentPeople.objects.get().reason == "Twins"
        assert Person.objects.count() == 2


def test_nobody_is_both_this_person_and_somebody_else(scene):
    known = known_child(scene)
    case = scene.contact()
    person = scene.stated(case)[0]
    sent = answers(scene, case, f"is-{known.pk}", **{f"different-{person.pk}": str(known.pk)})
    assert "somebody else at once" in text(scene.client("mash-worker").post(address("identify", case), sent))


def test_an_unanswered_person_is_asked_for_and_what_was_chosen_stays(scene):
    case = scene.contact(people=SIBLINGS)
    people = scene.stated(case)
    client = scene.client("mash-worker")
    page = text(client.post(address("identify", case), form(**{f"who-{people[0].pk}": "new", "note": "Ring the GP"})))
    assert "Say who Bilal Sample is" in page and "Error: " in page
    again = text(client.get(address("identify", case)))
    assert "Ring the GP" in again, "kept as a draft"


def test_all_left_for_later_needs_a_word_why(scene):
    case = scene.contact()
    client = scene.client("mash-worker")
    assert "write why nobody can be identified yet" in text(client.post(address("identify", case),
                                                                        answers(scene, case, "later")))
    client.post(address("identify", case), answers(scene, case, "later", note="No names were given"))
    assert len(scene.events(case, "identification")) == 1


def test_sent_twice_records_once(scene):
    case = scene.contact()
    sent = answers(scene, case, "new")
    client = scene.client("mash-worker")
    for _ in range(2):
        assert client.post(address("identify", case), sent).status_code == 302
    with scene.system():
        assert Person.objects.count() == 1 and len(scene.events(case, "identification")) == 1


def test_a_wrong_choice_can_be_corrected(scene):
    known = known_child(scene)
    case = scene.contact()
    client = scene.client("mash-worker")
    client.post(address("identify", case), answers(scene, case, f"is-{known.pk}"))
    event = scene.events(case, "identification")[0]
    assert client.get(address("correct", case, event.pk))["Location"] == address("identify_again", case, event.pk)
    assert f'value="is-{known.pk}" checked' in text(client.get(address("identify_again", case, event.pk)))
    assert client.post(address("identify_again", case, event.pk), answers(scene, case, "new")).status_code == 302
    with scene.system():
        assert CasePerson.objects.get(case=case).person_id != known.pk


def test_a_kept_address_is_not_searched_and_is_recorded_as_kept(scene):
    case = scene.contact(address_safe=True)
    person = scene.stated(case)[0]
    scene.client("mash-worker").post(address("identify", case),
                                     answers(scene, case, "new", **{f"address-{person.pk}": "1"}))
    with scene.system():
        assert Address.objects.get().safe


@pytest.mark.parametrize("role", ["school-lead", "police-partner", "health-partner"])
def test_partners_have_no_such_page(scene, role):
    case = scene.contact()
    assert scene.client(role).get(address("identify", case)).status_code == 404
    assert scene.client("mash-worker").get(address("identify", case)).status_code == 200, "the page is there"


def test_what_is_being_typed_is_kept_before_it_is_sent(scene):

    case, client = scene.contact(), scene.client("mash-worker")
    page = client.get(address("identify", case)).content.decode()
    kept = re.search(r'data-autosave-url="([^"]+)"', page)[1]
    assert kept == f"{reverse('keep')}?key={case.reference}/identification"
    assert client.post(kept, form(note="Ring the GP")).status_code == 200
    assert "Ring the GP" in text(client.get(address("identify", case)))
    assert "Ring the GP" not in text(scene.client("mash-manager").get(address("identify", case))), "each their own"
