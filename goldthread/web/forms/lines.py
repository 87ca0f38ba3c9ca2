"""Lists of the same few questions ("add another"), without scripts and without losing a line."""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms.utils import ErrorDict
from django.http import QueryDict

from goldthread.web.forms.summary import Problem, problems

ADD, REMOVE = "add", "remove"


@dataclass(frozen=True)
class Lines:
    """A list of lines, each a form. Inputs are named `<key>-<number>-<field>`.

    one: what a line is called ("child"). none: what to say when there are no lines. least and most: how many lines
    must and may be filled in.
    """

    key: str
    form: type[Any]
    one: str
    none: str = "None"
    least: int = 0
    most: int = 30

    def numbers(self, typed: Mapping[str, Any]) -> list[int]:
        """The numbers of the lines there are, in order."""
        found = (re.match(rf"{re.escape(self.key)}-(\d+)-", name) for name in typed)
        return sorted({int(match[1]) for match in found if match})

    def after(self, typed: dict[str, list[str]], do: str) -> dict[str, list[str]]:
        """What is typed once a button is pressed: "add", or "remove:2" for the line numbered 2; with the list's own key
        ("add:child", "remove:child:2") where a page has several lists."""
        verb, _, which = do.partition(":")
        if which == self.key or which.startswith(f"{self.key}:"):
            which = which[len(self.key) + 1:]
        elif which and not which.isdigit():
            return typed  # another list's button
        numbers = self.numbers(typed)
        if verb == ADD and len(numbers) < self.most:
            return typed | {f"{self.key}-{max(numbers, default=-1) + 1}-there": ["1"]}
        if verb == REMOVE and which:
            gone = f"{self.key}-{which}-"
            return {name: values for name, values in typed.items() if not name.startswith(gone)}
        return typed


class LinesForm:
    """The lines typed so far, each with its form; an empty line for each that must be there and is not."""

    def __init__(self, lines: Lines, data: QueryDict, *, check: bool, **kwargs: Any) -> None:
        self.lines, self.is_bound, self.forms = lines, check, []
        numbers = lines.numbers(data)
        spare = max(numbers, default=-1) + 1
        for at in [*numbers, *range(spare, spare + lines.least - len(numbers))]:
            form = lines.form(data if check or self._typed(data, at) else None, prefix=f"{lines.key}-{at}", **kwargs)
            form.number, form.there = at, f"{lines.key}-{at}-there"
            form.empty_permitted = len(self.forms) >= lines.least
            if not check:
                form._errors = ErrorDict()
            self.forms.append(form)

    def _typed(self, data: QueryDict, at: int) -> bool:
        return any(name.startswith(f"{self.lines.key}-{at}-") and not name.endswith("-there") for name in data)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.forms)

    @property
    def filled(self) -> list[Any]:
        """The lines with something typed in them."""
        return [form for form in self.forms if form.is_bound and form.has_changed()]

    @property
    def errors(self) -> list[Any]:
        return [form.errors for form in self.forms if form.errors]

    @property
    def full(self) -> bool:
        """Whether no further line may be added."""
        return len(self.forms) >= self.lines.most

    def is_valid(self) -> bool:
        return self.is_bound and not self.errors

    def problems(self) -> list[Problem]:
        """The mistakes of all lines, each saying which line it is in when there are several."""
        found = []
        for at, form in enumerate(self.forms, 1):
            which = f"{self.lines.one.capitalize()} {at}: " if len(self.forms) > 1 else ""
            found += [Problem(f"{which}{each.words}", each.target) for each in problems(form)]
        return found

    def cleaned(self) -> list[dict[str, Any]]:
        """What the filled lines hold. Raises ValueError while a line has a mistake."""
        if not self.is_valid():
            raise ValueError(f"A {self.lines.one} still has a mistake")
        return [form.cleaned_data for form in self.filled]

    def summaries(self) -> list[str]:
        """Each filled line in a few words."""
        return [", ".join(bound.said for bound in form if bound.said) for form in self.filled]
