"""One timeline across agencies: what was recorded on cases, and what agencies know happened, each as it may be seen."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone

from goldthread.access.prepared import Among
from goldthread.orgs.models import Agency
from goldthread.people.models import Entry
from goldthread.process import registry
from goldthread.process.models import CasePerson, Event
from goldthread.web.casework.words import outcome_words
from goldthread.web.navigation import address

PAGE = 25
KNOWN = "What agencies know"
_EVENT = ("pk", "happened_at", "step", "outcome", "agency__name", "case__reference", "case__process_key")
_ENTRY = ("pk", "person_id", "earliest", "latest", "when_text", "what", "significance", "agency__name")


@dataclass(frozen=True)
class Line:
    """One line of a chronology. `at` orders it; `said` is how the date was given, uncertain ones in words.

    event, pk: 1 and its number for what was recorded on a case, 0 and its number for what an agency knows.
    """

    at: date | datetime
    said: str
    title: str
    agency: str
    kind: str
    text: str = ""
    url: str = ""
    who: str = ""
    rough: bool = False
    event: int = 0
    pk: int = 0

    @property
    def order(self) -> datetime:
        if isinstance(self.at, datetime):
            return self.at
        return timezone.make_aware(datetime.combine(self.at, datetime.min.time()))


@dataclass(frozen=True)
class Wanted:
    """Whose chronology is asked for and how it is narrowed: by agency and kind as they are called, "" for any.

    names: marks whose an entry is, where it is a whole family's.
    """

    people: tuple[int, ...]
    names: dict[int, str] = field(default_factory=dict, hash=False)
    agency: str = ""
    kind: str = ""


def page(wanted: Wanted, after: str = "") -> tuple[list[Line], str]:
    """One page of what the acting person may see, newest first, and the place the next page begins after ("" for none).

    Raises ValueError for an `after` that is no place.
    """
    if after or wanted.agency or wanted.kind:
        events, entries = _events(wanted, after)[:PAGE + 1], _entries(wanted, after)[:PAGE + 1]
    else:
        events, entries = _NEWEST_EVENTS.rows(wanted.people), _NEWEST_ENTRIES.rows(wanted.people)
    found = sorted([*map(_of_event, events), *(_of_entry(e, wanted.names) for e in entries)], key=_place, reverse=True)
    return found[:PAGE], _written(found[PAGE - 1]) if len(found) > PAGE else ""


def lines(wanted: Wanted) -> list[Line]:
    """All of it, newest first."""
    found = [*map(_of_event, _events(wanted)), *(_of_entry(e, wanted.names) for e in _entries(wanted))]
    return sorted(found, key=_place, reverse=True)


def called(people: Iterable[int], all_of_it: Iterable[Line] | None = None) -> tuple[list[str], list[str]]:
    """The agencies and the kinds of what the acting person may see about these people, by name.

    all_of_it: every line of theirs, where one page holds them all; nothing is then asked.
    """
    if all_of_it is not None:
        return sorted({line.agency for line in all_of_it}), sorted({line.kind for line in all_of_it})
    found = _CALLED.rows(people)
    kinds = {registry.get(process).name if process else KNOWN for _, process in found}
    return sorted({agency for agency, _ in found}), sorted(kinds)


def _place(line: Line) -> tuple[datetime, int, int]:
    """Where a line stands among all: by its time, entries of a day before what happened on it, then by number."""
    return line.order, line.event, line.pk


def _written(line: Line) -> str:
    """The same as an address says it."""
    return f"{line.order.astimezone(UTC).isoformat()}~{line.event}~{line.pk}"


def _events(wanted: Wanted, after: str = "") -> Any:
    """What was recorded on their cases, newest first, after a place."""
    if wanted.kind == KNOWN:
        return Event.objects.none()
    rows = _of_people(wanted.people).order_by("-happened_at", "-pk").values_list(*_EVENT)
    if wanted.agency:
        rows = rows.filter(agency__name=wanted.agency)
    if wanted.kind:
        rows = rows.filter(case__process_key__in=[p.key for p in registry.all_processes() if p.name == wanted.kind])
    if after:
        at, event, pk = _read(after)
        rows = rows.filter(Q(happened_at__lt=at) | (Q(happened_at=at, pk__lt=pk) if event else Q(pk=None)))
    return rows


def _of_people(people: Iterable[int]) -> Any:
    on = CasePerson.objects.filter(case=OuterRef("case"), person__in=people)
    return Event.objects.filter(Exists(on), replaced_by=None)


def _entries(wanted: Wanted, after: str = "") -> Any:
    """What agencies know happened, newest first, after a place."""
    if wanted.kind not in ("", KNOWN):
        return Entry.objects.none()
    rows = Entry.objects.filter(person__in=wanted.people, replaced_by=None).order_by("-earliest", "-pk").values_list(*_ENTRY)
    if wanted.agency:
        rows = rows.filter(agency__name=wanted.agency)
    if after:
        at, event, pk = _read(after)
        day = timezone.localtime(at).date()
        rows = rows.filter(Q(earliest__lte=day) if event else Q(earliest__lt=day) | Q(earliest=day, pk__lt=pk))
    return rows


def _read(after: str) -> tuple[datetime, bool, int]:
    at, event, pk = after.split("~")
    return datetime.fromisoformat(at), event == "1", int(pk)


_NEWEST_EVENTS = Among(lambda people: _events(Wanted(tuple(people)))[:PAGE + 1])


def _of_each(people: Iterable[int], function: str) -> RawSQL:
    """The numbers that one of the functions of `people/search.sql` gives for these people."""
    those = list(people)
    listed = f"array[{', '.join(['%s'] * len(those))}]::bigint[]"
    return RawSQL(f"select unnest({function.format(listed)})", those)


_NEWEST_ENTRIES = Among(lambda people: Entry.objects.filter(pk__in=_of_each(people, f"people_newest({{}}, {PAGE + 1})"))
                        .order_by("-earliest", "-pk").values_list(*_ENTRY)[:PAGE + 1])


def _called(people: Iterable[int]) -> Any:
    """The agencies, each with the process of what it recorded on their cases, and with none for what it knows."""
    entries = Agency.objects.filter(pk__in=_of_each(people, "people_known_by({})")).order_by()
    return _of_people(people).order_by().values_list("agency__name", "case__process_key").union(
        entries.values_list("name", Value("")))


_CALLED = Among(_called)


def _of_event(row: tuple[Any, ...]) -> Line:
    pk, at, step_key, outcome, agency, reference, process_key = row
    process = registry.get(process_key)
    step = process.step(step_key)
    return Line(at, "", step.name, agency, process.name, outcome_words(step, outcome), address("event", reference, pk),
                event=1, pk=pk)


def _of_entry(row: tuple[Any, ...], names: dict[int, str]) -> Line:
    pk, person, earliest, latest, said, what, significance, agency = row
    return Line(earliest, said, what.split("\n")[0][:120], agency, KNOWN,
                what + (f"\n{significance}" if significance else ""), who=names.get(person, ""),
                rough=earliest != latest, pk=pk)


def prose(found: list[Line]) -> list[tuple[str, str]]:
    """The story oldest first, a sentence a line, for print: (when, what)."""
    told = []
    for line in sorted(found, key=lambda each: each.order):
        when = line.said or timezone.localtime(line.order).strftime("%-d %B %Y")
        what = f"{line.title}: {line.text}" if line.text and line.text != line.title else line.title
        told.append((when, f"{line.agency}. {what}"))
    return told
