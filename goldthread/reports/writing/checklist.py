"""The content checklist of the yearly report, as the guidance in force asks for it."""
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from goldthread.reports.reading.records import Inputs


@dataclass(frozen=True)
class Edition:
    """An edition of the guidance. `valid_to` is its last day, or None."""

    key: str
    name: str
    valid_from: date
    valid_to: date | None
    source: str
    duties: str
    note: str


@dataclass(frozen=True)
class Item:
    """An item of the list with what the input gives for it. `evidence` is empty if there is none."""

    id: str
    text: str
    duty: str
    evidence: tuple[str, ...]


@cache
def data(name: str) -> dict:
    """One of this folder's TOML files. Callers must not change it."""
    return tomllib.loads(files(__package__).joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def edition_on(day: date) -> Edition | None:
    """The edition in force on a day, or None before the first."""
    for each in data("checklist")["editions"]:
        if each["valid_from"] <= day and day <= each.get("valid_to", date.max):
            return Edition(each["key"], each["name"], each["valid_from"], each.get("valid_to"), each["source"],
                           each["duties"], each["note"])
    return None


def items(edition: Edition, inputs: Inputs) -> list[Item]:
    """The edition's items, each with the evidence that the four tables give. They hold numbers only."""
    tables = {"training": inputs.courses, "budget": inputs.budget, "indicators": inputs.indicators}
    found = []
    for each in data("checklist")["items"]:
        duty = each["duty"].get(edition.duties)
        if duty is None:
            continue
        evidence = [f"{gift['table'].capitalize()}: {gift['says']}" for gift in each["gives"] if tables[gift["table"]]]
        evidence += _by_topic(each.get("topics", []), inputs)
        found.append(Item(each["id"], each["text"], duty, tuple(evidence)))
    return found


def _by_topic(topics: list[str], inputs: Inputs) -> list[str]:
    """Indicators and courses that name a topic."""
    def hits(name: str) -> bool:
        return any(topic in name.casefold() for topic in topics)

    indicators = [f"Indicator: {each.name}" for each in inputs.indicators if hits(each.name)]
    return indicators + [f"Course: {each.name}" for each in inputs.courses if hits(each.name)]


def glossary(text: str) -> tuple[tuple[str, str], ...]:
    """The terms that a text uses, in alphabetical order."""
    plain = text.casefold()
    terms = [(each["term"], each["means"]) for each in data("glossary")["terms"]
             if any(word in plain for word in each["find"])]
    return tuple(sorted(terms, key=lambda pair: pair[0].casefold()))
