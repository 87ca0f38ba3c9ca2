"""One statement against one subject: which figure it means, and whether it fits."""
from dataclasses import dataclass
from decimal import Decimal

from goldthread.reports.arithmetic import Worked, less, plain, pounds, relative_change, shown
from goldthread.reports.checking.fits import fits, literally_true
from goldthread.reports.checking.statements import Bound, Kind, Statement
from goldthread.reports.checking.subjects import Subject

MULTIPLE_SLACK = Decimal("0.06")
NEARLY_MULTIPLE = Decimal("0.15")
STABLE_SHARE = Decimal(5)
STABLE_POINTS = Decimal(2)


@dataclass(frozen=True)
class Judged:
    """`holds`, what it comes to when worked out again, and the arithmetic; `mild` if literally true."""

    holds: bool
    recomputed: str
    how: str
    mild: bool = False


def judge(stated: Statement, subject: Subject) -> Judged | None:
    """Whether a statement holds of a subject, or None if the two cannot be compared."""
    readers = {Kind.VALUE: _value, Kind.PREVIOUS: _previous, Kind.CHANGE: _change, Kind.RATIO: _multiple,
               Kind.DIRECTION: _direction, Kind.SAME: _same}
    return readers[stated.kind](stated, subject)


def comparable(stated: Statement, subject: Subject) -> bool:
    return judge(stated, subject) is not None


def _value(stated: Statement, subject: Subject) -> Judged | None:
    if stated.base is not None and subject.parts:
        return _part_of(stated, subject)
    if not _same_unit(stated, subject):
        return None
    if subject.signed:
        return _signed(stated, subject)
    return _against(stated, subject.now, subject.unit, subject.floor)


def _same_unit(stated: Statement, subject: Subject) -> bool:
    """A bare number may stand for pounds or, up to 100, for a percentage."""
    if stated.unit == "count" and subject.unit == "percent":
        return stated.number <= 100
    return stated.unit == subject.unit or (stated.unit == "count" and subject.unit in ("money", "average"))


def _against(stated: Statement, worked: Worked, unit: str, floor: bool = False) -> Judged:
    holds = fits(stated, worked.value, floor)
    return Judged(holds, shown(worked.value, unit), worked.how,
                  mild=not holds and literally_true(stated, worked.value))


def _part_of(stated: Statement, subject: Subject) -> Judged:
    part, whole = subject.parts
    holds = fits(stated, part.value) and stated.base == whole.value
    return Judged(holds, f"{plain(part.value)} of {plain(whole.value)}", f"{part.how}; {whole.how}")


def _signed(stated: Statement, subject: Subject) -> Judged:
    value = subject.now.value
    sign = (value > 0) - (value < 0)
    turned = stated.direction not in (0, sign) and stated.number != 0
    word = {1: " underspend", -1: " overspend", 0: " (break even)"}[sign]
    return Judged(not turned and fits(stated, abs(value)), pounds(abs(value)) + word, subject.now.how)


def _previous(stated: Statement, subject: Subject) -> Judged | None:
    if subject.before is None or not _same_unit(stated, subject):
        return None
    return _against(stated, subject.before, subject.unit)


def _change(stated: Statement, subject: Subject) -> Judged | None:
    """A change in percent of a percentage may honestly mean points or percent: either will do."""
    if subject.before is None:
        return None
    now, before = subject.now.value, subject.before.value
    points = less(now, before, subject.unit)
    relative = relative_change(now, before, subject.unit)
    if stated.unit == "points":
        readings = [points] if subject.unit == "percent" else []
    elif stated.unit == "percent":
        readings = [relative] if subject.unit != "percent" else [points, relative]
    else:
        readings = [points]
    readings = [each for each in readings if each is not None]
    if not readings:
        return None
    verdicts = [fits(stated, each.value * stated.direction if stated.direction else abs(each.value))
                for each in readings]
    return Judged(any(verdicts), _change_text(stated, subject, points, relative),
                  "; or ".join(each.how for each in readings),
                  mild=not any(verdicts) and any(literally_true(stated, each.value * (stated.direction or 1))
                                                 for each in readings))


def _change_text(stated: Statement, subject: Subject, points: Worked, relative: Worked | None) -> str:
    span = f"from {shown(subject.before.value, subject.unit)} to {shown(subject.now.value, subject.unit)}"
    percent = f"{_sign(relative.value)}{plain(relative.value, 1)}%" if relative else "no percentage (from 0)"
    if subject.unit == "percent":
        return f"{_sign(points.value)}{plain(points.value, 1)} percentage points, {percent} ({span})"
    if stated.unit == "percent":
        return f"{percent} ({span})"
    return f"{_sign(points.value)}{shown(points.value, subject.unit)} ({span})"


def _sign(value: Decimal) -> str:
    return "+" if value > 0 else ""


def _multiple(stated: Statement, subject: Subject) -> Judged | None:
    if subject.before is None or subject.before.value == 0:
        return None
    ratio = subject.now.value / subject.before.value
    target = stated.number
    away = (ratio - target) if target >= 1 else (target - ratio)
    scale = target if target >= 1 else 1 - target
    if stated.bound in (Bound.NEARLY, Bound.UNDER):
        holds = -NEARLY_MULTIPLE * scale <= away < 0
    elif stated.bound in (Bound.OVER, Bound.AT_LEAST, Bound.JUST_OVER):
        holds = 0 <= away <= 1 and (away > 0 or stated.bound == Bound.AT_LEAST)
    else:
        slack = NEARLY_MULTIPLE if stated.bound == Bound.ABOUT else MULTIPLE_SLACK
        holds = abs(away) <= slack * scale or fits(stated, ratio) and stated.step < 1
    how = (f"{shown(subject.now.value, subject.unit)} ÷ {shown(subject.before.value, subject.unit)} "
           f"= {plain(ratio, 2)}")
    return Judged(holds, f"{plain(ratio, 2)} times the year before", how)


def _direction(stated: Statement, subject: Subject) -> Judged | None:
    if subject.before is None:
        return None
    moved = less(subject.now.value, subject.before.value, subject.unit)
    word = "no change" if moved.value == 0 else "an increase" if moved.value > 0 else "a decrease"
    return Judged(moved.value * stated.direction > 0, f"{word}: {moved.how}", moved.how)


def _same(stated: Statement, subject: Subject) -> Judged | None:
    if subject.before is None:
        return None
    moved = less(subject.now.value, subject.before.value, subject.unit)
    if stated.bound == Bound.EXACT:
        holds = moved.value == 0
    elif subject.unit == "percent":
        holds = abs(moved.value) <= STABLE_POINTS
    else:
        relative = relative_change(subject.now.value, subject.before.value)
        holds = moved.value == 0 or (relative is not None and abs(relative.value) <= STABLE_SHARE)
    return Judged(holds, _change_text(stated, subject, moved,
                                      relative_change(subject.now.value, subject.before.value)), moved.how)
