"""Every figure of the report with its source rows and how it was made."""
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from goldthread.reports.arithmetic import Worked, shown

READ = "As it stands in the file."


@dataclass(frozen=True)
class Figure:
    """A number people may quote. `unit` is GBP, percent, percentage points, or what is counted."""

    id: str
    label: str
    value: Decimal
    unit: str
    file: str
    rows: tuple[int, ...]
    how: str

    @property
    def derived(self) -> bool:
        return self.how != READ

    @property
    def text(self) -> str:
        if self.unit == "percentage points":
            return f"{_signed(self.value)} percentage points"
        kind = {"GBP": "money", "percent": "percent"}.get(self.unit, "count")
        return shown(self.value, kind)

    def as_json(self) -> dict:
        value = self.value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        whole = value == value.to_integral_value()
        return {"id": self.id, "label": self.label, "value": int(value) if whole else float(value),
                "unit": self.unit, "source": {"file": self.file, "rows": list(self.rows)}, "how": self.how}


class Figures:
    """The report's figures in order, each with an id of its own."""

    def __init__(self):
        self.all: list[Figure] = []
        self._ids: set[str] = set()

    def add(self, key: str, label: str, worked: Worked | Decimal, unit: str, file: str,
            rows: Iterable[int], rounded: bool = False) -> Figure:
        """`worked` with its arithmetic, or a bare number for a figure taken over as it stands."""
        how = READ
        if isinstance(worked, Worked):
            how = worked.how.rstrip(".") + (". Kept to two decimals." if rounded else "")
        figure = Figure(self._free(key), label, worked.value if isinstance(worked, Worked) else worked, unit, file,
                        tuple(sorted(set(rows))), how)
        self.all.append(figure)
        return figure

    def _free(self, key: str) -> str:
        base = slug(key)
        name, at = base, 2
        while name in self._ids:
            name, at = f"{base}-{at}", at + 1
        self._ids.add(name)
        return name


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "figure"


def anchor(key: str) -> str:
    """Where a figure of the records stands in a report's list of figures."""
    return f"figure-{slug(key)}"


def _signed(value: Decimal) -> str:
    return ("+" if value > 0 else "") + shown(value, "count")
