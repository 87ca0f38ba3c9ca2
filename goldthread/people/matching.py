"""Known already? Candidates for a person somebody has described; a human decides, nothing is matched by itself.

PostgreSQL picks those worth comparing and leaves out what the actor may not see (`search.sql`); Python compares them
(`comparing`) with declared weights (`weights`).
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from goldthread.access.actor import Actor, acting
from goldthread.access.audit import log_reading
from goldthread.access.policy import May
from goldthread.people.comparing import Found, Score, Stated, births_alike, compare
from goldthread.people.keys import sounds_of, sounds_of_forms
from goldthread.people.models import Address, DifferentPeople, Identifier, Person
from goldthread.people.weights import SHOWN, STRENGTHS

__all__ = ["Candidate", "Stated", "candidates", "find_duplicates", "find_matches", "stated_of"]

COMPARED = 150  # as many as are worth comparing; the query puts those with most parts alike first
_COLUMNS = "person_id, kept_id, given, family, born_on, born_estimated, sex, postcodes, homes, numbers"
_QUERY = (f"select {_COLUMNS} from people_candidates(%s::text[], %s::date, %s::date[], %s::text[], %s::text[], "
          "%s::text[], %s::text[], %s::text[], %s)")


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the person described.

    person: id of the record to use (the kept one when records were merged). name, born_on, sex: as recorded there.
    score: 0 to 100. strength: the same in words. reasons, against: why and why not.
    """

    person: int
    reference: str
    name: str
    born_on: date | None
    sex: str
    score: int
    strength: str
    reasons: tuple[str, ...]
    against: tuple[str, ...]


def find_matches(*, actor: Actor, stated: Stated, why: str, now: datetime, limit: int = 10) -> list[Candidate]:
    """Who the person described may be, the likeliest first, among those the actor may see; written to the reading
    log with `why`. Raises Refused."""
    actor.require(May.FIND_PEOPLE)
    with transaction.atomic(), acting(actor):
        found = candidates(stated, today=now.date(), limit=limit)
        log_reading(kind="candidates", ref=0, why=why, people=[each.person for each in found],
                    agency=actor.agency.pk)
    return found


def find_duplicates(*, actor: Actor, person: int, why: str, now: datetime, limit: int = 10) -> list[Candidate]:
    """Who else may be this same person, leaving out those found before to be somebody else.

    Raises Refused and Person.DoesNotExist.
    """
    actor.require(May.FIND_PEOPLE)
    with transaction.atomic(), acting(actor):
        mine = Person.objects.get(pk=person)
        apart = DifferentPeople.objects.filter(Q(one=mine) | Q(other=mine)).values_list("one_id", "other_id")
        settled = {mine.pk, mine.merged_into_id, *(pk for pair in apart for pk in pair)}
        others = candidates(stated_of(mine), today=now.date(), limit=limit + len(settled))
        found = [each for each in others if each.person not in settled][:limit]
        log_reading(kind="candidates", ref=mine.pk, why=why, people=[mine.pk, *(each.person for each in found)],
                    agency=actor.agency.pk)
    return found


def candidates(stated: Stated, *, today: date, limit: int = 10) -> list[Candidate]:
    """As `find_matches`, for code that has checked the actor and logs the reading itself."""
    best: dict[int, tuple[Score, Found]] = {}
    for found in blocked(stated):
        score = compare(stated, found, today=today)
        if found.kept not in best or (score.score, score.bits) > _order(best[found.kept][0]):
            best[found.kept] = score, found
    shown = [(pk, score) for pk, (score, _) in best.items()
             if score.score >= SHOWN or (len(score.reasons) >= 2 and not score.against)]
    first = sorted(shown, key=lambda each: (*_order(each[1]), -each[0]), reverse=True)[:limit]
    people = Person.objects.in_bulk([pk for pk, _ in first])
    return [_candidate(people[pk], score) for pk, score in first if pk in people]


def blocked(stated: Stated) -> list[Found]:
    """Those worth comparing, among whom the acting person may see."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, query_values(stated))
        return [Found(*row) for row in cursor.fetchall()]


def query_values(stated: Stated) -> list[Any]:
    """The arguments of people_candidates for what was stated."""
    given = sorted({key for name in stated.givens for key in sounds_of_forms(name)})
    family = sorted({key for name in stated.families for key in sounds_of(name)})
    born = None if stated.born_estimated else stated.born_on
    return [list(stated.number_keys), born, births_alike(stated.born_on, stated.born_estimated), list(stated.givens),
            list(stated.families), given, family, [stated.postcode_key] if stated.postcode_key else [], COMPARED]


def stated_of(person: Person) -> Stated:
    """A person already recorded, described as somebody would describe them. Read as whoever is acting."""
    numbers = Identifier.objects.filter(person=person).order_by("pk").values_list("scheme", "value")
    home = Address.objects.filter(person=person, until=None, safe=False).order_by("-pk").first()
    return Stated(given=person.given, family=person.family, known_as=person.known_as, born_on=person.born_on,
                  born_estimated=person.born_estimated, sex=person.sex, line=home.line1 if home else "",
                  postcode=home.postcode if home else "", numbers=tuple(numbers))


def _order(score: Score) -> tuple[int, float]:
    return score.score, score.bits


def _candidate(person: Person, score: Score) -> Candidate:
    strength = next(words for least, words in STRENGTHS if score.score >= least)
    return Candidate(person.pk, person.reference, person.name, person.born_on, person.sex, score.score, strength,
                     score.reasons, score.against)
