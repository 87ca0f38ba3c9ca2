"""The search box: what is typed in any way finds, what is hidden never does, not even as a gap."""
from datetime import date

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from goldthread.access.actor import Refused, acting, system, writing
from goldthread.access.audit import readings_by
from goldthread.people.actions import add_address, add_identifier, add_name, restrict_person
from goldthread.people.models import SearchKey
from goldthread.people.search import Asked, forget_words, read, search
from tests.people.factories import make_borough, make_person
from tests.support import NOW


def test_what_was_typed_is_taken_apart():
    assert read("Bill O'Neil") == Asked(words=("bill", "oneil"))
    asked = read(" testcase 03/05/2016 ab1 1aa ")
    assert (asked.words, asked.born_on, asked.postcode) == (("testcase",), date(2016, 5, 3), "AB11AA")
    assert read("3 May 2016").born_on == date(2016, 5, 3) and read("2016-05-03").born_on == date(2016, 5, 3)
    assert "nhs:9990000018" in read("999 000 0018").numbers and "council:C12345" in read("c12345").numbers
    assert read("31/02/2016").born_on is None
    assert read("  ").empty and not read("x").empty


@pytest.fixture
def borough():
    return make_borough()


@pytest.fixture
def william(borough):
    person = make_person(borough.worker, "William", "Smith-Testcase", sex="M", nhs="9990000018", known_as="Billy")
    add_identifier(actor=borough.worker, now=NOW, person=person.pk, scheme="council", value="C/12345")
    add_address(actor=borough.worker, now=NOW, person=person.pk, line1="1 Sample Road", postcode="AB1 1AA")
    return person


@pytest.mark.django_db
@pytest.mark.parametrize("text", [
    "William", "william smith", "Smith William", "bill", "Will Smyth", "testc", "Testkase", "03/05/2016",
    "smith 3 May 2016", "AB1 1AA", "ab11aa bill", "999 000 0018", "9990000018", "c12345", "C/12345", "reference"])
def test_each_way_of_typing_finds(borough, william, text):
    make_person(borough.worker, "Quentina", "Other", born_on=date(2011, 1, 2))
    typed = william.reference.lower().replace("-", " ") if text == "reference" else text
    assert search(actor=borough.worker, text=typed, now=NOW) == [william]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "Quentina", "William Jones", "04/05/2016", "AB1 1AB", "9990000026", "PE-2222-22"])
def test_what_is_not_there_finds_nobody(borough, william, text):
    assert search(actor=borough.worker, text=text, now=NOW) == []


@pytest.mark.django_db
def test_the_spelling_typed_comes_before_its_sound(borough):
    sound, spelt = make_person(borough.worker, "Jon", "Smyth"), make_person(borough.worker, "Jon", "Smith")
    assert search(actor=borough.worker, text="smith", now=NOW) == [spelt, sound]
    assert search(actor=borough.worker, text="smyth", now=NOW) == [sound, spelt]
    assert search(actor=borough.worker, text="smith", now=NOW, limit=1) == [spelt]


@pytest.mark.django_db
def test_hidden_people_take_no_place_in_the_list(borough, monkeypatch):
    mine = make_person(borough.worker, "Zofia", "Zzlast")
    monkeypatch.setattr("goldthread.people.search.LOOKED_AT", 6)
    for number in range(5):
        hidden = make_person(borough.worker, "Zofia", f"Aafirst{number}")
        restrict_person(actor=borough.manager, now=NOW, person=hidden.pk, named=[borough.manager.user.pk],
                        reason="Staff")
    assert search(actor=borough.worker, text="zofia", now=NOW, limit=1) == [mine]
    assert len(search(actor=borough.manager, text="zofia", now=NOW)) == 6


@pytest.mark.django_db
def test_another_partnership_finds_nothing_and_other_roles_may_not_search(borough, william):
    assert search(actor=make_borough().worker, text="William", now=NOW) == []
    with pytest.raises(Refused, match="search for children"):
        search(actor=borough.school, text="William", now=NOW)


@pytest.mark.django_db
def test_a_search_is_read_once_in_the_log(borough, william):
    search(actor=borough.worker, text=" Billy ", now=NOW)
    with acting(borough.worker):
        lines = readings_by(borough.worker.user.pk, since=NOW.replace(year=2020))
    assert [(line["kind"], line["why"], line["people"], line["agency_id"]) for line in lines] == [
        ("search", "Searched for Billy", [william.pk], borough.worker.agency.pk)]


@pytest.mark.django_db
def test_a_part_of_a_name_finds_from_the_day_the_name_is_known(borough):
    person = make_person(borough.worker, "Anastasija", "Sample")
    assert search(actor=borough.worker, text="stasi", now=NOW) == [person]
    assert search(actor=borough.worker, text="zofiat", now=NOW) == []
    add_name(actor=borough.worker, now=NOW, person=person.pk, kind="alias", given="", family="Mzofiatest")
    assert search(actor=borough.worker, text="zofiat", now=NOW) == [person]
    assert search(actor=borough.worker, text="zo", now=NOW) == []  # two letters are a sound, not a part


@pytest.mark.django_db
def test_nobody_reads_the_words_of_names_but_the_search(borough):
    make_person(borough.worker, "Anastasija", "Sample")
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute("select count(*) from search.word where word = 'anastasija'")
        assert cursor.fetchone()[0] >= 8  # the control: they are there, by each ending
        cursor.execute("set role goldthread_app")
        with pytest.raises(ProgrammingError, match="permission denied for schema search"):
            cursor.execute("select word from search.word")


@pytest.mark.django_db
def test_a_word_is_forgotten_with_the_last_who_bore_it(borough):
    gone, stays = make_person(borough.worker, "Anastasija", "Sample"), make_person(borough.worker, "Billy", "Sample")
    with acting(system()), writing():
        SearchKey.objects.filter(person=gone).update(text="somebody sample")
        assert forget_words() == 1
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute("select distinct word from search.word where word in ('anastasija', 'sample', 'billy') order by 1")
        assert [row[0] for row in cursor.fetchall()] == ["billy", "sample"]
        cursor.execute("set role goldthread_app")
    assert search(actor=borough.worker, text="ampl", now=NOW)  # the control: what others bear is found still
    assert stays in search(actor=borough.worker, text="illy", now=NOW)
