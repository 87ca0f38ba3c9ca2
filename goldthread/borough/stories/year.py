"""What begins in a year without a contact at the front door: how much of it, when, and with whom."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from goldthread.borough.chance import Draw, Shuffle, Weighted
from goldthread.borough.contacts.desk import DAY, after
from goldthread.borough.plan import LONDON, NORTH_CONTACTS, SOUTH_CONTACTS
from goldthread.borough.records.people import Family, Person, household_of
from goldthread.borough.stories.allegations import REPORTERS, SECTORS
from goldthread.borough.stories.leaving_care import birthday
from goldthread.borough.stories.looked_after import TO_18
from goldthread.borough.stories.scene import Scene
from goldthread.borough.stories.section_11 import STAGES
from goldthread.borough.stories.telling import Begins
from goldthread.orgs.models import Agency
from goldthread.people.models import Person as Known

#: At scale 1 in Northbridge: an outer-London year.
VOLUMES = {"missing": 1200, "exploitation": 200, "allegations": 157, "private-fostering": 17, "section-11": 40,
           "rapid-review": 2, "transfer": 150, "looked-after": 620}
LEAST = {"section-11": len(STAGES), "exploitation": 4, "looked-after": 6}
#: The neighbour's share of that, as of contacts, and the least it holds where one of a kind would show too little.
NEXT_DOOR, LEAST_NEXT_DOOR = SOUTH_CONTACTS / NORTH_CONTACTS, {"section-11": 5, "looked-after": 3, "missing": 2}
#: Years over which children became looked after who may be so today, and their ages today.
CARE_YEARS, CARE_AGES = 3, Weighted((((0, 4), 16), ((5, 9), 20), ((10, 14), 34), ((15, 17), 30)))
#: Of all who became looked after, how many are of age now: young parents of the borough, who are found by their birth.
CARE_LEAVERS, GROWN = 0.2, (18.2, 21.9)
#: What other work leads to.
FOLLOWING = ("assessment", "section-47", "child-in-need", "pre-proceedings")
#: How often the same child is missing in a year.
EPISODES = Weighted(((1, 55), (2, 18), (3, 10), (5, 8), (9, 6), (16, 3)))
TEENAGE, YOUNG, BORN_THIS_YEAR = (11, 17), (11, 17.95), (0.05, 0.6)
#: Conferences before a birth at scale 1, and how many days before it they are asked for.
BEFORE_BIRTH, ASKED_BEFORE = 14, 75
WRITTEN_BY = {"missing": "police-partner", "exploitation": "exploitation-worker", "private-fostering": "mash-manager",
              "transfer": "mash-manager", "looked-after": "team-manager", **dict.fromkeys(FOLLOWING, "team-manager")}


def wanted(scene: Scene, process: str) -> int:
    """How many of a process a scene holds, the neighbour in proportion to its size."""
    whole = VOLUMES[process] * scene.borough.plan.scale
    if scene.next_door:
        return max(LEAST_NEXT_DOOR.get(process, 1), round(whole * NEXT_DOOR))
    return max(LEAST.get(process, 2), round(whole))


def left(scene: Scene, process: str) -> int:
    """How many are still to be begun, after those that contacts led to."""
    return max(0, wanted(scene, process) - scene.stories[process])


def before_birth(scene: Scene) -> int:
    """How many conferences before a birth a scene holds."""
    whole = BEFORE_BIRTH * scene.borough.plan.scale
    return max(1, round(whole * NEXT_DOOR)) if scene.next_door else max(2, round(whole))


class Year:
    """The beginnings of a scene's year, process by process, each in order of time."""

    def __init__(self, scene: Scene) -> None:
        self.scene, plan = scene, scene.borough.plan
        self._draw = plan.stream(f"year/{scene.key}").at(0)
        area = next(each for each in plan.areas if each.key == scene.key)
        order = Shuffle(area.households, plan.stream(f"year-families/{scene.key}").at(0))
        self._households = (area.first_household + order(place) for place in range(area.households))
        self._passed: list[int] = []  # of the neighbour's few households, those not taken for want of such a child

    def moment(self, hours: tuple[int, int] = (9, 17), draw: Draw | None = None) -> datetime:
        """Some time in the year, at such hours of the day."""
        draw = draw or self._draw
        day = datetime.combine(self.scene.borough.plan.first_day, datetime.min.time(), LONDON)
        at = day + timedelta(days=int(draw() * 364), hours=hours[0] + (hours[1] - hours[0]) * draw())
        return at.replace(microsecond=0)

    def somebody(self, process: str) -> Any:
        return self.scene.seats(WRITTEN_BY[process])[int(self._draw() * len(self.scene.seats(WRITTEN_BY[process])))]

    def family(self, youngest: float, oldest: float) -> tuple[Family, Person]:
        """A family not drawn before with a child of that age, and the child. Raises LookupError when none is left."""
        for household in self._passed:
            if found := self._with_child(household, youngest, oldest):
                self._passed.remove(household)
                return found
        for household in self._households:
            if found := self._with_child(household, youngest, oldest):
                return found
            if self.scene.next_door:
                self._passed.append(household)
        raise LookupError("The borough has no family left for a story: use a larger scale.")

    def _with_child(self, household: int, youngest: float, oldest: float) -> tuple[Family, Person] | None:
        family = self.scene.borough.family(household + 1)
        return next(((family, child) for child in family.people
                     if child.born and child.kind == "child" and youngest <= self._age(child) <= oldest), None)

    def _families(self, many: int, ages: tuple[float, float]) -> Iterator[tuple[Family, Person]]:
        """So many families; of the neighbour, which is small, as many as there are."""
        for _ in range(many):
            try:
                yield self.family(*ages)
            except LookupError:
                if self.scene.next_door:
                    return
                raise

    def _age(self, child: Person) -> float:
        assert child.born
        return (self.scene.borough.plan.today - child.born).days / 365.25

    # -- by process -----------------------------------------------------------------------------------

    def missing(self) -> Iterator[Begins]:
        """Episodes: most children once, a few again and again."""
        found: list[Begins] = []
        many = left(self.scene, "missing")
        for family, child in self._families(many, TEENAGE):
            times = EPISODES.pick(self._draw)
            at, gap = self.moment((16, 28)), 340 / times
            for _ in range(min(times, many - len(found))):
                if at > self.scene.now:
                    at -= timedelta(days=350)
                found.append(Begins("missing", at, self.somebody("missing"), family, (child,)))
                at += timedelta(days=9 + gap * self._draw() * 0.6)
            if len(found) == many:
                break
        yield from sorted(found, key=lambda each: each.at)

    def exploitation(self) -> Iterator[Begins]:
        """Children whom nobody referred otherwise, and the groups and places themselves."""
        scene = self.scene
        for model, rows in (("group", scene.groups), ("place", scene.places)):
            for number in range(len(rows)):
                yield self._about(model, number)
        for family, child in self._families(left(scene, "exploitation"), YOUNG):
            yield Begins("exploitation", self.moment(), self.somebody("exploitation"), family, (child,))

    def _about(self, subject: str, number: int) -> Begins:
        return Begins("exploitation", self.moment(), self.somebody("exploitation"),
                      fixed={"subject": subject, subject: number})

    def allegations(self) -> Iterator[Begins]:
        """Reports by those who work near the adult."""
        sectors = Weighted(SECTORS.items())
        for _ in range(left(self.scene, "allegations")):
            sector = sectors.pick(self._draw)
            seats = self.scene.seats(REPORTERS.get(sector, "partner"))
            seat = seats[int(self._draw() * len(seats))]
            yield Begins("allegations", after(self.moment(), 0), seat, fixed={"sector": sector})

    def private_fostering(self) -> Iterator[Begins]:
        """Arrangements that a school or a neighbour told of."""
        for family, child in self._families(left(self.scene, "private-fostering"), (5, 14)):
            yield Begins("private-fostering", self.moment(), self.somebody("private-fostering"), family, (child,))

    def births(self) -> Iterator[Begins]:
        """Conferences about children who were not born then, and have been since."""
        desk = self.scene.seats("team-manager", self.scene.council)
        for place, (family, child) in enumerate(self._families(before_birth(self.scene), BORN_THIS_YEAR)):
            assert child.born
            asked = datetime.combine(child.born, datetime.min.time(), LONDON) - timedelta(days=ASKED_BEFORE)
            yield Begins("child-protection", after(asked, DAY / 4), desk[place % len(desk)], family, (child,),
                         fixed={"outcome": "cp-plan"})

    def transfer(self) -> Iterator[Begins]:
        """Moves away, of which the other area must be told."""
        for family, child in self._families(left(self.scene, "transfer"), (1, 15)):
            yield Begins("transfer", self.moment(), self.somebody("transfer"), family, (child,),
                         fixed={"direction": "out"})

    def rapid_review(self) -> Iterator[Begins]:
        """Serious incidents: the first long ago, the others later."""
        office = self.scene.seats("case-reviewer")
        for place, (family, child) in enumerate(self._families(left(self.scene, "rapid-review"), (0, 15))):
            days = 355 - 180 * (place % 2) - place // 2 * 11 % 90
            at = after((self.scene.now - timedelta(days=days)).astimezone(LONDON), DAY / 8)
            yield Begins("rapid-review", at, office[place % len(office)], family, (child,),
                         fixed={"local": ("lcspr", "no")[place % 2]})

    def looked_after(self) -> Iterator[Begins]:
        """Children who became looked after in the last years, and young people who were until they came of age."""
        scene, many = self.scene, left(self.scene, "looked-after")
        grown = list(islice(self._of_age(), round(many * CARE_LEAVERS)))
        for family, person in grown:
            assert person.born
            of_age = birthday(person.born, 18)
            yield self._care(of_age - timedelta(days=120 + int(self._draw() * 700)), family, person, lasts=TO_18)
        for _ in range(many - len(grown)):
            try:
                family, child = self.family(*CARE_AGES.pick(self._draw))
            except LookupError:
                return  # the smallest boroughs have no family left by now
            assert child.born
            days = min(CARE_YEARS * 365, (scene.borough.plan.today - child.born).days)
            yield self._care(scene.borough.plan.today - timedelta(days=1 + int(self._draw() * (days - 1))), family, child)

    def _care(self, day: date, family: Family, child: Person, **fixed: Any) -> Begins:
        at = datetime.combine(day, time(10 + int(self._draw() * 10), int(self._draw() * 60)), LONDON)
        return Begins("looked-after", at, self.somebody("looked-after"), family, (child,),
                      told_at=after(at, 0.05 * DAY), fixed=fixed)

    def _of_age(self) -> Iterator[tuple[Family, Person]]:
        """Parents who came of age in the last years, the oldest first, each with the family they have now."""
        plan, scene = self.scene.borough.plan, self.scene
        youngest, oldest = (plan.today - timedelta(days=int(years * 365.25)) for years in GROWN)
        numbers = Known.objects.filter(partnership=scene.found.partnerships[scene.key], adult=True, born_on__gte=oldest,
                                       born_on__lte=youngest).order_by("born_on", "pk").values_list("pk", flat=True)
        for number in numbers:
            family = scene.borough.family(household_of(number - scene.base))
            yield family, next(each for each in family.people if each.person_id == number - scene.base)

    def following(self) -> Iterator[Begins]:
        """Of the neighbour, one of each kind of work that its few contacts led to none of."""
        for process in FOLLOWING if self.scene.next_door else ():
            if not self.scene.stories[process]:
                for family, child in self._families(1, (2, 15)):
                    yield Begins(process, self.moment(), self.somebody(process), family, (child,))

    def section_11(self, campaign: Any, agencies: list[Agency]) -> Iterator[Begins]:
        """A return of each agency asked, at every stage by turns."""
        for place, agency in enumerate(agencies):
            yield Begins("section-11", campaign.began_at, self.scene.seats("business-manager")[0],
                         values={"agency": agency, "round": campaign.title, "framework": "working-together-2023",
                                 "due": campaign.due}, fixed={"stage": STAGES[place % len(STAGES)]}, campaign=campaign.pk)
