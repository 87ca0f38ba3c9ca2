"""The benches that need a borough, a server or a database of their own run from beginning to end, on very few rows."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench import pages
from bench.__main__ import BENCHES
from bench.pages_site import Ask

ROOT = Path(__file__).resolve().parents[2]
RUN = ("pages", "chronology", "contact_import", "people_match")  # the others have a test of their own, or ask no database


def test_they_run_unattended_and_keep_nothing() -> None:
    """Each checks first that both sides show the same rows, and fails where they do not."""
    kept = {path: path.read_bytes() for path in (ROOT / "bench" / "results").iterdir()}
    told = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "DATABASE_", "GOLDTHREAD_", "DJANGO_"))}
    told["GOLDTHREAD_BENCH_FOLDER"] = str(ROOT / ".run" / "bench-quick")
    done = subprocess.run([sys.executable, "-m", "bench", *RUN, "--scale", "0.03", "--quick", "--fresh"], cwd=ROOT,
                          env=told, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    for what in ("work list, page 1", "record", "search: SQL statements", "chronology of 2,000 entries: processor",
                 "worker's list over all processes", "file to rows, CPU of both", "one error: not in the first five"):
        assert f"\n{what} " in done.stdout, what
    assert {path: path.read_bytes() for path in (ROOT / "bench" / "results").iterdir()} == kept
    assert {*RUN} < {*BENCHES}


@pytest.mark.parametrize("shown", ["/case/FD-2/\"", ""])
def test_pages_that_show_other_rows_than_the_yardstick_or_none_are_not_compared(shown: str) -> None:
    def site(html: str) -> Any:
        return SimpleNamespace(page=lambda ask: html)
    page = pages.Page("list", [Ask("/")], [Ask("/")], lambda html: pages.CASE.findall(html))
    same = site("/case/FD-1/\"")
    pages._insist_same(page, (same, same, same))
    other, asked = site(shown), same if shown else site("")
    for sites in ((other, asked, asked), (asked, other, asked) if shown else (asked, asked, asked)):
        with pytest.raises(AssertionError, match="the yardsticks'"):
            pages._insist_same(page, sites)
