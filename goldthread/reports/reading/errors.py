"""The one error that bad input raises."""
from dataclasses import dataclass


@dataclass(frozen=True)
class InputFault:
    """One thing wrong in one place. `row` counts as a spreadsheet does: the header is row 1."""

    file: str
    row: int | None
    column: str
    value: str
    problem: str
    mend: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column “{self.column}”")
        found = f" (found “{_short(self.value)}”)" if self.value else ""
        return f"{', '.join(place)}: {self.problem}{found}. {self.mend}"


class ReportInputError(ValueError):
    """The input cannot be read. `faults` holds every finding, not just the first one."""

    def __init__(self, faults: list[InputFault]):
        self.faults = tuple(faults)
        count = "1 thing" if len(faults) == 1 else f"{len(faults)} things"
        super().__init__(f"{count} to mend before the report can be made:\n"
                         + "\n".join(f"- {each}" for each in faults))


def _short(value: str, limit: int = 60) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= limit else flat[:limit - 1] + "…"
