"""Who makes the contact: a member of staff of the agency the source stands for, or a member of the public."""
from datetime import date

from goldthread.borough.agencies.directory import Directory
from goldthread.borough.chance import Draw, Weighted, pick
from goldthread.borough.identifiers import phone
from goldthread.borough.names import communities, family_name, given_name, surname
from goldthread.borough.records.contacts import Referrer
from goldthread.borough.records.people import Family, Person

#: kind of source -> (agency key, team) choices; a team left empty means any.
POSTS: dict[str, tuple[tuple[str, str], ...]] = {
    "police": (("police", "Response and neighbourhoods"), ("police", "MASH police desk"),
               ("police", "Missing persons unit"), ("police", "Domestic abuse unit")),
    "education-service": (("council", "Education welfare"),),
    "health-visitor": (("community", "Health visiting"),),
    "school-nurse": (("community", "School nursing"),),
    "other-health": (("camhs", ""), ("community", "")),
    "hospital": (("hospital", "Emergency department"),),
    "midwife": (("hospital", "Midwifery"), ("camhs", "")),
    "housing": (("housing", ""),), "adults": (("adults", ""),), "council-other": (("council-other", ""),),
    "faraway": (("faraway", ""),), "early-help": (("council", "Early help"),),
    "legal": (("cafcass", ""), ("probation", ""), ("immigration", ""), ("youth-justice", "")),
    "voluntary": (("vol-lantern", ""), ("vol-harbour", ""), ("vol-kite", ""), ("vol-open", ""),
                  ("vol-welcome", ""), ("vol-thread", "")),
}
PUBLIC = {"1A": ("Grandparent", "Aunt or uncle", "Parent living elsewhere", "Parent"),
          "1B": ("Neighbour", "Friend of the family"), "1D": ("Member of the public",), "10": ("",)}
ANY = Weighted((name, 9 if name == "english" else 1) for name in communities())


def school_of(family: Family, children: list[Person], on: date) -> int | None:
    """Where the first of these children who was at a school or nursery that day went."""
    for child in children:
        for stay in family.schooling:
            here = stay.since <= on and (stay.until is None or on < stay.until)
            if stay.person_id == child.person_id and stay.school_id and here:
                return stay.school_id
    return None


class Referrers:
    """Picks the referrer of a contact."""

    def __init__(self, directory: Directory):
        self._directory = directory

    def referrer(self, code: str, kind: str, family: Family, children: list[Person], on: date,
                 draw: Draw) -> Referrer:
        """Staff for a professional source, else a made-up member of the public, nameless if anonymous."""
        if kind in ("anonymous", "public", "self"):
            return self._public(code, kind, family, draw)
        if kind == "school":
            agency_id = self._school(family, children, on)
            people = self._directory.staff_of[agency_id, ""]
        elif kind == "gp":
            people = self._directory.staff_of[self._practice(family), ""]
        else:
            people = self._post(kind, family.household.area, draw)
        person = people[0] if draw() < 0.6 else pick(people, draw)
        return Referrer(person.staff_id, person.agency_id, person.name, person.title, person.phone, person.email)

    def _post(self, kind: str, area: str, draw: Draw):
        posts = [(self._directory.named(key, area), team) for key, team in POSTS[kind]]
        agency_id, team = pick([(agency_id, team) for agency_id, team in posts if agency_id is not None], draw)
        return self._directory.team_of.get((agency_id, team)) or self._directory.staff_of[agency_id, ""]

    def _school(self, family: Family, children: list[Person], on: date) -> int:
        school_id = school_of(family, children, on)
        if school_id is not None:
            return school_id
        home = family.residences[0].address
        phase = "primary" if family.people[0].born and (on - family.people[0].born).days < 4100 else "secondary"
        choice = (self._directory.school_choice(family.household.area, phase, home.district)
                  or self._directory.school_choice(family.household.area, "primary", home.district))
        assert choice is not None
        return choice.values[family.household.household_id % len(choice.values)]

    def _practice(self, family: Family) -> int:
        registered = [person.practice_id for person in family.people if person.practice_id]
        return registered[0] if registered else self._directory.practices(family.household.area, -1)[0]

    def _public(self, code: str, kind: str, family: Family, draw: Draw) -> Referrer:
        if kind == "anonymous":
            return Referrer(None, None, "", "", "", "")
        number = phone(int(draw() * 2000)) if draw() < 0.7 else ""
        if kind == "self":
            adults = [p for p in family.people if p.kind == "adult" and p.resident]
            person = adults[0] if adults else family.people[0]
            return Referrer(None, None, f"{person.given} {person.surname}", "Parent or carer", number, "")
        community = ANY.pick(draw)
        sex = "F" if draw() < 0.6 else "M"
        name = f"{given_name(community, sex, draw)} {surname(family_name(community, draw), sex)}"
        return Referrer(None, None, name if draw() < 0.85 else "", pick(PUBLIC.get(code, ("",)), draw), number, "")
