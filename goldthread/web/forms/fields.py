"""The kinds of question a form can ask. Every field cleans to a Python value and words its own mistakes."""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldthread.base import identifiers, text
from goldthread.web.forms.date_fields import Date, DateTime, RoughDate, Time
from goldthread.web.forms.wording import at_start, in_sentence

__all__ = ["Choice", "Choices", "Date", "DateTime", "Email", "File", "LongText", "NHSNumber", "PersonName", "Phone",
           "Postcode", "RoughDate", "Text", "Time", "WebAddress", "YesNo"]
_PHONE = re.compile(r"\+?[\d\s()\-]{7,20}(\s*(ext|x)\.?\s*\d{1,6})?", re.IGNORECASE)


class Text(forms.CharField):
    """A short answer on one line. `width`: how many characters the box shows (2, 3, 4, 5, 10, 20 or 30)."""

    def __init__(self, *, width: int | None = None, spellcheck: bool = True, autocomplete: str = "off",
                 inputmode: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= _helps(width, spellcheck, autocomplete, inputmode)


class LongText(forms.CharField):
    """An answer of sentences, kept as typed. `counted`: shows how many characters are left; never stops typing.

    `watch_words`: offers kinder words for phrases that blame a child, as one types.
    """

    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, counted: int | None = None, watch_words: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        del self.widget.attrs["cols"]
        self.counted = counted
        self.watch_words = watch_words
        self.widget.attrs |= {"rows": rows, "spellcheck": "true", "autocomplete": "off"}
        if watch_words:
            self.widget.attrs["data-watch-words"] = ""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.counted and value and len(value) > self.counted:
            words = f"{at_start(self.label)} must be {self.counted:,} characters or fewer"
            raise ValidationError(words, code="max_length")


class PersonName(Text):
    """A name as its bearer writes it: only spaces are tidied, no letter is refused. `own`: the name of who types."""

    def __init__(self, *, own: bool = False, **kwargs: Any) -> None:
        super().__init__(spellcheck=False, autocomplete="name" if own else "off", **({"max_length": 200} | kwargs))

    def to_python(self, value: Any) -> Any:
        return " ".join(super().to_python(value).split())


class Phone(Text):
    """A telephone number, written with or without spaces; kept as written."""

    def __init__(self, *, own: bool = False, **kwargs: Any) -> None:
        super().__init__(spellcheck=False, autocomplete="tel" if own else "off", inputmode="tel",
                         width=20, **({"max_length": 40} | kwargs))
        self.widget.input_type = "tel"

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        digits = len(re.sub(r"\D", "", said))
        if said and not (_PHONE.fullmatch(said) and 7 <= digits <= 21):
            raise ValidationError("Enter a telephone number, like 01632 960 001 or +44 20 7946 0001", code="invalid")
        return said


class Email(forms.EmailField):
    """An e-mail address. `own`: the address of the person who types."""

    def __init__(self, *, own: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= _helps(None, False, "email" if own else "off", "email")


class WebAddress(forms.URLField):
    """A web address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)
        self.widget.attrs |= _helps(None, False, "off", "url")


class Postcode(Text):
    """A UK postcode; cleans to the usual spacing ("UB8 1UW")."""

    def __init__(self, *, own: bool = False, **kwargs: Any) -> None:
        super().__init__(spellcheck=False, autocomplete="postal-code" if own else "off", width=10, **kwargs)

    def clean(self, value: Any) -> Any:
        return _read(super().clean(value), text.normalise_postcode)


class NHSNumber(Text):
    """An NHS number; cleans to ten digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(spellcheck=False, inputmode="numeric", width=10, **kwargs)

    def clean(self, value: Any) -> Any:
        return _read(super().clean(value), identifiers.nhs_number)


class Choice(forms.ChoiceField):
    """One of a few: radios, or a list to select from when there are more than `radios_up_to`.

    `hints`: what a choice means, by its value.
    """

    def __init__(self, *, hints: Mapping[str, str] | None = None, inline: bool = False, small: bool = False,
                 radios_up_to: int = 10, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.option_hints, self.inline, self.small = dict(hints or {}), inline, small
        kept = [(value, words) for value, words in self.choices if value not in ("", None)]
        if "widget" in kwargs:
            return
        if len(kept) <= radios_up_to:
            self.widget = forms.RadioSelect()
            self.choices = kept
        else:
            self.choices = [("", "Select one"), *kept]


class Choices(forms.MultipleChoiceField):
    """Any of a few, as checkboxes. `exclusive`: the value that means none of the others."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, hints: Mapping[str, str] | None = None, exclusive: str | None = None, small: bool = False,
                 **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.option_hints, self.exclusive, self.small = dict(hints or {}), exclusive, small

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if self.exclusive in chosen and len(chosen) > 1:
            alone = dict(self.choices)[self.exclusive]
            raise ValidationError(f"Select {in_sentence(self.label)}, or select “{alone}”", code="exclusive")
        return chosen


class YesNo(forms.TypedChoiceField):
    """Yes or no; with `or_not_known` a third answer that cleans to None."""

    widget = forms.RadioSelect
    yes_or_no = True
    option_hints: Mapping[str, str] = {}
    inline = True

    def __init__(self, *, or_not_known: bool = False, **kwargs: Any) -> None:
        choices = [("yes", "Yes"), ("no", "No"), *([("not_known", "Not known")] if or_not_known else [])]
        super().__init__(choices=choices, coerce={"yes": True, "no": False, "not_known": None}.__getitem__,
                         empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class File(forms.FileField):
    """One file. `accept`: kinds of file offered first, such as ".pdf,.docx"; what is allowed is checked elsewhere."""

    def __init__(self, *, accept: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if accept:
            self.widget.attrs["accept"] = accept


class Files(File):
    """Several files, chosen at once; cleans to a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget = _FilesInput(attrs={**self.widget.attrs, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        chosen = [each for each in (data or []) if each]
        if not chosen:
            super().clean(None, initial)
        return [super(Files, self).clean(each, initial) for each in chosen]


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


def _helps(width: int | None, spellcheck: bool, autocomplete: str, inputmode: str) -> dict[str, str]:
    """Attributes that let browsers and telephones help to fill a box in."""
    found = {"spellcheck": "true" if spellcheck else "false", "autocomplete": autocomplete}
    if inputmode:
        found["inputmode"] = inputmode
    if width:
        found["class"] = f"govuk-input--width-{width}"
    return found


def _read(value: Any, reader: Callable[[str], Any]) -> Any:
    """A value as `reader` writes it; what the reader complains of becomes the message."""
    if not value:
        return value
    try:
        return reader(value)
    except ValueError as wrong:
        raise ValidationError(str(wrong), code="invalid") from wrong
