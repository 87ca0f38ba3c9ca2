"""A child who is looked after: where they live and under which order, who sees them and when, and how it ends."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from goldthread.borough.places import elsewhere, postcode
from goldthread.borough.plan import LONDON
from goldthread.borough.stories.leaving_care import birthday, leaving_care
from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.looked_after import models as m

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat

STATUSES = {"V2": 46, "C1": 40, "L2": 6, "L1": 4, "C2": 4}
NEEDS = {"N1": 62, "N5": 14, "N4": 9, "N8": 7, "N2": 3, "N3": 3, "N6": 2}
#: How long it lasts, in days.
TO_18 = (7000, 7001)
LASTS = {(12, 150): 24, (150, 360): 15, (360, 720): 15, TO_18: 46}
MOVES = {0: 52, 1: 26, 2: 13, 3: 9}
WHY_MOVED = {"CARPL": 52, "CREQB": 14, "CREQO": 8, "CHILD": 8, "LAREQ": 10, "STAND": 3, "CLOSE": 3, "ALLEG": 2}
PERMANENCE = {"return": 25, "fostering": 42, "guardianship": 12, "residential": 6, "community": 10, "other": 5}
#: Kinds of placement with who provides them, for a small child and for one of more than ten.
YOUNG = {("U6", "PR1"): 42, ("U6", "PR4"): 26, ("U3", "PR1"): 22, ("P1", "PR0"): 10}
OLDER = {("U6", "PR1"): 24, ("U6", "PR4"): 32, ("U3", "PR1"): 10, ("K2", "PR4"): 16, ("K3", "PR4"): 14, ("P1", "PR0"): 4}
COUNCILS = ("Faraway", "Southbridge", "Elsewhere")
SETTLED = {"U6": "U4", "U3": "U1"}
PARTICIPATION = {"PN1": 58, "PN2": 6, "PN5": 9, "PN6": 20, "PN7": 7}
HOME = {"E4A": 46, "E4B": 14, "E47": 16, "E13": 8, "E41": 6, "E8": 10}
GROWN = {"E5": 44, "E17": 34, "E6": 8, "E4A": 9, "E7": 5}
ADOPTED = 0.55  # of small children who do not go home
#: Working days: to the first of each and between the next.
FIRST_REVIEW, SECOND_REVIEW, NEXT_REVIEW, VISIT, SETTLED_VISIT, YEAR, HALF_YEAR, TERM = 20, 62, 124, 29, 62, 250, 124, 82


def looked_after(t: Tale) -> Iterator[Begins]:
    """From the first day to the last, or to today; then leaving care, for those with a right to help."""
    council, start = t.scene.council, t.begins.at
    manager = t.some(t.scene.seats("team-manager", council))
    child = t.children[0]
    assert child.born and t.family
    age = _age(child.born, start)
    status = t.begins.values.get("status") or ("V2" if age >= 16 else t.decide("status", STATUSES))
    before = t.decide("before", {"Z1": 94, "P2": 3, "P1": 2, "P3": 1}) if age > 4 else "Z1"
    t.begin(lines=_named(t), need=t.decide("need", NEEDS), education="yes" if age >= 3 else "no", status=status,
            before=before, before_on=None if before == "Z1" else start.date() - timedelta(days=900),
            before_council="" if before == "Z1" else "WAL",  # no council has an invented number
            home_postcode=t.family.residences[0].address.postcode, alone=age >= 16 and t.happens("alone", 0.18))
    given = t.given(t.some(t.scene.seats("social-worker", council)), t.after(t.begins.told_at or start, 0.1, 0.4), manager,
                    changed="FCONTA")
    officer = t.some(t.scene.seats("conference-chair", council))
    t.did(m.ReviewingOfficer, t.after(given, 0.2, 2), manager, officer_id=officer.user)
    grown = datetime.combine(birthday(child.born, 18), time(12), LONDON)
    adopted = age < 3 and t.happens("adopted", 0.4 * ADOPTED)
    least, most = t.decide("lasts", LASTS)
    ends = min(grown, start + timedelta(days=least + (most - least) * t.draw()))
    if adopted:
        ends = start + timedelta(days=560 + 200 * t.draw())
    _placements(t, given, ends, age, status in ("C1", "C2") and not adopted)
    if not adopted:
        _orders(t, status, start, ends)
    else:
        _adoption(t, start, ends, manager)
    _seen(t, start, ends)
    _reviewed(t, start, ends, officer, age)
    _well(t, start, ends, child.born)
    at_end = _age(child.born, ends)
    leaver = at_end >= 16 and (ends - start).days >= 91
    if at_end >= 15:
        leaving_care(t, start, ends, child.born, manager, leaver)
    reason = "E12" if adopted else t.decide("grown", GROWN) if ends == grown else t.decide("home", HOME)
    t.did(m.CareEnd, ends, manager, reason=reason, after="leaver" if leaver else "over")
    if age >= 11 and t.happens("missing", 0.2):
        yield from _missing(t, start, ends)


def _age(born: date, at: datetime) -> float:
    return (at.date() - born).days / 365.25


def _named(t: Tale) -> list[m.CareChild]:
    """The child and the parents; of one who is grown up and a parent by now, nobody else."""
    if t.children[0].kind == "child":
        return t.people(m.CareChild)
    return [t.line(m.CareChild, person=t.known(t.children[0]), capacity="child")]


def _again(t: Tale, at: datetime, until: datetime, days: Callable[[datetime], float], done: Callable[[datetime], Any],
           late: float = 0.1) -> None:
    """Something done at this time, and again within so many working days each time, as long as there is time."""
    until = min(until, t.now)
    while at < until:
        done(at)
        at = t.within(at, days(at), late=late, soonest=0.7)


def _placements(t: Tale, given: datetime, ends: datetime, age: float, at_home: bool) -> None:
    """The first placement and the moves after it; with the parents only under an order."""
    assert t.worker
    kinds = {each: weight for each, weight in (OLDER if age >= 10 else YOUNG).items() if at_home or each[0] != "P1"}
    start, moves = t.begins.at, t.decide("moves", MOVES)
    span = (min(ends, t.now) - start).days
    moves = moves if span > 60 else 0
    times = [start, *sorted(start + timedelta(days=span * (0.08 + 0.7 * t.draw())) for _ in range(moves))]
    for number, at in enumerate(times):
        kind, provider = t.decide(f"place {number}", kinds)
        kind = "U6" if kind == "K3" and _grows(t, at) < 16 else kind
        at = at.replace(microsecond=0)
        if number and at.date() == times[number - 1].date():
            continue
        told = t.after(given if not number else at, 0.02, 0.2)
        t.did(m.Placement, at, t.worker, told_at=told, kind=kind, provider=provider, lasting="shorter",
              changed=t.decide(f"why {number}", WHY_MOVED) if number else "", **_where(t, kind))
        _before_end(t, m.PlacementPlan, t.within(told, 5, late=0.15), ends)
    last = next(step.record for step in reversed(t.steps) if isinstance(step.record, m.Placement))
    settles = times[-1] + timedelta(days=330)
    if last.kind in SETTLED and settles < min(ends, t.now) - timedelta(days=40):
        same = {name: getattr(last, name) for name in ("provider", "postcode", "council", "urn")}
        at = t.after(settles, 0.1, 3)
        t.did(m.Placement, at, t.worker, kind=SETTLED[last.kind], lasting="to-18", changed="PLACE",
              same_carer=True, **same)
        t.did(m.PlacementPlan, t.within(at, 5, late=0.1), t.worker)


def _grows(t: Tale, at: datetime) -> float:
    born = t.children[0].born
    assert born
    return _age(born, at)


def _where(t: Tale, kind: str) -> dict[str, str]:
    """A home in the area, or for a third in another council's; with the number of who provides it, but for parents."""
    number = int(t.draw() * 4000)
    if kind == "P1":
        assert t.family
        return {"postcode": t.family.residences[0].address.postcode, "council": "", "urn": ""}
    if t.draw() < 0.34:
        return {"postcode": elsewhere(number).postcode, "council": t.some(COUNCILS), "urn": f"99{number:05}"}
    return {"postcode": postcode(f"ZZ{1 + number % 12}", number), "council": "", "urn": f"98{number % 60:05}"}


def _before_end(t: Tale, model: Any, at: datetime, ends: datetime, **values: Any) -> None:
    if at < ends:
        assert t.worker
        t.did(model, at, t.worker, **values)


def _orders(t: Tale, status: str, start: datetime, ends: datetime) -> None:
    """Police protection and emergency orders end in days; an interim order ends in the court's decision."""
    if status in ("L1", "L2"):
        status, start = "C1", t.hours(start, 30, 60)
        _before_end(t, m.StatusChange, start, ends, status=status)
    elif status == "V2" and t.happens("court", 0.3):
        status, start = "C1", t.after(start, 40, 160)
        _before_end(t, m.StatusChange, start, ends, status=status)
    if status == "C1":
        _before_end(t, m.StatusChange, t.within(start, 128, late=0.35, soonest=0.75), ends, status="C2")


def _adoption(t: Tale, start: datetime, ends: datetime, manager: Seat) -> None:
    decided = t.after(start, 90, 140)
    t.did(m.AdoptionDecision, decided, manager)
    _before_end(t, m.StatusChange, t.after(decided, 20, 60), ends, status="E1")
    matched = t.after(decided, 110, 150)
    t.did(m.AdoptionMatch, matched, manager, carers=False, sexes="MF", bond="L11")
    assert t.worker
    moved = t.after(matched, 8, 20)
    t.did(m.Placement, moved, t.worker, kind="A6", provider="PR1", lasting="to-18", changed="CARPL", **_where(t, "A6"))
    _before_end(t, m.PlacementPlan, t.within(moved, 5, late=0.1), ends)


def _seen(t: Tale, start: datetime, ends: datetime) -> None:
    """Visits: the first in a week, then by how settled the child is."""
    assert t.worker
    settled = next((s.record.happened_at for s in t.steps
                    if isinstance(s.record, m.Placement) and s.record.lasting == "to-18"), ends)
    year = start + timedelta(days=366)

    def visit(at: datetime) -> None:
        alone = t.draw() < 0.85
        t.did(m.CareVisit, at, t.worker, child_seen=True, seen_alone=alone,  # type: ignore[arg-type]
              child_voice=t.say("child_voice"), not_seen_reason="" if alone else t.say("not-alone"))
    _again(t, t.hours(start, 40, 150), ends, lambda at: SETTLED_VISIT if at > max(settled, year) else VISIT, visit)


def _reviewed(t: Tale, start: datetime, ends: datetime, officer: Seat, age: float) -> None:
    """The care plan, and the reviews it is looked at in."""
    assert t.worker
    plan, worker = t.decide("permanence", PERMANENCE), t.worker
    if age < 3 and any(isinstance(s.record, m.AdoptionDecision) for s in t.steps):
        plan = "adoption"

    def planned(at: datetime) -> None:
        health = "6-months" if _grows(t, at) < 5 else "12-months"
        t.did(m.CarePlan, at, worker, permanence=plan, health=health)

    def reviewed(at: datetime) -> None:
        part = "PN0" if _grows(t, at) < 4 else t.decide("part", PARTICIPATION)
        old = _grows(t, at) >= 10
        t.did(m.CareReview, at, officer, participation=part, convicted=old and t.draw() < 0.02,
              substances="received" if old and t.draw() < 0.03 else "none", officer_saw=t.hours(at, -24 * 12, -24).date())
    first = t.within(start, FIRST_REVIEW, late=0.08, soonest=0.5)
    _again(t, t.within(start, 10, late=0.15), ends, lambda at: YEAR, planned)
    _again(t, first, ends, lambda at: SECOND_REVIEW if at == first else NEXT_REVIEW, reviewed, late=0.06)


def _well(t: Tale, start: datetime, ends: datetime, born: date) -> None:
    """Health, teeth, the questionnaire, and school."""
    assert t.worker
    worker = t.worker

    def health(at: datetime) -> None:
        t.did(m.HealthAssessment, at, worker, immunised=t.draw() < 0.88, checked=_age(born, at) < 5 and t.draw() < 0.9)

    def asked(at: datetime) -> None:
        if 4 <= _age(born, at) < 17:
            answered = t.draw() < 0.85
            t.did(m.Questionnaire, at, worker, answered=answered, score=int(4 + t.draw() * 24) if answered else None,
                  gap="" if answered else t.some(("SDQ2", "SDQ5", "SDQ4")))
    _again(t, t.within(start, 20, late=0.25), ends, lambda at: HALF_YEAR if _age(born, at) < 5 else YEAR, health)
    _again(t, t.after(start, 25, 120), ends, lambda at: YEAR, lambda at: t.did(m.DentalCheck, at, worker, note=""))
    _again(t, t.after(start, 30, 150), ends, lambda at: YEAR, asked, late=0)  # the return asks for one each year
    if _age(born, start) >= 3:
        _again(t, t.within(start, 10, late=0.2), ends, lambda at: TERM, lambda at: t.did(m.EducationPlan, at, worker))


def _missing(t: Tale, start: datetime, ends: datetime) -> Iterator[Begins]:
    """Now and then the child is missing from where they live."""
    police = t.scene.seats("police-partner")
    at = start + timedelta(days=20 + 200 * t.draw())
    for _ in range(1 + int(t.draw() * 4)):
        at = at.replace(microsecond=0)
        if at >= min(ends, t.now):
            return
        yield Begins("missing", at, t.some(police), t.family, tuple(t.children), came_from=t.case,
                     fixed={"lives": "looked-after"})
        at += timedelta(days=15 + 90 * t.draw())
