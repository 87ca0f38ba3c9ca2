"""A share told with part and whole: “42 of the 50 places (99%)”, “nearly half of them (84 of 120)”; parts above wholes."""
import re
from collections.abc import Iterator
from decimal import Decimal

from goldthread.reports.arithmetic import percent, plain, shown
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule, in_sentence
from goldthread.reports.checking.fits import fits
from goldthread.reports.checking.mentions import cleaned
from goldthread.reports.checking.numbers import figures_in
from goldthread.reports.checking.statements import Bound, Kind, Statement
from goldthread.reports.checking.told import BASES, Told

_WORDS = r"(?:[\s,]+(?!\bper\b)[a-z'’#“”\"-]+)"
_HEDGES = r"(?:only |just |some |about |around |approximately |over |under |nearly |almost |more than |less than |a )*"
_WHOLE_DET = (r"(?:of (?:the|a|our|this|that|these|those|all|its)?\s?|out of (?:the |a )?|from (?:the |a |among |within )?"
              r"|in (?:the |a |all )?|among (?:the )?|/\s*|(?:total|sample|cohort|group|caseload) of )")
# What stands right before a whole, and between a number and that.
_OF = re.compile(rf"^(?P<words>(?!\s(?:were|was|are|is)\b){_WORDS}{{0,3}}?)[\s,(]*(?:{_WHOLE_DET})+"
                 rf"(?:(?:total|sample|cohort|group|possible|eligible)\s(?:of\s)?)?{_HEDGES}$")
_OF_LEAD = re.compile(rf"(?:^|[\s,;(])(?:of|out of|from|among)\s(?:the |a |these |those |all |our |which |total of "
                      rf"|sample of "
                      rf"|[a-z]+ of )*{_HEDGES}$")
_OF_THEM = re.compile(r"^(?:[a-z]+ )?of (?:them|these|those|which|whom|the total|the sample)\b")
_SAME = (r"(?:or|that is|i\.e\.|namely|which (?:is|are|was|were|represents|equates to|means)|this (?:is|represents|was"
         r"|equates to)"
         r"|representing|equal to|equivalent to|equating to|making|giving|amounting to|a (?:total|rate|response rate"
         r"|response|share|proportion) of)")
# Between a part and its share, in either order.
_BESIDE = re.compile(rf"^{_WORDS}{{0,3}}?\s*(?:\(\s*(?:i\.e\. )?|[,;–—-]?\s*{_SAME}\s+|[,–—-]\s*)+(?:{_SAME}\s+)?{_HEDGES}$")
_BESIDE_FAR = re.compile(rf"^{_WORDS}{{0,13}}?\s*(?:\(\s*(?:i\.e\. )?|[,;:–—-]\s*(?:and\s)?{_SAME}\s+|\s-\s|[–—,]\s*)"
                         rf"(?:{_SAME}\s+)?{_HEDGES}$")
_EXAMINED = re.compile(r"\b(?:sampled?|read|looked|reviewed|audited|examined|checked|saw|studied|considered|selected"
                       r"|surveyed"
                       r"|dip-sampled|visited|inspected|asked|total of|there (?:are|were)|had|found|graded|with)\b")
_AGO = re.compile(r"^\s*(?:day|week|month|year)s? (?:ago|before|earlier)\b")  # “half the 44 of two years ago”
_AND = re.compile(r"^[,%\s]*(?:and)?\s*$")
WEAK, LEAST = 25, 10  # “318 are short of one bedroom and 47 of two”


def find(facts: Facts) -> Iterator[Found]:
    every = [(told, *each) for told in facts.told for each in _shares(told)]
    holding = {(id(told), share) for told, part, whole, share in every if _holds(told, part, whole, share)}
    for told, part, whole, share in [*every, *_over_two(facts)]:
        worked = percent(told.number(part), told.number(whole))
        if worked and not _holds(told, part, whole, share) and (id(told), share) not in holding and not _of_the_part(
                told, part, whole, told.stated(share)):
            surely = told.is_part(part) and whole == part + 1 and not told.stated(share).fraction
            yield in_sentence(told, share, shown(worked.value, "percent"), worked.how,
                              "part of whole" if surely else "side by side",
                              (told.number(part), told.number(whole)))
    yield from _part_above_whole(facts)


def _holds(told: Told, part: int, whole: int, share: int) -> bool:
    worked = percent(told.number(part), told.number(whole))
    return worked is None or fits(told.stated(share), worked.value)


def _of_the_part(told: Told, part: int, whole: int, stated: Statement) -> bool:
    """“Of 142 of the 165 it is known: 54 (38%) …”: the share is of what is itself a part of the whole."""
    worked = percent(told.number(part), told.number(whole - 1)) if part > whole > 0 and told.is_part(whole - 1) else None
    return worked is not None and fits(stated, worked.value)


def _over_two(facts: Facts) -> Iterator[tuple[Told, int, int, int]]:
    """The whole at the end of one sentence, part and share in the next: “40 cases were read. Of these, 32 (80%) …”."""
    for told in facts.told_on:
        first = len(figures_in(cleaned(told.printed[:told.printed.rindex(told.sentence.text)])))
        for part, whole, share in _shares(told):
            if first and whole == first - 1 and min(part, share) >= first:
                yield told, part, whole, share


def _part_above_whole(facts: Facts) -> Iterator[Found]:
    for mentions in facts.mentions:
        for each in mentions:
            base, stated = each.statement.base, each.statement
            rate = stated.number in BASES  # “per 100,000 of the 26,300”
            if base is not None and base >= LEAST and not rate and stated.kind == Kind.VALUE and stated.number > base and (
                    stated.bound == Bound.EXACT and not _AGO.match(each.tail)):
                yield Found(each.sentence.at, each.sentence.text, each.statement.words, f"at most {plain(base)}",
                            f"{plain(each.statement.number)} cannot be a part of {plain(base)}", "part above whole")


def _shares(told: Told) -> Iterator[tuple[int, int, int]]:
    """Part, whole and share where three numbers beside one another are told as such."""
    for at in range(len(told.pieces) - 2):
        three = range(at, at + 3)
        shares = [each for each in three if _is_share(told, each)]
        counts = [each for each in three if told.plain(each, "count", "money") and not told.is_change(each)]
        if len(shares) != 1 or len(counts) != 2 or told.stated(counts[0]).unit != told.stated(counts[1]).unit:
            continue
        after = shares[0] + 1
        if told.gap(counts[1]).strip() == "to" or after < len(told.pieces) and _is_share(told, after) and (
                _AND.match(told.gap(after))):
            continue  # “from 2,318 to 2,176 (6.1%)”, “31 of 49 and 46 of 54, or 63% and 85%”
        if told.is_time(counts[0]) != told.is_time(counts[1]) and not told.is_part(counts[0]):
            continue  # “26 had it by 28 weeks, out of 33”
        part, whole = sorted(counts, key=told.number)
        own = part + 1 if told.is_part(part) else whole  # “39 of 72 were good, against 49% (29 of 59)”
        if own == whole and _fits_form(told, part, whole, shares[0]):
            yield part, whole, shares[0]


def _fits_form(told: Told, part: int, whole: int, share: int) -> bool:
    order = tuple(sorted((part, whole, share)))
    first, last = told.gap(order[1]), told.gap(order[2])
    lead, tail = told.gap(order[0]), told.gap(order[2] + 1)
    if order == (part, whole, share):
        return bool(_OF.match(first) and _BESIDE_FAR.match(last))
    if order == (share, whole, part):
        return bool(_OF_FAR.search(first) and _BESIDE_FAR.match(last))
    if order == (share, part, whole):
        return bool(_OF.match(last) and _BESIDE_FAR.match(first))
    if order == (part, share, whole):
        return bool(_BESIDE.match(first) and _OF.match(re.sub(r"^%?\s*\)", " ", last)))
    if order == (whole, share, part):
        named = _OF_LEAD.search(lead) or _OF_THEM.match(told.gap(order[2]).lstrip(" ⁄")) or _OF_THEM.match(last.strip())
        return bool(named and _BESIDE_FAR.match(last))
    beside = _BESIDE.match(last) or re.match(rf"^{_WORDS}{{0,4}}\s*\($", last)
    if _OF_LEAD.search(lead) or re.search(r"\bof (?:them|these|those|which|whom)\b", last):
        return bool(beside or _BESIDE_FAR.match(last))
    near = abs(told.number(share) - 100 * told.number(part) / max(told.number(whole), Decimal(1))) <= WEAK
    return bool(beside and near and _EXAMINED.search(f"{lead} {first}") and not re.search(r"[.]", tail[:0]))


_OF_FAR = re.compile(rf"^{_WORDS}{{0,5}}?\s*(?:of|in|from|among)\s(?:the |a |these |those |all |our |total |sample of "
                     rf")*{_HEDGES}$")


def _is_share(told: Told, at: int) -> bool:
    """A percentage or a fraction that is no change: “up 6%” is none."""
    stated = told.stated(at)
    return stated.unit == "percent" and not stated.direction and not told.is_change(at)


RULE = Rule("share", "A percentage does not follow from the part and the whole beside it",
            "Work the percentage out again, or mend the number that is mistyped.",
            {"part of whole": "the sentence says “part of whole” with the percentage beside it",
             "side by side": "part, whole and percentage stand together in the sentence",
             "part above whole": "the part is larger than the whole"}, find)
