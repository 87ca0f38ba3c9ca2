"""What a finder of the text gate hands back, and on what ground."""
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

UNMEASURED = 0.5


@dataclass(frozen=True)
class Ground:
    """Why something is held to identify somebody, and what to do. `key` names its measured certainty."""

    kind: str
    key: str
    why: str
    mend: str

    @property
    def certainty(self) -> float:
        """The share of findings on this ground that was right in invented texts."""
        return certainties().get(self.kind, {}).get(self.key, UNMEASURED)


@dataclass(frozen=True)
class Hit:
    """A stretch of a sentence and the ground on which it was found."""

    start: int
    end: int
    ground: Ground


@cache
def certainties() -> dict[str, dict[str, float]]:
    """Measured by `python -m bench.text_gate --certainty`."""
    return tomllib.loads(files(__package__).joinpath("certainty.toml").read_text(encoding="utf-8"))
