"""A change told with both its ends: “fell from 310 to 290, a drop of 6%”, “doubled from 40 to 62”, “rose from 60 to 50”."""
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from goldthread.reports.arithmetic import Worked, plain, shown
from goldthread.reports.checking.claims import multiple_in
from goldthread.reports.checking.ends import Ends, polarity
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule, Spot, in_sentence
from goldthread.reports.checking.judging import judge
from goldthread.reports.checking.rules.points import as_points
from goldthread.reports.checking.statements import Kind, Statement
from goldthread.reports.checking.subjects import Subject

FARTHEST = 10  # “1,870 from 29 schools” is no change
_NET = re.compile(r"\bnet\b")  # “139 started and 126 ended, a net rise of 13”
_NO_DIRECTION = re.compile(r"\b(?:target|forecast|slow\w*|narrow\w*|gap|both"
                           r"|respectively|rather than|instead of|or down|or worsened|(?:be"
                           r"|being|to) (?:reduced|increased))\b")


def find(facts: Facts) -> Iterator[Found]:
    for ends in facts.ends:
        if ends.change is None or not ends.together or _NET.search(ends.told.lead(ends.change)):
            continue
        if _another(ends) or max(ends.numbers) > FARTHEST * min(ends.numbers):
            continue
        stated = _as_change(ends)
        readings = [_subject(ends, ends.earlier, ends.later)]
        if not ends.sure:
            readings.append(_subject(ends, ends.later, ends.earlier))
        judged = [judge(stated, each) for each in readings]
        if any(each is None or each.holds or each.mild for each in judged) or _points(ends):
            continue
        yield in_sentence(ends.told, ends.change, judged[0].recomputed, judged[0].how,
                          _ground(ends), ends.numbers)


def find_directions(facts: Facts) -> Iterator[Found]:
    """“Rose from 60 to 50”."""
    for ends in facts.ends:
        told = ends.told
        way = ends.way
        moved = told.number(ends.later) - told.number(ends.earlier)
        if not ends.spanned or not way or polarity(told.text) != way or moved * way >= 0 or _NO_DIRECTION.search(told.text):
            continue
        word = "a rise" if moved > 0 else "a fall"
        yield Found(told.sentence.at, told.quote, "a rise" if way > 0 else "a fall", word,
                    f"{_shown(ends, ends.earlier)} to {_shown(ends, ends.later)} is {word}", "both ends")


def find_multiples(facts: Facts) -> Iterator[Found]:
    """“Doubled from 40 to 62”."""
    for ends in facts.ends:
        stated = multiple_in(ends.clause) if ends.sure and ends.together and ends.change is None else None
        either = ((ends.earlier, ends.later), (ends.later, ends.earlier))  # “twice as often as boys, 37% to 18%”
        both = [judge(stated, _subject(ends, *pair)) for pair in either] if stated else []
        judged = both[0] if both else None
        if judged and not any(each and each.holds for each in both):
            yield Found(ends.told.sentence.at, ends.told.quote, stated.words, judged.recomputed, judged.how, "both ends",
                        spot=Spot(ends.told, len(ends.told.pieces), stated), of=ends.numbers)


def _ground(ends: Ends) -> str:
    return "from and to" if ends.from_to else "both ends" if ends.sure else "two numbers"


def _another(ends: Ends) -> bool:
    """Whether another change of its unit is told beside it: “three fewer than in 2022-23 and five fewer than the 11”."""
    told, unit = ends.told, ends.told.stated(ends.change).unit
    return any(told.is_change(at) and told.stated(at).unit == unit for at in range(len(told.pieces)) if at != ends.change)


def _as_change(ends: Ends) -> Statement:
    stated = ends.told.stated(ends.change)
    return replace(stated, kind=Kind.CHANGE, direction=stated.direction or ends.told.change_way(ends.change))


def _points(ends: Ends) -> bool:
    """Whether it is told of two percentages, and right only as percentage points: another rule's finding."""
    return ends.unit == "percent" and as_points(ends.told.number(ends.later), ends.told.number(ends.earlier),
                                                ends.told.stated(ends.change))


def _subject(ends: Ends, earlier: int, later: int) -> Subject:
    now, then = ends.told.number(later), ends.told.number(earlier)
    return Subject("", "", (), ends.unit, Worked(now, shown(now, ends.unit)), Worked(then, shown(then, ends.unit)))


def _shown(ends: Ends, at: int) -> str:
    number: Decimal = ends.told.number(at)
    return shown(number, ends.unit) if ends.unit != "count" else plain(number)


RULE = Rule("change", "A change does not follow from the two values it is told with",
            "Work the change out again from the two values beside it.",
            {"from and to": "the sentence says “from … to …” with the change beside it",
             "both ends": "the sentence itself gives both values and the change",
             "two numbers": "the sentence gives two values and the change, and neither order of them fits"}, find)
DIRECTION = Rule("direction", "A rise is told of numbers that fall, or a fall of numbers that rise",
                 "Change the word, or put the two numbers in their right order.",
                 {"both ends": "the sentence says which number is the earlier"}, find_directions)
MULTIPLE = Rule("multiple", "“Doubled”, “halved” and the like do not follow from the two values beside them",
                "Divide the later value by the earlier, and say what it comes to.",
                {"both ends": "the sentence says which number is the earlier"}, find_multiples)
