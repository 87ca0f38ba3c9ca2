"""The words casework pages use for codes, steps and records."""
from __future__ import annotations

from typing import Any

from goldthread.process.definition import Process, Step
from goldthread.process.fields import CodeField, shown

COLOURS = {"red": "red", "amber": "orange", "green": "green", "blue": "blue", "high": "red", "significant": "red",
           "medium": "orange", "moderate": "orange"}


def outcome_words(step: Step, value: str) -> str:
    """An outcome's code as people read it."""
    if not step.outcome or not value:
        return ""
    field: Any = step.record._meta.get_field(step.outcome)  # type: ignore[attr-defined]
    if isinstance(field, CodeField):
        return field.words(value)
    return str(dict(field.flatchoices).get(value, value))


def mark_words(process: Process, value: str) -> str:
    """A case's mark: the first words of its code's label ("Red"), and of what it is ("High risk")."""
    mark: Any = process.mark
    if not mark or not value:
        return ""
    label = outcome_words(process.step(mark.step_key()), value).split(":")[0]
    of = getattr(mark, "mark_of", "")
    return f"{label} {of}" if of and of not in label else label


def answers(row: Any) -> list[tuple[str, str]]:
    """Every question a record or line answers, with its answer; unanswered ones left out.

    A record's `told_as` says a question in the words of somebody who reads the answer.
    """
    told = getattr(row, "told_as", {})
    found = []
    for name in row.own_fields():
        if name == "happened_at":
            continue
        said = shown(row, name)
        if said:
            label = told.get(name) or str(row._meta.get_field(name).verbose_name)
            found.append((label[:1].upper() + label[1:], said))
    return found
