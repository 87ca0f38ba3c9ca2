"""Checks across tables: an indicator against the training table, a note against its own row, and printed
figures against each other where the table behind them is missing."""
import re
from dataclasses import replace
from decimal import Decimal

from goldthread.reports.arithmetic import Worked, add, less, percent, rows_text, shown
from goldthread.reports.checking.budget import VARIANCE
from goldthread.reports.checking.claims import parse
from goldthread.reports.checking.indicators import series
from goldthread.reports.checking.judging import Judged, judge
from goldthread.reports.checking.label import Label, label_of, make_label
from goldthread.reports.checking.outcome import LIKELY, Check, Outcome
from goldthread.reports.checking.statements import Bound, Kind, Statement
from goldthread.reports.checking.subjects import Subject, Tie
from goldthread.reports.checking.training import SCOPES, tie_training
from goldthread.reports.reading.records import Claim, Inputs
from goldthread.reports.words import tokens

_ELSEWHERE = re.compile(r"\b(?:target|national|england|london|since|average|quarter|month|benchmark|statistical"
                        r"|neighbours?|previously reported|years?)\b")
_MEASURE_NAMED = frozenset({"attendee", "place"})


def check_indicators(inputs: Inputs, own: frozenset[str], done: list[Check]) -> list[Check]:
    """Indicators that plainly count the training table's own attendees or places must agree with it.

    A disagreement that a printed figure already shows is not told twice.
    """
    found = []
    for subject in series(inputs):
        label = make_label(subject.name, "", own)
        narrow = label.words & _MEASURE_NAMED and label.words & (SCOPES | {"total"})
        if not narrow or subject.unit != "count" or not inputs.courses:
            continue
        stated = Statement(Kind.VALUE, shown(subject.now.value, "count"), subject.now.value, "count",
                           bound=Bound.OVER if subject.floor else Bound.EXACT)
        tie = tie_training(label, stated, inputs)
        if tie is None or not tie.sure:
            continue
        verdicts = [judge(stated, each) for each in tie.subjects if not each.doubt]
        if not verdicts or any(each is None for each in verdicts):
            continue
        holds = any(each.holds for each in verdicts)
        if not holds and any(each.outcome == Outcome.WRONG and each.recomputed == verdicts[0].recomputed
                             and shown(subject.now.value, "count") in each.stated for each in done):
            continue
        found.append(Check(f"{subject.file}, row {subject.rows[0]}: {subject.name} (against the training table)",
                           stated.words, subject.file, subject.rows[0],
                           Outcome.HOLDS if holds else Outcome.WRONG, verdicts[0].recomputed, verdicts[0].how,
                           LIKELY))
    return found


def indicator_echo(stated: Statement, verdict: Judged, subject: Subject, inputs: Inputs) -> str:
    """A remark where an indicator repeats the printed figure that the training table contradicts."""
    if subject.file != inputs.file("training-courses") or stated.unit != "count" or subject.unit != "count":
        return ""
    for each in series(inputs):
        same = each.unit == "count" and each.now.value == stated.number
        if not same or _MEASURE_NAMED.isdisjoint(tokens(each.name)):
            continue
        echo = f"; {each.file} {rows_text(each.rows)} repeats {shown(stated.number, 'count')}"
        if each.before is not None:
            change = less(subject.now.value, each.before.value)
            echo += (f" and gives {shown(each.before.value, 'count')} for the year before: with the table's figure "
                     f"the change would be {shown(change.value, 'count')}")
        return echo
    return ""


def check_notes(inputs: Inputs) -> list[Check]:
    """Changes that an indicator's note states (“an increase of 119”) against the two values in its row."""
    file = inputs.file("indicators")
    found = []
    by_row = {each.rows[0]: each for each in series(inputs)}
    for each in inputs.indicators:
        subject = by_row.get(each.row)
        if subject is None or subject.before is None or _ELSEWHERE.search(each.note.casefold()):
            continue
        for stated in parse(each.note).statements:
            told = stated.kind == Kind.RATIO or (stated.kind == Kind.CHANGE and stated.direction)
            verdict = judge(stated, subject) if told else None
            if verdict is not None:
                found.append(Check(f"{file}, row {each.row}: {each.name}, note", each.note, file, each.row,
                                   Outcome.HOLDS if verdict.holds else Outcome.WRONG, verdict.recomputed,
                                   verdict.how, LIKELY))
    return found


def missing_table_ties(label: Label, stated: Statement, claim: Claim, inputs: Inputs,
                       own: frozenset[str]) -> Tie | None:
    """Where the budget or the training table is missing, printed figures can still be checked on each other."""
    if stated.kind != Kind.VALUE or (inputs.budget and inputs.courses):
        return None
    others = [(label_of(each, own), _only_value(each), each) for each in inputs.claims if each is not claim]
    others = [(other, value, each) for other, value, each in others if value is not None]
    if not inputs.budget and label.words & VARIANCE and stated.unit in ("money", "count"):
        return _printed_variance(others)
    if not inputs.courses and (stated.unit == "percent" or "rate" in label.words):
        return _printed_rate(label, others)
    if not inputs.courses and "total" in label.words and stated.unit == "count":
        return _printed_sum(label, others)
    return None


def _only_value(claim: Claim) -> Statement | None:
    statements = parse(claim.printed).statements
    exact = [each for each in statements if each.kind == Kind.VALUE and each.bound == Bound.EXACT and not each.fraction]
    return exact[0] if len(statements) == len(exact) == 1 else None


def _printed_variance(others) -> Tie | None:
    sides: dict[str, list[tuple[Decimal, Claim]]] = {"income": [], "expenditure": []}
    for other, value, claim in others:
        for side in sides:
            plain = other.about <= {side, "total"} and side in other.about and value.unit in ("money", "count")
            if plain and value.step == 1:
                sides[side].append((value.number, claim))
    if any(len({number for number, _ in each}) != 1 for each in sides.values()):
        return None
    (income, first), (spent, second) = sides["income"][0], sides["expenditure"][0]
    worked = less(income, spent, "money")
    rows = (first.row, second.row)
    return Tie((Subject("variance", first.file, rows, "money", Worked(
        worked.value, f"printed income less printed expenditure: {worked.how} ({rows_text(rows)})"), signed=True),),
        True, True, strength=0.8)


def _printed_rate(label: Label, others) -> Tie | None:
    scope = label.about & SCOPES
    people = [each for each in others if each[0].about & SCOPES == scope and "attendee" in each[0].words
              and each[1].unit == "count"]
    places = [each for each in others if each[0].about & SCOPES == scope and "place" in each[0].words
              and not each[0].words & {"attendee", "taken"} and each[1].unit == "count"]
    if len(people) != 1 or len(places) != 1 or label.about - SCOPES - {"rate", "subtotal", "total", "place", "taken"}:
        return None
    share = percent(people[0][1].number, places[0][1].number)
    if share is None:
        return None
    rows = (people[0][2].row, places[0][2].row)
    return Tie((Subject("take-up", people[0][2].file, rows, "percent", replace(
        share, how=f"printed attendees by printed places: {share.how} ({rows_text(rows)})")),), True, True,
        strength=0.8)


def _printed_sum(label: Label, others) -> Tie | None:
    """A grand total of places taken is the sum of the printed subtotals of attendees."""
    parts = [each for each in others if "subtotal" in each[0].words and each[1].unit == "count"
             and (not each[0].words & {"place", "offered"} or "taken" in each[0].words)]
    scopes = [each[0].about & SCOPES for each in parts]
    if len(parts) < 2 or len(set(scopes)) != len(parts) or label.about & SCOPES or "offered" in label.words:
        return None
    worked = add(each[1].number for each in parts)
    rows = tuple(each[2].row for each in parts)
    return Tie((Subject("sum of printed subtotals", parts[0][2].file, rows, "count", Worked(
        worked.value, f"printed subtotals: {worked.how} ({rows_text(rows)})")),), True, True, strength=0.8)
