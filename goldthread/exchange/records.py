"""What is recorded on some cases, each kind of record fetched once, as the acting person may see it."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from goldthread.access.actor import Actor, acting, system_for
from goldthread.base.dates import LONDON
from goldthread.process.models import Case, CasePerson

Rows = dict[int, list[Any]]
#: Told how many children of how many were read so far.
Progress = Callable[[int, int], None]


def untold(done: int, of: int) -> None:
    """For those whom nobody waits for."""


def local_day(at: datetime) -> date:
    """The day in England on which something happened."""
    return at.astimezone(LONDON).date()


def reference_of(person: Any) -> str:
    """A person's number in returns: their reference, without the hyphens that returns do not take."""
    return str(person.reference).replace("-", "")


class Records:
    """The standing records and lines of some cases."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self.cases = {case.pk: case for case in cases}
        self._records: dict[Any, Rows] = {}

    def rows(self, model: Any, case: int) -> list[Any]:
        """Standing records or lines of a case, in the order they happened."""
        if model not in self._records:
            found: Rows = defaultdict(list)
            standing = model.objects.filter(case__in=self.cases, event__replaced_by=None).select_related("event")
            for each in standing.order_by("event__happened_at", "pk"):
                found[each.case_id].append(each)
            self._records[model] = found
        return self._records[model].get(case, [])

    def read(self, *models: Any) -> Records:
        """Fetch these kinds now, for who asks for them when nobody is acting any more."""
        for model in models:
            self.rows(model, 0)
        return self

    def last(self, model: Any, case: int) -> Any:
        """The last record of a kind, or None."""
        return (self.rows(model, case) or [None])[-1]

    def of(self, model: Any, case: int, person: int) -> Any:
        """The last line of a kind about this person, or None."""
        return next((each for each in reversed(self.rows(model, case)) if each.person_id == person), None)


def cases_of(people: Iterable[int], processes: Iterable[str]) -> tuple[dict[int, list[int]], dict[int, Case]]:
    """The cases of some processes that are about these children: their numbers by child, and the cases by number."""
    links = CasePerson.objects.filter(person__in=list(people), capacity="child", case__process_key__in=list(processes),
                                      case__voided_at=None)
    found: dict[int, list[int]] = defaultdict(list)
    for person, case in links.order_by("case_id").values_list("person_id", "case_id"):
        found[person].append(case)
    return found, {each.pk: each for each in Case.objects.filter(pk__in={pk for pks in found.values() for pk in pks})}


def kept_from(actor: Actor, processes: Iterable[str], seen: int) -> int:
    """How many children of some processes were not among the `seen` that an actor was shown; only how many."""
    with acting(system_for(actor)):
        everybody = CasePerson.objects.filter(capacity="child", case__process_key__in=list(processes),
                                              case__voided_at=None, person__merged_into=None)
        return max(everybody.values("person").distinct().count() - seen, 0)
