"""Who is whose: relationships among the people of a household, and with the parent who lives in another."""
from goldthread.borough.chance import Draw
from goldthread.borough.households.composition import Composition, Outline
from goldthread.borough.plan import Plan
from goldthread.borough.records.people import FATHER, MOTHER, SLOTS, Person, Relationship

#: Roles whose relationship to the children has another code.
KINDS = {"step-father": "step-parent", "step-mother": "step-parent", "second-mother": "parent",
         "grandmother": "grandparent", "grandfather": "grandparent", "carer": "private-foster-carer"}


class Kin:
    """Relationships of a plan's households."""

    def __init__(self, plan: Plan, composition: Composition):
        self._composition = composition
        self._draws = plan.stream("kin-responsibility")

    def relationships(self, outline: Outline, linked: tuple[int, str] | None,
                      people: list[Person]) -> list[Relationship]:
        """Adults to children first, then between children, between adults, then those across households."""
        draw = self._draws.at(outline.index)
        children = [person for person in people if person.kind != "adult"]
        adults = [person for person in people if person.kind == "adult"]
        found = []
        for adult in adults:
            holds = _responsibility(adult.role, adult.resident, outline, draw)
            for child in children:
                if child.kind == "unborn" and adult.role == "father" and not adult.resident:
                    continue
                found.append(Relationship(adult.person_id, child.person_id, KINDS.get(adult.role, adult.role),
                                          "no" if child.kind == "unborn" else holds, adult.resident))
        found += self._between_children(children)
        found += _between_adults(outline, adults)
        if linked:
            found += self._across(outline, linked, children, draw)
        return found

    def _between_children(self, children: list[Person]) -> list[Relationship]:
        return [Relationship(one.person_id, other.person_id,
                             "twin" if one.born is not None and one.born == other.born else "sibling", "", True)
                for place, one in enumerate(children) for other in children[place + 1:]]

    def _across(self, outline: Outline, linked: tuple[int, str], children: list[Person],
                draw: Draw) -> list[Relationship]:
        other, role = linked
        parent = other * SLOTS + SLOTS + (MOTHER if role == "mother" else FATHER)
        holds = _responsibility(role, False, outline, draw)
        born = [child for child in children if child.kind == "child"]
        found = [Relationship(parent, child.person_id, role, holds, False) for child in born]
        theirs = [other * SLOTS + SLOTS + slot for slot in range(self._composition.size(other))]
        for child in born:
            for sibling in theirs:
                first, second = sorted((child.person_id, sibling))
                found.append(Relationship(first, second, "half-sibling", "", False))
        return found


def _responsibility(role: str, resident: bool, outline: Outline, draw: Draw) -> str:
    chance = draw()
    if role == "mother":
        return "yes"
    if role in ("father", "second-mother"):
        if outline.married or resident:
            return "yes" if chance < 0.97 else "unknown"
        return "yes" if chance < 0.68 else "no" if chance < 0.8 else "unknown"
    if role in ("grandmother", "grandfather") and outline.form == "kinship":
        return "yes" if chance < 0.45 else "no" if chance < 0.9 else "unknown"
    return "no" if chance < 0.92 else "unknown"


def _between_adults(outline: Outline, adults: list[Person]) -> list[Relationship]:
    by_role = {adult.role: adult for adult in adults}
    found = []

    def tie(one: str, other: str, kind: str, together: bool) -> None:
        if one in by_role and other in by_role:
            first, second = sorted((by_role[one].person_id, by_role[other].person_id))
            found.append(Relationship(first, second, kind, "", together))

    apart = not (by_role.get("mother") and by_role["mother"].resident
                 and by_role.get("father") and by_role["father"].resident)
    tie("mother", "father", "former-partner" if apart else "partner", not apart)
    tie("mother", "step-father", "partner", True)
    tie("mother", "second-mother", "partner", True)
    tie("grandmother", "grandfather", "partner", True)
    return found
