"""Groups that begin once, or twice; words left from last year's report; a glossary that gives one group another's words."""
from __future__ import annotations

import calendar

from bench.planted import words
from bench.planted.maker import Maker


def bodies(maker: Maker) -> None:
    """A chapter on the partnership's groups; what is said of them again comes at the end of the report (`again`)."""
    maker.head(maker.one("Groups of the partnership", "Who meets, and how often"))
    short, full = maker.rng.choice(words.BODIES)
    month = maker.near(4, 12)
    first = _begins(maker, f"the {full} ({short})", month)
    maker.say(first, f"The {short} has {maker.near(6, 19)} members.")
    wrong = maker.wrong("begins-twice")
    if wrong:
        month = maker.one_of(*(each for each in range(4, 13) if each != month))
    second = _begins(maker, maker.one(f"the {short}", f"the {full}"), month)
    maker.again = second
    if wrong:
        maker.plant("begins-twice", first, second)
    _stale(maker)


def _begins(maker: Maker, body: str, month: int) -> str:
    return maker.told("begins", body=body, Body=body[0].upper() + body[1:], month=calendar.month_name[month],
                      year=maker.start)


def _stale(maker: Maker) -> None:
    """A panel of this year, and what it did not have: this year, or last year's words by mistake."""
    wrong = maker.wrong("stale-year")
    text = maker.told("stale", year=maker.last_year if wrong else maker.year)
    maker.say(f"The panel on serious incidents met {words.NUMBER_WORDS[maker.near(3, 9)]} times during {maker.year}.", text)
    if wrong:
        maker.plant("stale-year", text)


def explained(maker: Maker) -> list[list[str]]:
    """Two more rows of the glossary, on what belongs to a group; the first may have the words of the second."""
    (one, its_words), (two, others) = maker.rng.sample(sorted(maker.shorts.items()), 2)
    what = maker.one("Team", "Subgroup", "Lead", "Panel")
    rows = [[f"{one} {what}", f"{its_words} {what}"], [f"{two} {what}", f"{others} {what}"]]
    if maker.wrong("abbreviation-other"):
        rows[0][1] = f"{others} {what}"
        maker.plant("abbreviation-other", " | ".join(rows[0]))
    return rows
