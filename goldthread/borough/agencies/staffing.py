"""Who works where: made-up names, and the personas of the demo at fixed e-mail addresses."""
from collections.abc import Iterator
from datetime import date, timedelta

from goldthread.borough.chance import Draw, Weighted
from goldthread.borough.files import table
from goldthread.borough.identifiers import phone
from goldthread.borough.names import communities, family_name, given_name, surname
from goldthread.borough.plan import Plan
from goldthread.borough.records.agencies import Agency, Staff

COMMUNITIES = Weighted((name, 9 if name == "english" else 1) for name in communities())
#: The personas that are not in staff.csv, for their agencies are made by number.
SCHOOL_LEAD, GP = "school-lead", "gp"
#: Kinds of agency that account for their safeguarding under section 11, so that somebody writes and somebody signs.
ASKED_FOR_RETURNS = frozenset({
    "childrens-services", "council-service", "police", "health-board", "acute-trust", "community-trust",
    "mental-health-trust", "gp-practice", "housing", "probation", "youth-justice", "cafcass", "fire", "voluntary"})


def staff(plan: Plan, agencies: list[Agency], keys: dict[str, int]) -> list[Staff]:
    """Everyone, numbered from 1 in the order of agencies, and after them whoever came `last`, so that all keep their names.

    The first person of a post that has a persona is that persona: ``school-lead`` signs in as
    school.lead@example.org, and so on. The school lead is at the first primary school, Larkfield.
    """
    rows = table("staff.csv")
    posts = [(keys[row["agency"]], row) for row in rows if not row["last"]]
    by_agency: dict[int, list[dict[str, str]]] = {}
    for agency_id, row in posts:
        by_agency.setdefault(agency_id, []).append(row)
    names = plan.stream("staff-names")
    taken: set[str] = set()
    people: list[Staff] = []
    for agency in agencies:
        for team, role, title, persona in _posts(plan, agency, by_agency.get(agency.agency_id, []), taken):
            if persona:
                taken.add(persona)
            number = len(people) + 1
            people.append(_person(number, agency, (team, role, title, persona), names.at(number), plan.today))
    for row in (row for row in rows if row["last"]):
        agency = next(each for each in agencies if each.agency_id == keys[row["agency"]])
        post, number = (row["team"], row["role"], row["title"], row["persona"]), len(people) + 1
        people.append(_person(number, agency, post, names.at(number), plan.today))
    return people


def _posts(plan: Plan, agency: Agency, rows: list[dict[str, str]],
           taken: set[str]) -> Iterator[tuple[str, str, str, str]]:
    """(team, role, job title, persona) of each post of an agency."""
    for row in rows:
        for place in range(max(int(row["least"]), round(int(row["number"]) * plan.scale))):
            yield row["team"], row["role"], row["title"], row["persona"] if place == 0 else ""
    if agency.kind == "school":
        first = "Primary" in agency.name and SCHOOL_LEAD not in taken
        yield "", "school-lead", "Designated safeguarding lead", SCHOOL_LEAD if first else ""
        yield "", "school-lead", "Deputy safeguarding lead", ""
    elif agency.kind == "early-years":
        yield "", "school-lead", "Nursery safeguarding lead", ""
    elif agency.kind == "gp-practice":
        yield "", "gp", "GP and safeguarding lead", "" if GP in taken else GP
        yield "", "gp", "GP", ""
    if agency.kind in ASKED_FOR_RETURNS:
        yield "", "agency-lead", "Safeguarding lead", ""
        yield "", "agency-senior", "Senior officer", ""


def _person(number: int, agency: Agency, post: tuple[str, str, str, str], draw: Draw, today: date) -> Staff:
    team, role, title, persona = post
    community = COMMUNITIES.pick(draw)
    sex = "F" if draw() < 0.68 else "M"
    given, family = given_name(community, sex, draw), surname(family_name(community, draw), sex)
    if persona:
        email = f"{persona.replace('-', '.')}@example.org"
    else:
        local = "".join(letter for letter in f"{given}.{family}".lower() if letter.isascii() and letter not in "' ")
        email = f"{local}.{number}@example.org"
    since = today - timedelta(days=400 + int(draw() * 2600))
    return Staff(number, agency.agency_id, team, f"{given} {family}", role, title, email,
                 phone(int(draw() * 2000)), persona, agency.partnerships, since, None)
