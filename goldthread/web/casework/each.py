"""A step's form whose list begins with a line for each of something: a standard, a recipient, a question."""
from __future__ import annotations

from typing import Any

from goldthread.web.casework.record import StepForm


class EachForm(StepForm):
    """begun: the lines' first answers."""

    def __init__(self, *args: Any, begun: list[dict[str, str]], **kwargs: Any) -> None:
        self.begun = begun
        super().__init__(*args, **kwargs)

    def _data(self) -> Any:
        if not self.sent and not self.draft.load():
            key = self.lines[0][1].key
            self.draft.save({"typed": self.held() | {f"{key}-{at}-{name}": [value] for at, line in enumerate(self.begun)
                                                     for name, value in line.items()}})
        return super()._data()
