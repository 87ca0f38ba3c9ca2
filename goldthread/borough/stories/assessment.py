"""An assessment as it goes: agencies asked, the family seen, written, authorised; in time or not."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.assessment import models as m

DAYS, LATE = 45, 0.14
OUTCOMES = {"nfa": 45, "services": 31, "strategy-discussion": 11, "other-agency": 10, "legal-action": 1, "other": 2}
NEEDS = {"N1": 55, "N2": 8, "N3": 6, "N4": 14, "N5": 15, "N8": 2}
FACTORS = {"3B": 24, "4B": 20, "16A": 16, "17A": 15, "2B": 10, "1B": 8, "4A": 9, "18C": 6, "7A": 3}
#: Working days after the start at which a manager looks, and the share of assessments that last that long.
LOOKS = ((m.FirstReviewPoint, 10), (m.SecondReviewPoint, 20), (m.LastReviewPoint, 35))


def assessment(t: Tale) -> Iterator[Begins]:
    """The whole of one assessment, and what its outcome leads to."""
    manager = t.some(t.scene.seats("team-manager", t.scene.council))
    asked_at = t.begins.told_at or t.begins.at
    t.begin(m.AssessedPerson, kind=t.fixed.get("kind", "family"))
    given = t.given(t.some(t.scene.seats("social-worker", t.scene.council)), t.after(asked_at, 0.1, 0.9), manager)
    assert t.worker
    began = t.did(m.AssessmentStart, t.after(given, 0.1, 1.5), t.worker)
    done = max(t.within(t.begins.at, DAYS, late=LATE, soonest=0.35), t.after(began, 10, 12))
    written = t.after(began, 6, 7) if done <= began else _before(t, began, done)
    _agencies(t, began, written)
    seen = t.after(began, 0.5, 4)
    _visit(t, seen)
    if t.happens("seen again", 0.7):
        _visit(t, t.after(seen, 1, 3))
    for model, days in LOOKS:
        at = t.after(began, days - 2, days)
        if at < written:
            t.did(model, at, manager, on_course=t.draw() < 0.85)
    t.did(m.AssessmentReport, written, t.worker, _factors(t))
    outcome = t.decide("outcome", OUTCOMES)
    t.did(m.AssessmentOutcome, done, manager, outcome=outcome, primary_need=t.decide("need", NEEDS))
    follows = {"services": "child-in-need", "strategy-discussion": "section-47", "legal-action": "pre-proceedings"}
    if outcome in follows:
        yield Begins(follows[outcome], t.after(done, 0.05, 0.2), manager, t.family, tuple(t.children), came_from=t.case)


def _before(t: Tale, began: datetime, done: datetime) -> datetime:
    """When it is written: some days before it is authorised, and after the family was seen."""
    return max(t.after(began, 7.5, 8), t.hours(done, -120, -30))


def _visit(t: Tale, at: datetime) -> None:
    alone = t.draw() < 0.8
    assert t.worker
    t.did(m.AssessmentVisit, at, t.worker, child_seen=True, seen_alone=alone,
          not_seen_reason="" if alone else t.say("not-alone"))


def _agencies(t: Tale, began: datetime, until: datetime) -> None:
    known = [agency for kind, agency in t.scene.partners(t.family, t.children, began).items() if kind != "police"]
    assert t.worker
    t.asked(m.AgencyViewRequest, m.AskedAgency, t.after(began, 0.1, 0.5), t.worker, known, 5,
            lambda agency, at: _view(t, agency, at), until=until, consent="given")


def _view(t: Tale, agency: int, at: datetime) -> None:
    known = t.draw() < 0.85
    t.did(m.AgencyView, at, t.scene.answering(agency), answers=True, answer="known" if known else "nil",
          **({} if known else {"strengths": "", "worries": ""}))


def _factors(t: Tale) -> list[m.AssessmentFactor]:
    first = t.decide("factor", FACTORS)
    more = [code for code in ("4B", "3B") if code != first][: 1 + (t.draw() < 0.4)]
    return [t.line(m.AssessmentFactor, factor=code) for code in (first, *more)]
