"""`goldthread report FOLDER --out DIR`."""
import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from goldthread.reports.reading.errors import ReportInputError

BAD_INPUT = 2


def parser(prog: str = "goldthread report") -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog=prog, description="Make the yearly report from a partnership's spreadsheets: training-courses, budget, "
                               "indicators and printed-totals (.csv or .xlsx). Some may be empty or missing.")
    made.add_argument("folder", type=Path, help="the folder with the spreadsheets")
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write the report")
    made.add_argument("--title", help="the title of the report")
    return made


def run(argv: Sequence[str], now: datetime | None = None) -> int:
    """Make the report. Returns 0, or 2 if the input or the place to write is wrong, with reasons on stderr."""
    asked = parser().parse_args(argv)
    from goldthread.reports.build import build_report  # slow to load, and --help should not wait for it

    try:
        result = build_report(asked.folder, asked.out, now=now or datetime.now(UTC), title=asked.title)
    except ReportInputError as wrong:
        print(wrong, file=sys.stderr)
        return BAD_INPUT
    except OSError as wrong:
        print(f"Cannot write the report to {asked.out}: {wrong.strerror}. Nothing else was changed.", file=sys.stderr)
        return BAD_INPUT
    _tell(result)
    return 0


def _tell(result) -> None:
    for path in result.files:
        print(path)
    for source in result.report.inputs.sources.values():
        if source.state != "read":
            print(f"Note: {source.name} is {source.state}; the report leaves that part out.")
    checked = result.report.consistency
    print(f"{len(checked.checks)} printed figures worked out again: {len(checked.findings)} do not hold, "
          f"{len(checked.holding)} hold, {len(checked.unchecked)} could not be checked.")
    for each in checked.findings:
        print(f"- {each.where}: printed {each.stated}, worked out {each.recomputed} ({each.certainty})")
    for each in checked.unchecked:
        print(f"- {each.where}: printed {each.stated}, not checked: {each.reason}")
