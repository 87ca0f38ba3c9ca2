"""Addresses: change keeps the past, a safe address stays with few, and goes to nobody it is hidden from."""
from datetime import date

import pytest

from goldthread.access.actor import acting
from goldthread.access.models import without_application_filter
from goldthread.access.policy import agency_token, desk_token, user_token
from goldthread.people.actions import add_address, deny, end_address, mark_safe, restrict_person, set_readers
from goldthread.people.actions.common import NotPossible, as_system
from goldthread.people.models import Address, Person, SearchKey
from goldthread.people.reading import addresses_of
from goldthread.people.search import search
from tests.people.factories import make_borough, make_person
from tests.support import NOW, TODAY, make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def borough():
    return make_borough()


@pytest.fixture
def child(borough):
    """A child whom the front door and the school read."""
    person = make_person(borough.worker)
    with as_system(borough.worker):
        set_readers([person.pk], readers=[desk_token("front-door", borough.partnership.pk),
                                          agency_token(borough.school.agency.pk, borough.partnership.pk)])
    return person


def live(borough, person, line="12 Sample Road", postcode="AB1 1AA", **more):
    return add_address(actor=borough.worker, now=NOW, person=person.pk, line1=line, postcode=postcode, **more)


def lines(actor, person, **more):
    with acting(actor):
        return [row.line1 for row in addresses_of(person, **more)]


def test_a_move_keeps_the_old_address_and_finds_by_both(borough, child):
    old = live(borough, child, postcode="ab11aa", since=date(2020, 1, 1))
    end_address(actor=borough.worker, now=NOW, address=old.pk, until=date(2026, 1, 5))
    live(borough, child, "3 New Street", "AB2 2BB")
    assert old.postcode == "AB1 1AA"
    assert lines(borough.school, child) == ["3 New Street", "12 Sample Road"]
    for code in ("AB1 1AA", "ab22bb"):
        assert search(actor=borough.worker, text=code, now=NOW) == [child]
    with pytest.raises(NotPossible, match="already ended"):
        end_address(actor=borough.worker, now=NOW, address=old.pk, until=TODAY)


@pytest.mark.parametrize(("wrong", "words"), [
    ({"line": " "}, "building and street"), ({"postcode": "AB1"}, "not a full UK postcode"),
    ({"since": date(2027, 1, 1)}, "in the future"), ({"hidden_from": [1]}, "Only a safe address"),
])
def test_what_cannot_be_is_said(borough, child, wrong, words):
    with pytest.raises((NotPossible, Person.DoesNotExist), match=words):
        live(borough, child, **wrong)
    with acting(borough.worker):
        assert not Address.objects.exists()


def test_a_safe_address_is_the_front_doors_and_the_named_ones_only(borough, child):
    named = make_actor("social-worker", borough.worker.agency, borough.partnership)
    address = live(borough, child, safe=True, named=[named.user.pk])
    assert set(address.readers) == {desk_token("front-door", borough.partnership.pk), user_token(named.user.pk),
                                    user_token(borough.worker.user.pk)}
    assert lines(borough.worker, child) == ["12 Sample Road"] and lines(borough.school, child) == []
    with acting(named):
        assert Address.objects.count() == 1
    with acting(borough.school), without_application_filter():
        assert not Address.objects.exists() and Person.objects.count() == 1
    with acting(borough.worker):
        assert SearchKey.objects.get().postcodes == []
    assert search(actor=borough.worker, text="AB1 1AA", now=NOW) == []


def test_an_address_marked_safe_leaves_search_and_wide_readers_at_once(borough, child):
    address = live(borough, child)
    assert lines(borough.school, child) == ["12 Sample Road"]  # the control: before, it was seen
    mark_safe(actor=borough.worker, now=NOW, address=address.pk)
    assert lines(borough.school, child) == [] and search(actor=borough.worker, text="AB1 1AA", now=NOW) == []


def test_wider_readers_never_widen_a_safe_address(borough, child):
    live(borough, child, safe=True)
    with as_system(borough.worker):
        set_readers([child.pk], readers=[*child.open_readers, borough.school.agency_token])
    assert lines(borough.school, child) == []
    restrict_person(actor=borough.manager, now=NOW, person=child.pk, named=[borough.manager.user.pk], reason="Relative")
    assert lines(borough.worker, child) == [] and lines(borough.manager, child) == ["12 Sample Road"]


def test_denial_beats_being_named_at_a_safe_address(borough, child):
    live(borough, child, safe=True, named=[borough.manager.user.pk])
    assert lines(borough.manager, child) == ["12 Sample Road"]
    deny(actor=borough.manager, now=NOW, person=child.pk, user=borough.manager.user.pk, reason="My niece")
    assert lines(borough.manager, child) == []


def test_a_safe_address_goes_to_nobody_it_is_hidden_from(borough, child):
    father = make_person(borough.worker, "Jan", sex="M", born_on=date(1985, 2, 3))
    live(borough, child, "1 Old Road")
    live(borough, child, "2 Safe Road", safe=True, hidden_from=[father.pk])
    assert lines(borough.worker, child) == ["2 Safe Road", "1 Old Road"]
    assert lines(borough.worker, child, going_to=[father.pk]) == ["1 Old Road"]
    with pytest.raises(NotPossible, match="who lives there"):
        live(borough, child, safe=True, hidden_from=[child.pk])


def test_an_address_of_somebody_not_theirs_is_not_there(borough, child):
    address, stranger = live(borough, child), make_borough().worker
    for act in (lambda: mark_safe(actor=stranger, now=NOW, address=address.pk),
                lambda: end_address(actor=stranger, now=NOW, address=address.pk, until=TODAY)):
        with pytest.raises(Address.DoesNotExist):
            act()
