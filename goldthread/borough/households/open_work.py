"""Work that was open with a team before the year's contacts began, so that "known already?" has answers."""
from datetime import timedelta

from goldthread.borough.agencies.directory import Directory
from goldthread.borough.chance import Weighted, pick
from goldthread.borough.plan import Plan
from goldthread.borough.records.people import Involvement, Person

OPEN = 0.062
KINDS = Weighted((("child-in-need", 48), ("child-protection", 9), ("looked-after", 9), ("early-help", 34)))
TEAMS = {"child-in-need": "Safeguarding and support", "child-protection": "Safeguarding and support",
         "looked-after": "Children looked after", "early-help": "Early help"}
ENDED = 0.55


class OpenWork:
    """Involvements of a plan's households: in about one household of sixteen."""

    def __init__(self, plan: Plan, directory: Directory):
        self._plan, self._directory = plan, directory
        self._draws = plan.stream("open-work")

    def of(self, area: str, index: int, children: list[Person]) -> list[Involvement]:
        """One for each child who was born when the work began; all with one worker."""
        if self._draws.once(index) >= OPEN:
            return []
        draw = self._draws.at(index)
        kind = KINDS.pick(draw)
        agency_id = self._directory.council(area)
        team = TEAMS[kind] if (agency_id, TEAMS[kind]) in self._directory.team_of else "Assessment team 1"
        worker = pick(self._directory.team_of[agency_id, team], draw)
        since = self._plan.first_day - timedelta(days=5 + int(draw() * 500))
        ends = self._plan.first_day + timedelta(days=20 + int(draw() * 340)) if draw() < ENDED else None
        return [Involvement(child.person_id, agency_id, team, worker.staff_id, kind, since, ends)
                for child in children if child.born is not None and child.born < since]
