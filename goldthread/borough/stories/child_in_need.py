"""A child in need plan: agreed with the family, the child visited, looked at again, ended."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.child_in_need import models as m

NEEDS = {"N1": 50, "N2": 10, "N3": 8, "N4": 15, "N5": 15, "N8": 2}
REASONS = {"RC7": 85, "RC3": 10, "RC5": 5}
#: Working days: between visits, until the first review and until each later one.
VISIT, FIRST_REVIEW, NEXT_REVIEW = 29, 62, 122


def child_in_need(t: Tale) -> Iterator[Begins]:
    """From the need to the end of the plan, or to today; now and then harm comes to light at a review."""
    council = t.scene.council
    manager = t.some(t.scene.seats("team-manager", council))
    t.begin(m.HelpedPerson, primary_need=t.decide("need", NEEDS))
    given = t.given(t.some(t.scene.seats("social-worker", council)), t.after(t.begins.at, 0.2, 1), manager)
    assert t.worker
    planned = t.after(given, 4, 12)
    actions = [t.line(m.NeedAction, due_on=t.after(planned, 20, 40).date()) for _ in range(2)]
    t.did(m.NeedPlan, planned, t.worker, actions, agreed="given")
    review, reviews, ended, decision = t.within(planned, FIRST_REVIEW, late=0.1, soonest=0.8), 0, None, ""
    while review < t.now:
        reviews += 1
        chances = {"end": 45, "continue": 50, "strategy-discussion": 5} if reviews == 1 else {"end": 70, "continue": 30}
        decision = t.decide(f"review {min(reviews, 2)}", chances)
        t.did(m.NeedReview, review, t.worker, _there(t, review), decision=decision)
        if decision != "continue":
            ended = review
            break
        review = t.within(review, NEXT_REVIEW, late=0.1, soonest=0.8)
    _visits(t, planned, ended or t.now)
    if decision == "strategy-discussion":
        yield Begins("section-47", review, manager, t.family, tuple(t.children), told_at=t.after(review, 0.05, 0.2),
                     came_from=t.case)
    elif ended:
        t.did(m.NeedEnd, t.after(ended, 1, 4), manager, reason=t.decide("reason", REASONS))


def _there(t: Tale, at: datetime) -> list[m.NeedAttendance]:
    known = {kind: agency for kind, agency in t.scene.partners(t.family, t.children, at).items() if kind != "police"}
    return [t.line(m.NeedAttendance, agency_id=agency) for agency in known.values()]


def _visits(t: Tale, began: datetime, until: datetime) -> None:
    assert t.worker
    visit = t.within(began, VISIT, late=0.1, soonest=0.4)
    while visit < until:
        alone = t.draw() < 0.8
        t.did(m.NeedVisit, visit, t.worker, seen_alone=alone, not_alone_reason="" if alone else t.say("not-alone"))
        visit = t.within(visit, VISIT, late=0.12, soonest=0.7)
