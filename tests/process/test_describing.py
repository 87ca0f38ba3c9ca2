"""The pages in docs/processes say what the declarations say today."""
from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from goldthread.process.definition import Process
from goldthread.process.describing import describe
from goldthread.process.registry import all_processes

FOLDER = Path(__file__).parents[2] / "docs" / "processes"
AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize("process", all_processes(), ids=lambda p: p.key)
def test_the_page_is_current(process: Process) -> None:
    page = FOLDER / f"{process.key}.md"
    if os.environ.get("GOLDTHREAD_WRITE_DOCS"):
        page.write_text(describe(process, AS_OF), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == describe(process, AS_OF), (
        "Run the tests once with GOLDTHREAD_WRITE_DOCS=1 and read what changed")


def test_no_page_is_left_over() -> None:
    assert {p.stem for p in FOLDER.glob("*.md")} == {p.key for p in all_processes()}
