"""What an offer is, and what goes along when it is taken up."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from goldthread.process.models import Case, StepLine


@dataclass(frozen=True)
class Carried:
    """What a new case begins with: values of its first record by field, and lines of it."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: tuple[StepLine, ...] = ()


@dataclass(frozen=True)
class Offer:
    """After `step` of process `after` came out as one of `outcomes` (none named: however it came out), `starts` may be
    begun. words: what the button says. carry: what goes along besides the people; None for nothing.
    when: what of the case must be so besides; None for nothing.
    """

    after: str
    step: str
    outcomes: frozenset[str]
    starts: str
    words: str
    carry: Callable[[Case], dict[str, Any]] | None = None
    when: Callable[[Case], bool] | None = None
