"""A young person who leaves care: the right to help, the pathway plan, and how they are doing."""
from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from goldthread.borough.plan import LONDON
from goldthread.borough.stories.telling import Tale
from goldthread.domains.looked_after import models as m

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat

TOUCH = {"YES": 90, "NO": 6, "REFU": 4}
ACTIVITIES = {"F2": 26, "F1": 7, "F4": 6, "F5": 24, "P5": 5, "G5": 20, "G4": 7, "G6": 5}
HOMES = {"U": 40, "D": 22, "Z": 14, "B": 12, "E": 6, "T": 4, "V": 1, "X": 1}
SUITABLE, PLAN, CONTACT = 0.9, 124, 41


def birthday(born: date, years: int) -> date:
    """The birthday in that year of life; of one born on 29 February the day before, where there is no such day."""
    return born.replace(year=born.year + years, day=28 if (born.month, born.day) == (2, 29) else born.day)


def leaving_care(t: Tale, start: datetime, ends: datetime, born: date, manager: Seat, leaver: bool) -> None:
    """From the sixteenth birthday, or the day they became looked after, on."""
    right = max(datetime.combine(birthday(born, 16), time(9), LONDON), start + timedelta(days=92))
    adviser = t.some(t.scene.seats("social-worker", t.scene.council)).user
    if right < ends:
        known = t.after(right, 0.5, 3)
        if known >= ends:
            return
        t.did(m.LeavingCare, right, manager, told_at=known, category="eligible", adviser_id=adviser)
        at = max(t.within(right, 62, late=0.15), t.after(known, 0.5, 2))
        until = t.now if leaver else min(ends, t.now)
        while at < until:
            if at > ends + timedelta(days=3) or at < ends:
                assert t.worker
                t.did(m.PathwayPlan, at, t.worker)
            at = t.within(at, PLAN, late=0.12, soonest=0.75)
    if leaver:
        of_age = datetime.combine(birthday(born, 18), time(12), LONDON)
        category = "former-relevant" if ends >= of_age else "relevant"
        t.did(m.LeavingCare, ends, manager, told_at=t.after(ends, 0.2, 1), category=category, adviser_id=adviser)
        _in_touch(t, ends)


def _in_touch(t: Tale, ends: datetime) -> None:
    assert t.worker
    activity, home = t.decide("activity", ACTIVITIES), t.decide("home", HOMES)
    at = t.within(ends, 4.5, late=0.1)
    while at < t.now:
        if t.draw() < 0.15:
            activity, home = t.decide("other activity", ACTIVITIES), t.decide("other home", HOMES)
        touch = t.decide("touch", TOUCH) if t.draw() < 0.3 else "YES"
        in_touch = touch == "YES"
        t.did(m.LeaverContact, at, t.worker, in_touch=touch, activity=activity if in_touch else "",
              home=home if in_touch else "", suitable=("yes" if t.draw() < SUITABLE else "no") if in_touch else "")
        at = t.within(at, CONTACT, late=0.1, soonest=0.75)
