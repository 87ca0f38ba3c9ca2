"""Where each household lives, and lived before; where a parent who left lives."""
from datetime import date, timedelta

from goldthread.borough.chance import waiting
from goldthread.borough.households.composition import Outline
from goldthread.borough.places import Streets, elsewhere
from goldthread.borough.plan import Plan
from goldthread.borough.records.people import FATHER, SLOTS, Address, Person, Residence

MOVED_IN_YEAR, MOVED_AGAIN = 0.09, 0.1
FROM_ANOTHERS_HOME, FROM_ELSEWHERE = 0.2, 0.12
APART_NEARBY, APART_UNKNOWN = 0.75, 0.12
CONFIDENTIAL = 0.04


class Homes:
    """The addresses of a plan's households."""

    def __init__(self, plan: Plan):
        self._plan = plan
        self._streets = {area.key: Streets(area, plan.seed) for area in plan.areas}
        self._moves = plan.stream("homes-moves")
        self._apart = plan.stream("homes-apart")

    def now(self, index: int) -> Address:
        """Where the household of this index lives today."""
        return self._streets[self._plan.area_of(index).key].now(index)

    def residences(self, outline: Outline, here: Address, people: list[Person]) -> list[Residence]:
        """The household's stays, ``here`` and newest first, then those of parents who live elsewhere."""
        draw = self._moves.at(outline.index)
        index, today, household_id = outline.index, self._plan.today, outline.index + 1
        away = [person for person in people if person.kind == "adult" and not person.resident]
        hide = outline.form in ("lone-mother", "step-family", "mother-and-grandmother") and draw() < CONFIDENTIAL
        hidden = household_id * SLOTS + FATHER if hide and any(p.role == "father" for p in away) else None
        since = today - timedelta(days=self._stay(draw))
        stays = [Residence(household_id, None, here, since, None, hidden)]
        before = self._before(index, draw)
        while since > self._plan.first_day or len(stays) == 1 and draw() < 0.3:
            until = since
            again = len(stays) == 1 and draw() < MOVED_AGAIN
            since = until - timedelta(days=30 + int(draw() * 250) if again else 400 + int(draw() * 1500))
            stays.append(Residence(household_id, None, before, since, until, None))
            before = elsewhere(index)
        return stays + [stay for person in away for stay in self._stays_apart(index, person)]

    def _stay(self, draw) -> int:
        if draw() < MOVED_IN_YEAR:
            return 1 + int(draw() * 363)
        return 365 + int(min(waiting(2000, draw), 7000))

    def _before(self, index: int, draw) -> Address:
        chance = draw()
        if chance < FROM_ELSEWHERE:
            return elsewhere(index)
        area = self._plan.area_of(index)
        if chance < FROM_ELSEWHERE + FROM_ANOTHERS_HOME:
            other = area.first_household + int(draw() * area.households)
            if other != index:
                return self._streets[area.key].now(other)
        return self._streets[area.key].before(index)

    def _stays_apart(self, index: int, person: Person) -> list[Residence]:
        draw = self._apart.at(person.person_id)
        chance = draw()
        if chance < APART_UNKNOWN:
            return []
        nearby = chance < APART_UNKNOWN + APART_NEARBY and person.role == "father"
        where = self._streets[self._plan.area_of(index).key].apart(index) if nearby else elsewhere(person.person_id)
        since: date = self._plan.today - timedelta(days=120 + int(draw() * 3000))
        return [Residence(person.household_id, person.person_id, where, since, None, None)]
