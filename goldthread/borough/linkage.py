"""Five agencies' lists of the same people, with their errors and the truth, for measuring linkage."""
from collections.abc import Iterable, Iterator

from goldthread.borough.chance import Draw
from goldthread.borough.plan import Plan
from goldthread.borough.records.linkage import ExtractRow
from goldthread.borough.records.people import Address, Family, Person
from goldthread.borough.spelling import CARE, Care, state

AGENCIES = ("council", "police", "health", "education", "housing")
#: Share of children and of resident adults an agency holds; education holds a child who has a school.
HELD = {"council": (0.3, 0.2), "police": (0.09, 0.22), "health": (0.97, 0.9), "education": (1.0, 0.0),
        "housing": (0.28, 0.28)}
BY_HOUSEHOLD = ("council", "housing")
SECOND_RECORD = 0.012
CARES: dict[str, Care] = {"council": CARE["records"], "police": CARE["police"], "health": CARE["health"],
                          "education": CARE["records"], "housing": CARE["loose"]}


def extracts(plan: Plan, families: Iterable[Family]) -> Iterator[ExtractRow]:
    """The rows of all five lists, family by family. ``local_id`` is scattered, so that it tells nothing."""
    streams = {agency: plan.stream(f"extract/{agency}") for agency in AGENCIES}
    numbers = dict.fromkeys(AGENCIES, 0)
    for family in families:
        stays = [stay.address for stay in family.residences if stay.person_id is None]
        here, before = stays[0], stays[1] if len(stays) > 1 else None
        at_school = {stay.person_id for stay in family.schooling if stay.school_id and stay.until is None}
        for agency in AGENCIES:
            draw = streams[agency].at(family.household.household_id)
            for person in _held(agency, family, at_school, draw):
                for _ in range(2 if draw() < SECOND_RECORD else 1):
                    numbers[agency] += 1
                    yield _row(plan, agency, numbers[agency], person, here, before, draw)


def _held(agency: str, family: Family, at_school: set[int], draw: Draw) -> list[Person]:
    children, adults = HELD[agency]
    household = draw()
    found = []
    for person in family.people:
        chance = household if agency in BY_HOUSEHOLD else draw()
        if person.kind == "child" and chance < children:
            if agency != "education" or person.person_id in at_school:
                found.append(person)
        elif person.kind == "adult" and person.resident and chance < adults:
            found.append(person)
    return found


def _row(plan: Plan, agency: str, number: int, person: Person, here: Address, before: Address | None,
         draw: Draw) -> ExtractRow:
    said = state(person, here, before, CARES[agency], plan.today, draw)
    return ExtractRow(agency, f"{agency[:2].upper()}{(number * 7_368_787 + 1_234_567) % 100_000_007:09d}",
                      person.person_id, said.given, said.surname, said.born, said.sex, said.line, said.postcode,
                      said.nhs_number, said.upn, tuple(said.errors))
