"""One search box for people: names by spelling, sound and nickname, dates of birth, postcodes, numbers, references."""
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from psycopg.types.numeric import Int8

from goldthread.access.actor import Actor, acting
from goldthread.access.audit import log_reading
from goldthread.access.policy import May
from goldthread.access.prepared import Prepared
from goldthread.base.dates import Precision, UncertainDate
from goldthread.base.identifiers import check_reference, is_reference
from goldthread.base.text import is_postcode, normalise_name
from goldthread.people.keys import number_key, postcode_key, sounds_of_forms
from goldthread.people.models import Identifier, Person
from goldthread.people.reading import with_homes

WORDS = 4    # further words narrow nothing more
LOOKED_AT = 200
_QUERY = ("select people_search(" + "%s::text, %s::text[], " * WORDS +
          "%s::text[], %s::text[], %s::date, %s::text, %s::int, %s::int)")
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}[0-9][0-9A-Za-z]?\s*[0-9][A-Za-z]{2}\b")
_DATE = re.compile(r"\b(?:\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}|\d{4}-\d{2}-\d{2}"
                   r"|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9} \d{4})\b")
_NUMBER = re.compile(r"\b\d{3}[ -]\d{3}[ -]\d{4}\b"
                     r"|\b(?=[A-Za-z0-9/-]{5})(?=[A-Za-z0-9/-]*\d{3})[A-Za-z0-9]+(?:[/-][A-Za-z0-9]+)*\b")
_REFERENCE = re.compile(r"\b[A-Za-z]{2}[ -]?[0-9A-Za-z]{4}[ -]?[0-9A-Za-z]{2,}\b")


@dataclass(frozen=True)
class Asked:
    """What was typed, taken apart. All parts must apply."""

    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    postcode: str = ""
    born_on: date | None = None
    reference: str = ""

    @property
    def empty(self) -> bool:
        return self == Asked()


def search(*, actor: Actor, text: str, now: datetime, limit: int = 20) -> list[Person]:
    """The people all of what was typed applies to, closest first, among those the actor may see; at most `limit`, each
    with `homes` (`people.reading.with_homes`).

    What the actor may not see is left out before anything is counted. Written to the reading log with what was
    typed. Raises Refused.
    """
    actor.require(May.FIND_PEOPLE)
    asked = read(text)
    if asked.empty:
        return []
    with transaction.atomic(savepoint=False), acting(actor):
        people = _look(asked, limit)
        log_reading(kind="search", ref=0, why=f"Searched for {text.strip()}", people=[each.pk for each in people],
                    agency=actor.agency.pk)
    return people


def read(text: str) -> Asked:
    """Take apart what was typed into the box."""
    reference, text = _take(_REFERENCE, text, is_reference)
    postcode, text = _take(_POSTCODE, text, is_postcode_like)
    born, text = _take(_DATE, text, _is_day)
    number, text = _take(_NUMBER, text, lambda _: True)
    return Asked(
        words=tuple(normalise_name(text).split()[:WORDS]),
        numbers=tuple(number_key(scheme, number) for scheme, _ in Identifier.SCHEMES) if number else (),
        postcode=postcode_key(postcode), born_on=UncertainDate.parse(born).date if born else None,
        reference=check_reference(reference) if reference else "")


def is_postcode_like(text: str) -> bool:
    """A postcode, or written like one: old records hold some that no longer exist."""
    return is_postcode(text) or _POSTCODE.fullmatch(text.strip()) is not None


def _take(pattern: re.Pattern[str], text: str, fits: Any) -> tuple[str, str]:
    """The first fitting part of the text, and the text without it."""
    for found in pattern.finditer(text):
        if fits(found[0]):
            return found[0], f"{text[:found.start()]} {text[found.end():]}"
    return "", text


def _is_day(text: str) -> bool:
    try:
        return UncertainDate.parse(text).precision is Precision.DAY
    except ValueError:
        return False


def _look(asked: Asked, limit: int) -> list[Person]:
    """The closest, closest first; of those equally close at the end of the list, the first by name."""
    words: list[Any] = []
    for word in (*asked.words, *[None] * (WORDS - len(asked.words))):
        words += [word, sounds_of_forms(word) if word else None]
    with connection.planned_cursor() as cursor:
        cursor.execute(_QUERY, [*words, list(asked.numbers) or None, [asked.postcode] if asked.postcode else None,
                                asked.born_on, asked.reference or None, LOOKED_AT, limit])
        found = cursor.fetchone()[0] or []
    people = {each.pk: each for each in _PEOPLE.rows(people=[Int8(pk) for pk in found])} if found else {}
    return [people[pk] for pk in found if pk in people]


# One list, and not a number each: the server plans it once, however many were found.
_PEOPLE = Prepared(lambda people: with_homes(Person.objects.filter(pk__in=RawSQL("select unnest(%s::bigint[])", [people]))),
                   people=[-987_654_321_019])


def forget_words() -> int:
    """Take away the words by which parts of names are found and that are in nobody's name any more. Returns how many.

    In the caller's transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("select people_forget_words()")
        return int(cursor.fetchone()[0])
