"""A field on a page: its label, hint, message, options and where an error link must point."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from goldthread.base.dates import full_words

CLASSES = {
    "textarea": "govuk-textarea", "select": "govuk-select", "lazyselect": "govuk-select",
    "file": "govuk-file-upload", "clearablefile": "govuk-file-upload",
}


@dataclass(frozen=True)
class Option:
    """One radio or checkbox: what is sent, what is said, whether chosen, and the fields that choosing it opens."""

    value: str
    label: str
    id: str
    name: str
    checked: bool
    hint: str = ""
    revealed: list[Any] = field(default_factory=list)
    exclusive: bool = False

    @property
    def hint_id(self) -> str:
        return f"{self.id}-hint"

    @property
    def conditional_id(self) -> str:
        return f"conditional-{self.id}"


class Field(BoundField):
    """Django's bound field in the design system's terms. Works with any form, ours or a library's."""

    @property
    def kind(self) -> str:
        """Which template draws it: "options", "boxes", "checkbox", "file", "password", "textarea" or "input"."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "options"
        if isinstance(widget, forms.MultiWidget):
            return "boxes"
        kinds = {forms.CheckboxInput: "checkbox", forms.PasswordInput: "password", forms.Textarea: "textarea",
                 forms.Select: "select"}
        found = next((kind for type_, kind in kinds.items() if isinstance(widget, type_)), "input")
        return "file" if widget.needs_multipart_form else found

    @property
    def template(self) -> str:
        return f"forms/{self.kind}.html"

    @property
    def says_optional(self) -> bool:
        """Whether the label must say that an answer may be left out."""
        if self.field.required or self.kind == "checkbox" or getattr(self.form, "says_optional", True) is False:
            return False
        asked_anyway = self.name in getattr(self.form, "required_when_shown", ())
        return not asked_anyway and "optional" not in str(self.label).lower()

    @property
    def heading(self) -> bool:
        """Whether the label is the page's heading: on a page that asks one question."""
        return getattr(self.form, "heading_field", None) == self.name

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id or self.html_name}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id or self.html_name}-error"

    @property
    def hint(self) -> str:
        return str(self.help_text or "")

    @property
    def described_by(self) -> str:
        """Ids of the elements that explain the field, in reading order."""
        said = [self.field.widget.attrs.get("aria-describedby", "")]
        said += [self.hint_id] if self.hint else []
        said += [self.error_id] if self.errors else []
        said += [f"{self.auto_id}-info"] if self.count else []
        return " ".join(each for each in said if each)

    @property
    def aria_describedby(self) -> str | None:
        return None if self.kind in ("options", "boxes") else self.described_by or None

    @property
    def count(self) -> int | None:
        """How many characters a long answer may have, when that is shown as one types."""
        return getattr(self.field, "counted", None)

    @property
    def target(self) -> str:
        """Id of the element an error link moves to: the input, the first option or the first wrong box."""
        if self.kind == "options":
            return next((option.id for option in self.options()), self.auto_id)
        if self.kind == "boxes":
            wrong = next((box for box in self.boxes() if box["wrong"]), None)
            return (wrong or next(iter(self.boxes())))["id"]
        return self.id_for_label or self.auto_id

    @property
    def wrong_boxes(self) -> frozenset[str]:
        """Which of several boxes the message is about; none named means all."""
        found = self.form.errors.as_data().get(self.name, []) if self.errors else []
        return frozenset(box for error in found for box in (error.params or {}).get("boxes", ()))

    def boxes(self) -> Iterator[dict[str, Any]]:
        """The input boxes of a date or similar: everything the template needs of each."""
        widget = self.field.widget
        drawn = widget.get_context(self.html_name, self.value(), {"id": self.auto_id})["widget"]["subwidgets"]
        for key, sub in zip(widget.keys, drawn, strict=True):
            known = widget.boxes[key]
            wrong = bool(self.errors) and (not self.wrong_boxes or key in self.wrong_boxes)
            shown = sub["value"]
            yield {"key": key, "id": sub["attrs"]["id"], "name": sub["name"], "value": "" if shown is None else shown,
                   "wrong": wrong and known.kind == "text", "box": known,
                   "checked": bool(sub["attrs"].get("checked"))}

    def options(self) -> Iterator[Option]:
        """The radios or checkboxes in order, each with the fields it opens."""
        hints = getattr(self.field, "option_hints", {})
        opens = getattr(self.form, "reveals", {}).get(self.name, {})
        exclusive = getattr(self.field, "exclusive", None)
        for at, sub in enumerate(self.subwidgets):
            value = str(sub.data["value"])
            yield Option(value=value, label=str(sub.choice_label), id=self.auto_id + (f"-{at + 1}" if at else ""),
                         name=sub.data["name"], checked=bool(sub.data["selected"]), hint=str(hints.get(value, "")),
                         revealed=[self.form[name] for name in opens.get(value, ())
                                   if name in self.form.fields and name not in self._opened_by],
                         exclusive=exclusive is not None and value == exclusive)

    @property
    def _opened_by(self) -> dict[str, list[str]]:
        """Fields that more than one option opens, each with the values that do."""
        opens = getattr(self.form, "reveals", {}).get(self.name, {})
        values: dict[str, list[str]] = {}
        for value, names in opens.items():
            for name in names:
                values.setdefault(name, []).append(value)
        return {name: found for name, found in values.items() if len(found) > 1 and name in self.form.fields}

    @property
    def opened_by_several(self) -> list[tuple[Any, str]]:
        """Fields drawn once below all options because several of them open it, each with those options' values."""
        return [(self.form[name], " ".join(values)) for name, values in self._opened_by.items()]

    @property
    def inline(self) -> bool:
        """Whether the options stand side by side: never when one of them opens further questions."""
        return bool(getattr(self.field, "inline", False)) and self.name not in getattr(self.form, "reveals", {})

    @property
    def is_radio(self) -> bool:
        return not isinstance(self.field.widget, forms.CheckboxSelectMultiple)

    @property
    def said(self) -> str:
        """What was typed or chosen, as the person would say it; "" for nothing."""
        if self.kind == "options":
            return ", ".join(option.label for option in self.options() if option.checked)
        if self.kind == "boxes":
            meant = None if self.errors else getattr(self.form, "cleaned_data", {}).get(self.name)
            if isinstance(meant, date):
                return full_words(meant)
            boxes = list(self.boxes())
            typed = " ".join(str(box["value"]) for box in boxes if box["box"].kind == "text" and box["value"] != "")
            return ", ".join([*filter(None, [typed]), *(box["box"].label for box in boxes if box["checked"])])
        value = self.value()
        if self.kind == "select":
            return next((str(words) for key, words in self.field.choices if key != "" and str(key) == str(value)), "")
        if self.kind == "checkbox":
            return "Yes" if value else "No"
        return "" if value is None else str(value)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        if self.kind in ("input", "password", "textarea", "select", "file"):
            name = CLASSES.get(self.widget_type, "govuk-select" if self.kind == "select" else "govuk-input")
            attrs["class"] = " ".join(filter(None, [
                name, self.field.widget.attrs.get("class", ""), f"{name}--error" if self.errors else "",
                "govuk-js-character-count" if self.count else "",
                "govuk-password-input__input govuk-js-password-input-input" if self.kind == "password" else ""]))
        return attrs

    @property
    def small(self) -> bool:
        return bool(getattr(self.field, "small", False))

    @property
    def has_checkboxes(self) -> bool:
        """Whether some of its boxes are ticked and not typed in."""
        return any(box.kind == "checkbox" for box in self.field.widget.boxes.values())
