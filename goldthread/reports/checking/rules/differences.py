"""A difference told in an amount: “31 more than the 115 of the year before”, “897 more, or a rise of 7%”.

What it is the difference of need not stand in the same sentence; it must be among the numbers of the paragraph so far.
"""
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from goldthread.reports.arithmetic import percent, shown
from goldthread.reports.checking.ends import polarity
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule, in_sentence
from goldthread.reports.checking.fits import fits, look_alike
from goldthread.reports.checking.told import DOWN, UP, Told

_THAN = re.compile(r"^\s*(?:[a-z]+\s){0,2}?(?P<way>more|above|higher|fewer|less|lower|below)\s(?:than\s|on\s)?"
                   r"(?:(?:in|the|that|figure|total|number|of|last|previous|year's|#[#\s/-]*(?:'s)?)\s*)*"
                   r"(?:\(|,\swhen\s(?:[a-z]+\s){1,3})?$")
_MOVE = rf"(?:an?\s)?(?:[a-z]+\s)?(?:{UP}|{DOWN}|change)"
_OR = re.compile(rf"^\s*(?:more|fewer|less|higher|lower)?\s*(?:[,:(–-]|\bor\b|\band\b|\bwhich is\b|\bthat is\b|\s)+"
                 rf"(?:(?:{_MOVE})\s(?:of|by)\s|by\s|an?\s)?(?:about |some |around |just over |nearly |almost )?$")
_MORE = re.compile(rf"^[%⁄\s)]*(?:more|fewer|less|{UP}|{DOWN})\b")
_GOES_ON = re.compile(r"(?:that|this|it|so|which)\b", re.IGNORECASE)
MOST = 2
_UPWARD = ("more", "above", "higher")


@dataclass(frozen=True)
class _Here:
    """A sentence, and the numbers of the paragraph up to its end that may be the ends of a difference in it."""

    told: Told
    earlier: Sequence[Told]

    def ends(self, unit: str, *but: int) -> list[Decimal]:
        own = [self.told.number(at) for at in _values(self.told, unit) if at not in but]
        return own + [each.number(at) for each in self.earlier for at in _values(each, unit)]


def find(facts: Facts) -> Iterator[Found]:
    for passage in facts.passages:
        for place, told in enumerate(passage):
            here = _Here(told, passage[:place])
            for at in range(len(told.pieces) - 1):
                yield from _anchored(here, at)
                yield from _with_share(here, at)
                yield from _to(here, at)


def _values(told: Told, unit: str) -> list[int]:
    return [at for at in range(len(told.pieces)) if told.plain(at, unit) and not told.is_change(at)]


def _anchored(here: _Here, at: int) -> Iterator[Found]:
    """“… 146 people, 31 more than the 115 …”: the difference and one end are beside one another."""
    told, unit = here.told, here.told.stated(at).unit
    than = _THAN.match(told.gap(at + 1))
    if not than or unit not in ("count", "money") or not all(told.plain(each, unit) for each in (at, at + 1)):
        return
    way = 1 if than["way"] in _UPWARD else -1
    difference, end = told.number(at), told.number(at + 1)
    if difference > MOST * end:
        return  # “61 more than three but not more than six months”
    there = here.ends(unit, at, at + 1)
    before_it = [told.number(each) for each in _values(told, unit) if each < at]
    if not before_it and here.earlier and _GOES_ON.match(told.printed):
        before_it = [here.earlier[-1].number(each) for each in _values(here.earlier[-1], unit)]
    if end + way * difference in there or not before_it:
        return
    if end - way * difference in before_it:
        yield _found(told, at, end - way * difference, end, unit, "the other way round")
        return
    near = [each for each in before_it if (each - end) * way > 0 and (
        look_alike(abs(each - end), difference) or look_alike(each, end + way * difference))]
    if near:
        yield _found(told, at, near[-1], end, unit, "beside one end")


def _with_share(here: _Here, at: int) -> Iterator[Found]:
    """“By 123, or 10%”: the same difference as an amount and in percent."""
    told, unit, share = here.told, here.told.stated(at).unit, here.told.stated(at + 1)
    moves = told.is_change(at) or told.is_change(at + 1) or _MORE.match(told.gap(at + 2)) or (
        told.gap(at).endswith(" by ") and polarity(told.text[:told.pieces[at].start]))
    if unit not in ("count", "money") or share.unit != "percent" or not moves or not _OR.match(told.gap(at + 1)):
        return
    if told.gap(at + 1).strip() in (",", ", a") and not told.is_change(at):
        return  # “were left with £820,000, a quarter more than …”
    if not told.plain(at, unit):
        return
    difference, stated = told.number(at), replace(share, direction=0)
    there = here.ends(unit, at)
    pairs = [(one, other) for one in there for other in there if one != other and other]
    told_so = [pair for pair in pairs if abs(pair[0] - pair[1]) == difference]
    if any(_is_share(stated, difference, end) for _, end in told_so):
        return
    if told_so:
        now, then = told_so[0]
        worked = percent(difference, then, unit)
        yield in_sentence(told, at + 1, shown(worked.value, "percent"), worked.how, "in percent too", told_so[0])
        return
    for now, then in pairs:
        if look_alike(abs(now - then), difference) and _is_share(stated, abs(now - then), then):
            yield _found(told, at, now, then, unit, "in percent too")
            return


def _to(here: _Here, at: int) -> Iterator[Found]:
    """“Grew by 46 to 256, a 22% increase”: the later end and the difference give the earlier."""
    told = here.told
    if at + 2 >= len(told.pieces) or told.gap(at + 1).strip() != "to" or told.stated(at + 2).unit != "percent" or (
            not _OR.match(told.gap(at + 2))):
        return
    unit, way = told.stated(at).unit, told.change_way(at)
    if not way or not all(told.plain(each, unit) for each in (at, at + 1)) or not all(
            told.is_change(each) for each in (at, at + 2)):
        return
    then, stated = told.number(at + 1) - way * told.number(at), replace(told.stated(at + 2), direction=0)
    if then > 0 and not _is_share(stated, told.number(at), then):
        worked = percent(told.number(at), then, unit)
        yield in_sentence(told, at + 2, shown(worked.value, "percent"), worked.how, "in percent too",
                          (told.number(at), then))


def _is_share(stated, part: Decimal, whole: Decimal) -> bool:
    worked = percent(part, whole) if whole > 0 else None
    return worked is not None and fits(stated, worked.value)


def _found(told: Told, at: int, now: Decimal, then: Decimal, unit: str, ground: str) -> Found:
    moved = now - then
    word = "more" if moved > 0 else "fewer"
    return in_sentence(told, at, f"{shown(abs(moved), unit)} {word}",
                       f"{shown(now, unit)} − {shown(then, unit)} = {shown(moved, unit)}", ground, (now, then))


RULE = Rule("difference", "A difference is not that of the numbers told with it",
            "Subtract again, or mend the number that is mistyped.",
            {"beside one end": "the difference and one of its ends stand together, the other end before them",
             "the other way round": "the numbers differ by as much, but the other way",
             "in percent too": "the difference is told as an amount and in percent, of numbers of the same paragraph"}, find)
