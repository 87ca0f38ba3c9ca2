"""What a household is before anyone in it has a name: size, form, heritage, when the children were born.

Cheap to work out for one household by its index, in any order, since contacts and linked households ask.
"""
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from goldthread.borough.chance import Weighted, shuffled, waiting
from goldthread.borough.files import table
from goldthread.borough.names import family_name
from goldthread.borough.plan import GROUP, GROUP_CHILDREN, Plan

#: Either list has 45 households with 80 children.
USUAL = (1,) * 20 + (2,) * 18 + (3,) * 5 + (4, 5)
ONE_LARGE = (1,) * 21 + (2,) * 17 + (3,) * 5 + (4, 6)
FORMS = Weighted((("couple", 59.5), ("lone-mother", 21), ("lone-father", 2.5), ("step-family", 7.5),
                  ("three-generation", 4), ("mother-and-grandmother", 2.5), ("kinship", 2.2),
                  ("two-mothers", 0.5), ("private-fostering", 0.3)))
WITH_FATHER = frozenset(("couple", "three-generation", "lone-father"))
WITH_MOTHER = frozenset(("couple", "three-generation", "lone-mother", "mother-and-grandmother", "step-family"))
ELDEST_DAYS = 6570
YOUNGEST_PARENT, APART = timedelta(days=6000), timedelta(days=300)
TWIN_GAP = 0.0337
LINKED = 0.12
#: Families of several are drawn towards either end of childhood at times, so that every age has as many.
AT_AN_EDGE, EDGE = 0.3, 0.12
#: How far away in its group the household stands that may hold the parent who left.
LINK_STEP = 7


@dataclass(frozen=True, slots=True)
class Outline:
    """A household in outline. ``child_ordinal`` counts born children before it in the whole plan."""

    index: int
    form: str
    married: bool
    ethnicity: str
    mother_community: str
    father_community: str
    mother_name: str
    father_name: str
    size: int
    child_ordinal: int


def _communities(text: str) -> Weighted:
    return Weighted((name, float(weight or 1)) for name, _, weight in (w.partition(":") for w in text.split()))


@cache
def _heritages() -> tuple[Weighted, dict[str, tuple[Weighted, Weighted | None]]]:
    rows = table("ethnicities.csv")
    return (Weighted((row["code"], float(row["weight"])) for row in rows),
            {row["code"]: (_communities(row["first"]), _communities(row["second"]) if row["second"] else None)
             for row in rows})


class Composition:
    """The outlines of a plan's households, by index from nought."""

    def __init__(self, plan: Plan):
        self._plan = plan
        self._sizes = plan.stream("household-sizes")
        self._outlines = plan.stream("household-outlines")
        self._births = plan.stream("household-births")
        self._links = plan.stream("household-links")
        self._parents = plan.stream("household-parents")
        self._group = lru_cache(maxsize=512)(self._sizes_of)

    def _sizes_of(self, group: int) -> tuple[list[int], list[int]]:
        draw = self._sizes.at(group)
        sizes = shuffled(USUAL if draw() < 0.7 else ONE_LARGE, draw)
        before, total = [], 0
        for size in sizes:
            before.append(total)
            total += size
        return sizes, before

    def size(self, index: int) -> int:
        """How many born children live in the household."""
        return self._group(index // GROUP)[0][index % GROUP]

    def outline(self, index: int) -> Outline:
        """The household in outline."""
        group, place = divmod(index, GROUP)
        sizes, before = self._group(group)
        draw = self._outlines.at(index)
        form = FORMS.pick(draw)
        ethnicities, parents = _heritages()
        ethnicity = ethnicities.pick(draw)
        first, second = parents[ethnicity]
        one = first.pick(draw)
        other = second.pick(draw) if second else one
        mother, father = (one, other) if draw() < 0.5 else (other, one)
        father_name = family_name(father, draw)
        own_name = family_name(mother, draw)
        married = draw() < (0.72 if form in ("couple", "three-generation") else 0.3)
        took_name = married and draw() < 0.8
        return Outline(index, form, married, ethnicity, mother, father, father_name if took_name else own_name,
                       father_name, sizes[place], group * GROUP_CHILDREN + before[place])

    def born(self, index: int) -> list[date]:
        """Dates of birth of the household's children, oldest first; twins share one."""
        draw = self._births.at(index)
        gaps = []
        for _ in range(self.size(index) - 1):
            if draw() < TWIN_GAP and not (gaps and gaps[-1] == 0):
                gaps.append(0)
            else:
                gaps.append(330 + int(min(waiting(620, draw), 3600)))
        span = sum(gaps)
        if span > ELDEST_DAYS - 200:
            gaps = [gap and 310 + int((gap - 310) * 0.35) for gap in gaps]
            span = sum(gaps)
        share, edge = draw(), draw()
        if gaps and edge < AT_AN_EDGE:
            share = EDGE * share if edge < AT_AN_EDGE / 2 else 1 - EDGE * share
        age = ELDEST_DAYS - int(share * max(0, ELDEST_DAYS - span))
        days = [self._plan.today - timedelta(days=age)]
        for gap in gaps:
            days.append(days[-1] + timedelta(days=gap))
        return days

    def parents_born(self, index: int, born: list[date]) -> tuple[date, date]:
        """When the mother and the father of children with these dates of birth were born."""
        draw = self._parents.at(index)
        span = (born[-1] - born[0]).days / 365.25
        age = min(17 + (draw() + draw() + draw()) * 8.5, 46 - span)
        mother = born[0] - timedelta(days=int(age * 365.25))
        father = mother - timedelta(days=int(((draw() + draw()) * 9 - 6) * 365.25))
        return mother, min(father, born[0] - timedelta(days=6300))

    def linked(self, outline: Outline) -> tuple[int, str] | None:
        """The index of the household where a parent of these children lives today, and which parent.

        That parent is the resident father, or mother, of the other household, so the children of the two
        are half-siblings in different households.
        """
        wanted = {"lone-mother": "father", "mother-and-grandmother": "father", "step-family": "father",
                  "lone-father": "mother", "kinship": "mother"}.get(outline.form)
        if wanted is None or self._links.once(outline.index) >= LINKED:
            return None
        group, place = divmod(outline.index, GROUP)
        other = group * GROUP + (place + LINK_STEP) % GROUP
        if self.outline(other).form not in (WITH_FATHER if wanted == "father" else WITH_MOTHER):
            return None
        here, there = self.born(outline.index), self.born(other)
        mother, father = self.parents_born(other, there)
        if here[0] - (father if wanted == "father" else mother) < YOUNGEST_PARENT:
            return None
        if wanted == "mother" and any(abs(one - two) < APART for one in here for two in there):
            return None
        return other, wanted
