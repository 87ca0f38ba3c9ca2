"""Many people at once, for an empty or large installation: COPY in blocks, the same rows and keys as the actions make.

Runs in the caller's transaction, on the system's authority; history is written as for every change. Values are taken
as stored: the caller has read numbers and postcodes already.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from goldthread.access.copying import array_text, copy_into
from goldthread.access.policy import desk_token
from goldthread.base.identifiers import new_reference
from goldthread.people.actions.identity import PREFIX
from goldthread.people.keys import key_of

BLOCK = 20_000
NOBODY = "{}"  # an empty array, as PostgreSQL writes it


@dataclass(frozen=True, slots=True)
class Home:
    """An address of a person, current while `until` is None; a safe one is read by the front door only.

    hidden_from: ids of people it must not reach.
    """

    line1: str
    town: str
    postcode: str
    since: date | None = None
    until: date | None = None
    safe: bool = False
    hidden_from: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Goes:
    """A practice ("gp") or school ("school") of a person, by the id of its agency; the current one has no `until`."""

    kind: str
    agency: int
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to be added. names: further (kind, given, family); numbers: (scheme, value, verified)."""

    given: str = ""
    family: str = ""
    known_as: str = ""
    born_on: date | None = None
    due_on: date | None = None
    sex: str = "U"
    adult: bool = False
    ethnicity: str = ""
    language: str = ""
    disabled: bool | None = None
    names: tuple[tuple[str, str, str], ...] = ()
    numbers: tuple[tuple[str, str, bool], ...] = ()
    homes: tuple[Home, ...] = ()
    places: tuple[Goes, ...] = ()


Rows = list[tuple[Any, ...]]
_ACCESS = ("partnership_id", "readers", "denied")
_COLUMNS = {
    "people_person": ("id", *_ACCESS, "reference", "given", "family", "known_as", "born_on", "born_estimated", "due_on",
                      "sex", "ethnicity", "language", "disabled", "adult", "restricted", "open_readers", "created_at"),
    "people_name": (*_ACCESS, "person_id", "source", "kind", "given", "family"),
    "people_identifier": (*_ACCESS, "person_id", "source", "scheme", "value", "verified"),
    "people_address": (*_ACCESS, "person_id", "source", "line1", "town", "postcode", "since", "until", "safe",
                       "hidden_from", "named", "do_not_write"),
    "people_place": (*_ACCESS, "person_id", "source", "kind", "agency_id", "since", "until", "origin", "withdrawn_because"),
    "people_searchkey": (*_ACCESS, "person_id", "kept_id", "given", "family", "sounds", "text", "born_on",
                         "born_estimated", "sex", "postcodes", "homes", "numbers"),
    "people_relationship": (*_ACCESS, "person_id", "other_id", "kind", "parental_responsibility", "source",
                            "origin", "withdrawn_because"),
}


def new_ids(cursor: Any, many: int) -> list[int]:
    """So many fresh ids for people, in order."""
    cursor.execute("select nextval(pg_get_serial_sequence('people_person', 'id')) from generate_series(1, %s)", [many])
    return [row[0] for row in cursor.fetchall()]


def copy_people(cursor: Any, people: Iterable[tuple[int, NewPerson]], *, partnership: int, readers: Iterable[str],
                now: datetime, source: str = "") -> int:
    """Add people under ids taken from `new_ids`, all read by the holders of `readers`. Returns how many.

    cursor: a psycopg cursor (Django's is `connection.cursor().cursor`).
    """
    tokens, many, rest = sorted(set(readers)), 0, iter(people)
    desk = array_text([token for token in tokens if token == desk_token("front-door", partnership)])
    while block := list(islice(rest, BLOCK)):
        access = (partnership, array_text(tokens), NOBODY)
        _copy(cursor, "people_person", _people(block, access, now))
        _copy(cursor, "people_name", [(*access, pk, source, *name) for pk, each in block for name in each.names])
        _copy(cursor, "people_identifier",
              [(*access, pk, source, *number) for pk, each in block for number in each.numbers])
        _copy(cursor, "people_address", list(_addresses(block, access, source, desk)))
        _copy(cursor, "people_place", [(*access, pk, source, goes.kind, goes.agency, goes.since, goes.until, "", "")
                                       for pk, each in block for goes in each.places])
        _copy(cursor, "people_searchkey", _keys(block, access))
        many += len(block)
    return many


def copy_relationships(cursor: Any, rows: Iterable[tuple[int, int, str, bool | None]], *, partnership: int,
                       readers: Iterable[str], source: str = "") -> int:
    """Add (person, other, kind, parental responsibility) of people who share these readers. Returns how many."""
    access, many, rest = (partnership, array_text(sorted(set(readers))), NOBODY), 0, iter(rows)
    while block := list(islice(rest, BLOCK)):
        _copy(cursor, "people_relationship", [(*access, *row, source, "", "") for row in block])
        many += len(block)
    return many


def _people(block: Sequence[tuple[int, NewPerson]], access: tuple[Any, ...], now: datetime) -> Rows:
    return [(pk, *access, new_reference(PREFIX, pk), each.given, each.family, each.known_as, each.born_on, False,
             each.due_on, each.sex, each.ethnicity, each.language, each.disabled, each.adult, False, access[1], now)
            for pk, each in block]


def _addresses(block: Sequence[tuple[int, NewPerson]], access: tuple[Any, ...], source: str,
               desk: str | None) -> Iterator[Any]:
    partnership, tokens, denied = access
    for pk, each in block:
        for home in each.homes:
            yield (partnership, desk if home.safe else tokens, denied, pk, source, home.line1, home.town, home.postcode,
                   home.since, home.until, home.safe, array_text(home.hidden_from), NOBODY, False)


def _keys(block: Sequence[tuple[int, NewPerson]], access: tuple[Any, ...]) -> Rows:
    rows = []
    for pk, each in block:
        key = key_of(given=[each.given, each.known_as, *(given for _, given, _ in each.names)],
                     family=[each.family, *(family for _, _, family in each.names)], born_on=each.born_on, sex=each.sex,
                     addresses=[(home.line1, home.postcode) for home in each.homes if not home.safe],
                     numbers=[(scheme, value) for scheme, value, _ in each.numbers])
        rows.append((*access, pk, pk, array_text(key.given), array_text(key.family), array_text(key.sounds), key.text,
                     key.born_on, key.born_estimated, key.sex, array_text(key.postcodes), array_text(key.homes),
                     array_text(key.numbers)))
    return rows


def _copy(cursor: Any, table: str, rows: Rows) -> None:
    if rows:
        copy_into(cursor, table, _COLUMNS[table], rows)
