"""A child who lives with somebody who is not close family: visited, found suitable or not, watched over."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.private_fostering import models as m

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat

DECISIONS = {"suitable": 62, "with-requirements": 18, "not-private-fostering": 14, "prohibited": 6}
ENDS = {"returned": 60, "reached-age": 15, "moved": 15, "looked-after": 10}
#: Working days: to the first visit, between visits, between audits.
FIRST, NEXT, AUDIT = 7, 29, 21


def private_fostering(t: Tale) -> Iterator[Begins]:
    """From the notice to the end of the arrangement, or to today."""
    manager = t.some(t.scene.seats("team-manager", t.scene.council))
    t.begin(m.FosteredPerson, arrangement=t.decide("arrangement", {"running": 80, "proposed": 20}),
            starts_on=t.hours(t.begins.at, -24 * 60, -24 * 5).date())
    told = t.begins.told_at or t.begins.at
    given = t.given(t.some(t.scene.seats("social-worker", t.scene.council)), t.after(told, 0.1, 0.8), manager)
    assert t.worker
    visited = max(t.within(t.begins.at, FIRST, late=0.15), t.after(given, 0.3, 0.8))
    _visit(t, visited, "first")
    known = t.scene.partners(t.family, t.children, visited)
    t.asked(m.ViewsAsked, m.ViewsFrom, t.after(given, 0.1, 0.25), t.worker,
            [agency for kind, agency in known.items() if kind != "police"], 10, lambda agency, at: _view(t, agency, at),
            never=0, late=0.1)
    assessed, decision = t.after(visited, 15, 25), t.decide("decision", DECISIONS)
    t.did(m.Suitability, assessed, t.worker)
    decided = t.after(assessed, 1, 5)
    t.did(m.SuitabilityDecision, decided, manager, decision=decision, assess=t.draw() < 0.2)
    if decision == "with-requirements":
        t.did(m.FosteringRequirements, t.after(decided, 0.5, 3), manager)
    if decision == "prohibited":
        t.did(m.Prohibition, t.after(decided, 0.1, 0.5), manager, scope="place")
    if decision != "not-private-fostering":
        ends = t.after(decided, 8, 12) if decision == "prohibited" else t.after(decided, 60, 320)
        _watched(t, visited, ends)
        t.did(m.FosteringEnd, ends, t.worker, outcome="prohibited" if decision == "prohibited" else t.decide("end", ENDS),
              ended_on=ends.date())
        _audits(t, t.begins.at, ends, manager)
    return iter(())


def _visit(t: Tale, at: datetime, kind: str) -> None:
    alone = t.draw() < 0.85
    assert t.worker
    t.did(m.FosteringVisit, at, t.worker, kind=kind, seen_alone=alone, why_not_alone="" if alone else t.say("not-alone"))


def _view(t: Tale, agency: int, at: datetime) -> None:
    known = t.draw() < 0.9
    t.did(m.ViewsGiven, at, t.scene.answering(agency), answers=True, known="known" if known else "nil",
          views=t.say("views-given.known") if known else "")


def _watched(t: Tale, first: datetime, until: datetime) -> None:
    at = t.within(first, NEXT, late=0.1, soonest=0.8)
    while at < min(until, t.now):
        _visit(t, at, "regular")
        at = t.within(at, NEXT, late=0.1, soonest=0.8)


def _audits(t: Tale, begun: datetime, until: datetime, manager: Seat) -> None:
    at = t.within(begun, AUDIT, late=0.1, soonest=0.8)
    while at < min(until, t.now):
        t.did(m.FosteringAudit, at, manager, grade=t.some(("good", "good", "to-improve")))
        at = t.within(at, AUDIT, late=0.1, soonest=0.8)
