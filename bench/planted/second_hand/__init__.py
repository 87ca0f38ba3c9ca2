"""A second hand's texts: chapters, faults, sentences by somebody who had read neither the rules nor the other wordings.

`faults()`: each in a copy of a chapter, with the lines where a finding counts; `sentences()`: 140 that give somebody away,
with the place of the words that do, and 90 that give nobody away. Four of the twenty chapters, 70 of the faults and the last
70 sentences were written after the rules were mended by the rest. What each gave the first time is in docs/consistency.md.
"""
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

INNOCENT = "innocent"


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
def chapters() -> dict[str, str]:
    """The clean chapters by name."""
    found = (each for each in files(__package__).joinpath("chapters").iterdir() if each.name.endswith(".md"))
    ordered = sorted(found, key=lambda each: each.name)
    return {each.name.removesuffix(".md"): each.read_text(encoding="utf-8") for each in ordered}


@cache
def faults() -> tuple[Fault, ...]:
    """Raises ValueError where a fault cannot be put into its chapter, which has changed."""
    return tuple(_faulty(each) for each in _read("faults.json"))


@cache
def sentences() -> tuple[Told, ...]:
    return tuple(Told(each["kind"], each["text"], tuple(tuple(span) for span in each["spans"])) for each in _read(
        "sentences.json"))


def _faulty(told: dict[str, Any]) -> Fault:
    clean = text = chapters()[told["chapter"]]
    for old, new in told["edits"]:
        if text.count(old) != 1:
            raise ValueError(f"“{old}” stands {text.count(old)} times in {told['chapter']}.")
        text = text.replace(old, new)
    return Fault(told["chapter"], told["kind"], text, frozenset(told["lines"]), clean)


def _read(name: str) -> list[dict[str, Any]]:
    return json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
