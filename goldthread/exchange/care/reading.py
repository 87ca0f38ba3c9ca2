"""Looked-after children and care leavers, read from cases as those who make the return may see them."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.access.actor import Actor, acting, system_for
from goldthread.domains.looked_after import models as m
from goldthread.domains.missing import models as missing
from goldthread.exchange.care.episodes import Care, Held, Lived, apart
from goldthread.exchange.records import Progress, Records, cases_of, local_day, untold
from goldthread.people.keys import postcode_key
from goldthread.people.models import Address, Identifier, Person
from goldthread.process.models import Case, CasePerson

PROCESS, MISSING = "looked-after", "missing"
AT_ONCE = 500
TOLD = (m.CareStart, m.CareEnd, m.Placement, m.StatusChange, m.CareReview, m.CareVisit, m.CarePlan, m.HealthAssessment,
        m.DentalCheck, m.Questionnaire, m.AdoptionDecision, m.AdoptionMatch, m.AdoptionStopped, m.LeavingCare, m.PathwayPlan,
        m.LeaverContact, m.LeavingEnd, m.CareWorker)


@dataclass(frozen=True)
class Gone:
    """A time missing or away: its kind, first and last day, whether an interview was offered after it, and accepted."""

    kind: str
    began: date
    ended: date | None
    offered: bool | None = None
    accepted: bool | None = None


class File:
    """One case of a looked-after child: the time in care it tells of, and every record of it."""

    def __init__(self, known: Records, case: Case, kept: Collection[str] = ()) -> None:
        self.case, self._known, self._kept = case, known, kept
        self.start: m.CareStart = self.rows(m.CareStart)[0]
        self.end: m.CareEnd | None = known.last(m.CareEnd, case.pk)
        self.care = self._care()

    def rows(self, model: Any) -> list[Any]:
        """The standing records of a kind, in the order they happened."""
        return self._known.rows(model, self.case.pk)

    def upto(self, model: Any, day: date, since: date = date.min) -> list[Any]:
        """Those that happened by a day, and not before another."""
        return [each for each in self.rows(model) if since <= local_day(each.happened_at) <= day]

    def latest(self, model: Any, day: date) -> Any:
        """The last of a kind by a day, or None."""
        return (self.upto(model, day) or [None])[-1]

    def _care(self) -> Care:
        start, end = self.start, self.end
        home = "" if start.alone else self._told(start.home_postcode)  # no distance is worked out for them (rule 406)
        return Care(
            local_day(start.happened_at), local_day(end.happened_at) if end else None, start.need, start.status,
            end.reason if end else "", home,
            tuple(Lived(local_day(each.happened_at), each.kind, each.provider, each.changed, each.same_carer,
                        self._told(each.postcode), each.urn, each.council) for each in self.rows(m.Placement)),
            tuple(Held(local_day(each.happened_at), each.status) for each in self.rows(m.StatusChange)))

    def _told(self, postcode: str) -> str:
        """A postcode, but not that of an address kept safe from whoever reads this."""
        return "" if postcode_key(postcode) in self._kept else postcode

    def in_care(self, day: date) -> bool:
        """Whether the child was looked after at the end of a day."""
        return self.care.began <= day and (self.care.ended is None or self.care.ended > day)


@dataclass(frozen=True)
class Child:
    """A child or young person, the numbers they have, their times in care one after the other, and those left over
    because another went on meanwhile. kept: whether an address of theirs is kept safe from whoever reads this."""

    person: Person
    upn: str
    files: tuple[File, ...]
    left: int
    gone: tuple[Gone, ...]
    kept: bool = False

    @property
    def born(self) -> date:
        """Raises ValueError for a child whose date of birth is not known, who cannot be told of in a return."""
        if self.person.born_on is None:
            raise ValueError("no date of birth")
        return self.person.born_on


def children(carer: Actor, finder: Actor, tell: Progress = untold) -> Iterator[Child]:
    """Every child who is or was looked after, in the order of their records. carer: from whose seat the care is read;
    finder: from whose seat the times they were missing."""
    with acting(carer):
        lines = CasePerson.objects.filter(capacity="child", case__process_key=PROCESS, case__voided_at=None)
        numbers = sorted(set(lines.values_list("person_id", flat=True)))
    for start in range(0, len(numbers), AT_ONCE):
        tell(start, len(numbers))
        yield from _some(carer, finder, numbers[start:start + AT_ONCE])


def _some(carer: Actor, finder: Actor, numbers: Sequence[int]) -> list[Child]:
    with acting(finder):
        gone = _gone(numbers)
    found = []
    with acting(carer):
        people = {each.pk: each for each in Person.objects.filter(pk__in=numbers, merged_into=None)}
        theirs, cases = cases_of(people, (PROCESS,))
        known = Records(cases.values()).read(*TOLD)
        upns = dict(Identifier.objects.filter(person__in=people, scheme="upn").order_by("-pk").values_list(
            "person_id", "value"))
        safe = _kept_safe(carer, people)
        for pk in sorted(people):
            files = [File(known, cases[case], safe.get(pk, ())) for case in theirs.get(pk, ()) if case in cases]
            kept, _ = apart(each.care for each in files)
            mine = [each for each in files if any(each.care is care for care in kept)]
            found.append(Child(people[pk], upns.get(pk, ""), tuple(sorted(mine, key=lambda each: each.care.began)),
                               len(files) - len(mine), tuple(gone.get(pk, ())), pk in safe))
    return found


def _kept_safe(actor: Actor, people: Collection[int]) -> dict[int, set[str]]:
    """The postcodes of safe addresses that are kept from somebody, by child; read to be left out, and told to nobody."""
    mine = set(Address.objects.filter(person__in=people, safe=True).values_list("pk", flat=True))
    found: dict[int, set[str]] = defaultdict(set)
    with acting(system_for(actor)):
        for person, postcode in Address.objects.filter(person__in=people, safe=True).exclude(pk__in=mine).values_list(
                "person_id", "postcode"):
            found[person].add(postcode_key(postcode))
    return found


def _gone(numbers: Sequence[int]) -> dict[int, list[Gone]]:
    """The times each child was missing, in order."""
    theirs, cases = cases_of(numbers, (MISSING,))
    known = Records(cases.values())
    found: dict[int, list[Gone]] = defaultdict(list)
    for person, mine in theirs.items():
        for case in mine:
            report, back = known.last(missing.MissingReport, case), known.last(missing.MissingFound, case)
            offer = known.last(missing.InterviewOffer, case)
            if report is not None:
                found[person].append(Gone(
                    report.kind, local_day(report.happened_at), local_day(back.happened_at) if back else None,
                    offer.answer != "not-offered" if offer else None, offer.answer == "accepted" if offer else None))
    return {person: sorted(each, key=lambda one: one.began) for person, each in found.items()}
