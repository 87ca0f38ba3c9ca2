"""Model fields that casework records use."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models

from goldthread.base.dates import full_words
from goldthread.rules.codes import UnknownCode, choices, every, label


class CodeField(models.CharField):
    """A code of a dated code list. The column holds the code; the list says what it means and when it holds.

    No choices reach the database or migrations: a new edition of a list is a change of data.
    """

    def __init__(self, *args: Any, codes: str, **kwargs: Any) -> None:
        self.codes = codes
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "codes": self.codes}

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if value:
            self.words(value)

    def words(self, value: str) -> str:
        """The label of a code. Raises ValidationError when the list has no such code."""
        try:
            return label(self.codes, value)
        except UnknownCode as wrong:
            raise ValidationError(str(wrong)) from wrong

    def every_code(self) -> list[str]:
        """Every code there ever was."""
        return [code.code for code in every(self.codes)]

    def choices_on(self, on: Any) -> list[tuple[str, str]]:
        """(code, label) pairs in force on a day."""
        return choices(self.codes, on)


KEPT = "Somebody whose record is not open to you"


def shown(row: models.Model, name: str) -> str:
    """A field's value as people read it: a code's words, yes or no, a person's name, a date in full.

    A row may be read by somebody who may not read the person it names: the line stays and says so.
    """
    field: Any = row._meta.get_field(name)
    try:
        value = getattr(row, name)
    except ObjectDoesNotExist:
        return KEPT
    if value is None or value == "":
        return ""
    if isinstance(field, CodeField):
        return field.words(value)
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return full_words(value)
    return str(value)
