"""Episodes of need as the census counts them: from a referral until nobody works with the child any more.

Work with a child that touches or overlaps is one episode; an episode is told as it stood on the census day.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar


@dataclass(frozen=True)
class Assessment:
    """An assessment of a child: when the work began, when a manager authorised it, what was found."""

    began: date
    authorised: date | None = None
    factors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Enquiry:
    """A section 47 enquiry: when it was decided on, by when a conference was due and when it was held; needless: when it
    was decided that none is needed."""

    began: date
    target: date | None = None
    conference: date | None = None
    needless: date | None = None

    @property
    def not_required(self) -> bool:
        return self.needless is not None


@dataclass(frozen=True)
class Spell:
    """A plan from a day on, until the day it ended."""

    began: date
    ended: date | None = None


Plan = TypeVar("Plan", bound=Spell)


@dataclass(frozen=True)
class Protection(Spell):
    """A child protection plan, with its categories, how many there were before, and its reviews."""

    first: str = ""
    latest: str = ""
    before: int = 0
    reviews: tuple[date, ...] = ()


@dataclass(frozen=True)
class Work:
    """One case's work with one child. reason: a code of the closure reasons, where the case says one; case: its number."""

    began: date
    ended: date | None
    source: str = ""
    need: str = ""
    reason: str = ""
    assessments: tuple[Assessment, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    plans: tuple[Spell, ...] = ()
    protection: tuple[Protection, ...] = ()
    case: int = 0


@dataclass
class Episode:
    """What the census tells of one spell of work with a child. cases: the numbers of those it is made of, in order;
    conference: the initial one that no enquiry led to, of a child moved here or of one who was not born (rule 2885)."""

    began: date
    closed: date | None
    source: str
    need: str
    reason: str
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Spell] = field(default_factory=list)
    protection: list[Protection] = field(default_factory=list)
    cases: list[int] = field(default_factory=list)
    conference: date | None = None


NOT_KNOWN, NOT_STATED, OTHER_REASON = "10", "N0", "RC7"
#: Closed after assessment: no reason for an episode that had an enquiry or a plan (rule 2990).
AFTER_ASSESSMENT = frozenset({"RC8", "RC9"})


def episodes(work: Iterable[Work], since: date, day: date) -> list[Episode]:
    """The episodes of one child that were open at any time from `since` to the census day, as they stood on that day;
    what ended before `since` within one is not told again."""
    found: list[list[Work]] = []
    until: date | None = None
    for each in sorted((w for w in work if w.began <= day), key=lambda w: (w.began, w.ended or date.max)):
        if found and (until is None or each.began <= until):
            found[-1].append(each)
        else:
            found.append([each])
            until = each.began
        until = None if until is None or each.ended is None or each.ended > day else max(until, each.ended)
    return [_of_the_year(made, since) for group in found
            if (made := _episode(group, day)).closed is None or made.closed >= since]


def _episode(group: Sequence[Work], day: date) -> Episode:
    ends = [each.ended for each in group]
    closed = max(end for end in ends if end) if all(end is not None and end <= day for end in ends) else None
    last = max(group, key=lambda each: each.ended or date.max)
    began = min(each.began for each in group)
    made = Episode(began, closed, _first(each.source for each in group) or NOT_KNOWN,
                   _first(each.need for each in reversed(group)) or NOT_STATED,
                   (last.reason or OTHER_REASON) if closed else "")
    for each in group:
        made.cases.append(each.case)
        made.assessments += [_as_of(a, day, began) for a in each.assessments if a.began <= day]
        made.enquiries += [_enquiry(e, day, began) for e in each.enquiries if e.began <= day]
        made.plans += [Spell(max(p.began, began), _end(p.ended, day, closed)) for p in each.plans if p.began <= day]
        made.protection += [_protection(p, day, began, closed) for p in each.protection if p.began <= day]
    made.protection = _apart(made.protection)
    made.plans = _beside(_apart(made.plans), made.protection)
    made.assessments = _one_under_way(made.assessments)
    if made.reason in AFTER_ASSESSMENT and (made.enquiries or made.plans or made.protection):
        made.reason = OTHER_REASON
    return made


def _of_the_year(made: Episode, since: date) -> Episode:
    """Without assessments authorised, conferences held, enquiries and plans ended before the year: they were told in the
    census of theirs, and are refused in this one (rules 4013, 8696, 8715, 8930)."""
    after = {each.conference for each in made.enquiries}
    made.conference = next((each.began for each in made.protection if each.began not in after and each.began >= since), None)
    made.assessments = [each for each in made.assessments if not _before(each.authorised, since)]
    made.enquiries = [each for each in made.enquiries if not _before(each.conference or each.needless, since)]
    made.plans = [each for each in made.plans if not _before(each.ended, since)]
    made.protection = [each for each in made.protection if not _before(each.ended, since)]
    return made


def _before(day: date | None, since: date) -> bool:
    return day is not None and day < since


def _one_under_way(assessments: list[Assessment]) -> list[Assessment]:
    """One begun while another is under way goes on with it: of those not authorised the first is told (rule 8896)."""
    begun = sorted((each for each in assessments if each.authorised is None), key=lambda each: each.began)
    return [each for each in assessments if each.authorised is not None or each == begun[0]] if len(begun) > 1 \
        else assessments


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _end(ended: date | None, day: date, closed: date | None) -> date | None:
    """A plan that nobody ended ended with the work at the latest."""
    return ended if ended and ended <= day else closed


def _as_of(each: Assessment, day: date, began: date) -> Assessment:
    done = each.authorised if each.authorised and each.authorised <= day else None
    return Assessment(max(each.began, began), done, each.factors if done else ())


def _enquiry(each: Enquiry, day: date, began: date) -> Enquiry:
    held = each.conference if each.conference and each.conference <= day else None
    over = each.needless if held is None and each.needless and each.needless <= day else None
    return Enquiry(max(each.began, began), each.target, held, over)


def _protection(each: Protection, day: date, began: date, closed: date | None) -> Protection:
    ended = _end(each.ended, day, closed)
    reviews = tuple(held for held in each.reviews if held <= day and (ended is None or held <= ended))
    return Protection(max(each.began, began), ended, each.first, each.latest, each.before, reviews)


def _apart(plans: list[Plan]) -> list[Plan]:
    """Plans of one child one after the other: where they overlap or touch, the earlier is told until the day before the
    later begins, since the census lets none begin on the day another ends (its rules 4014 and 8940).
    """
    found: list[Plan] = []
    for each in sorted(plans, key=lambda plan: (plan.began, plan.ended or date.max)):
        if found and found[-1].began == each.began:
            found[-1] = each
            continue
        if found and (found[-1].ended is None or found[-1].ended >= each.began):
            found[-1] = _until(found[-1], each.began - timedelta(days=1))
        found.append(each)
    return found


def _beside(plans: list[Spell], protection: list[Protection]) -> list[Spell]:
    """Plans for as long as no protection plan ran: beside one the census lets none be told (rules 4001, 4016, 4017)."""
    for other in protection:
        plans = [part for plan in plans for part in _outside(plan, other)]
    return plans


def _outside(plan: Spell, other: Spell) -> Iterator[Spell]:
    """The parts of a plan before and after another ran; one may end or begin on the day that the other begins or ends."""
    last = plan.ended or date.max
    if plan.began < other.began:
        yield Spell(plan.began, min(last, other.began))
    if other.ended and (last > other.ended or plan.began >= other.ended):
        yield Spell(max(plan.began, other.ended), plan.ended)


def _until(plan: Plan, day: date) -> Plan:
    """A plan as if it had ended on a day."""
    held = {"reviews": tuple(review for review in plan.reviews if review <= day)} if isinstance(plan, Protection) else {}
    return replace(plan, ended=day, **held)
