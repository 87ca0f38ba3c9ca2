"""Beginning a report and freezing its data."""
from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor
from goldthread.base.dates import LONDON
from goldthread.measure import periods
from goldthread.measure.protecting import DEFAULT
from goldthread.measure.store import Store
from goldthread.process.models import Case
from goldthread.reports.yearly import counting, figures, outline, readers
from goldthread.reports.yearly.actions.common import (
    insist_open,
    insist_writes,
    kept,
    locked,
    of_case,
    writing_as,
)
from goldthread.reports.yearly.figures import Asked
from goldthread.reports.yearly.models import Document, Freeze, FrozenFigure, Kind, Section


def begin(case: Case | None, actor: Actor, now: datetime, *, period: str = "", kind: str = Kind.YEARLY,
          title: str = "") -> Document:
    """Begin the report that a case leads to, with the sections such a report has. The same case twice gives one report.

    period: such as "2025-2026"; the last whole year unless given. Raises Refused; ValidationError for a period there is not.
    """
    insist_writes(actor)
    day = now.astimezone(LONDON).date()
    try:
        year = periods.read(period) if period else periods.last_whole("year", day)
    except ValueError as wrong:
        raise ValidationError({"period": str(wrong)}) from wrong
    if len(year.months) != 12:
        raise ValidationError({"period": "A report is of a year, such as 2025-2026"})
    with writing_as(actor):
        if case is not None and (found := Document.objects.filter(case=case).first()):
            return found
        made = Document(partnership=actor.partnership, kind=kind, period=year.key, case=case, begun_by=actor.user,
                        begun_at=now, title=title.strip() or outline.title(kind, actor.partnership.name, year))
        made.readers, made.denied = readers.of_draft(made)
        made.save()
        Section.objects.bulk_create([
            Section(**kept(made), document=made, key=part.key, order=at, heading=part.heading, text=part.text,
                    items=list(part.items), changed_by=actor.user, changed_at=now)
            for at, part in enumerate(outline.parts(kind, day), start=1)])
        return made


def freeze(case: Case, actor: Actor, now: datetime) -> Freeze:
    """Freeze the data of a case's report: `freeze_document`. Raises ValidationError before it is begun."""
    return freeze_document(of_case(case, actor), actor, now)


def freeze_document(document: Document, actor: Actor, now: datetime) -> Freeze:
    """Keep every figure a report can hold as it is now, with the rows it counts; from now on the report shows these.

    Freezing again takes the place of the freeze before, which is kept. Raises Refused, ValidationError once published.
    """
    insist_writes(actor)
    with writing_as(actor):
        found = locked(actor, document)
        insist_open(found)
        for bring_up_to_date in figures.before_counting:
            bring_up_to_date(actor.partnership.pk, now)
        asked = Asked(actor.partnership, periods.read(found.period), now)
        made, facts = counting.live(asked), Store.of(actor.partnership.pk).made()
        frozen: Freeze = Freeze.objects.create(
            **kept(found), document=found, number=found.freezes.count() + 1, by=actor.user, at=now, first=asked.since,
            last=asked.until, facts_at=facts.at if facts else None, last_event=facts.last_event if facts else 0,
            returns=sorted(facts.returns) if facts else [], rule=DEFAULT.words())
        FrozenFigure.objects.bulk_create([
            FrozenFigure(partnership=actor.partnership, freeze=frozen, **counting.kept(each))
            for each in made.all.values()], batch_size=500)
        return frozen
