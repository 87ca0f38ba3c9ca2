"""How much each agreement or difference tells, as data: see `Level`. Checked against the synthetic borough by
`bench/people_match.py --estimate`, which prints the same two chances as they are there.

The model is Fellegi and Sunter's (A theory for record linkage, 1969): parts are taken one by one, and each adds the
binary logarithm of how much likelier what is seen is for one person than for two. What belongs together in life and
would be counted twice (brothers, sisters and twins share name, home and often birthday) is held down by `CEILINGS`.
"""
from __future__ import annotations

from dataclasses import dataclass
from math import log2


@dataclass(frozen=True)
class Level:
    """One way a part of two records compares.

    same: chance of it when both are one person. others: chance of it for two people taken at random.
    words: the reason shown, with {stated} and {found} filled in; empty when it says nothing. against: whether it
    speaks against.
    """

    key: str
    same: float
    others: float
    words: str
    against: bool = False

    @property
    def bits(self) -> float:
        return log2(self.same / self.others)


def _levels(*levels: Level) -> dict[str, Level]:
    return {level.key: level for level in levels}


NHS = _levels(Level("same", 0.97, 1e-6, "Same NHS number"),
              Level("different", 0.01, 1.0, "Different NHS number", True))
UPN = _levels(Level("same", 0.97, 1e-6, "Same UPN"),
              Level("different", 0.02, 1.0, "Different UPN", True))
OTHER_NUMBER = _levels(Level("same", 0.9, 1e-5, "Same reference number"))
GIVEN = _levels(
    Level("same", 0.60, 0.0016, "Same given name: {found}"),
    Level("first", 0.30, 0.0014, "Same first given name: {stated} / {found}"),
    Level("form", 0.02, 0.0015, "Another form of the given name: {stated} / {found}"),
    Level("part", 0.01, 0.003, "A further given name is the same: {stated} / {found}"),
    Level("sound", 0.025, 0.0009, "Given name sounds alike: {stated} / {found}"),
    Level("spelling", 0.025, 0.0007, "Given name is spelt alike: {stated} / {found}"),
    Level("different", 0.02, 0.99, "Different given name: {stated} / {found}", True),
    Level("missing", 1, 1, ""),
)
FAMILY = _levels(
    Level("same", 0.86, 0.0024, "Same family name: {found}"),
    Level("part", 0.02, 0.001, "Part of the family name is the same: {stated} / {found}"),
    Level("sound", 0.04, 0.0009, "Family name sounds alike: {stated} / {found}"),
    Level("spelling", 0.05, 0.0007, "Family name is spelt alike: {stated} / {found}"),
    Level("different", 0.03, 0.98, "Different family name: {stated} / {found}", True),
)
SWAPPED = _levels(Level("swapped", 0.01, 0.00002, "Given and family names are the other way round: {stated} / {found}"))
BORN = _levels(
    Level("same", 0.90, 0.00012, "Same date of birth"),
    Level("swapped", 0.02, 0.00005, "Date of birth has day and month swapped: {stated} / {found}"),
    Level("figure", 0.03, 0.002, "Date of birth differs in one figure: {stated} / {found}"),
    Level("day", 0.01, 0.0015, "Same month and year of birth: {stated} / {found}"),
    Level("part", 0.015, 0.003, "Date of birth differs only in month or year: {stated} / {found}"),
    Level("new-year", 0.012, 0.0004, "Same year, 1 January often means day unknown: {stated} / {found}"),
    Level("year", 0.80, 0.05, "Estimated date of birth within a year: {stated} / {found}"),
    Level("different", 0.015, 0.98, "Different date of birth: {stated} / {found}", True),
    Level("missing", 1, 1, ""),
)
AGE = _levels(Level("different", 0.005, 0.5, "Said to be {stated}, recorded as {found}", True))
SEX = _levels(Level("same", 0.99, 0.5, "Same sex"), Level("different", 0.01, 0.5, "Different sex", True))
PLACE = _levels(
    Level("home", 0.70, 0.00004, "Same address"),
    Level("postcode", 0.10, 0.0005, "Same postcode"),
    Level("line", 0.05, 0.002, "Same building and street, another or no postcode"),
    Level("near", 0.05, 0.01, "Postcode nearly the same: {stated} / {found}"),
    Level("different", 0.15, 0.98, "Another address", True),
    Level("missing", 1, 1, ""),
)

#: Bits to overcome: one person sought among about 130,000.
PRIOR = 17.0


@dataclass(frozen=True)
class Ceiling:
    """No higher score than `score` when all that `keys` name is seen and nothing of `unless`, whatever else agrees;
    `words` says why, empty when a reason against has said it."""

    keys: frozenset[str]
    score: int
    words: str
    unless: frozenset[str] = frozenset()


def _ceiling(keys: str, score: int, words: str, unless: str = "") -> Ceiling:
    split = (frozenset(part.strip() for part in text.split(",") if part.strip()) for text in (keys, unless))
    return Ceiling(next(split), score, words, next(split))


CEILINGS = (
    _ceiling("given different, nhs different", 20, "Another person of the family, by name and number"),
    _ceiling("given different, upn different", 20, "Another person of the family, by name and number"),
    _ceiling("given different, sex different", 20, "Another person of the family, by name and sex"),
    _ceiling("given different, born different", 30, "Neither given name nor date of birth agrees"),
    _ceiling("nhs different", 60, "Two NHS numbers"),
    _ceiling("upn different", 70, "Two UPNs"),
    _ceiling("age different", 30, ""),
    _ceiling("given different", 70, "May be a brother, a sister or a twin"),
    _ceiling("given missing", 60, "No given name to compare", "nhs same, upn same"),
    _ceiling("born missing, place missing", 40, "Only names to compare", "nhs same, upn same"),
    _ceiling("born missing", 90, "No date of birth to compare", "nhs same, upn same"),
)

#: No lower score than this when it is seen: a number that agrees is always shown, whatever does not.
FLOORS = {"nhs same": 40, "upn same": 40}

#: The least score for each word of strength, the strongest first.
STRENGTHS = ((95, "almost certainly"), (60, "likely"), (0, "possible"))
#: Below this score somebody is shown only when two parts agree and none differs: little was said, all of it fits.
SHOWN = 5
