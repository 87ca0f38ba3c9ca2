"""One finding of a check."""

from dataclasses import dataclass
from typing import Literal

State = Literal["green", "amber", "red"]
STATES: tuple[State, ...] = ("green", "amber", "red")


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, what was seen, and (unless green) how to mend it."""

    name: str
    state: State
    words: str
    mend: str = ""


def worst(findings: list[Finding]) -> State:
    """The gravest state among them; green when there are none."""
    return max((finding.state for finding in findings), key=STATES.index, default="green")


def graded(name: str, words: str, mend: str, *, red: bool, amber: bool = False) -> Finding:
    """A finding that is red, else amber, else green, by the two conditions; green carries no mend."""
    state: State = "red" if red else "amber" if amber else "green"
    return Finding(name, state, words, "" if state == "green" else mend)
