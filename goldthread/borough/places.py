"""Where people live: streets, addresses and postcodes of an area that cannot exist.

Postcodes have area ZZ, which Royal Mail does not use, and districts that the NHS's ZZ99 pseudo-codes
do not touch. An address is worked out from its slot number, so none is stored and none is used twice.
"""
from dataclasses import dataclass

from goldthread.borough.chance import Shuffle, Substream
from goldthread.borough.files import lines
from goldthread.borough.records.people import Address

HOMES_A_STREET = 120
HOMES_A_POSTCODE = 40
FLATS_A_HOUSE = 6
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Area:
    """One partnership's patch of the plan.

    ``first_household`` and ``households`` say which household indices live here; ``contacts`` how many
    contacts its front door gets in the year; ``districts`` its postcode districts, paired in order with
    the localities of ``places.txt`` from ``first_locality`` on.
    """

    key: str
    name: str
    prefix: str
    first_household: int
    households: int
    contacts: int
    districts: tuple[str, ...]
    first_locality: int

    def holds(self, household: int) -> bool:
        """Whether the household index lives here."""
        return self.first_household <= household < self.first_household + self.households


class Streets:
    """The addresses of one area: three slots a household, for now, before, and for a parent elsewhere."""

    __slots__ = ("area", "_order", "_names", "_types", "_localities")

    def __init__(self, area: Area, seed: int):
        words = {row[0]: row[1:] for row in lines("places.txt")}
        self.area = area
        self._order = Shuffle(3 * area.households, Substream(seed, f"streets/{area.key}").at(0))
        self._names, self._types = words["streets"], words["types"]
        self._localities = words["localities"]

    def now(self, household: int) -> Address:
        """Where the household lives today."""
        return self._address(household - self.area.first_household)

    def before(self, household: int) -> Address:
        """A home that no other household lives in, where this one may have lived before."""
        return self._address(self.area.households + household - self.area.first_household)

    def apart(self, household: int) -> Address:
        """Where a parent of the household who left lives."""
        return self._address(2 * self.area.households + household - self.area.first_household)

    def _address(self, index: int) -> Address:
        slot = self._order(index)
        street, home = divmod(slot, HOMES_A_STREET)
        local, district = divmod(street, len(self.area.districts))
        kind, name = divmod(local + 11 * district, len(self._names))
        road = f"{self._names[name]} {self._types[(kind + name) % len(self._types)]}".replace("-", " ")
        if street % 6 == 0:
            house, flat = divmod(home, FLATS_A_HOUSE)
            line = f"Flat {flat + 1}, {house + 1} {road}"
        else:
            line = f"{home + 1} {road}"
        locality = self._localities[(self.area.first_locality + district) % len(self._localities)]
        code = postcode(self.area.districts[district], local * 3 + home // HOMES_A_POSTCODE + 311 * district)
        return Address(line, locality.replace("-", " "), code, self.area.key, district)


def postcode(district: str, number: int) -> str:
    """The ``number``-th postcode of a district; 4,000 fit, after which they come round again."""
    scattered = (number * 1237 + 411) % 4000
    digit, letters = divmod(scattered, 400)
    return f"{district} {digit}{_INWARD[letters // 20]}{_INWARD[letters % 20]}"


def elsewhere(number: int) -> Address:
    """An address outside both partnerships, made up as well: a district from ZZ60 to ZZ79."""
    line = f"{number % 97 + 1} Faraway Road"
    return Address(line, "Elsewhere", postcode(f"ZZ{60 + number % 20}", number % 4000), "", -1)
