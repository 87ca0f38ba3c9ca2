"""Who may link and decide, and whose eyes each row is for."""
from __future__ import annotations

from typing import Any

from django.db import connection

from goldthread.access.actor import acting, system, writing
from goldthread.access.policy import desk_token
from goldthread.dataset.rights import ROWS_DESK
from goldthread.people.models import Person

# What names a restricted child is for those named alone; what names a child somebody is kept from, not for them.
_FOLLOW = """
update {table} t set readers = case when p.restricted then p.readers else %s::text[] end, denied = p.denied
from people_person p where p.id = t.person_id and p.id = any(%s) and t.partnership_id = %s
"""
TABLES = ("linkage_link", "linkage_question")


def readers_of(partnership: int) -> list[str]:
    """Those who may open the rows of all agencies' returns: the same rows, beside each other."""
    return [desk_token(ROWS_DESK, partnership)]


def access_of(person: Person | None, partnership: int) -> dict[str, Any]:
    """The columns of a row that names a person, or nobody."""
    if person is None:
        return {"partnership_id": partnership, "readers": readers_of(partnership)}
    readers = person.readers if person.restricted else readers_of(partnership)
    return {"partnership_id": partnership, "readers": readers, "denied": person.denied, "person": person}


def follow_people(people: frozenset[int]) -> None:
    """Hide, or show again, what names people whose records were hidden or shown."""
    with acting(system()), writing():
        places = set(Person.objects.filter(pk__in=people).values_list("partnership_id", flat=True))
        with connection.cursor() as cursor:
            for place in places:
                for table in TABLES:
                    cursor.execute(_FOLLOW.format(table=table), [readers_of(place), sorted(people), place])
