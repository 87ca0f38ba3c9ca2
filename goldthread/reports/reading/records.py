"""The records that the four tables hold, and what became of each file."""
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Course:
    """A line of the training table. `printed` is the percentage as the source prints it, or empty."""

    row: int
    name: str
    delivery: str
    attendees: Decimal | None
    places: Decimal | None
    printed: str


@dataclass(frozen=True)
class BudgetLine:
    """A line of the budget, in pounds. `side` is income or expenditure."""

    row: int
    side: str
    name: str
    amount: Decimal | None
    previous: Decimal | None


@dataclass(frozen=True)
class Indicator:
    """A measured value and, where known, the value a period earlier, both in `unit`."""

    row: int
    name: str
    owner: str
    period: str
    value: Decimal | None
    previous: Decimal | None
    unit: str
    note: str


@dataclass(frozen=True)
class Claim:
    """Something the published report states: the label, the text as printed, where in the report."""

    file: str
    row: int
    what: str
    printed: str
    section: str
    column: str = "printed"

    @property
    def where(self) -> str:
        return f"{self.file}, row {self.row}: {self.what}" + (f" ({self.section})" if self.section else "")


@dataclass(frozen=True)
class SourceFile:
    """What became of one of the four files. `state` is read, empty or missing."""

    kind: str
    name: str
    state: str
    rows: int = 0
    sha256: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Inputs:
    """Everything read, checked for form but not yet for truth."""

    name: str
    courses: list[Course] = field(default_factory=list)
    budget: list[BudgetLine] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    sources: dict[str, SourceFile] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def file(self, kind: str) -> str:
        return self.sources[kind].name
