"""A change told with both its ends: “fell from 310 to 290, a drop of 6%”."""
from collections.abc import Iterator

from goldthread.reports.arithmetic import Worked, less, relative_change, shown
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.fits import fits
from goldthread.reports.checking.judging import judge
from goldthread.reports.checking.mentions import Mention
from goldthread.reports.checking.statements import Bound, Kind
from goldthread.reports.checking.subjects import Subject

UNITS = ("count", "money", "percent")


def find(facts: Facts) -> Iterator[Found]:
    for before, now, change in _every(facts):
        subject = _subject(before, now)
        judged = judge(change.statement, subject)
        if judged is None or judged.holds or judged.mild or _points_only(change, subject):
            continue
        yield Found(change.sentence.at, change.sentence.text, change.statement.words, judged.recomputed, judged.how,
                    "both ends" if now.sentence == change.sentence else "sentence before")


def find_points(facts: Facts) -> Iterator[Found]:
    """“Rose from 62% to 71%, an increase of 9%”: nine percentage points, not nine percent."""
    for before, now, change in _every(facts):
        subject = _subject(before, now)
        if _points_only(change, subject):
            points = less(now.statement.number, before.statement.number, "percent")
            relative = relative_change(now.statement.number, before.statement.number, "percent")
            yield Found(change.sentence.at, change.sentence.text, change.statement.words,
                        f"{shown(abs(points.value), 'count')} percentage points, "
                        f"or {shown(abs(relative.value), 'percent')}", f"{points.how}; {relative.how}",
                        "both ends" if now.sentence == change.sentence else "sentence before")


def _every(facts: Facts) -> Iterator[tuple[Mention, Mention, Mention]]:
    """Earlier value, value and change of every sentence; the value may stand in the sentence before."""
    last: list[Mention] = []
    for mentions in facts.mentions:
        values = [each for each in last if each.statement.kind == Kind.VALUE]
        beside = last and last[0].sentence.block == mentions[0].sentence.block and len(last) == len(values) == 1
        own = [each for each in mentions if each.statement.kind == Kind.VALUE]
        yield from _triples(mentions if own or not beside else [*values, *mentions])
        last = mentions


def _points_only(change: Mention, subject: Subject) -> bool:
    """Whether a change in percent is right only when read as percentage points."""
    if change.statement.unit != "percent" or subject.unit != "percent" or not subject.before.value:
        return False
    points = less(subject.now.value, subject.before.value, "percent").value
    relative = relative_change(subject.now.value, subject.before.value).value
    return fits(change.statement, abs(points)) and not fits(change.statement, abs(relative))


def _triples(mentions: list[Mention]) -> Iterator[tuple[Mention, Mention, Mention]]:
    """Earlier value, value and change where a sentence has one of each and no doubt which is which."""
    earlier = [each for each in mentions if each.statement.kind == Kind.PREVIOUS]
    changes = [each for each in mentions if each.statement.kind == Kind.CHANGE]
    values = [each for each in mentions if each.statement.kind == Kind.VALUE and not each.part]
    units = ("percent", "points", *(each.statement.unit for each in earlier))
    changes = [each for each in changes if each.statement.unit in units]
    if len(earlier) != 1 or len(changes) != 1:
        return
    before, change = earlier[0], changes[0]
    now = [each for each in values if each.statement.unit == before.statement.unit and each.statement.base is None]
    if len(now) != 1 or before.statement.unit not in UNITS:
        return
    exact = all(each.statement.bound == Bound.EXACT and not each.statement.fraction for each in (before, now[0]))
    if exact and _fit_together(before, now[0], change):
        yield before, now[0], change


def _fit_together(before: Mention, now: Mention, change: Mention) -> bool:
    """A change in a count's own unit can be no larger than both; a change in points is one of percentages."""
    units = {before.statement.unit, change.statement.unit}
    if change.statement.unit == "points":
        return before.statement.unit == "percent"
    return change.statement.unit == "percent" or len(units) == 1


def _subject(before: Mention, now: Mention) -> Subject:
    unit = before.statement.unit
    return Subject("", "", (), unit, Worked(now.statement.number, shown(now.statement.number, unit)),
                   Worked(before.statement.number, shown(before.statement.number, unit)))


RULE = Rule("change", "A change does not follow from the two values it is told with",
            "Work the change out again from the two values beside it.",
            {"both ends": "the sentence itself gives both values and the change",
             "sentence before": "the value stands in the sentence before"}, find)
POINTS = Rule("points", "Percentage points told as percent",
              "Write “percentage points”, or give the change in percent of the earlier value.",
              {"both ends": "the sentence itself gives both percentages and the change",
               "sentence before": "the value stands in the sentence before"}, find_points)
