"""What one check came to."""
from dataclasses import dataclass
from enum import StrEnum

CERTAIN, LIKELY, POSSIBLE = "certain", "likely", "possible"


class Outcome(StrEnum):
    """Whether a stated figure holds."""

    HOLDS = "holds"
    WRONG = "does not hold"
    UNCHECKED = "could not be checked"


@dataclass(frozen=True)
class Check:
    """A stated figure and what came of working it out again.

    `certainty` is certain (plain arithmetic within one table), likely (text against table, or the words match
    closely but not wholly) or possible (literally true but misleading). `reason` says why nothing could be checked.
    """

    where: str
    stated: str
    file: str
    row: int
    outcome: Outcome = Outcome.UNCHECKED
    recomputed: str = ""
    arithmetic: str = ""
    certainty: str = ""
    reason: str = ""

    def as_finding(self) -> dict[str, str]:
        return {"where": self.where, "stated": self.stated, "recomputed": self.recomputed,
                "arithmetic": self.arithmetic, "certainty": self.certainty}

    def as_unchecked(self) -> dict[str, str]:
        return {"where": self.where, "stated": self.stated, "reason": self.reason,
                "nearest": self.recomputed, "arithmetic": self.arithmetic}
