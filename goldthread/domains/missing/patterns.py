"""Children who go missing again and again, and why, as far as the acting person may see the episodes."""
from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from goldthread.domains.missing.models import Factor
from goldthread.people.models import Person, SearchKey
from goldthread.people.reading import same_person_ids
from goldthread.process.models import Case, CasePerson
from goldthread.rules.codes import label
from goldthread.rules.limits import limit

PROCESS, WINDOW, MANY = "missing", "T82a", 3


@dataclass(frozen=True)
class Pattern:
    """One child's episodes up to a day: how many within the window of the limit, how many in a year, the last; and why:
    what pushed or pulled the child more than once."""

    person: Person
    lately: int
    year: int
    last: datetime
    why: tuple[str, ...] = ()

    @property
    def many(self) -> bool:
        return self.lately >= MANY


def window(on: date) -> timedelta:
    """How far back episodes are counted together: the limit's own days."""
    span = limit(WINDOW, on).span
    assert span is not None
    return timedelta(days=span.amount)


def earlier(case: Case) -> list[Case]:
    """Episodes of the same children before this one, newest first; children merged with them included."""
    people = {pk for child in _children(case) for pk in same_person_ids(child)}
    rows = Case.objects.filter(process_key=PROCESS, casepersons__person__in=people, casepersons__capacity="child",
                               opened_at__lt=case.opened_at)
    return list(rows.exclude(pk=case.pk).distinct().order_by("-opened_at"))


def within_window(case: Case, before: list[Case]) -> int:
    """How many episodes of its children began within the window that ends with this one, itself counted."""
    since = case.opened_at - window(case.opened_at.date())
    return 1 + sum(each.opened_at >= since for each in before)


def patterns(now: datetime) -> list[Pattern]:
    """Every child with an episode in the last year, those with most of late first."""
    rows = CasePerson.objects.filter(case__process_key=PROCESS, capacity="child", case__voided_at=None,
                                     case__opened_at__gte=now - timedelta(days=365), case__opened_at__lte=now)
    kept = dict(SearchKey.objects.filter(person__in=rows.values("person_id")).values_list("person_id", "kept_id"))
    times: dict[int, list[datetime]] = {}
    cases: dict[int, set[int]] = {}
    for person, case, at in rows.values_list("person_id", "case_id", "case__opened_at"):
        times.setdefault(kept.get(person, person), []).append(at)
        cases.setdefault(kept.get(person, person), set()).add(case)
    named = _named(case__in=rows.values("case_id"))
    since = now - window(now.date())
    people = {person.pk: person for person in Person.objects.filter(pk__in=times)}
    found = [Pattern(people[pk], sum(at >= since for at in each), len(each), max(each), again(cases[pk], named))
             for pk, each in times.items() if pk in people]
    return sorted(found, key=lambda p: (-p.lately, -p.year, p.person.name))


def factors(since: datetime, now: datetime) -> list[tuple[str, int]]:
    """What pushed and pulled children, by how many interviews name it, most first."""
    return _counted(_named(event__happened_at__gte=since, event__happened_at__lte=now))


def again(cases: Collection[int], named: set[tuple[str, int]] | None = None) -> tuple[str, ...]:
    """What the interviews after more than one of these episodes name, most often first. named: as read already."""
    found = _counted({each for each in (_named(case__in=cases) if named is None else named) if each[1] in cases})
    return tuple(f"{words} ({n} times)" for words, n in found if n > 1)


def _named(**within: Any) -> set[tuple[str, int]]:
    """Each factor with the episode whose interview names it."""
    rows: Any = Factor.objects.filter(event__replaced_by=None, case__voided_at=None, **within)
    return set(rows.values_list("factor", "case_id"))


def _counted(named: set[tuple[str, int]]) -> list[tuple[str, int]]:
    counts = Counter(factor for factor, _ in named)
    return sorted(((label("missing-factors", factor), n) for factor, n in counts.items()), key=lambda each: (-each[1], each))


def _children(case: Case) -> list[Person]:
    rows = CasePerson.objects.filter(case=case, capacity="child").select_related("person")
    return [row.person for row in rows]
