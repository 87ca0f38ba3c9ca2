"""Two descriptions compared part by part: how likely one person, and why. Pure, so that it can be tested and shown."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import jellyfish

from goldthread.base.dates import age_on
from goldthread.base.text import normalise_name
from goldthread.people import weights
from goldthread.people.keys import forms_of, home_key, number_key, postcode_key, sounds_of
from goldthread.people.weights import Level


@dataclass(frozen=True)
class Stated:
    """What somebody says about a person, to be looked for. Whatever is not known is empty.

    born_estimated: only the year of `born_on` counts, give or take one. adult: whether they are said to be an adult
    or a child, None when not said. numbers: further (scheme, value) pairs,
    such as ("council", "C12345"). Identifiers need not pass their check: one that fails is simply not found.
    """

    given: str = ""
    family: str = ""
    known_as: str = ""
    born_on: date | None = None
    born_estimated: bool = False
    sex: str = "U"
    adult: bool | None = None
    line: str = ""
    postcode: str = ""
    nhs: str = ""
    upn: str = ""
    numbers: tuple[tuple[str, str], ...] = ()

    @cached_property
    def givens(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(normalise_name(each) for each in (self.given, self.known_as) if each.strip()))

    @cached_property
    def families(self) -> tuple[str, ...]:
        return (normalise_name(self.family),) if self.family.strip() else ()

    @cached_property
    def number_keys(self) -> tuple[str, ...]:
        pairs = (("nhs", self.nhs), ("upn", self.upn), *self.numbers)
        return tuple(number_key(scheme, value) for scheme, value in pairs if value.strip())

    @cached_property
    def postcode_key(self) -> str:
        return postcode_key(self.postcode)

    @cached_property
    def home_key(self) -> str:
        return home_key(self.line)


@dataclass(frozen=True)
class Found:
    """One person as their search key tells them, to be compared with what was stated."""

    person: int
    kept: int
    given: Sequence[str]
    family: Sequence[str]
    born_on: date | None
    born_estimated: bool
    sex: str
    postcodes: Sequence[str]
    homes: Sequence[str]
    numbers: Sequence[str]


@dataclass(frozen=True)
class Score:
    """0 to 100, with bits beneath it for ordering, and reasons in words."""

    score: int
    bits: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


def compare(stated: Stated, found: Found, *, today: date) -> Score:
    """How far the two descriptions speak of one person, as of `today` (for who is a child)."""
    seen: set[str] = set()
    bits, reasons, against = -weights.PRIOR, [], []
    for part, level, one, other in parts(stated, found, today=today):
        bits += level.bits
        seen.add(f"{part} {level.key}")
        if level.words:
            (against if level.against else reasons).append(level.words.format(stated=one, found=other))
    score = round(100 / (1 + 2 ** -max(min(bits, 60), -60)))
    for ceiling in weights.CEILINGS:
        if ceiling.keys <= seen and not ceiling.unless & seen and score > ceiling.score:
            score = ceiling.score
            against += [ceiling.words] if ceiling.words else []
    score = max(score, *(least for key, least in weights.FLOORS.items() if key in seen), 0)
    return Score(score, bits, tuple(reasons), tuple(against))


Part = tuple[str, Level, str, str]


def parts(stated: Stated, found: Found, *, today: date) -> Iterator[Part]:
    """How each part compares: what it is, the level, and what was stated and found in words."""
    yield from _numbers(stated, found)
    yield from _names(stated, found)
    if stated.born_on and found.born_on:
        how = born_level(stated.born_on, found.born_on, stated.born_estimated or found.born_estimated)
        yield "born", weights.BORN[how], f"{stated.born_on:%d.%m.%Y}", f"{found.born_on:%d.%m.%Y}"
    else:
        yield "born", weights.BORN["missing"], "", ""
    if stated.adult is not None and found.born_on and stated.adult is not (age_on(found.born_on, today) >= 18):
        yield "age", weights.AGE["different"], *(("an adult", "a child") if stated.adult else ("a child", "an adult"))
    if "U" not in (stated.sex, found.sex):
        yield "sex", weights.SEX["same" if stated.sex == found.sex else "different"], "", ""
    if (stated.postcode or stated.line) and (found.postcodes or found.homes):
        how, where = _place(stated, found)
        yield "place", weights.PLACE[how], stated.postcode.strip(), where
    else:
        yield "place", weights.PLACE["missing"], "", ""


def _numbers(stated: Stated, found: Found) -> Iterator[Part]:
    theirs: dict[str, set[str]] = {}
    for number in found.numbers:
        theirs.setdefault(number.split(":")[0], set()).add(number)
    for number in stated.number_keys:
        scheme = number.split(":")[0]
        table = {"nhs": weights.NHS, "upn": weights.UPN}.get(scheme, weights.OTHER_NUMBER)
        how = "same" if number in theirs.get(scheme, ()) else "different" if scheme in theirs else ""
        if how in table:
            yield scheme, table[how], "", ""


def _names(stated: Stated, found: Found) -> Iterator[Part]:
    given = _best("given", stated.givens, found.given) or [("given", weights.GIVEN["missing"], "", "")]
    family = _best("family", stated.families, found.family)
    crossed = [*_best("given", stated.givens, found.family), *_best("family", stated.families, found.given)]
    straight = [*given, *family]
    if (len(crossed) == 2 and all(level.key != "different" for _, level, _, _ in crossed)
            and sum(level.bits for _, level, _, _ in straight) < weights.SWAPPED["swapped"].bits):
        whole = f"{crossed[0][3]} {crossed[1][3]}"
        yield "names", weights.SWAPPED["swapped"], f"{crossed[0][2]} {crossed[1][2]}", whole
    else:
        yield from straight


def _best(part: str, stated: Sequence[str], found: Sequence[str]) -> list[Part]:
    """The most telling way in which any of the names compare; nothing when either side has none."""
    table = weights.GIVEN if part == "given" else weights.FAMILY
    pairs = [(table[name_level(one, other, given=part == "given")], one, other) for one in stated for other in found]
    if not pairs:
        return []
    level, one, other = max(pairs, key=lambda pair: pair[0].bits)
    return [(part, level, one.title(), other.title())]


@lru_cache(maxsize=100_000)
def name_level(one: str, other: str, *, given: bool) -> str:
    """How two normalised names compare: same, first, form, part, sound, spelling or different."""
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return "same"
    if given and other in forms_of(one):
        return "form"
    if set(one.split()) & set(other.split()):
        return "first" if given and one.split()[0] == other.split()[0] else "part"
    close = jellyfish.jaro_winkler_similarity(one, other)
    if sounds_of(one) & sounds_of(other) and close >= 0.6:
        return "sound"
    near = jellyfish.damerau_levenshtein_distance(one, other) <= (1 if min(len(one), len(other)) < 6 else 2)
    return "spelling" if close >= 0.9 or (near and min(len(one), len(other)) >= 4) else "different"


def born_level(one: date, other: date, estimated: bool) -> str:
    """How two dates of birth compare: same, year (when one is an estimate), swapped,
    figure, new-year, day, part, different."""
    if one == other:
        return "same"
    if estimated:
        return "year" if abs(one.year - other.year) <= 1 else "different"
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return "swapped"
    if sum(a != b for a, b in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)) == 1:
        return "figure"
    if one.year == other.year and (1, 1) in ((one.month, one.day), (other.month, other.day)):
        return "new-year"
    same = [one.day == other.day, one.month == other.month, one.year == other.year]
    if same == [False, True, True]:
        return "day"
    return "part" if sum(same) == 2 else "different"


def births_alike(born: date | None, estimated: bool) -> list[date]:
    """The date itself and those it is easily mistaken for: day and month swapped, a day, a month, a year beside it."""
    if born is None or estimated:
        return []
    found = {born, born - timedelta(days=1), born + timedelta(days=1)}
    for year, month, day in ((born.year, born.day, born.month), (born.year - 1, born.month, born.day),
                             (born.year + 1, born.month, born.day), (born.year, born.month - 1, born.day),
                             (born.year, born.month + 1, born.day)):
        if 1 <= month <= 12 and day <= 28 or _exists(year, month, day):
            found.add(date(year, month, day))
    return sorted(found)


def _exists(year: int, month: int, day: int) -> bool:
    if not 1 <= month <= 12:
        return False
    after = date(year + month // 12, month % 12 + 1, 1)
    return day <= (after - timedelta(days=1)).day


def _place(stated: Stated, found: Found) -> tuple[str, str]:
    code, home = stated.postcode_key, stated.home_key
    same_home = bool(home) and home in found.homes
    if code and code in found.postcodes:
        return ("home" if same_home else "postcode"), ""
    if same_home:
        return "line", ""
    near = [other for other in found.postcodes if code and _near(code, other)]
    return ("near", near[0]) if near else ("different", "")


def _near(one: str, other: str) -> bool:
    """Postcodes of one sector, or with one character wrong or two swapped."""
    return one[:-2] == other[:-2] or jellyfish.damerau_levenshtein_distance(one, other) == 1
