"""Labels about indicators: the value, the value a period earlier, and the change between them."""
import math
import re
from collections import Counter, defaultdict
from decimal import Decimal

from goldthread.reports.arithmetic import Worked, rows_text, shown
from goldthread.reports.checking.judging import comparable
from goldthread.reports.checking.label import Label
from goldthread.reports.checking.statements import Kind, Statement
from goldthread.reports.checking.subjects import Subject, Tie
from goldthread.reports.reading.records import Indicator, Inputs
from goldthread.reports.words import tokens

LIGHT = frozenset({"rate", "total", "average", "subtotal", "previous", "place", "taken", "offered", "train", "timely",
                   "course", "session", "hold"})
LIGHT_WEIGHT = 0.15
DETAIL = frozenset(tokens("months days weeks hours working"))
EXPLAINED, MARGIN, NEAR = 0.8, 0.1, 0.15
COVERED = {Kind.VALUE: 0.45}
COVERED_ELSE = 0.25
OPPOSITES = frozenset({"not", "except"})
_OVER = r"(?:over|more than|at least|above|in excess of|minimum)\b"
_FLOOR = re.compile(rf"^\s*{_OVER}|\b(?:says?|said|states?|stated|printed as)\s+{_OVER}\s*(?P<over>[\d,]+)")


def unit_of(indicator: Indicator) -> str:
    """money, percent or count."""
    plain = indicator.unit.casefold()
    if "%" in plain or "percent" in plain or "per cent" in plain or plain in ("pct", "rate (%)"):
        return "percent"
    return "money" if "£" in plain or plain in ("gbp", "pounds") else "count"


def series(inputs: Inputs) -> list[Subject]:
    """One subject per indicator: its latest value, and the earlier one from its own row or an earlier row."""
    rows = defaultdict(list)
    for each in inputs.indicators:
        if each.value is not None:
            rows[(each.name.casefold(), each.owner.casefold(), unit_of(each))].append(each)
    return [_subject(sorted(group, key=lambda each: each.period), inputs.file("indicators"))
            for group in rows.values()]


def _subject(group: list[Indicator], file: str) -> Subject:
    last = group[-1]
    unit = unit_of(last)
    before, used = last.previous, [last.row]
    if before is None and len(group) > 1 and group[-2].period != last.period:
        before = group[-2].value
        used.append(group[-2].row)
    doubt = "" if len({each.period for each in group}) == len(group) else (
        f"{rows_text(each.row for each in group)} give the same indicator twice")
    return Subject(last.name, file, tuple(used), unit,
                   Worked(last.value, f"{last.name}: {shown(last.value, unit)} ({rows_text([last.row])})"),
                   None if before is None else Worked(before, f"{last.name}, a period earlier: "
                                                              f"{shown(before, unit)} ({rows_text(used[-1:])})"),
                   floor=_is_floor(last), doubt=doubt)


def _is_floor(indicator: Indicator) -> bool:
    """Whether a note says that the value is only a bound: “at least”, or “the text says over 770” beside 770."""
    found = _FLOOR.search(indicator.note.casefold())
    return bool(found) and (not found["over"] or Decimal(found["over"].replace(",", "")) == indicator.value)


def tie_indicator(label: Label, stated: Statement, inputs: Inputs, own: frozenset[str]) -> Tie | None:
    """The indicators a label may mean, best first, or None if none comes near."""
    subjects = series(inputs)
    about = label.about - {"previous"}
    if not subjects or not about:
        return None
    scores = _scores(about, [frozenset(tokens(each.name)) - own for each in subjects])
    ranked = sorted(zip(scores, subjects, strict=True), key=lambda pair: pair[0], reverse=True)
    top = ranked[0][0]
    fit = [(score, _at_label_year(label, subject, inputs)) for score, subject in ranked]
    fit = [(score, each) for score, each in fit if comparable(stated, each)]
    if not fit or top[0] == 0:
        return None
    best = fit[0][0]
    near = tuple(each for score, each in fit if score[0] >= best[0] - MARGIN)
    explained, covered = best[1], best[2]
    enough = COVERED.get(stated.kind, COVERED_ELSE)
    sure = len(near) == 1 and explained >= EXPLAINED and covered >= enough and best[0] >= top[0] - NEAR
    if not sure and best[0] < 0.3:
        return None
    why = "" if sure else ("more than one indicator may be meant" if len(near) > 1
                           else "no indicator's name is close enough to this label")
    return Tie(near, sure, explained > 0.99 and covered >= 0.6, why, best[0])


def _at_label_year(label: Label, subject: Subject, inputs: Inputs) -> Subject:
    """“Children looked after, 2016-17” beside a row for 2017-18 means the earlier value."""
    period = next(each.period for each in inputs.indicators if each.row == subject.rows[0])
    if label.is_change or len(label.years) != 1 or subject.before is None or "previous" in label.words:
        earlier = "previous" in label.words and not label.is_change and subject.before is not None
    else:
        earlier = label.years[0][:4].isdigit() and label.years[0] != period and label.years[0] < period
    if not earlier:
        return subject
    return Subject(subject.name, subject.file, subject.rows, subject.unit, subject.before, doubt=subject.doubt)


def _scores(about: frozenset[str], names: list[frozenset[str]]) -> list[tuple[float, float, float]]:
    """For each name: agreement of the two word sets, share of the label explained, share of the name covered.

    Rare words weigh more than common ones; words no name has weigh as much as the rarest. A name's
    limits (“within 12 months”) may be left out of a label.
    """
    seen = Counter(word for name in names for word in name)
    count = len(names)

    def weigh(words) -> float:
        total = 0.0
        for word in words:
            full = math.log((count + 1) / (seen[word] + 0.5)) + 0.3
            total += full * (LIGHT_WEIGHT if word in LIGHT else 1.0)
        return total

    scores = []
    for name in names:
        both = weigh(about & name)
        needed = frozenset(word for word in name if word in about or not (word.isdigit() or word in DETAIL))
        explained, covered = both / (weigh(about) or 1.0), both / (weigh(needed) or 1.0)
        clash = bool(OPPOSITES & (about ^ name))
        agreement = 0.0 if clash or not both else 2 * explained * covered / (explained + covered)
        scores.append((agreement, explained, covered))
    return scores
