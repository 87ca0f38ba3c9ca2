"""What is known of a case for working out what is to be done: its facts and whom it asked, in one statement."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from goldthread.process.engine import Asked, Fact


@dataclass(frozen=True)
class AskedStanding:
    """An agency asked and not let off: by which step and when it must answer, and whether it has."""

    agency: int
    name: str
    step: str
    due: datetime
    answered: bool


def facts_of(case: int) -> tuple[list[Fact], list[AskedStanding]]:
    """The standing facts of a case in the order they happened, and the asks that were not withdrawn.

    The engine's only input, whole for everybody: what is to be done hides nothing from itself (`facts.sql`).
    """
    # nobody is acting outside a transaction; within one, this costs no statement
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("select * from process_facts(%s)", [case])
        rows = cursor.fetchall()
    facts: dict[int, Fact] = {}
    asked: dict[int, list[Asked]] = {}
    asks = []
    for (pk, key, at, outcome, about, restarts, ask, agency, due, answered, withdrawn, answers, name, planned, by,
         own, place) in rows:
        if pk is not None:
            facts[pk] = Fact(pk, key, at, outcome, about, restarts, planned=planned, by=by, agency=own, place=place)
        if ask is not None:
            asked.setdefault(pk, []).append(Asked.of(ask, agency, due, answered, withdrawn))
            if withdrawn is None:
                asks.append(AskedStanding(agency, name, answers, due, answered is not None))
    return [replace(fact, asked=tuple(asked[pk])) if pk in asked else fact for pk, fact in facts.items()], asks
