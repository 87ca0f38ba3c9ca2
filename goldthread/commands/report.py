"""`goldthread report`: a partnership's yearly report from its spreadsheets."""

import argparse
from pathlib import Path

summary = "write a yearly report, with a consistency check, from a folder of spreadsheets"
examples = ["goldthread report figures/2017-18 --out report    report.html, .pdf, .docx and two JSON files"]
needs_database = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="training, budget, indicators, totals (CSV or XLSX)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the report is written")
    parser.add_argument("--title", help="its title (default: from the folder's own figures)")


def run(args: argparse.Namespace) -> int:
    """Write the report. Returns 2 when the spreadsheets or the place to write are wrong, with reasons."""
    from goldthread.reports.cli import run as write_report

    words = [str(args.folder), "--out", str(args.out)]
    return write_report(words + (["--title", args.title] if args.title else []))
