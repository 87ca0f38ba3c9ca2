"""Questions that the answer to another one opens, and that must then be answered, wherever a row comes from."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models


class OpenedByAnswers(models.Model):
    """Mixed into what people record. The pages' forms read the same two declarations to show and to ask.

    `reveals` = {field: {value: (fields…)}}: questions asked only when that is the answer; a yes or no is "yes" or "no".
    `required_when_shown`: those of them that must then be answered.
    """

    reveals: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    required_when_shown: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raises ValidationError naming the questions that were opened and left empty."""
        super().clean()
        if missing := {name: self._ask_for(name) for name in self.required_when_shown if self._left_empty(name)}:
            raise ValidationError(missing)

    def _left_empty(self, name: str) -> bool:
        shown = any(name in names and value in self._answers(field)
                    for field, opens in self.reveals.items() for value, names in opens.items())
        return shown and _nothing(getattr(self, self._meta.get_field(name).attname))

    def _answers(self, name: str) -> set[str]:
        value: Any = getattr(self, name)
        if isinstance(value, bool):
            return {"yes" if value else "no"}
        return {str(each) for each in value} if isinstance(value, list | tuple) else {str(value)}

    def _ask_for(self, name: str) -> ValidationError:
        label = str(self._meta.get_field(name).verbose_name)
        return ValidationError(f"Answer “{label[:1].upper()}{label[1:]}”", code="required")


def _nothing(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())
