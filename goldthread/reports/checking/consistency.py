"""The consistency check: every printed figure worked out again from the tables.

What does not hold is a finding; what cannot be tied to the tables with enough certainty is said to be unchecked,
never wrong; everything else holds.
"""
from dataclasses import dataclass, field, replace

from goldthread.reports.arithmetic import percent, shown
from goldthread.reports.checking.budget import tie_budget
from goldthread.reports.checking.claims import parse
from goldthread.reports.checking.crossing import (
    check_indicators,
    check_notes,
    indicator_echo,
    missing_table_ties,
)
from goldthread.reports.checking.fits import fits
from goldthread.reports.checking.indicators import tie_indicator
from goldthread.reports.checking.judging import Judged, judge
from goldthread.reports.checking.label import Label, label_of, own_names
from goldthread.reports.checking.outcome import CERTAIN, LIKELY, POSSIBLE, Check, Outcome
from goldthread.reports.checking.statements import Kind, Parsed, Statement
from goldthread.reports.checking.subjects import Tie
from goldthread.reports.checking.training import tie_training
from goldthread.reports.reading.records import Claim, Course, Inputs

UNCLEAR = "several figures stand side by side and nothing says which is which"

BARE = "the printed number has no % sign, so it may count something"
MILD = "; the words are literally true, but {} lies so far beyond that another figure must be meant"


@dataclass(frozen=True)
class Consistency:
    """Every check made, in the order of the files."""

    checks: tuple[Check, ...] = field(default_factory=tuple)

    @property
    def findings(self) -> list[Check]:
        return [each for each in self.checks if each.outcome == Outcome.WRONG]

    @property
    def unchecked(self) -> list[Check]:
        return [each for each in self.checks if each.outcome == Outcome.UNCHECKED]

    @property
    def holding(self) -> list[Check]:
        return [each for each in self.checks if each.outcome == Outcome.HOLDS]


def check_consistency(inputs: Inputs) -> Consistency:
    """Work out again every figure that the input states. Pure: the same input gives the same answer."""
    own = own_names(inputs)
    checks = [_course(each, inputs) for each in inputs.courses if each.printed]
    checks += [check_claim(each, inputs, own) for each in inputs.claims]
    checks += check_indicators(inputs, own, checks)
    checks += check_notes(inputs)
    return Consistency(tuple(checks))


def _course(course: Course, inputs: Inputs) -> Check:
    """The percentage printed beside a course, from its attendees and places."""
    file = inputs.file("training-courses")
    check = Check(f"{file}, row {course.row}: {course.name}, percentage printed", course.printed, file, course.row)
    parsed = parse(course.printed)
    value = next((each for each in parsed.statements if each.kind == Kind.VALUE), None)
    if value is None or value.unit not in ("percent", "count"):
        return replace(check, reason="no percentage could be read here")
    share = percent(course.attendees, course.places) if course.attendees is not None and course.places else None
    if share is None:
        return replace(check, reason="attendees or places are missing, so there is nothing to work it out from")
    if value.unit == "count" and value.step < 1 and value.number <= 1 < share.value:
        value = replace(value, number=value.number * 100, step=value.step * 100)
    holds = fits(replace(value, unit="percent"), share.value)
    return replace(check, outcome=Outcome.HOLDS if holds else Outcome.WRONG, certainty=CERTAIN,
                   recomputed=shown(share.value, "percent"), arithmetic=share.how)


def check_claim(claim: Claim, inputs: Inputs, own: frozenset[str]) -> Check:
    """One printed figure: each piece it states must hold."""
    check = Check(claim.where, claim.printed, claim.file, claim.row)
    label = label_of(claim, own)
    parsed = parse(claim.printed, label.is_change)
    if not parsed.statements:
        return replace(check, reason="no figure could be read in the printed text")
    results = [_statement(_completed(each, label, parsed), label, parsed, claim, inputs, own)
               for each in parsed.statements]
    outcome, judged, certainty, reason = _together(results)
    if judged is None:
        return replace(check, reason=reason)
    return replace(check, outcome=outcome, recomputed=judged.recomputed, arithmetic=judged.how, certainty=certainty,
                   reason=reason)


def _together(results):
    """One verdict for all the pieces of a text.

    A piece that holds to the digit confirms what the label is about; another that then fails is an error, even
    where the label's words alone left room for doubt.
    """
    wrong = [each for each in results if each[0] == Outcome.WRONG]
    if wrong:
        return wrong[0]
    held = [each for each in results if each[0] == Outcome.HOLDS]
    open_ones = [each for each in results if each[0] == Outcome.UNCHECKED]
    failed = [each for each in open_ones if each[1] is not None]
    if held and failed and not any(each[3] == UNCLEAR for each in open_ones):
        return Outcome.WRONG, failed[0][1], POSSIBLE, ""
    return held[0] if held else open_ones[0]


def _completed(stated: Statement, label: Label, parsed: Parsed) -> Statement:
    """Add the direction that the label gives (“Increase…”, “Underspend”) where the printed text has none.

    A bare minus or brackets on a variance says nothing: both ways round are in use.
    """
    if stated.kind == Kind.CHANGE and not stated.direction:
        return replace(stated, direction=label.direction)
    if stated.kind == Kind.VALUE:
        return replace(stated, direction=parsed.variance or label.variance)
    return stated


def _statement(stated: Statement, label: Label, parsed: Parsed, claim: Claim, inputs: Inputs, own: frozenset[str]):
    tie = _tie(stated, label, parsed, claim, inputs, own)
    if tie is None:
        return Outcome.UNCHECKED, None, "", "nothing in the tables could be matched to this label"
    judged = [(judge(stated, each), each) for each in tie.subjects]
    judged = [(verdict, subject) for verdict, subject in judged if verdict is not None]
    if not judged:
        return Outcome.UNCHECKED, None, "", "the printed text and the table's figure are not of one kind"
    held = next((verdict for verdict, _ in judged if verdict.holds), None)
    if held is not None:
        return Outcome.HOLDS, held, CERTAIN if tie.sure else LIKELY, tie.why
    verdict, subject = judged[0]
    bare = stated.unit == "count" and subject.unit == "percent" and "rate" not in label.words
    doubt = tie.why if not tie.sure else subject.doubt or (
        UNCLEAR if parsed.unclear else BARE if bare and stated.kind == Kind.VALUE else "")
    if not tie.sure or doubt:
        return Outcome.UNCHECKED, verdict, "", doubt
    echo = indicator_echo(stated, verdict, subject, inputs)
    verdict = replace(verdict, how=verdict.how + echo + (MILD.format(verdict.recomputed) if verdict.mild else ""))
    return Outcome.WRONG, verdict, _certainty(verdict, tie, claim, bool(echo)), ""


def _certainty(verdict: Judged, tie: Tie, claim: Claim, echoed: bool) -> str:
    if verdict.mild:
        return LIKELY if tie.exact or echoed else POSSIBLE
    return CERTAIN if tie.exact and "text" not in claim.section.casefold() else LIKELY


def _tie(stated: Statement, label: Label, parsed: Parsed, claim: Claim, inputs: Inputs, own: frozenset[str]):
    """The best tie: the table that the section names comes first, then the surest, then the closest words."""
    ties = [("budget", tie_budget(label, stated, inputs, own, parsed.variance)),
            ("training", tie_training(label, stated, inputs)),
            ("", tie_indicator(label, stated, inputs, own)),
            ("", missing_table_ties(label, stated, claim, inputs, own))]
    ties = [(topic, tie) for topic, tie in ties if tie is not None]
    if not ties:
        return None
    return max(ties, key=lambda pair: (pair[1].sure, bool(pair[0]) and label.section_is(pair[0]),
                                       pair[1].strength))[1]
