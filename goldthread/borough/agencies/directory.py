"""Every agency, school and member of staff of a plan, made once and looked up by place and kind."""
from functools import cached_property

from goldthread.borough.agencies import schools, staffing
from goldthread.borough.chance import Weighted
from goldthread.borough.files import table
from goldthread.borough.identifiers import phone
from goldthread.borough.places import postcode
from goldthread.borough.plan import Plan
from goldthread.borough.records.agencies import Agency, Partnership, School, Staff

#: agency_ids of GP practices and of schools start here; those of the other agencies at 1.
FIRST_PRACTICE, FIRST_SCHOOL = 101, 1001
#: Both hubs count working days for amber and green, where the reference counts hours that run all week.
LOCAL_LIMITS = (("T05", "1 working day"), ("T06", "3 working days"))
#: And what one area alone has set for itself: by when a plan made before birth is reviewed.
OWN_LIMITS = {"southbridge": (("T23c", "10 working days"), ("T23d", "3 months"))}
#: Roles that answer, sign or count for an agency or a partner, and write no contact.
ANSWER_FOR_AGENCIES = ("agency-lead", "agency-senior", "agency-analyst", "lead-partner")
#: Weight of a school in another district, against one in the child's own.
FAR_SHARE = 0.2


class Directory:
    """The agencies of a plan. Small beside the people: everything here is held in memory."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.keys: dict[str, int] = {}
        self.agencies: list[Agency] = []
        self.schools: list[School] = []
        self._practices: dict[tuple[str, int], list[int]] = {}
        self._add_named()
        self._add_practices()
        self._add_schools()
        self.by_id = {agency.agency_id: agency for agency in self.agencies}
        self.school_by_id = {school.agency_id: school for school in self.schools}

    def _add_named(self) -> None:
        for number, row in enumerate(table("agencies.csv"), start=1):
            self.keys[row["key"]] = number
            partnerships = tuple(row["partnerships"].split())
            home = self.plan.areas["northbridge" not in partnerships]
            self.agencies.append(Agency(
                number, row["name"], row["kind"], row["code"], phone(number), f"{row['key']}@example.org",
                postcode(home.districts[0], 3900 + number), -1, partnerships,
                tuple(team for team in row["teams"].split(";") if team)))

    def _add_practices(self) -> None:
        next_id = FIRST_PRACTICE
        for area in self.plan.areas:
            made = list(schools.made_practices(self.plan, area, next_id))
            for number, name, code, district in made:
                for key in (district, -1):
                    self._practices.setdefault((area.key, key), []).append(number)
                self.agencies.append(Agency(
                    number, name, "gp-practice", code, phone(number), f"practice.{code.lower()}@example.org",
                    postcode(area.districts[district], 3700 + number % 100), district, (area.key,), ()))
            next_id += len(made)
        if next_id > FIRST_SCHOOL:
            raise ValueError(f"{next_id - FIRST_PRACTICE} GP practices do not fit below number {FIRST_SCHOOL}.")

    def _add_schools(self) -> None:
        next_id, next_urn = FIRST_SCHOOL, 0
        for area in self.plan.areas:
            made = list(schools.made_schools(self.plan, area, next_id, next_urn))
            self.schools += made
            for school in made:
                kind = "early-years" if school.phase == "nursery" else "school"
                self.agencies.append(Agency(
                    school.agency_id, school.name, kind, school.urn, phone(school.agency_id),
                    f"office.{school.urn}@example.org",
                    postcode(area.districts[school.district], 3800 + school.agency_id % 100), school.district,
                    (area.key,), ()))
            next_id, next_urn = next_id + len(made), next_urn + len(made)

    @cached_property
    def staff(self) -> list[Staff]:
        """Everyone who works for an agency; the personas of the demo among them."""
        return staffing.staff(self.plan, self.agencies, self.keys)

    @cached_property
    def staff_of(self) -> dict[tuple[int, str], tuple[Staff, ...]]:
        """Staff by agency_id and role, and by agency_id and the empty role for those who work with families there."""
        found: dict[tuple[int, str], list[Staff]] = {}
        for person in self.staff:
            for role in (person.role,) if person.role in ANSWER_FOR_AGENCIES else ("", person.role):
                found.setdefault((person.agency_id, role), []).append(person)
        return {key: tuple(people) for key, people in found.items()}

    @cached_property
    def team_of(self) -> dict[tuple[int, str], tuple[Staff, ...]]:
        """Staff by agency_id and team name."""
        found: dict[tuple[int, str], list[Staff]] = {}
        for person in self.staff:
            found.setdefault((person.agency_id, person.team), []).append(person)
        return {key: tuple(people) for key, people in found.items()}

    def partnerships(self) -> list[Partnership]:
        """Northbridge, and the smaller neighbour that shares its police force and health board."""
        partners = {"northbridge": ("council", "police", "icb"), "southbridge": ("south-council", "police", "icb")}
        return [Partnership(area.key, f"{area.name} Safeguarding Children Partnership", area.prefix,
                            tuple(self.keys[key] for key in partners[area.key]),
                            phone(1990 + number), f"partnership.{area.key}@example.org",
                            (*LOCAL_LIMITS, *OWN_LIMITS.get(area.key, ())))
                for number, area in enumerate(self.plan.areas)]

    def council(self, area: str) -> int:
        """The agency_id of the area's children's services."""
        return self.keys["council" if area == "northbridge" else "south-council"]

    def named(self, key: str, area: str) -> int | None:
        """The agency_id of a service by its key in ``agencies.csv``: the area's own, else a shared one, else None."""
        agency_id = self.keys.get(f"south-{key}") if area == "southbridge" else None
        if agency_id is None:
            agency_id = self.keys[key]
        return agency_id if area in self.by_id[agency_id].partnerships else None

    def practices(self, area: str, district: int) -> list[int]:
        """agency_ids of the GP practices of a district, or of the area when the district has none."""
        return self._practices.get((area, district)) or self._practices[area, -1]

    @cached_property
    def _choices(self) -> dict[tuple[str, str, int], Weighted]:
        found: dict[tuple[str, str, int], Weighted] = {}
        for area in self.plan.areas:
            for phase in {school.phase for school in self.schools}:
                of_phase = [s for s in self.schools if s.phase == phase and s.area == area.key]
                for district in range(len(area.districts)):
                    near = sum(s.places for s in of_phase if s.district == district)
                    weigh = FAR_SHARE if near else 1.0
                    if of_phase:
                        found[area.key, phase, district] = Weighted(
                            (s.agency_id, s.places * (1.0 if s.district == district else weigh / 6))
                            for s in of_phase)
        return found

    def school_choice(self, area: str, phase: str, district: int) -> Weighted | None:
        """A choice among the area's schools of a phase, those of the district preferred; None if it has none."""
        return self._choices.get((area, phase, district))
