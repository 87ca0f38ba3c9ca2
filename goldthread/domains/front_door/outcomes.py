"""What follows from a decision: how it is counted nationally, whether somebody takes it up, what the referrer is told.

data/outcomes.csv has one line for each code of the contact-outcome-details list, each with its source;
data/words.toml holds proposed wordings.
"""
from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

DATA = files("goldthread.domains.front_door").joinpath("data")
REFERRALS = frozenset({"new-referral", "existing-referral", "cp-enquiry"})  # national outcomes that are referrals


@dataclass(frozen=True)
class Following:
    """What follows from one outcome. `passes_on`: somebody else takes it up from here."""

    detail: str
    national: str
    passes_on: bool
    told: str
    source: str


@cache
def following() -> dict[str, Following]:
    """By code of what happens next."""
    with DATA.joinpath("outcomes.csv").open(encoding="utf-8", newline="") as handle:
        return {row["detail"]: Following(row["detail"], row["national"], row["passes_on"] == "yes", row["told"],
                                         row["source"]) for row in csv.DictReader(handle)}


def national(detail: str) -> str:
    """The national code a decision is proposed to be counted under; "" for a detail that is no code."""
    found = following().get(detail)
    return found.national if found else ""


@cache
def words() -> dict[str, Any]:
    """The proposed wordings."""
    return tomllib.loads(DATA.joinpath("words.toml").read_text(encoding="utf-8"))


def answer_words(details: list[str]) -> str:
    """What a referrer is proposed to be told: each different outcome once, how to disagree, when to ring 999."""
    said = [following()[each].told for each in dict.fromkeys(details) if each in following()]
    return "\n\n".join([words()["thanks"], *said, words()["closing"]])
