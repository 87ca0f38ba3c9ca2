"""A borough made larger by copying: as many rows again, other people, found by keys as the actions make them."""
from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import override_settings

from bench.pages_copies import _insist_sound, multiply
from goldthread.base.identifiers import check_reference, is_nhs_number
from goldthread.borough.loading import load
from goldthread.people.keys import key_of
from tests.access.separate import separate_database
from tests.borough.loading import borough

pytestmark = pytest.mark.django_db
COUNTED = ("people_person", "people_relationship", "people_searchkey", "process_case", "process_event", "front_door_contact")


@pytest.fixture(scope="module")
def owner(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The owner's connection to a database of its own that holds a very small borough three times over."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock(), separate_database("copies") as owner, \
            override_settings(HOME=home, ANCHOR_FILE=home / "anchor.txt"):
        with connection.cursor() as cursor:
            cursor.execute("reset role; set session_replication_role = replica")  # no history, as for every bench
        source = borough()
        load(source, now=source.plan.now)
        connection.close()
        before, indexes = counts(owner), owner.execute("select count(*) from pg_indexes").fetchone()
        multiply(owner, 3)
        assert counts(owner) == [3 * many for many in before] and all(before)
        assert owner.execute("select count(*) from pg_indexes").fetchone() == indexes
        yield owner


def counts(owner: psycopg.Connection[Any]) -> list[int]:
    return [owner.execute(f"select count(*) from {table}").fetchone()[0] for table in COUNTED]  # type: ignore[index]


def test_the_copies_are_other_people_with_references_and_numbers_that_hold(owner: psycopg.Connection[Any]) -> None:
    references = [row[0] for row in owner.execute("select reference from people_person union all "
                                                  "select reference from process_case")]
    assert len({*references}) == len(references) and all(check_reference(each) == each for each in references)
    numbers = [row[0] for row in owner.execute("select value from people_identifier where scheme = 'nhs'")]
    assert len({*numbers}) == len(numbers) and all(map(is_nhs_number, numbers))
    named = owner.execute("select given, family, count(*) over (partition by given, family) from people_person "
                          "where given <> ''").fetchall()
    assert sum(many >= 3 for *_, many in named) < len(named) / 20, "hardly anybody is there three times"


def test_the_search_keys_of_copies_are_those_their_names_and_numbers_make(owner: psycopg.Connection[Any]) -> None:
    rows = owner.execute("""
        select k.text, k.sounds, k.born_on, k.numbers, p.given, p.family, p.known_as, p.born_on,
          array(select given || '|' || family from people_name n where n.person_id = p.id order by n.id),
          array(select scheme || '|' || value from people_identifier i where i.person_id = p.id order by i.id)
        from people_searchkey k join people_person p on p.id = k.person_id order by p.id desc limit 150""").fetchall()
    for text, sounds, key_born, numbers, given, family, known_as, born, names, known in rows:
        others = [name.split("|") for name in names]
        key = key_of(given=[given, known_as, *(one for one, _ in others)], family=[family, *(one for _, one in others)],
                     born_on=born, numbers=[tuple(number.split("|")) for number in known])
        assert (text, sounds, key_born, numbers) == (key.text, list(key.sounds), key.born_on, list(key.numbers))


def test_a_row_that_names_one_that_is_not_there_is_noticed(owner: psycopg.Connection[Any]) -> None:
    _insist_sound(owner, ["process_event"])
    with owner.transaction(force_rollback=True):
        owner.execute("set local session_replication_role = replica")
        owner.execute("update process_event set case_id = -1 where id = (select max(id) from process_event)")
        with pytest.raises(RuntimeError, match="1 rows of process_event name a row of process_case"):
            _insist_sound(owner, ["process_event"])
