"""What the declarations of processes and returns say can be counted: their steps, outcomes, coded answers, clocks, codes."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from goldthread.dataset.specification.declared import every as every_specification
from goldthread.measure.indicators import Known
from goldthread.process.definition import Process, Step
from goldthread.process.fields import CodeField
from goldthread.process.models import AttendanceLine
from goldthread.process.registry import all_processes
from goldthread.rules import codes

YES_NO = frozenset({"yes", "no"})
MANY = frozenset({"none", "one", "several"})  # how a small whole number is told
BREAKING_DOWN = frozenset({"age", "sex", "ethnicity", "area"})  # columns of a return that are breakdowns


def codes_of(field: models.Field[Any, Any]) -> frozenset[str] | None:
    """Every answer a field can have, None for one that is no coded answer."""
    if isinstance(field, CodeField):
        return frozenset(field.every_code())
    if isinstance(field, models.BooleanField):
        return YES_NO
    if isinstance(field, models.PositiveSmallIntegerField):
        return MANY
    if field.choices and isinstance(field, models.CharField):
        return frozenset(value for value, _ in field.flatchoices)
    return None


@dataclass(frozen=True)
class Answers:
    """The coded fields of one step's record or of one of its lines. own: those that a line answers child by child."""

    process: Process
    step: Step
    model: type[models.Model]
    fields: tuple[str, ...]

    @property
    def is_record(self) -> bool:
        return self.model is self.step.record

    def has(self, name: str) -> bool:
        return any(field.name == name for field in self.model._meta.fields)


def answers() -> Iterator[Answers]:
    """Everything that is answered in codes, of every process there is."""
    for process in all_processes():
        for step in process.own_steps:
            for model in (step.record, *step.lines):
                coded = tuple(f.name for f in model._meta.fields if codes_of(f) is not None)  # type: ignore[attr-defined]
                if coded:
                    yield Answers(process, step, model, coded)


def child_lines(step: Step) -> list[type[models.Model]]:
    """The lines by which a step says something of each child."""
    return [line for line in step.lines if _field(line, "person") is not None]


def attendance_lines() -> list[type[models.Model]]:
    return [line for process in all_processes() for step in process.own_steps for line in step.lines
            if issubclass(line, AttendanceLine)]


def _field(model: type, name: str) -> Any:
    return next((f for f in model._meta.fields if f.name == name), None)  # type: ignore[attr-defined]


def known() -> Known:
    """The words that indicators may use."""
    steps: dict[str, dict[str, frozenset[str]]] = {}
    coded: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
    for process in all_processes():
        steps[process.key] = {
            step.key: frozenset(step.record.outcomes_of(step.outcome)) if step.outcome else frozenset()  # type: ignore[attr-defined]
            for step in process.steps}
    for each in answers():
        here = coded.setdefault((each.process.key, each.step.key), {})
        for name in each.fields:
            here[name] = here.get(name, frozenset()) | (codes_of(_field(each.model, name)) or frozenset())
    clocks = {process.key: frozenset(clock.name for clock in process.all_clocks) for process in all_processes()}
    return Known(steps, coded, clocks, _returns(), frozenset(code.code for code in codes.every("agency-kinds")))


def _returns() -> dict[tuple[str, str], dict[str, frozenset[str]]]:
    """By specification and table, what can be counted: coded columns, and in a table of figures each figure."""
    found: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
    for each in every_specification():
        for table in each.tables:
            here = found.setdefault((each.key, table.key), {})
            for column in table.columns:
                if column.kind != "code" or column.name in BREAKING_DOWN:
                    continue
                listed = each.lists.get(column.codes)
                names = ({code.code for code in listed} if listed is not None
                         else {code.code for code in codes.every(column.codes)})
                if column.name == "figure" and table.has("number"):
                    here.update(dict.fromkeys(names, frozenset()))
                else:
                    here[column.name] = here.get(column.name, frozenset()) | frozenset(names)
    return found


def as_of(day: date) -> int:
    """A day's month as facts write it."""
    return day.year * 100 + day.month
