"""The editions of the section 11 framework: code lists say which and from when, section_11.toml asks the questions."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldthread.rules.codes import codes, every
from goldthread.rules.data_files import toml

FRAMEWORKS, STANDARDS = "section-11-frameworks", "section-11-standards"


@dataclass(frozen=True)
class Framework:
    """One edition of the framework: the questions behind each standard, by its code, and where it comes from."""

    key: str
    name: str
    source: str
    note: str
    guidance: dict[str, list[str]]


def framework(key: str) -> Framework:
    """One edition. Raises KeyError."""
    found = {each.code: each for each in every(FRAMEWORKS)}[key]
    return Framework(key, found.label, found.source, found.note, toml("section_11.toml")[key])


def framework_on(on: date) -> Framework:
    """The edition in force on a day; its codes never overlap. Raises IndexError when there is none."""
    return framework(codes(FRAMEWORKS, on)[-1].code)


def standards(on: date) -> list[tuple[str, str]]:
    """(code, title) of the standards in force on a day, in their order."""
    return [(each.code, each.label) for each in codes(STANDARDS, on)]
