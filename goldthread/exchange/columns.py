"""A column of a layout as it is declared."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from goldthread.files.tables.sheets import plain


@dataclass(frozen=True)
class Column:
    """One column of a layout.

    name: its heading. to: the field it fills. meaning: for whoever fills it in. read: cell to value, raising Wrong.
    codes: the code list it is limited to. format: how a value looks, in words. also: other headings understood.
    """

    name: str
    to: str
    meaning: str
    read: Callable[[Any], Any]
    required: bool = False
    codes: str = ""
    format: str = "Text"
    example: str = ""
    also: tuple[str, ...] = ()

    @property
    def plain_names(self) -> tuple[str, ...]:
        return tuple(plain(each) for each in (self.name, *self.also))
