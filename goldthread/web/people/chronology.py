"""One timeline across agencies: what was recorded on cases, and what agencies know happened, each as it may be seen."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from goldthread.people.models import Entry
from goldthread.process import registry
from goldthread.process.models import Event
from goldthread.web.casework.words import outcome_words


@dataclass(frozen=True)
class Line:
    """One line of a chronology. `at` orders it; `said` is how the date was given, uncertain ones in words."""

    at: date | datetime
    said: str
    title: str
    agency: str
    kind: str
    text: str = ""
    url: str = ""
    who: str = ""
    rough: bool = False

    @property
    def order(self) -> datetime:
        if isinstance(self.at, datetime):
            return self.at
        return timezone.make_aware(datetime.combine(self.at, datetime.min.time()))


def lines(people: Iterable[int], names: dict[int, str] | None = None) -> list[Line]:
    """Everything the acting person may see about these people, newest first. `names` marks whose an entry is."""
    wanted, names = list(people), names or {}
    found = [*_events(wanted), *_entries(wanted, names)]
    return sorted(found, key=lambda line: line.order, reverse=True)


def _events(people: list[int]) -> list[Line]:
    rows = (Event.objects.filter(case__casepersons__person__in=people, replaced_by=None)
            .select_related("agency", "case").distinct())
    made = []
    for event in rows:
        process = registry.get(event.case.process_key)
        step = process.step(event.step)
        made.append(Line(event.happened_at, "", step.name, event.agency.name, process.name,
                         outcome_words(step, event.outcome), reverse("event", args=[event.case.reference, event.pk])))
    return made


def _entries(people: list[int], names: dict[int, str]) -> list[Line]:
    rows = Entry.objects.filter(person__in=people, replaced_by=None).select_related("agency")
    return [Line(e.earliest, e.when_text, e.what.split("\n")[0][:120], e.agency.name, "What agencies know",
                 e.what + (f"\n{e.significance}" if e.significance else ""), who=names.get(e.person_id, ""),
                 rough=e.earliest != e.latest) for e in rows]


def narrowed(found: list[Line], query: Any) -> list[Line]:
    """The lines of one agency, or of one kind, as the address asks."""
    agency, kind = query.get("agency", ""), query.get("kind", "")
    return [line for line in found if agency in ("", line.agency) and kind in ("", line.kind)]


def prose(found: list[Line]) -> list[tuple[str, str]]:
    """The story oldest first, a sentence a line, for print: (when, what)."""
    told = []
    for line in sorted(found, key=lambda each: each.order):
        when = line.said or timezone.localtime(line.order).strftime("%-d %B %Y")
        what = f"{line.title}: {line.text}" if line.text and line.text != line.title else line.title
        told.append((when, f"{line.agency}. {what}"))
    return told
