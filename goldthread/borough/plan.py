"""How large the borough is, from which seed, and as of which day."""
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from goldthread.borough.chance import Substream
from goldthread.borough.places import Area

LONDON = ZoneInfo("Europe/London")
#: Households come in groups of 45 that have 80 children between them.
GROUP, GROUP_CHILDREN = 45, 80
NORTH_GROUPS, SOUTH_GROUPS = 1000, 40
NORTH_CONTACTS, SOUTH_CONTACTS = 21_000, 840
LARGEST_SCALE = 10.5


@dataclass(frozen=True)
class Plan:
    """A borough to make: the same plan gives the same borough, in every process and on every machine.

    ``scale`` 1 is an outer-London borough's year: 80,000 children in 45,000 households and 21,000 contacts in
    Northbridge, with a twenty-fifth of that in its neighbour Southbridge. Everything happens in the 365 days
    that end with ``today``; on that day itself, until half past ten.
    Raises ``ValueError`` for a scale at or below nought, or above 10.5, where NHS test numbers run out.
    """

    scale: float
    seed: int
    today: date

    def __post_init__(self):
        if not 0 < self.scale <= LARGEST_SCALE:
            raise ValueError(f"Scale is {self.scale}; give a number above 0 and up to {LARGEST_SCALE}.")

    @cached_property
    def areas(self) -> tuple[Area, Area]:
        """Northbridge, then Southbridge."""
        north = GROUP * max(1, round(NORTH_GROUPS * self.scale))
        south = GROUP * max(1, round(SOUTH_GROUPS * self.scale))
        districts = [f"ZZ{number}" for number in range(1, 16)]
        return (
            Area("northbridge", "Northbridge", "NB", 0, north, max(20, round(NORTH_CONTACTS * self.scale)),
                 tuple(districts[:12]), 0),
            Area("southbridge", "Southbridge", "SB", north, south, max(20, round(SOUTH_CONTACTS * self.scale)),
                 tuple(districts[12:]), 12),
        )

    @property
    def households(self) -> int:
        """How many households both areas have."""
        return sum(area.households for area in self.areas)

    @property
    def children(self) -> int:
        """How many born children both areas have."""
        return self.households // GROUP * GROUP_CHILDREN

    @property
    def now(self) -> datetime:
        """The moment after which nothing has happened yet."""
        return datetime.combine(self.today, time(10, 30), LONDON)

    @property
    def first_day(self) -> date:
        """The first day of the year that contacts cover."""
        return self.today - timedelta(days=364)

    def stream(self, name: str) -> Substream:
        """An independent line of chance with this name."""
        return Substream(self.seed, name)

    def area_of(self, household: int) -> Area:
        """The area in which a household index (household_id less one) lives."""
        return self.areas[0] if self.areas[0].holds(household) else self.areas[1]
