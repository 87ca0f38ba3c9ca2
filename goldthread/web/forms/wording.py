"""The words of messages: "Enter …", "Select …", "… must be a real date"; never "This field is required"."""
from __future__ import annotations

import re

from django import forms

_VALIDATED = {
    forms.EmailField: "Enter an e-mail address in the right form, like name@example.org",
    forms.URLField: "Enter a web address in full, like https://example.org/page",
}


def in_sentence(label: str) -> str:
    """A label as it stands inside a sentence: "Date of birth" as "date of birth", "NHS number" untouched."""
    words = re.sub(r"\s*\(optional\)$", "", str(label)).strip()
    first = words.split(" ", 1)[0]
    return words if first.upper() == first and len(first) > 1 or first in ("I",) else words[:1].lower() + words[1:]


def at_start(label: str) -> str:
    """A label at the start of a sentence."""
    words = in_sentence(label)
    return words[:1].upper() + words[1:]


def missing(label: str, field: forms.Field) -> str:
    """What to say when nothing was given: tells the person what to do."""
    if str(label).endswith("?"):
        return f"Answer “{label}”"
    asked = in_sentence(label)
    if getattr(field, "yes_or_no", False):
        return f"Select yes if {asked}"
    if isinstance(field, forms.FileField):
        return f"Choose a file: {asked}"
    if isinstance(field, forms.BooleanField):
        return f"Tick the box: {asked}"
    return f"{'Select' if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) else 'Enter'} {asked}"


def reword(field: forms.Field, label: str) -> None:
    """Put our words in place of Django's own, keeping any message somebody wrote for this field."""
    said = {
        "required": missing(label, field),
        "invalid": f"{at_start(label)} is not in a form we can read",
        "invalid_choice": f"Select {in_sentence(label)} from the list",
        "invalid_list": f"Select {in_sentence(label)} from the list",
        "max_length": f"{at_start(label)} must be %(limit_value)d characters or fewer",
    }
    if isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField):
        said["invalid"] = f"{at_start(label)} must be a number"
    if isinstance(field, forms.FileField):
        said |= {"empty": "The file chosen is empty", "missing": said["required"], "invalid": said["required"]}
    for kind, words in _VALIDATED.items():
        if isinstance(field, kind):
            field.error_messages.setdefault("invalid", words)
            said["invalid"] = words
    for code, words in said.items():
        if code in field.error_messages and _is_djangos(field, code):
            field.error_messages[code] = words
    _reword_limits(field, label)


def _is_djangos(field: forms.Field, code: str) -> bool:
    own = next((kind.default_error_messages[code] for kind in type(field).__mro__
                if code in getattr(kind, "default_error_messages", {}) and kind.__module__.startswith("django.")), None)
    return own is not None and str(field.error_messages[code]) == str(own)


def _reword_limits(field: forms.Field, label: str) -> None:
    words = {
        "max_length": f"{at_start(label)} must be %(limit_value)d characters or fewer",
        "min_length": f"{at_start(label)} must be %(limit_value)d characters or more",
        "max_value": f"{at_start(label)} must be %(limit_value)s or less",
        "min_value": f"{at_start(label)} must be %(limit_value)s or more",
    }
    for code, said in words.items():
        if code not in field.error_messages:
            field.error_messages[code] = said


def label_of(field: forms.Field, name: str) -> str:
    return str(field.label) if field.label is not None else plain_name(name)


def plain_name(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]

