"""Families made whole, one at a time, by household index."""
from goldthread.borough.agencies.directory import Directory
from goldthread.borough.households.composition import Composition
from goldthread.borough.households.homes import Homes
from goldthread.borough.households.kin import Kin
from goldthread.borough.households.members import Members
from goldthread.borough.households.open_work import OpenWork
from goldthread.borough.households.schooling import Schools
from goldthread.borough.plan import Plan
from goldthread.borough.records.people import Family, Household


class Families:
    """Any family of a plan, made afresh each time it is asked for; nothing is kept."""

    def __init__(self, plan: Plan, directory: Directory):
        self._plan = plan
        self.composition = Composition(plan)
        self.homes = Homes(plan)
        self._members = Members(plan, self.composition, directory)
        self._kin = Kin(plan, self.composition)
        self._schools = Schools(plan, directory)
        self._open_work = OpenWork(plan, directory)

    def family(self, index: int) -> Family:
        """The family of household ``index`` (household_id less one)."""
        area = self._plan.area_of(index).key
        outline = self.composition.outline(index)
        linked = self.composition.linked(outline)
        here = self.homes.now(index)
        people = self._members.people(outline, linked, here.district)
        children = [person for person in people if person.kind == "child"]
        return Family(
            Household(index + 1, area, outline.form, outline.size, outline.married, linked[0] + 1 if linked else None),
            tuple(people),
            tuple(self._kin.relationships(outline, linked, people)),
            tuple(self.homes.residences(outline, here, people)),
            tuple(self._schools.of(area, here.district, index, children)),
            tuple(self._open_work.of(area, index, children)))
