"""A child with help moves here or away: told, answered, made safe."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.transfer import models as m

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat

KINDS = {"child-protection": 35, "child-in-need": 30, "looked-after": 20, "assessment": 15}
FOLLOWS = {"child-protection": "conference", "child-in-need": "child-in-need", "assessment": "assessment",
           "looked-after": "none"}


def transfer(t: Tale) -> Iterator[Begins]:
    """From the notice to what follows here, or the other area's taking over."""
    council = t.scene.council
    manager = t.some(t.scene.seats("team-manager", council))
    direction = t.decide("direction", {"in": 60, "out": 30, "in-for-now": 10})
    kind = t.decide("kind", KINDS)
    told = t.begins.told_at or t.begins.at
    t.begin(m.MovedPerson, direction=direction, kind=kind, moved_on=t.hours(t.begins.at, -24 * 12, -24 * 2).date())
    given = t.given(t.some(t.scene.seats("social-worker", council)), t.after(told, 0.1, 0.6), manager)
    assert t.worker
    if direction == "out":
        t.did(m.PapersSent, t.after(given, 0.2, 2), t.worker)
    answered = t.after(given, 2, 7)
    taken = t.happens("accepted", 0.85)
    t.did(m.MoveAnswer, answered, manager, answer="accepted" if taken else "declined",
          reason="" if taken else t.say("move-answer.declined"))
    if taken and direction == "out":
        t.did(m.MoveOutDone, t.after(answered, 3, 12), t.worker)
    elif taken:
        arranged = max(t.within(t.begins.at, 15, late=0.15), t.after(answered, 0.2, 0.5))
        t.did(m.MoveInArranged, arranged, manager, result=FOLLOWS[kind])
        if kind != "looked-after":
            yield _here(t, kind, arranged, manager)


def _here(t: Tale, kind: str, arranged: datetime, manager: Seat) -> Begins:
    people, at = (t.family, tuple(t.children)), t.after(arranged, 0.1, 0.3)
    if kind == "child-protection":
        return Begins("child-protection", t.begins.at, manager, *people, told_at=at, values={"why": "transfer-in"},
                      came_from=t.case)
    return Begins(kind, at, manager, *people, came_from=t.case)
