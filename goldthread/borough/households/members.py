"""The people of a household, from its outline."""
from datetime import date, timedelta
from functools import cache

from goldthread.borough.agencies.directory import Directory
from goldthread.borough.chance import Draw, Weighted, pick
from goldthread.borough.files import table
from goldthread.borough.households.composition import Composition, Outline
from goldthread.borough.identifiers import NHS_CAPACITY, nhs_number, upn
from goldthread.borough.names import family_name, given_name, like_name, nicknames, surname
from goldthread.borough.plan import Plan
from goldthread.borough.records.people import (
    CARER,
    FATHER,
    GRANDFATHER,
    GRANDMOTHER,
    MOTHER,
    SLOTS,
    STEP_PARENT,
    UNBORN,
    Person,
)

WITHOUT_NHS, WITHOUT_UPN, UNREGISTERED, ADULT_WITHOUT_NHS = 0.06, 0.04, 0.03, 0.08
DISABLED, EXPECTING, RENAMED = 0.065, 0.02, 0.02
NICKNAMED, BY_MIDDLE_NAME = 0.3, 0.05
DISABILITIES = Weighted((("AUT", 26), ("LD", 22), ("BEH", 16), ("COMM", 12), ("MOB", 6), ("PC", 3), ("INC", 2),
                         ("HAND", 2), ("HEAR", 4), ("VIS", 3), ("CON", 3), ("DDA", 5)))
#: form -> (slot, role, sex, resident) of each adult; a linked parent is left out, for they live elsewhere.
ADULTS: dict[str, tuple[tuple[int, str, str, bool], ...]] = {
    "couple": ((MOTHER, "mother", "F", True), (FATHER, "father", "M", True)),
    "lone-mother": ((MOTHER, "mother", "F", True), (FATHER, "father", "M", False)),
    "lone-father": ((MOTHER, "mother", "F", False), (FATHER, "father", "M", True)),
    "step-family": ((MOTHER, "mother", "F", True), (FATHER, "father", "M", False),
                    (STEP_PARENT, "step-father", "M", True)),
    "three-generation": ((MOTHER, "mother", "F", True), (FATHER, "father", "M", True),
                         (GRANDMOTHER, "grandmother", "F", True)),
    "mother-and-grandmother": ((MOTHER, "mother", "F", True), (FATHER, "father", "M", False),
                               (GRANDMOTHER, "grandmother", "F", True)),
    "kinship": ((MOTHER, "mother", "F", False), (FATHER, "father", "M", False),
                (GRANDMOTHER, "grandmother", "F", True), (GRANDFATHER, "grandfather", "M", True)),
    "two-mothers": ((MOTHER, "mother", "F", True), (STEP_PARENT, "second-mother", "F", True)),
    "private-fostering": ((MOTHER, "mother", "F", False), (FATHER, "father", "M", False),
                          (CARER, "carer", "F", True)),
}


@cache
def _languages() -> dict[str, tuple[str, float]]:
    return {row["community"]: (row["language"], float(row["english_first"])) for row in table("languages.csv")}


class Members:
    """Makes the people of one household at a time."""

    def __init__(self, plan: Plan, composition: Composition, directory: Directory):
        self._plan, self._composition, self._directory = plan, composition, directory
        self._children = plan.stream("people-children")
        self._grown = plan.stream("people-adults")
        self._unborn = plan.stream("people-unborn")
        self._numbers = plan.stream("people-identifiers")
        self._born_capacity = plan.children

    def people(self, outline: Outline, linked: tuple[int, str] | None, district: int) -> list[Person]:
        """Children oldest first, any unborn baby, then adults other than a parent kept in a linked household."""
        born = self._composition.born(outline.index)
        mother_born, father_born = self._composition.parents_born(outline.index, born)
        numbers = self._numbers.at(outline.index)
        practice = self._practice(outline.index, district, numbers)
        father_name = outline.father_name
        if linked and linked[1] == "father":
            father_name = self._composition.outline(linked[0]).father_name
        people = self._born(outline, born, father_name, practice, numbers)
        people += self._expected(outline, born, mother_born, practice)
        people += self._adults(outline, linked, born, mother_born, father_born, practice, numbers)
        return people

    def _practice(self, index: int, district: int, draw: Draw) -> int:
        near = self._directory.practices(self._plan.area_of(index).key, district if draw() < 0.8 else -1)
        return pick(near, draw)

    def _born(self, outline: Outline, born: list[date], father_name: str, practice: int,
              numbers: Draw) -> list[Person]:
        draw = self._children.at(outline.index)
        family = _children_name(outline, father_name, draw)
        home_language, english = _languages()[outline.mother_community]
        language = "ENG" if draw() < english else home_language
        people: list[Person] = []
        for slot, day in enumerate(born):
            sex = "M" if draw() < 0.512 else "F"
            community = outline.mother_community if draw() < 0.5 else outline.father_community
            twin = people[-1] if slot and born[slot - 1] == day else None
            given = self._given(community, sex, twin, people, draw)
            own = father_name if draw() < 0.03 else family
            middle = given_name(community, sex, draw) if draw() < 0.45 else ""
            known_as = _known_as(given, middle, draw)
            former = outline.mother_name if draw() < RENAMED else ""
            formal = surname(own, sex)
            people.append(Person(
                outline.index * SLOTS + SLOTS + slot, outline.index + 1, "child", "", given, middle, formal, known_as,
                former if former != own else "", sex, day, None, True, outline.ethnicity, language,
                language != "ENG" and draw() < 0.04, _disabilities(draw),
                self._child_nhs(outline.child_ordinal + slot, numbers),
                self._pupil_number(outline.child_ordinal + slot, day, numbers),
                practice if numbers() >= UNREGISTERED else None))
        return people

    def _given(self, community: str, sex: str, twin: Person | None, siblings: list[Person], draw: Draw) -> str:
        taken = {sibling.given for sibling in siblings}
        for _ in range(6):
            if twin and draw() < 0.35:
                given = like_name(community, sex, twin.given, draw)
            else:
                given = given_name(community, sex, draw)
            if given not in taken:
                break
        return given

    def _child_nhs(self, ordinal: int, draw: Draw) -> str:
        number = nhs_number(self._scatter(ordinal))
        return number if draw() >= WITHOUT_NHS else ""

    def _scatter(self, ordinal: int) -> int:
        """A child's place in the test range: a fixed one-to-one shuffle, so that siblings' numbers differ."""
        return (ordinal * 548_417 + 77_777) % NHS_CAPACITY

    def _pupil_number(self, ordinal: int, born: date, draw: Draw) -> str:
        started = born.year + 4 + (born.month >= 9)
        without = draw() < WITHOUT_UPN
        if without or date(started, 9, 1) > self._plan.today:
            return ""
        return upn(ordinal, started)

    def _expected(self, outline: Outline, born: list[date], mother_born: date, practice: int) -> list[Person]:
        if self._unborn.once(outline.index) >= EXPECTING:
            return []
        draw = self._unborn.at(outline.index)
        resident = any(role == "mother" and lives for _, role, _, lives in ADULTS[outline.form])
        today = self._plan.today
        recent = (today - born[-1]).days < 300
        if not resident or recent or (today - mother_born).days > 44 * 365:
            return []
        due = today + timedelta(days=int(draw() * 200))
        return [Person(outline.index * SLOTS + SLOTS + UNBORN, outline.index + 1, "unborn", "", "", "",
                       surname(outline.mother_name, "F"), "", "", "U", None, due, True, outline.ethnicity, "", False,
                       (), "", "", practice)]

    def _adults(self, outline: Outline, linked: tuple[int, str] | None, born: list[date], mother_born: date,
                father_born: date, practice: int, numbers: Draw) -> list[Person]:
        draw = self._grown.at(outline.index)
        people = []
        for place, (slot, role, sex, lives) in enumerate(ADULTS[outline.form]):
            older = timedelta(days=int((20 + draw() * 16) * 365.25))
            day = {"mother": mother_born, "father": father_born, "grandmother": mother_born - older,
                   "grandfather": mother_born - older}.get(role) or mother_born - older / 5 + timedelta(days=2200)
            community = outline.mother_community if sex == "F" else outline.father_community
            given = given_name(community, sex, draw)
            middle = given_name(community, sex, draw) if draw() < 0.35 else ""
            family = {"mother": outline.mother_name, "father": outline.father_name}.get(role)
            if family is None:
                family = outline.mother_name if draw() < 0.5 else outline.father_name
            known_as = _known_as(given, middle, draw)
            language, english = _languages()[community]
            foreign = draw() >= english
            needs_interpreter = foreign and draw() < 0.35
            number = self._adult_nhs(outline.index, place, numbers)
            former_name = surname(family_name(community, draw), sex) if draw() < 0.4 else ""
            if linked and linked[1] == role:
                continue
            formal = surname(family, sex)
            former = former_name if role == "mother" and outline.married else ""
            people.append(Person(
                outline.index * SLOTS + SLOTS + slot, outline.index + 1, "adult", role, given, middle, formal,
                known_as, former, sex, day, None, lives, outline.ethnicity, language if foreign else "ENG",
                needs_interpreter, (), number, "",
                practice if lives and numbers() >= UNREGISTERED else None))
        return people

    def _adult_nhs(self, index: int, place: int, draw: Draw) -> str:
        """Adults take what the children leave of the test range; in a very large borough most have none."""
        has = draw() >= ADULT_WITHOUT_NHS
        ordinal = self._born_capacity + index * 2 + place
        return nhs_number(self._scatter(ordinal)) if has and place < 2 and ordinal < NHS_CAPACITY else ""


def _children_name(outline: Outline, father_name: str, draw: Draw) -> str:
    chance = draw()
    if chance < 0.06 and outline.mother_name != father_name:
        return "-".join(surname(name, "F") for name in (outline.mother_name, father_name))
    with_father = outline.form in ("couple", "three-generation", "lone-father")
    return father_name if chance < (0.9 if with_father else 0.55) else outline.mother_name


def _known_as(given: str, middle: str, draw: Draw) -> str:
    """A nickname or the middle name for those who use one, else empty."""
    short, chance = nicknames().get(given), draw()
    if short and chance < NICKNAMED:
        return pick(short, draw)
    return middle if chance > 1 - BY_MIDDLE_NAME else ""


def _disabilities(draw: Draw) -> tuple[str, ...]:
    if draw() >= DISABLED:
        return ()
    found = {DISABILITIES.pick(draw)}
    if draw() < 0.3:
        found.add(DISABILITIES.pick(draw))
    return tuple(sorted(found))
