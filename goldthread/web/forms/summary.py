"""The list of mistakes at the top of a page, each leading to the place to mend."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FORM_TOP = "form-start"


@dataclass(frozen=True)
class Problem:
    """A mistake in words and the id of the element to go to."""

    words: str
    target: str


def problems(*forms: Any) -> list[Problem]:
    """The mistakes of one or several forms in the order their fields are asked; whole-form mistakes come last."""
    found: list[Problem] = []
    for form in forms:
        if form is None or not getattr(form, "is_bound", False):
            continue
        if hasattr(form, "problems"):
            found += form.problems()
            continue
        for bound in form:
            found += [Problem(str(words), bound.target) for words in bound.errors]
        first = next(iter(form.visible_fields()), None)
        target = first.target if first else FORM_TOP
        found += [Problem(str(words), target) for words in form.non_field_errors()]
    return found
