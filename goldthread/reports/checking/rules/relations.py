"""Averages and rates told with the numbers they come from: “144 in the year, 12 a month”, “50 children, 8 per 10,000”."""
import re
from collections.abc import Iterator
from decimal import Decimal

from goldthread.reports.arithmetic import plain
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule, in_sentence
from goldthread.reports.checking.told import Told

_AVERAGE = re.compile(r"\b(?:averag\w+|mean)\b")
_A_YEAR = re.compile(r"\b(?:year|annual\w*|months?|in all|in total|total|altogether)\b|#{4}")
_EVERY = re.compile(r"^\W*(?:[a-z]+\s+){0,3}?(?:per|each|every|an?)\s+(?P<what>month|quarter|week)\b")
_SPAN = re.compile(r"^\s*(?:-\s*)?(?:calendar )?(?:months?|quarters?|weeks?|hours?|minutes?)\b")
_EACH_TIME = re.compile(r"^\s*(?:[a-z]+\s){0,2}(?:each|every|a|per)\s(?:time|meeting|session)\b")
_ANOTHER = re.compile(r"\b(?:limit|target|range\w*|earlier|before|had been|fewer|national\w*|england|region\w*"
                      r"|neighbours?|standard|median)\b")
_MONTHLY = re.compile(r"\bmonthly average\b|\b(?:each|every) month\b")
MANY = {"month": 12, "quarter": 4, "week": 52}
NEAR, NEAR_EACH, RATE_NEAR, RATE_SLACK = Decimal("0.4"), Decimal("0.6"), 3, Decimal("0.015")


def find(facts: Facts) -> Iterator[Found]:
    for told in facts.told:
        if _AVERAGE.search(told.text) and not _ANOTHER.search(told.text):
            yield from _averages(told)


def find_rates(facts: Facts) -> Iterator[Found]:
    for told in facts.told:
        rates = [at for at in range(len(told.pieces)) if told.is_rate(at)]
        if len(rates) == 1:
            yield from _rate(told, rates[0])


def _averages(told: Told) -> Iterator[Found]:
    counts = [at for at in range(len(told.pieces)) if told.plain(at, "count", "money") and not _SPAN.match(told.gap(at + 1))]
    if len(counts) != sum(each.statement.unit in ("count", "money") for each in told.pieces) - _spans(told):
        return
    if len(counts) < 2 or _EACH_TIME.match(told.gap(max(counts, key=told.number) + 1)):
        return
    smaller = sorted(counts, key=told.number)[:-1]  # the total is the largest
    at = min(smaller, key=lambda each: _distance(told, each))
    others = [each for each in counts if each != at]
    every = _EVERY.match(told.gap(at + 1)) or _MONTHLY.search(told.text)
    if every and len(others) == 1 and _A_YEAR.search(told.text):
        many = MANY[every.groupdict().get("what") or "month"]
        yield from _judged(told, at, others[0], Decimal(many), f"{many} {every.groupdict().get('what') or 'month'}s")
    elif not every and len(others) == 2:
        many, total = sorted(others, key=told.number)
        yield from _judged(told, at, total, told.number(many), plain(told.number(many)))


def _spans(told: Told) -> int:
    return sum(bool(_SPAN.match(told.gap(at + 1))) for at in range(len(told.pieces)))


def _distance(told: Told, at: int) -> int:
    """How far the word “average” stands from a number; words after another number do not count."""
    before, after = told.gap(at), told.gap(at + 1)
    marks = [len(before) - each.end() for each in _AVERAGE.finditer(before)]
    marks += [each.start() for each in _AVERAGE.finditer(after)]
    return min(marks, default=len(told.text))


def _judged(told: Told, at: int, total: int, many: Decimal, words: str) -> Iterator[Found]:
    if not many or many % 1:
        return
    stated, worked = told.stated(at), told.number(total) / many
    slack = max(stated.step, Decimal(1) if stated.step == 1 else stated.step)
    off = abs(worked - stated.number)
    if off >= slack and off <= (NEAR_EACH if " " in words else NEAR) * worked:
        yield in_sentence(told, at, plain(worked, 1), f"{plain(told.number(total))} ÷ {words} = {plain(worked, 1)}",
                          "total and average")


def _rate(told: Told, at: int) -> Iterator[Found]:
    counts = [each for each in range(len(told.pieces)) if each != at and told.plain(each, "count")]
    if len(counts) != 2:
        return
    number, population = sorted(counts, key=told.number)
    base = told.number(at + 1)
    if told.number(population) < base / 10 or not told.number(number):
        return
    worked, stated = told.number(number) / told.number(population) * base, told.stated(at)
    off = abs(worked - stated.number)
    near = stated.number / RATE_NEAR <= worked <= stated.number * RATE_NEAR
    if near and off > max(stated.step, RATE_SLACK * worked):
        yield in_sentence(told, at, plain(worked, 1), f"{plain(told.number(number))} ÷ {plain(told.number(population))} × "
                          f"{plain(base)} = {plain(worked, 1)}", "number and population")


RULE = Rule("average", "An average does not follow from the numbers beside it", "Divide again, or mend the number mistyped.",
            {"total and average": "the sentence gives the total, the average, and over how many"}, find)
RATES = Rule("rate", "A rate does not follow from the number and the population beside it",
             "Work the rate out again, or say which population it is of.",
             {"number and population": "the sentence gives the number, the population and the rate"}, find_rates)
