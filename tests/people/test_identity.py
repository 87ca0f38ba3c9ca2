"""Adding and revising people, their names and numbers, with the checks that keep nonsense out."""
from datetime import date, timedelta

import pytest

from goldthread.access.actor import NoActor, NotThroughActions, Refused, acting
from goldthread.access.audit import changes
from goldthread.access.policy import desk_token
from goldthread.people.actions import add_identifier, add_name, add_person, revise_person
from goldthread.people.actions.common import NotPossible
from goldthread.people.models import Identifier, Name, Person, SearchKey
from tests.people.factories import fresh, make_borough, make_person, nhs_for_tests, sees
from tests.support import NOW, TODAY, make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def borough():
    return make_borough()


def test_a_new_person_has_a_reference_a_key_and_the_front_doors_readers(borough):
    person = make_person(borough.worker, known_as="Zosia")
    assert person.reference.startswith("PE-") and person.name == "Zosia Testcase" and person.created_at == NOW
    assert person.readers == person.open_readers == [desk_token("front-door", borough.partnership.pk)]
    with acting(borough.worker):
        key = SearchKey.objects.get(person=person)
    assert key.given == ["zofia", "zosia"] and key.kept_id == person.pk and key.born_on == person.born_on


def test_a_social_worker_adds_for_their_agency(borough):
    worker = make_actor("social-worker", borough.worker.agency, borough.partnership)
    person = make_person(worker)
    assert sees(worker, person) and not sees(borough.school, person)


def test_who_may_not_search_may_not_add(borough):
    with pytest.raises(Refused, match="Designated safeguarding lead, cannot search"):
        make_person(borough.school)
    with pytest.raises(NoActor):
        Person.objects.count()
    with acting(borough.worker):
        assert not Person.objects.exists()
        with pytest.raises(NotThroughActions):
            Person(partnership=borough.partnership, reference="x", created_at=NOW).save()


@pytest.mark.parametrize(("wrong", "words"), [
    ({"given": "", "family": ""}, "Enter a given name"), ({"born_on": TODAY + timedelta(days=1)}, "in the future"),
    ({"died_on": TODAY + timedelta(days=1)}, "in the future"),
    ({"died_on": date(2016, 5, 2)}, "before the date of birth"), ({"sex": "X"}, "Sex is one of F, M, U"),
])
def test_what_cannot_be_is_said_and_nothing_saved(borough, wrong, words):
    with pytest.raises(NotPossible, match=words):
        make_person(borough.worker, **wrong)
    with acting(borough.worker):
        assert not Person.objects.exists()
    with pytest.raises(TypeError, match="no readers_of"):
        add_person(actor=borough.worker, now=NOW, given="A", readers_of="x")


def test_an_unborn_child_needs_no_name(borough):
    child = make_person(borough.worker, "", "", born_on=None, due_on=TODAY + timedelta(days=60), sex="U")
    assert child.name == "Unborn child" and child.is_child(TODAY)


def test_a_revised_name_keeps_the_one_before_and_history_says_who(borough):
    person = make_person(borough.worker)
    revise_person(actor=borough.worker, now=NOW, person=person.pk, family="Newname", language="POL")
    with acting(borough.worker):
        assert Name.objects.get().family == "Testcase" and Name.objects.get().kind == "previous"
        assert SearchKey.objects.get(person=person).family == ["newname", "testcase"]
        first, last = (changes("people_person", person.pk)[place] for place in (0, -1))
    assert first["op"] == "INSERT" and first["user_id"] == borough.worker.user.pk
    assert (last["old"]["family"], last["new"]["family"], last["user_id"]) == (
        "Testcase", "Newname", borough.worker.user.pk)


def test_a_person_not_theirs_cannot_be_revised_or_named(borough):
    person, stranger = make_person(borough.worker), make_borough().worker
    for act in (lambda: revise_person(actor=stranger, now=NOW, person=person.pk, family="X"),
                lambda: add_name(actor=stranger, now=NOW, person=person.pk, kind="alias", given="X"),
                lambda: add_identifier(actor=stranger, now=NOW, person=person.pk, scheme="police", value="1")):
        with pytest.raises(Person.DoesNotExist, match=f"There is no person {person.pk}"):
            act()
    assert fresh(person).family == "Testcase"


def test_other_names_are_in_the_key(borough):
    person = make_person(borough.worker)
    add_name(actor=borough.worker, now=NOW, person=person.pk, kind="alias", given="Sofia", family="Other")
    with acting(borough.worker):
        assert SearchKey.objects.get().given == ["zofia", "sofia"]
    with pytest.raises(NotPossible, match="what kind of name"):
        add_name(actor=borough.worker, now=NOW, person=person.pk, kind="pet", given="X")
    with pytest.raises(NotPossible, match="given name or a family name"):
        add_name(actor=borough.worker, now=NOW, person=person.pk, kind="alias")


def test_numbers_are_checked_stored_plainly_and_once(borough):
    person, nhs = make_person(borough.worker), nhs_for_tests()
    spaced = f"{nhs[:3]} {nhs[3:6]} {nhs[6:]}"
    add = {"actor": borough.worker, "now": NOW, "person": person.pk}
    assert add_identifier(**add, scheme="nhs", value=spaced).value == nhs
    assert add_identifier(**add, scheme="nhs", value=nhs, verified=True).verified
    with acting(borough.worker):
        assert Identifier.objects.count() == 1 and SearchKey.objects.get().numbers == [f"nhs:{nhs}"]
    wrong = nhs[:-1] + str((int(nhs[-1]) + 1) % 10)
    for scheme, value, words in (("nhs", wrong, "check"), ("upn", "H801200001002", "check"), ("nhs", "12", "10 digits"),
                                 ("council", " ", "Enter the number"), ("passport", "1", "what kind of number")):
        with pytest.raises(NotPossible, match=words):
            add_identifier(**add, scheme=scheme, value=value)
    with pytest.raises(NotPossible, match="already has another verified NHS number"):
        add_identifier(**add, scheme="nhs", value=nhs_for_tests(), verified=True)
