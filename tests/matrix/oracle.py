"""The table read: who is expected to get what. Knows nothing of the code it judges."""
from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class Expected(StrEnum):
    """What an answer is to be. HIDDEN: to the byte the page of what does not exist."""

    OPEN = "open"
    REFUSED = "refused"
    HIDDEN = "hidden"
    SIGN_IN = "sign in"
    NO_SEAT = "no seat"
    METHOD = "another method"
    LAPSED = "lapsed"
    BROKEN = "broken"
    ANY = "whatever the library says, and nothing about anybody"


@cache
def table() -> dict[str, Any]:
    """oracle.toml: roles, relationships, people and audiences."""
    return tomllib.loads((HERE / "oracle.toml").read_text())


@cache
def pages() -> dict[str, Any]:
    """pages.toml: every page by its name, and `step`."""
    return tomllib.loads((HERE / "pages.toml").read_text())


def roles() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = table()["roles"]
    return found


def has_duty(role: str, wanted: list[str]) -> bool:
    return bool(set(wanted) & set(roles()[role]["duties"]))


@dataclass(frozen=True)
class Standing:
    """How a role stands to a case: `to` of works, reads, sender, nothing; and whether its agency was asked, sent it, or
    was asked and still is."""

    to: str
    asked: bool = False
    sent: bool = False
    party: bool = False

    @property
    def opens(self) -> bool:
        return self.to != "nothing"


def standing(role: str, relationship: str) -> Standing:
    row = table()["relationship"][relationship]
    sees = roles()[role]["sees"]
    asked = bool(row.get("asked")) and sees != "none"
    return Standing(row[sees], asked, sent=bool(row.get("sent")), party=bool(row.get("party")))


def opens_person(role: str, relationship: str) -> bool:
    return has_duty(role, ["finds"]) and table()["person"][relationship][roles()[role]["sees"]] == "open"


def may_know(stood: Standing, audience: str, *, own: bool) -> bool:
    """Whether somebody so standing may see what has this audience. own: it was asked of, or came from, their agency."""
    wanted = table()["audience"][audience]
    return stood.to in wanted or (stood.asked and own and bool({"asked", "author"} & set(wanted)))


def may_enter(role: str | None, page: dict[str, Any], agency_kind: str = "") -> bool:
    """Whether the page is there for the role at all (None: nobody signed in)."""
    who = page["for"]
    if who == "everybody" or who == "library":
        return True
    if role is None or who == "nobody":
        return False
    return who == "seat" or has_duty(role, who) or agency_kind == page.get("or_agency")


def on_case(role: str, stood: Standing, page: dict[str, Any], *, decided: bool) -> Expected:
    """What a page of a case gives to a role that stands so to it. decided: the decision was made."""
    if not stood.opens:
        return Expected.HIDDEN
    rule = page[stood.to]
    if rule in (*Expected,):
        return Expected(rule)
    if rule.startswith("by-step:"):
        return on_step(role, stood, rule.removeprefix("by-step:"), decided=decided, directly=False)
    return Expected.OPEN if has_duty(role, [rule]) else Expected.REFUSED


def on_step(role: str, stood: Standing, key: str, *, decided: bool, directly: bool = True,
            recorded: Collection[str] = ()) -> Expected:
    """What the form of a step gives, where the steps `recorded` were. A page of its own is only led to, whoever asks."""
    if not stood.opens:
        return Expected.HIDDEN
    step = pages()["step"][key]
    if directly and "own" in step:
        return Expected.OPEN
    rules = [step.get(stood.to, "refused")]
    if rules == ["hidden"]:
        return Expected.HIDDEN
    rules += [step.get(voice, "refused") for voice, has in (("sender", stood.sent), ("party", stood.party)) if has]
    late = (step.get("until_decided") and decided) or (step.get("after_decided") and not decided)
    early = "answers" in step and step["answers"] not in recorded
    if late or early or (step.get("once") and decided):
        return Expected.REFUSED
    return Expected.OPEN if has_duty(role, rules) else Expected.REFUSED
