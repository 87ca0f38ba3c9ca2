"""What every action on people shares: the check as the actor, the write as the system in the actor's name."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.policy import May
from goldthread.people.keys import key_of
from goldthread.people.models import Address, Identifier, Name, Person, SearchKey


class NotPossible(ValueError):
    """What was asked cannot be recorded; the message says what is wrong and how to mend it."""


@contextmanager
def as_system(actor: Actor) -> Iterator[None]:
    """Write with the system's sight of the actor's partnership, history naming the actor; all or nothing."""
    with transaction.atomic(), acting(system_for(actor)), writing():
        yield


def seen(actor: Actor, *people: int, may: May | None = May.FIND_PEOPLE) -> list[Person]:
    """The people, in the order asked for, locked; for an actor whose role may do this and who can see them all.

    Raises Refused for the role and Person.DoesNotExist when any is not theirs to see, as if it were not there.
    """
    if may is not None:
        actor.require(may)
    with acting(actor):
        found = {each.pk: each for each in Person.objects.select_for_update().filter(pk__in=people).order_by("pk")}
    if missing := [pk for pk in people if pk not in found]:
        raise Person.DoesNotExist(f"There is no person {missing[0]}")
    return [found[pk] for pk in people]


def required(text: str, what: str) -> str:
    """The text without outer spaces. NotPossible when nothing is left."""
    if not text.strip():
        raise NotPossible(f"Enter {what}")
    return text.strip()


def rows_access(person: Person) -> dict[str, object]:
    """The columns each row about a person has in common with them."""
    return {"person": person, "partnership_id": person.partnership_id, "readers": person.readers,
            "denied": person.denied}


def next_person_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('people_person', 'id'))")
        return int(cursor.fetchone()[0])


def rekey(person: Person) -> None:
    """Write the person's search key anew. Called within `as_system`."""
    names = [(person.given, person.family), (person.known_as, ""),
             *Name.objects.filter(person=person).order_by("pk").values_list("given", "family")]
    homes = Address.objects.filter(person=person, safe=False).order_by("pk").values_list("line1", "postcode")
    key = key_of(given=[given for given, _ in names], family=[family for _, family in names], born_on=person.born_on,
                 born_estimated=person.born_estimated, sex=person.sex, addresses=homes,
                 numbers=Identifier.objects.filter(person=person).order_by("pk").values_list("scheme", "value"))
    values = {field: list(value) if isinstance(value, tuple) else value for field, value in vars(key).items()}
    if not SearchKey.objects.filter(person=person).update(**values):
        SearchKey.objects.create(kept_id=person.merged_into_id or person.pk, **rows_access(person), **values)
