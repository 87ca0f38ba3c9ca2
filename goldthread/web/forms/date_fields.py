"""Dates as people give them: three boxes, roughly known dates, and dates with a time."""
from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldthread.base.dates import LONDON, UncertainDate, clock_words, day_words
from goldthread.web.forms import widgets
from goldthread.web.forms.wording import at_start

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")
SEASONS = ("spring", "summer", "autumn", "winter")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::00)?)?\s*(am|pm)?")
_TIME_WORDS = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class Boxed(forms.Field):
    """Several boxes read together. A mistake names the boxes it is about, in `params["boxes"]`."""

    widget: Any
    today: date | None = None

    def clean(self, value: Any) -> Any:
        pieces = {key: _text(each) for key, each in zip(self.widget.keys, value or [], strict=False)}
        if not any(pieces.values()):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self.read(pieces)

    def read(self, pieces: Mapping[str, str]) -> Any:
        """The value in the boxes. Raises ValidationError naming the boxes that are wrong."""
        raise NotImplementedError

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [_text(each) for each in self.widget.decompress(initial)] != [_text(each) for each in data or []]

    def wrong(self, words: str, *boxes: str) -> ValidationError:
        return ValidationError(f"{at_start(self.label)} {words}", code="invalid", params={"boxes": boxes})

    def day_in(self, pieces: Mapping[str, str]) -> date:
        """The date in the day, month and year boxes."""
        gaps = [key for key in ("day", "month", "year") if not pieces[key]]
        if gaps:
            raise self.wrong(f"must include a {' and '.join(gaps)}", *gaps)
        year, month = self.year_in(pieces["year"]), self.month_in(pieces["month"])
        try:
            return date(year, month, int(pieces["day"]))
        except ValueError as impossible:
            raise self.wrong("must be a real date", *_impossible(pieces["day"])) from impossible

    def year_in(self, said: str) -> int:
        if not re.fullmatch(r"\d{4}", said):
            raise self.wrong("must have a year of 4 numbers, like 2016", "year")
        return int(said)

    def month_in(self, said: str) -> int:
        month = _month(said)
        if month is None:
            raise self.wrong("must have a month that is real: a number from 1 to 12, or a name like June", "month")
        return month


class Date(Boxed):
    """A date in three boxes; cleans to a date. The month may be a name.

    `limit`: "past" (today included) or "future" (today included); needs the form's `today`.
    `own_birthday`: the date of birth of the person who types.
    """

    widget = widgets.DateBoxes

    def __init__(self, *, limit: str | None = None, own_birthday: bool = False, **kwargs: Any) -> None:
        if own_birthday:
            kwargs["widget"] = widgets.OwnBirthdayBoxes
        super().__init__(**kwargs)
        self.limit = limit

    def read(self, pieces: Mapping[str, str]) -> date:
        day = self.day_in(pieces)
        if self.today and self.limit == "past" and day > self.today:
            raise self.wrong("must be today or in the past", "day", "month", "year")
        if self.today and self.limit == "future" and day < self.today:
            raise self.wrong("must be today or in the future", "day", "month", "year")
        return day


class DateTime(Boxed):
    """A date and a time of day in England ("3:40pm", "15:40", "midday"); cleans to an aware datetime."""

    widget = widgets.DateTimeBoxes

    def __init__(self, *, limit: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit

    def read(self, pieces: Mapping[str, str]) -> datetime:
        if not pieces["time"]:
            raise self.wrong("must include a time, like 3:40pm", "time")
        at = _clock(pieces["time"])
        if at is None:
            raise self.wrong("must have a time that is real, like 3:40pm or 15:40", "time")
        found = datetime.combine(self.day_in(pieces), at, LONDON)
        if not _exists(found):
            raise self.wrong("falls in the hour that the clocks skip in spring", "time")
        if self.today and self.limit == "past" and found.date() > self.today:
            raise self.wrong("must be in the past", "day", "month", "year")
        if self.today and self.limit == "future" and found.date() < self.today:
            raise self.wrong("must be in the future", "day", "month", "year")
        return found


class Time(forms.CharField):
    """A time of day, written as people write it; cleans to a time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"class": "govuk-input--width-5", "autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        if not said:
            return None
        at = _clock(said)
        if at is None:
            raise ValidationError(f"{at_start(self.label)} must be a real time, like 3:40pm or 15:40", code="invalid")
        return at

    def prepare_value(self, value: Any) -> Any:
        return clock_words(value) if isinstance(value, time) else value


class RoughDate(Boxed):
    """A date as well as it is known; cleans to an UncertainDate.

    Day and month may be left out, the month may be a season, and two boxes say "about" and "not known".
    """

    widget = widgets.UncertainDateBoxes

    def read(self, pieces: Mapping[str, str]) -> UncertainDate:
        said = " ".join(pieces[key] for key in ("day", "month", "year") if pieces[key])
        if pieces["unknown"]:
            if said:
                raise self.wrong("must be either a date or not known, not both", "day", "month", "year")
            return UncertainDate.unknown()
        if not pieces["year"]:
            raise self.wrong("must include a year, or tick “Not known”", "year")
        year = self.year_in(pieces["year"])
        found = UncertainDate.parse(self._words(pieces, year))
        if self.today and found.earliest > self.today:
            raise self.wrong(f"must not be after today, {day_words(self.today)}", "day", "month", "year")
        return found

    def _words(self, pieces: Mapping[str, str], year: int) -> str:
        about = "about " if pieces["about"] else ""
        season = next((name for name in SEASONS if pieces["month"].lower() == name), None)
        if not pieces["month"]:
            if pieces["day"]:
                raise self.wrong("must include a month when you give a day", "month")
            return f"{about}{year}"
        if season:
            if pieces["day"]:
                raise self.wrong("must have a month, not a season, when you give a day", "month")
            return f"{about}{season} {year}"
        if not pieces["day"]:
            return f"{about}{MONTHS[self.month_in(pieces['month']) - 1]} {year}"
        return f"{about}{self.day_in(pieces).isoformat()}"


def _text(value: Any) -> str:
    """What stands in a box, or whether it is ticked."""
    return "" if value in (None, False) else "yes" if value is True else str(value).strip()


def _month(said: str) -> int | None:
    """1 to 12 from "3", "mar", "March"; None when it is no month."""
    word = said.lower().rstrip(".")
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else None
    return next((at for at, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)
                 or word == "sept" == name[:4]), None)


def _clock(said: str) -> time | None:
    """A time of day from "3:40pm", "3.40 pm", "15:40", "9am", "midday"; None when it is none."""
    word = said.lower().replace("a.m.", "am").replace("p.m.", "pm").strip()
    if word in _TIME_WORDS:
        return _TIME_WORDS[word]
    found = _TIME.fullmatch(word)
    if not found or not (found[2] or found[3]):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12 or hour > 23 or minute > 59:
        return None
    return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)


def _impossible(day: str) -> tuple[str, ...]:
    """The boxes to mark: the day alone when no month has such a day."""
    return ("day",) if not day.isdigit() or not 1 <= int(day) <= 31 else ("day", "month", "year")


def _exists(moment: datetime) -> bool:
    """False in the hour the clocks skip in spring."""
    return moment.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == moment.replace(tzinfo=None)
