"""Who reads a person's rows, worked out of four facts and copied to each row that says something about them.

The facts: who reads the record while it is open, restrictions, denials, merges. A merge lets nobody see more than
before, but what hides one of the merged records hides them all. However many people, the same number of statements.
"""
from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction

from goldthread.access.actor import check_writing
from goldthread.access.policy import user_token
from goldthread.people.models import Denial, Entry, Identifier, Name, Person, Place, Restriction, SearchKey

#: Called with the ids of everyone who is hidden from others than before, in the transaction that hid or showed them.
#: Who reads an open person opens no case of theirs, so a change of that alone is nothing to follow.
after_access_change: list[Callable[[frozenset[int]], None]] = []

_PEOPLE = """
update people_person t set readers = v.readers, denied = v.denied, restricted = v.restricted
from jsonb_to_recordset(%s) as v (id bigint, readers text[], denied text[], restricted boolean)
where t.id = v.id and (t.readers, t.denied, t.restricted) is distinct from (v.readers, v.denied, v.restricted)
"""
_ROWS = """
update {table} t set readers = p.readers, denied = p.denied from people_person p
where t.person_id = p.id and p.id = any(%s) and (t.readers, t.denied) is distinct from (p.readers, p.denied)
"""
# A safe address: the front door's desk if it reads the person, and the users named; the few named of a restriction.
_ADDRESSES = """
update people_address t set readers = v.readers, denied = v.denied from (
  select a.id, p.denied, case when not a.safe or p.restricted then p.readers else
    array(select r from unnest(p.readers) r where r like 'desk:%%:front-door'
          union select 'user:' || u from unnest(a.named) u order by 1) end as readers
  from people_address a join people_person p on p.id = a.person_id where p.id = any(%s)) v
where t.id = v.id and (t.readers, t.denied) is distinct from (v.readers, v.denied)
"""
# A row about two people is read by those who read both.
_PAIRS = """
update {table} t set readers = v.readers, denied = v.denied from (
  select r.id, array(select unnest(a.readers) intersect select unnest(b.readers) order by 1) as readers,
         array(select unnest(a.denied) union select unnest(b.denied) order by 1) as denied
  from {table} r join people_person a on a.id = r.{one} join people_person b on b.id = r.{other}
  where r.{one} = any(%s) or r.{other} = any(%s)) v
where t.id = v.id and (t.readers, t.denied) is distinct from (v.readers, v.denied)
"""
_OPEN = """
update people_person set open_readers = array(select unnest({readers}) order by 1) where id = any(%s)
"""
COPIED = (Name, Identifier, Place, Entry, SearchKey)
PAIRED = (("people_relationship", "person_id", "other_id"), ("people_merge", "kept_id", "folded_id"),
          ("people_differentpeople", "one_id", "other_id"))


def set_readers(people: Iterable[int], *, readers: Iterable[str]) -> None:
    """Let the holders of these tokens, and nobody else, read the people while they are not restricted.

    For actions of the rooms above, within `writing()` on the system's authority.
    """
    _open(people, "%s::text[]", sorted(set(readers)))


def add_readers(people: Iterable[int], *, readers: Iterable[str]) -> None:
    """Let the holders of these tokens read the people as well, while they are not restricted."""
    _open(people, "open_readers || array(select unnest(%s::text[]) except select unnest(open_readers))",
          sorted(set(readers)))


def _open(people: Iterable[int], expression: str, tokens: list[str]) -> None:
    check_writing()
    ids = sorted(set(people))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_OPEN.format(readers=expression), [tokens, ids])
        refresh_readers(ids)


def refresh_readers(people: Iterable[int]) -> frozenset[int]:
    """Work out anew who reads these people and those merged with them, and copy it to every row about them.

    Returns the ids of all of them. Within `writing()` on the system's authority. Raises LookupError for a person who
    is not there or was loaded without a search key.
    """
    check_writing()
    asked = set(people)
    kept = SearchKey.objects.filter(person__in=asked).values("kept_id")
    groups = dict(SearchKey.objects.filter(kept__in=kept).values_list("person_id", "kept_id"))
    if missing := asked - set(groups):
        raise LookupError(f"No search key for the people {sorted(missing)}")
    ids, wanted = sorted(groups), _wanted(groups)
    hidden = _hidden_otherwise(wanted)
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [json.dumps(wanted)])
        for model in COPIED:
            cursor.execute(_ROWS.format(table=model._meta.db_table), [ids])
        cursor.execute(_ADDRESSES, [ids])
        for table, one, other in PAIRED:
            cursor.execute(_PAIRS.format(table=table, one=one, other=other), [ids, ids])
    for hook in after_access_change if hidden else ():
        hook(hidden)
    return frozenset(ids)


def _hidden_otherwise(wanted: list[dict[str, object]]) -> frozenset[int]:
    """Of these people those who will be hidden from others than they are now: by a restriction or a denial."""
    rows = Person.objects.filter(pk__in=[row["id"] for row in wanted]).values_list("pk", "restricted", "denied", "readers")
    now = {pk: (restricted, sorted(denied), sorted(readers) if restricted else [])
           for pk, restricted, denied, readers in rows}
    will = {row["id"]: (row["restricted"], row["denied"], row["readers"] if row["restricted"] else []) for row in wanted}
    return frozenset(pk for pk, state in now.items() if state != will[pk])


@dataclass
class _Hidden:
    named: list[set[int]] = field(default_factory=list)
    denied: set[str] = field(default_factory=set)


def _wanted(groups: dict[int, int]) -> list[dict[str, object]]:
    hidden: dict[int, _Hidden] = defaultdict(_Hidden)
    for person, named in Restriction.objects.filter(person__in=groups, ended_at=None).values_list("person_id", "named"):
        hidden[groups[person]].named.append(set(named))
    for person, user in Denial.objects.filter(person__in=groups, ended_at=None).values_list("person_id", "user_id"):
        hidden[groups[person]].denied.add(user_token(user))
    rows = []
    for person, readers in Person.objects.filter(pk__in=groups).values_list("pk", "open_readers"):
        group = hidden[groups[person]]
        if group.named:
            readers = [user_token(user) for user in set.intersection(*group.named)]
        rows.append({"id": person, "readers": sorted(readers), "denied": sorted(group.denied),
                     "restricted": bool(group.named)})
    return rows
