"""Several numbers told with their shares of one whole: “Of the 485, 291 (60%) …, 73 (15%) … and 121 (25%) …”.

The whole may stand before, in the sentence, the paragraph or the table beside it. Which it is, is told by the numbers: what
makes the others hold is the whole, and the one that it does not make hold is looked at. A share that any number nearby
makes hold is left alone.
"""
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from goldthread.reports.arithmetic import add, percent, plain, shown
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule, in_sentence
from goldthread.reports.checking.fits import fits
from goldthread.reports.checking.grids import Grid
from goldthread.reports.checking.mentions import plain_stems
from goldthread.reports.checking.rules.table_rows import base_in
from goldthread.reports.checking.statements import Statement
from goldthread.reports.checking.told import Told

_WORDS = r"(?:[\s,]+(?!(?:and|but|while|against|from|to)\b)[a-z'’-]+)"
_HEDGES = r"(?:only |just |some |about |around |over |under |nearly |almost |just over |just under |a )*"
_THEN_SHARE = re.compile(rf"^(?:[\s]+[a-z'’-]+){{0,5}}?\s*\(\s*{_HEDGES}$|^{_WORDS}{{0,3}}?(?:,? or|\s*:|,?"
                         rf" which is|,? that is|,? (?:or|making))\s*{_HEDGES}$")
_THEN_COUNT = re.compile(rf"^⁄?(?:\s[a-z'’-]+){{0,9}}?\s*\(\s*{_HEDGES}$")
_OTHERS = re.compile(r"\b(?:others?|elsewhere|rest|remain\w*|unknown|not known|not recorded)\b")
_OVERLAP = re.compile(r"\b(?:more than one|both|each|at least one|includ\w+|overlap\w*|multiple|several|or more)\b")
_THAT_IS = re.compile(r"(?:that|this) (?:is|was|represents|means|gives)\b", re.IGNORECASE)
_OF_LEAD = re.compile(r"\bof (?:the |our |all )*$", re.IGNORECASE)
SMALLEST, LEAST_PARTS, MOST_OVER, FAR = 5, 3, 10, 15


@dataclass(frozen=True)
class _Pair:
    """A number and its share, told side by side."""

    told: Told
    count: int
    share: int

    @property
    def number(self) -> Decimal:
        return self.told.number(self.count)

    @property
    def stated(self) -> Statement:
        return self.told.stated(self.share)

    def holds(self, whole: Decimal) -> bool:
        worked = percent(self.number, whole)
        return whole >= self.number and worked is not None and fits(self.stated, worked.value)


def find(facts: Facts) -> Iterator[Found]:
    grids: dict[str, list[Grid]] = {}
    for grid in facts.grids:
        grids.setdefault(grid.table.at.part, []).append(grid)
    for section, passages in groupby(facts.passages, key=lambda each: each[0].sentence.at.part):
        before_it: list[list[Told]] = []
        for passage in passages:
            yield from _in_passage(passage, before_it, grids.get(section, []))
            before_it.append(passage)


def find_fractions(facts: Facts) -> Iterator[Found]:
    """“Nearly one in five (92, or 31%)”: the same share in words and in figures."""
    for told in facts.told:
        for at in range(len(told.pieces) - 1):
            other = _bracketed_share(told, at)
            if other is not None and not fits(told.stated(at), told.number(other)):
                yield in_sentence(told, at, shown(told.number(other), "percent"),
                                  f"in words {plain(told.number(at))}%, in figures {plain(told.number(other))}%",
                                  "told twice")


def _bracketed_share(told: Told, at: int) -> int | None:
    """The percentage in the brackets right after a fraction."""
    if not told.stated(at).fraction or told.is_change(at) or not _THEN_COUNT.match(told.gap(at + 1)):
        return None
    for other in range(at + 1, min(at + 3, len(told.pieces))):
        if other > at + 1 and ")" in told.gap(other):
            return None
        stated = told.stated(other)
        if stated.unit == "percent" and not stated.fraction:
            return None if told.is_change(other) else other
    return None


def _in_passage(passage: list[Told], before_it: list[list[Told]], grids: list[Grid]) -> Iterator[Found]:
    """`before_it`: the paragraphs of the section so far."""
    pairs = [each for told in passage for each in _pairs(told)]
    known = pairs + [each for one in before_it for told in one for each in _pairs(told)]
    wholes = _wholes([told for one in [*before_it[-1:], passage] for told in one], grids)
    for pair in pairs:
        if any(pair.holds(whole) for whole in wholes) or _change_like(pair, wholes):
            continue
        others = [each for each in known if each is not pair]
        if whole := _whole_of_others(pair, others, wholes):
            yield _found(pair, whole, "whole of the others")
        elif whole := _line(pair, grids):
            yield _found(pair, whole, "line of a table")
        elif whole := _only_whole(pair, passage, {each.number for each in pairs}):
            if sum(each.told is pair.told and not each.holds(whole) for each in pairs) == 1:  # two wrong ones are of another
                yield _found(pair, whole, "only whole")
    yield from _goes_on(passage)
    for told in passage:
        yield from _parts(told, [each for each in pairs if each.told is told], wholes)


def _pairs(told: Told) -> Iterator[_Pair]:
    taken: set[int] = set()
    for at in range(len(told.pieces) - 1):
        for count, share, form in ((at, at + 1, _THEN_SHARE), (at + 1, at, _THEN_COUNT)):
            stated = told.stated(share)
            if stated.unit != "percent" or stated.direction or told.is_change(share) or told.is_change(count):
                continue
            if told.plain(count, "count", "money") and not {count, share} & taken and form.match(told.gap(at + 1)):
                if count and told.stated(count - 1).unit == told.stated(count).unit and told.is_part(count - 1):
                    count -= 1  # “18 of 24 meetings (75%)”
                if told.number(count) >= SMALLEST and not told.years[share] and not told.is_time(count):
                    taken |= {count, share}
                    yield _Pair(told, count, share)


def _wholes(near: Sequence[Told], grids: list[Grid]) -> list[Decimal]:
    """Every number nearby that may be a whole: of the paragraph, the one before, and the section's tables."""
    told = [each.number(at) for each in near for at in range(len(each.pieces)) if each.stated(at).unit in ("count", "money")]
    cells = [value for grid in grids for row in grid.rows for col in grid.columns
             if grid.is_amount(row, col) and (value := grid.value(row, col))]
    bases = [base for grid in grids for words in (grid.table.caption, *grid.header) if (base := base_in(words))]
    return list(dict.fromkeys([*told, *cells, *bases]))


def _change_like(pair: _Pair, wholes: list[Decimal]) -> bool:
    """Whether the percentage is that of a change to the number: “143 (15% on last year)”."""
    return any(whole and fits(pair.stated, abs(100 * (pair.number - whole) / whole)) for whole in wholes
               if whole != pair.number) and bool(re.search(r"\b(?:rose|increase\w*|fell|fall|up|down|than|compared)\b",
                                                           pair.told.text))


def _whole_of_others(pair: _Pair, others: list[_Pair], wholes: list[Decimal]) -> Decimal | None:
    """What makes another share of the sentence hold, or two of the paragraph."""
    for whole in wholes:
        holding = [each for each in others if each.holds(whole) and each.number != whole]
        beside = [each for each in holding if each.told is pair.told]
        if whole > pair.number and (beside or len(holding) > 1):
            return whole
    return None


def _line(pair: _Pair, grids: list[Grid]) -> Decimal | None:
    """The whole of a table's line that has the number, and is named in the sentence."""
    words = plain_stems(pair.told.text)
    for grid in grids:
        for row in grid.rows:
            for col in grid.columns:
                named = (plain_stems(grid.label(row)) | plain_stems(grid.title(col))) & words
                if grid.unit(col) not in ("count", "money") or grid.value(row, col) != pair.number or not named:
                    continue
                total = [value for each in grid.rows if each > row and grid.is_total(each)
                         and (value := grid.value(each, col)) and value > pair.number]
                base = base_in(grid.title(col)) or base_in(grid.table.caption)
                if total or base:
                    return total[-1] if total else base
    return None


def _only_whole(pair: _Pair, passage: list[Told], parts: set[Decimal]) -> Decimal | None:
    """The only number of the paragraph before it, itself no part, that the share is not far off from."""
    told, unit = pair.told, pair.told.stated(pair.count).unit
    first = min(pair.count, pair.share)
    here = {told.number(at) for at in range(first) if told.plain(at, unit)}
    here |= {each.number(at) for each in passage[:passage.index(told)] for at in range(len(each.pieces))
             if each.plain(at, unit) and not each.is_change(at) and not each.years[at]}
    near = [each for each in here - parts if each > pair.number and _near(pair.stated, pair.number, each)]
    return near[0] if len(near) == 1 else None


def _near(stated: Statement, part: Decimal, whole: Decimal) -> bool:
    worked = percent(part, whole)
    return worked is not None and abs(worked.value - stated.number) <= FAR


def _goes_on(passage: list[Told]) -> Iterator[Found]:
    """“634 of the 3,520 came again. That is a rate of 18%.”"""
    for first, second in zip(passage, passage[1:], strict=False):
        counts = [at for at in range(len(first.pieces)) if first.stated(at).unit in ("count", "money")
                  and not first.is_time(at)]
        if not _THAT_IS.match(second.printed) or len(counts) != 2 or not all(first.plain(at, "count") for at in counts) or (
                second.stated(0).unit != "percent" or second.is_change(0) or second.years[0]):
            continue
        part, whole = sorted(first.number(at) for at in counts)
        told_of = any(_OF_LEAD.search(first.gap(at)) for at in counts) or (
            len(second.pieces) > 1 and second.number(1) == whole)
        worked = percent(part, whole)
        if told_of and worked and not fits(second.stated(0), worked.value) and _near(second.stated(0), part, whole):
            yield replace(in_sentence(second, 0, shown(worked.value, "percent"), worked.how, "goes on", (part, whole)),
                          quote=f"{first.quote} {second.quote}")


def _parts(told: Told, pairs: list[_Pair], wholes: list[Decimal]) -> Iterator[Found]:
    """Shares that come to 100% are those of all parts, which then make the whole."""
    if len(pairs) < 2 or _OVERLAP.search(told.text) or any(each.stated.fraction for each in pairs):
        return
    shares = sum(each.stated.number for each in pairs)
    slack = Decimal(len(pairs)) / 2 * max(each.stated.step for each in pairs) if len(pairs) > 2 else Decimal(0)
    over = len(pairs) >= LEAST_PARTS and 0 < shares - 100 <= MOST_OVER
    total = sum(each.number for each in pairs)
    if total in wholes or not (abs(shares - 100) <= slack or over):
        return
    whole = next((each for each in wholes if each > max(pair.number for pair in pairs) and each != total and sum(
        pair.holds(each) for pair in pairs) >= len(pairs) - 1), None)
    if whole is not None:
        worked = add((each.number for each in pairs), "count")
        yield Found(told.sentence.at, told.quote, plain(whole), plain(worked.value), worked.how, "all parts")


def _found(pair: _Pair, whole: Decimal, ground: str) -> Found:
    worked = percent(pair.number, whole)
    return in_sentence(pair.told, pair.share, shown(worked.value, "percent"), worked.how, ground, (pair.number, whole))


RULE = Rule("shares", "One of several shares does not follow from the whole that the others are of",
            "Work the percentage out again, or mend the number that is mistyped.",
            {"only whole": "of one number only that the paragraph gives before it is near to being such a share",
             "goes on": "the sentence before gives part and whole",
             "whole of the others": "the others of the sentence or paragraph are shares of this whole",
             "line of a table": "the number is that of a table's line that the sentence names, with its whole",
             "all parts": "the shares come to 100%, so the numbers are all parts of the whole"}, find)
FRACTIONS = Rule("fraction", "A share in words is not the percentage beside it", "Use one of the two, the right one.",
                 {"told twice": "the percentage stands in brackets after the words"}, find_fractions)
