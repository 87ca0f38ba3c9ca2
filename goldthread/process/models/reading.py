"""What is recorded on a case, read piece by piece, or once and for all by a page that only shows it."""
from __future__ import annotations

from functools import cache
from typing import Any

from goldthread.access.models import Guarded
from goldthread.access.prepared import Prepared


class ReadOnce:
    """Mixed into the case: what the acting person may see of what was recorded.

    Nothing is remembered until `read_once`, so that whoever records something sees it at once.
    """

    _seen: list[Any] | None = None
    _lines: dict[Any, list[Any]]

    @property
    def only_read(self) -> bool:
        return self._seen is not None

    def read_once(self) -> None:
        """Read all that is asked for here no more than once, for a page that shows the case and records nothing."""
        self._seen, self._lines = _standing().rows(case=self.pk), {}  # type: ignore[attr-defined]
        for event in self._seen:
            event.case = self

    def recorded(self, *steps: str) -> list[Any]:
        """The standing events of some steps (none named: all), in the order they happened."""
        if self._seen is not None:
            return [e for e in self._seen if e.step in steps] if steps else list(self._seen)
        rows = self.standing_events()  # type: ignore[attr-defined]
        return list(rows.filter(step__in=steps) if steps else rows)

    def last(self, step: str) -> Any:
        """The last standing event of a step, or None."""
        found = self.recorded(step)
        return found[-1] if found else None

    def lines(self, model: Any) -> list[Any]:
        """The repeated parts of one kind in all standing records, in the order they were written."""
        if self._seen is None:
            return _lines_of(model).rows(case=self.pk)  # type: ignore[attr-defined]
        if model not in self._lines:
            self._lines[model] = _lines_of(model).rows(case=self.pk)  # type: ignore[attr-defined]
        return self._lines[model]


@cache
def _standing() -> Prepared:
    from goldthread.process.models.records import Event
    return Prepared(lambda case: Event.objects.filter(case=case, replaced_by=None).select_related(
        "agency", "recorded_by").order_by("happened_at", "id"), case=-987_654_321_005)


@cache
def _lines_of(model: Any) -> Prepared:
    return Prepared(lambda case: with_named(model).filter(case=case, event__replaced_by=None).order_by("pk"),
                    case=-987_654_321_008)


def with_named(model: Any) -> Any:
    """The lines of one kind with the agencies and users they name, so that none asks itself; guarded rows stay apart."""
    names = [f.name for f in model._meta.fields if f.name in model.own_fields() and f.is_relation
             and not issubclass(f.related_model, Guarded)]
    return model.objects.select_related(*names) if names else model.objects.all()


@cache
def record_of(model: Any) -> Prepared:
    """One record by its number."""
    return Prepared(lambda pk: model.objects.filter(pk=pk), pk=-987_654_321_006)
