"""Which school each child goes to, and went to."""
from datetime import date

from goldthread.borough.agencies.directory import Directory
from goldthread.borough.chance import Draw, Weighted
from goldthread.borough.plan import Plan
from goldthread.borough.records.people import Person, Schooling

AT_NURSERY = {2: 0.35, 3: 0.8}
OUT_OF_SCHOOL = Weighted((("", 93.4), ("home-educated", 1.1), ("missing-education", 0.5), ("elsewhere", 5.0)))
LEFT_AT_SIXTEEN, SAME_SCHOOL_AS_SIBLING, CHANGED = 0.14, 0.85, 0.05
SECONDARY = Weighted((("secondary", 92), ("independent", 6), ("alternative", 0.5)))
SIXTEEN = Weighted((("secondary", 60), ("post-16", 36), ("independent", 4)))


def age_at_start(born: date, year: int) -> int:
    """The child's age on 31 August of ``year``, which decides the school year that starts the next day."""
    return year - born.year - (born.month >= 9)


class Schools:
    """Schooling of a plan's children, a household at a time."""

    def __init__(self, plan: Plan, directory: Directory):
        self._plan, self._directory = plan, directory
        self._draws = plan.stream("schooling")
        today = plan.today
        self._year = today.year if today.month >= 9 else today.year - 1

    def of(self, area: str, district: int, index: int, children: list[Person]) -> list[Schooling]:
        """The children's time at school, newest first for each child; brothers and sisters often share one."""
        draw = self._draws.at(index)
        shared: dict[str, int] = {}
        found: list[Schooling] = []
        for child in children:
            found += self._of_child(child, area, district, shared, draw)
        return found

    def _of_child(self, child: Person, area: str, district: int, shared: dict[str, int],
                  draw: Draw) -> list[Schooling]:
        assert child.born is not None
        age = age_at_start(child.born, self._year)
        if age < 2 or (age < 4 and draw() >= AT_NURSERY[age]):
            return []
        status = OUT_OF_SCHOOL.pick(draw) if age >= 4 else ""
        if age >= 16 and draw() < LEFT_AT_SIXTEEN:
            status = "left"
        phase, began = self._phase(child, age, draw)
        since = date(self._year - (age - began), 9, 2)
        if status:
            return [Schooling(child.person_id, None, status, since, None)]
        school = self._choose(area, phase, district, shared, draw)
        if school is None:
            return [Schooling(child.person_id, None, "elsewhere", since, None)]
        changed = draw()
        if age > began and changed < CHANGED:
            moved = self._moved(draw)
            earlier = self._choose(area, phase, district, {}, draw)
            if earlier not in (None, school) and moved > since:
                return [Schooling(child.person_id, school, "enrolled", moved, None),
                        Schooling(child.person_id, earlier, "enrolled", since, moved)]
        here = Schooling(child.person_id, school, "enrolled", since, None)
        first = {4: ("nursery", 1), 11: ("primary", 7), 16: ("secondary", 5)}.get(began)
        if age == began and first and phase != "special":
            before = self._choose(area, first[0], district, {}, draw)
            if before not in (None, school):
                return [here, Schooling(child.person_id, before, "enrolled",
                                        date(since.year - first[1], 9, 2), date(since.year, 7, 21))]
        return [here]

    def _phase(self, child: Person, age: int, draw: Draw) -> tuple[str, int]:
        """The phase a child of this age is in, and the age at which that school takes children in."""
        chance = draw()
        if age < 4:
            return "nursery", age
        if child.disabilities and chance < 0.14:
            return "special", 4
        if age < 11:
            return ("independent" if chance < 0.03 else "primary"), 4
        if age < 16:
            return SECONDARY.pick(draw), 11
        phase = SIXTEEN.pick(draw)
        return phase, 11 if phase == "secondary" else 16

    def _choose(self, area: str, phase: str, district: int, shared: dict[str, int], draw: Draw) -> int | None:
        choice = self._directory.school_choice(area, phase, district)
        together = draw() < SAME_SCHOOL_AS_SIBLING
        if choice is None:
            return None
        school = choice.pick(draw)
        return shared.setdefault(phase, school) if together else school

    def _moved(self, draw: Draw) -> date:
        month = 1 + int(draw() * 6)
        return date(self._year, month, 5) if draw() < 0.5 else date(self._year - 1, month, 5)
