"""Schools, nurseries and GP practices: as many as the scale asks for, spread over the districts."""
from collections.abc import Iterator

from goldthread.borough.chance import Weighted, shuffled
from goldthread.borough.files import lines, table
from goldthread.borough.identifiers import practice_code, urn
from goldthread.borough.places import Area
from goldthread.borough.plan import Plan
from goldthread.borough.records.agencies import School

PRACTICES, FEWEST_PRACTICES, SOUTH_PRACTICES = 60, 6, 3
QUALIFIERS = ("", "Upper ", "Lower ", "North ", "South ", "East ", "West ", "New ", "Old ", "Little ", "Great ",
              "Far ", "Near ", "High ", "Long ", "Middle ", "Under ", "Over ", "Outer ", "Inner ")


def school_counts(plan: Plan, area: Area) -> list[tuple[dict[str, str], int]]:
    """How many of each phase an area has; at scale 1 Northbridge's schools other than nurseries come to 110."""
    counts = []
    for row in table("school-phases.csv"):
        if area is plan.areas[0]:
            number = max(int(row["least"]), round(int(row["number"]) * plan.scale))
        else:
            number = max(int(row["south"]), round(int(row["number"]) * plan.scale * 0.04)) if row["south"] != "0" else 0
        counts.append((row, number))
    return counts


def made_schools(plan: Plan, area: Area, first_id: int, first_urn: int) -> Iterator[School]:
    """The area's schools and nurseries, numbered on from ``first_id``; Larkfield comes first of each phase."""
    words = next(row[1:] for row in lines("places.txt") if row[0] == "schools")
    shift = 0 if area is plan.areas[0] else 31
    agency_id, number = first_id, first_urn
    for row, count in school_counts(plan, area):
        districts = shuffled(range(len(area.districts)), plan.stream(f"school-districts/{area.key}").at(number))
        for place in range(count):
            around, word = divmod(place, len(words))
            stem = words[(word + shift) % len(words)]
            prefix = QUALIFIERS[around % len(QUALIFIERS)]
            prefix += "Saint " * (around // len(QUALIFIERS))
            name = f"{'Southbridge ' if shift else ''}{prefix}{stem} {row['title']}"
            yield School(agency_id, urn(number), name, row["phase"], int(row["youngest"]), int(row["oldest"]),
                         int(row["places"]), area.key, districts[place % len(districts)])
            agency_id, number = agency_id + 1, number + 1


def made_practices(plan: Plan, area: Area, first_id: int) -> Iterator[tuple[int, str, str, int]]:
    """(agency_id, name, code, district) of the area's GP practices."""
    words = next(row[1:] for row in lines("places.txt") if row[0] == "streets")
    if area is plan.areas[0]:
        count = max(FEWEST_PRACTICES, round(PRACTICES * plan.scale))
    else:
        count = max(SOUTH_PRACTICES, round(PRACTICES * plan.scale * 0.04))
    kinds = ("Surgery", "Medical Centre", "Practice", "Health Centre", "Family Doctors", "Clinic", "Partnership",
             "Group Practice", "Medical Practice", "Care Centre")
    for place in range(count):
        around, word = divmod(place, len(words))
        name = f"{'Southbridge ' if area is plan.areas[1] else ''}{words[word]} {kinds[around % len(kinds)]}"
        yield first_id + place, name.replace("-", " "), practice_code(first_id + place), place % len(area.districts)


def by_places(schools: list[School]) -> Weighted | None:
    """A choice of school by the places it has; None when there is none."""
    return Weighted((school.agency_id, school.places) for school in schools) if schools else None
