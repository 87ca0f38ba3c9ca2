"""What our forms have in common: wording, fields that a choice opens, and the day they are filled in."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from goldthread.web.forms.wording import label_of, missing, reword


class Kit:
    """Mixed into a Django form (ours or a library's), before the form's class.

    `reveals` = {field: {value: (fields…)}}: fields shown only when that radio or checkbox is chosen; their answers
    are dropped, with their mistakes, when it is not. `required_when_shown` names those that must then be answered.
    `heading_field` names the field whose label is the page's heading.
    `today` is the day in England, for dates that must lie in the past or the future.
    """

    reveals: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    required_when_shown: tuple[str, ...] = ()
    heading_field: str | None = None
    says_optional = True
    use_required_attribute = False

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        shown_later = self.revealed_names()
        for name, field in self.fields.items():
            field.today = today
            field.label = label_of(field, name)
            reword(field, field.label)
            if name in shown_later:
                field.required = False

    def revealed_names(self) -> frozenset[str]:
        """Fields that another field's choice opens."""
        return frozenset(name for opens in self.reveals.values() for names in opens.values() for name in names)

    def get_context(self) -> dict[str, Any]:
        context = super().get_context()
        inside = self.revealed_names()
        context["fields"] = [(bound, errors) for bound, errors in context["fields"] if bound.name not in inside]
        return context

    def _clean_form(self) -> None:
        for name, opens in self.reveals.items():
            if name in self.fields:
                self._settle(name, opens)
        super()._clean_form()

    def _settle(self, name: str, opens: Mapping[str, tuple[str, ...]]) -> None:
        chosen = self._chosen(name)
        shown = {each for value, names in opens.items() if value in chosen for each in names}
        for inner in {each for names in opens.values() for each in names} - shown:
            self.errors.pop(inner, None)
            self.cleaned_data[inner] = self.nothing(inner)
        for inner in sorted(shown & set(self.required_when_shown)):
            if inner not in self.errors and self.cleaned_data.get(inner) in self.fields[inner].empty_values:
                field = self.fields[inner]
                self.add_error(inner, ValidationError(missing(field.label, field), code="required"))

    def nothing(self, name: str) -> Any:
        """What a field cleans to that no choice has opened."""
        return _nothing(self.fields[name])

    def _chosen(self, name: str) -> set[str]:
        value = self[name].value()
        return {str(each) for each in value} if isinstance(value, list | tuple) else {str(value)}


def _nothing(field: forms.Field) -> Any:
    """What a field cleans to when it is left empty."""
    return [] if isinstance(field, forms.MultipleChoiceField) else getattr(field, "empty_value", None)


class Form(Kit, forms.Form):
    """A form that is not about one table."""


class ModelForm(Kit, forms.ModelForm):
    """A form over a typed model; `model_forms.form_for` makes most of them."""

    def nothing(self, name: str) -> Any:
        """A column that nobody was asked about keeps its default."""
        column = next((each for each in self._meta.model._meta.fields if each.name == name), None)
        if column is None or column.null:
            return super().nothing(name)
        return column.get_default()

    def _update_errors(self, errors: ValidationError) -> None:
        """A page that asks a part of a record is not wrong for want of what other pages ask, nor one thing wrong twice."""
        if hasattr(errors, "error_dict"):
            asked = {name: each for name, each in errors.error_dict.items()
                     if (name in self.fields and name not in self.errors) or name == NON_FIELD_ERRORS}
            if not asked:
                return
            errors = ValidationError(asked)
        super()._update_errors(errors)
