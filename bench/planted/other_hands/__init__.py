"""Other hands' texts: chapters and faults by writers who had read neither the rules nor each other's texts.

A folder of clean chapters for each hand, and for most `faults.json`, each in a copy of a chapter with the lines where a
finding counts. `sentences()`: the second hand's 140 that give somebody away, with the place of the words that do, and 90
that give nobody away. What each hand gave when it was first met is in `first_met.toml`; all have been learnt from since.
"""
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

INNOCENT = "innocent"
HANDS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
         "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth")


@dataclass(frozen=True)
class Fault:
    """A chapter with one fault. `lines`: of the fault, and of what it contradicts; `clean`: the chapter without it."""

    chapter: str
    kind: str
    text: str
    lines: frozenset[int]
    clean: str


@dataclass(frozen=True)
class Told:
    """A sentence and the stretches of it that give somebody away, none in one of the kind `INNOCENT`."""

    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]


@cache
def chapters(hand: str) -> dict[str, str]:
    """A hand's clean chapters by name."""
    found = (each for each in files(__package__).joinpath(hand).iterdir() if each.name.endswith(".md"))
    ordered = sorted(found, key=lambda each: each.name)
    return {each.name.removesuffix(".md"): each.read_text(encoding="utf-8") for each in ordered}


@cache
def faults(hand: str) -> tuple[Fault, ...]:
    """A hand's faults, none where it wrote none. Raises ValueError for one that its chapter has no place for."""
    there = files(__package__).joinpath(hand, "faults.json")
    return tuple(faulty(hand, each) for each in json.loads(there.read_text(encoding="utf-8"))) if there.is_file() else ()


@cache
def sentences() -> tuple[Told, ...]:
    told = json.loads(files(__package__).joinpath("sentences.json").read_text(encoding="utf-8"))
    return tuple(Told(each["kind"], each["text"], tuple(tuple(span) for span in each["spans"])) for each in told)


@cache
def first_met() -> dict[str, Any]:
    """What hands gave when they were first met: see the head of the file."""
    return tomllib.loads(files(__package__).joinpath("first_met.toml").read_text(encoding="utf-8"))


def faulty(hand: str, told: dict[str, Any]) -> Fault:
    """A chapter with the fault put into it. Raises ValueError where its words do not stand there once."""
    clean = text = chapters(hand)[told["chapter"]]
    for old, new in told["edits"]:
        if text.count(old) != 1:
            raise ValueError(f"“{old}” stands {text.count(old)} times in {told['chapter']}.")
        text = text.replace(old, new)
    return Fault(told["chapter"], told["kind"], text, frozenset(told["lines"]), clean)
