"""Percentage points told as percent: “rose from 62% to 71%, an increase of 9%”.

No order of words is asked for: a percentage that is told as a change, and that is to the digit the difference of the two
percentages told with it, is meant in points.
"""
import re
from collections.abc import Iterator
from decimal import Decimal

from goldthread.reports.arithmetic import less, relative_change, shown
from goldthread.reports.checking.ends import order_of
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.statements import Bound, Statement
from goldthread.reports.checking.told import DOWN, MOVED, UP, Told, joined
from goldthread.reports.document.sentences import Sentence

MOST_SENTENCES = 3
_MOVES = re.compile(rf"\b(?:{UP}|{DOWN}|{MOVED}|gap|away|apart|worse|better|ahead|behind)\b")
_GOES_ON = re.compile(r"(?:that|this|it|so|the (?:year before|previous|difference|change|gap|figure|rise|fall)|we are"
                      r"|an? (?:rise|fall|increase|drop|decrease|reduction|change)|up|down|last year|compared"
                      r"|in (?:20|19)\d\d)\b", re.IGNORECASE)
# “Up from 70%, or 11%”, “the gap is 9%”.
_SAME = re.compile(r"(?:^\W*(?:or|that is|which is|namely|i\.e\.)|\b(?:is|are))\s$")
_END = re.compile(r"\b(?:from|to|at|against|than|with|into|between|and)\s(?:the\s)?$")
_ANOTHER = re.compile(r"\b(?:target|england|national\w*|neighbours?|region\w*|london)\b", re.IGNORECASE)


def find(facts: Facts) -> Iterator[Found]:
    seen: set[Sentence] = set()
    for count in range(1, MOST_SENTENCES + 1):
        for run in _runs(facts.sentences, count):
            told = _read(run, facts.year)
            if told and not seen & set(run) and (three := _three(told, run)):
                seen |= set(run)
                yield _found(told, *three)


def as_points(now: Decimal, then: Decimal, stated: Statement) -> bool:
    """Whether a change told in percent between two percentages is right only when read as percentage points."""
    if stated.unit != "percent" or not then or stated.fraction:
        return False
    near = abs(abs(now - then) - stated.number) <= (stated.step / 2 if abs(now - then) % stated.step else 0)
    return near and abs(abs(100 * (now - then) / then) - stated.number) > stated.step / 2


def _runs(sentences: list[Sentence], count: int) -> Iterator[tuple[Sentence, ...]]:
    """Sentences on end of one paragraph, the later ones going on with what the first began."""
    for run in zip(*(sentences[at:] for at in range(count)), strict=False):
        goes_on = all(each.block == run[0].block and _GOES_ON.match(each.text) for each in run[1:])
        if goes_on and (count == 1 or not any(_ANOTHER.search(each.text) for each in run)):
            yield run


def _read(run: tuple[Sentence, ...], year: str) -> Told | None:
    """Sentences read as one, where each of several has a percentage."""
    if not all("%" in each.text or "per cent" in each.text for each in run):
        return None
    told = Told(run[0], run[0].text, year)
    for each in run[1:]:
        told = joined(told, each)
    return told if len(told.pieces) > 2 else None


def _three(told: Told, run: tuple[Sentence, ...]) -> tuple[int, int, int] | None:
    """Earlier, later and change: neighbours among the percentages of which one is told as the change of the others."""
    shares = [at for at in range(len(told.pieces)) if _share(told, at)]
    if len(run) > 1 and len(shares) != 3:
        return None
    for three in zip(shares, shares[1:], shares[2:], strict=False):
        for change in _changes(told, three):
            first, second = (at for at in three if at != change)
            then, now = _order(told, first, second, change)
            if not any(told.stated(at).direction for at in (first, second)) and as_points(
                    told.number(now), told.number(then), told.stated(change)):
                return then, now, change
    return None


def _changes(told: Told, three: tuple[int, ...]) -> list[int]:
    """Which of three may be the change, the likeliest first: as told, with a word of change beside, or of the sentence."""
    surely = [at for at in three if told.is_change(at)]
    if surely:
        return surely
    free = [at for at in three if not _END.search(told.lead(at))]
    free = [at for at in free if not told.years[at]] or free
    beside = [at for at in free if _MOVES.search(_near(told, at))]
    return beside + [at for at in free if at not in beside and _SAME.search(told.lead(at)) and _MOVES.search(told.text)]


def _share(told: Told, at: int) -> bool:
    """A percentage; in “from 62 to 71%” both are."""
    stated = told.stated(at)
    if told.is_change(at) and stated.unit == "percent" and not stated.fraction and stated.high is None:
        return True  # “approximately 5%” will do for a change
    beside = at + 1 < len(told.pieces) and told.gap(at + 1).strip() in ("to", "and")
    shared = beside and told.stated(at + 1).unit == "percent"
    exact = stated.bound == Bound.EXACT and not stated.fraction
    return exact and (stated.unit == "percent" or shared and stated.unit == "count")


def _near(told: Told, at: int) -> str:
    """The few words right before and after a number."""
    return " ".join([*told.gap(at).split()[-4:], ";", *told.gap(at + 1).split()[:3]])


def _order(told: Told, first: int, second: int, change: int) -> tuple[int, int]:
    """Which is the earlier: as the words say, else by the direction told, else the first."""
    if said := order_of(told, first, second):
        return said[0]
    way = told.change_way(change)
    return (first, second) if not way or (way > 0) == (told.number(second) > told.number(first)) else (second, first)


def _found(told: Told, earlier: int, later: int, change: int) -> Found:
    now, then = told.number(later), told.number(earlier)
    points, relative = less(now, then, "percent"), relative_change(now, then, "percent")
    return Found(told.sentence.at, told.quote, told.stated(change).words,
                 f"{shown(abs(points.value), 'count')} percentage points, or {shown(abs(relative.value), 'percent')}",
                 f"{points.how}; {relative.how}", "both ends")


RULE = Rule("points", "Percentage points told as percent",
            "Write “percentage points”, or give the change in percent of the earlier value.",
            {"both ends": "the sentence itself gives both percentages and the change"}, find)
