"""The lines of a record that is corrected: those its corrector sees, and those that are carried over unseen."""
from __future__ import annotations

from collections.abc import Collection
from typing import Any

from goldthread.access.actor import Actor, acting, system_for
from goldthread.people.models import Person
from goldthread.process.models import Event


def shown_lines(model: Any, event: Event) -> list[Any]:
    """The lines of a kind that the acting person may see, with everybody whom they name, in their order."""
    lines = list(model.objects.filter(event=event).order_by("pk"))
    named = {line.pk: _named(line) for line in lines}
    known = set(Person.objects.filter(pk__in=set().union(*named.values())).values_list("pk", flat=True))
    return [line for line in lines if named[line.pk] <= known]


def carried_lines(actor: Actor, event: Event, asked: Collection[Any]) -> list[Any]:
    """The other lines once more, as they were: kinds that are not asked about, and lines that the corrector may not see."""
    seen = {(model, line.pk) for model in asked for line in shown_lines(model, event)}
    with acting(system_for(actor)):
        models = event.case.process.step(event.step).lines
        lines = [(model, line) for model in models for line in model.objects.filter(event=event).order_by("pk")]  # type: ignore[attr-defined]
    return [model(**{name: getattr(line, name) for name in own_columns(model)}) for model, line in lines
            if (model, line.pk) not in seen]


def own_columns(model: Any) -> tuple[str, ...]:
    """What a line holds by the names under which it is kept, so that nobody whom it names need be read."""
    return tuple(model._meta.get_field(name).attname for name in model.own_fields())


def _named(line: Any) -> set[int]:
    """The people a line names, by number."""
    found = {getattr(line, field.attname) for field in line._meta.fields if field.related_model is Person}
    return found - {None}
