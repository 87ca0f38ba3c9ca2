"""Inputs of several boxes: dates, dates known only roughly, and dates with a time."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from goldthread.base.dates import Precision, UncertainDate, clock_words


@dataclass(frozen=True)
class Box:
    """One input of several: its own label, how wide (characters), and how telephones and browsers may help."""

    label: str
    width: int = 2
    inputmode: str = "numeric"
    autocomplete: str = ""
    kind: str = "text"


class Boxes(forms.MultiWidget):
    """Several inputs in a row, named `<field>_<key>`; drawn by forms/boxes.html."""

    boxes: dict[str, Box] = {}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        kinds = {"text": forms.TextInput, "checkbox": forms.CheckboxInput}
        super().__init__({key: kinds[box.kind]() for key, box in self.boxes.items()}, attrs)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.boxes)

    def decompress(self, value: Any) -> list[Any]:
        if value is None:
            return [None] * len(self.boxes)
        return self.parts(value)

    def parts(self, value: Any) -> list[Any]:
        raise NotImplementedError

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{key}" not in data for key in self.boxes)


DATE_BOXES = {"day": Box("Day"), "month": Box("Month", 3, "text"), "year": Box("Year", 4)}
BIRTHDAY_BOXES = {key: Box(box.label, box.width, box.inputmode, f"bday-{key}") for key, box in DATE_BOXES.items()}


class DateBoxes(Boxes):
    boxes = DATE_BOXES

    def parts(self, value: date | datetime) -> list[Any]:
        return [value.day, value.month, value.year]


class OwnBirthdayBoxes(DateBoxes):
    """For the date of birth of the person at the screen, which their browser may know."""

    boxes = BIRTHDAY_BOXES


class DateTimeBoxes(Boxes):
    boxes = {**DATE_BOXES, "time": Box("Time", 5, "text")}

    def parts(self, value: datetime) -> list[Any]:
        here = timezone.localtime(value) if timezone.is_aware(value) else value
        return [here.day, here.month, here.year, clock_words(here.time())]


class UncertainDateBoxes(Boxes):
    boxes = {"day": Box("Day (if known)"), "month": Box("Month or season (if known)", 6, "text"),
             "year": Box("Year", 4),
             "about": Box("About: not sure of this date", kind="checkbox"),
             "unknown": Box("Not known", kind="checkbox")}

    def parts(self, value: UncertainDate) -> list[Any]:
        if value.precision is Precision.UNKNOWN:
            return [None, None, None, False, True]
        day = value.date.day if value.precision is Precision.DAY else None
        month: Any = None if value.precision is Precision.YEAR else value.date.month
        if value.precision is Precision.SEASON:
            month = value.words().split()[-2]
        return [day, month, value.date.year, value.about, False]
