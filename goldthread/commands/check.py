"""`goldthread check`: hold any report against itself."""

import argparse
import json
import shutil
import textwrap
from pathlib import Path
from typing import Any

from goldthread.commands.refusal import Refusal

summary = "hold a report against itself: numbers, dates, references, abbreviations"
examples = [
    "goldthread check report.docx                          text, Markdown, Word (.docx) or PDF",
    "goldthread check report.pdf --before last-year.pdf    also against the report of the year before",
    "goldthread check report.md --sure 0.9 --json          only what is very sure; for other programs",
]
needs_database = False
FOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the report")
    parser.add_argument("--before", type=Path, action="append", default=[], metavar="FILE",
                        help="a report of an earlier year, to compare with (may be given several times)")
    parser.add_argument("--sure", type=_share, default=0.0, metavar="0-1",
                        help="leave out what is less sure than this (default: it is told last, as worth a look)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print what does not hold. Returns 0 when nothing was found, 1 when something was; Refusal for unreadable files."""
    from goldthread.reports.checking.document_check import check_document

    checked = check_document(_read(args.file), [_read(each) for each in args.before])
    found = [each for each in checked.findings if each.certainty >= args.sure]
    if args.json:
        print(json.dumps({"file": args.file.name, "year": checked.year, "numbers": checked.numbers,
                          "findings": [each.as_json() for each in found]}, indent=2, ensure_ascii=False))
    else:
        print(_told(found, checked.numbers, min(shutil.get_terminal_size().columns, 110)))
    return FOUND if found else 0


def _share(words: str) -> float:
    try:
        share = float(words)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"“{words}” is no number from 0 to 1")
    return share


def _read(path: Path) -> Any:
    from goldthread.reports.document import UnreadableDocument, read_document

    try:
        return read_document(path.name, path.read_bytes())
    except (OSError, UnreadableDocument) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refusal(f"{path}: {reason}") from error


def _told(found: list[Any], numbers: int, width: int) -> str:
    lines: list[str] = []
    sure = [each for each in found if each.sure]
    for at, each in enumerate([*sure, *(each for each in found if not each.sure)]):
        if at == len(sure):
            lines += ["Worth a look: on such evidence about every second finding was right", ""]
        lines += [f"{each.name} ({each.certainty:.0%} sure)", *_wrapped(f"{each.at}", width),
                  *_wrapped(f"“{each.quote}”", width), *_wrapped(f"stated {each.stated}"
                  + (f", worked out {each.recomputed}" if each.recomputed else ""), width),
                  *_wrapped(each.arithmetic, width), *_wrapped(f"→ {each.advice}", width), ""]
    what = {0: "Nothing was found", 1: "1 thing was found"}.get(len(sure), f"{len(sure)} things were found")
    look = f", {len(found) - len(sure)} worth a look" if len(found) > len(sure) else ""
    return "\n".join([*lines, f"{what} in {numbers:,} numbers read{look}."])


def _wrapped(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, initial_indent="  ", subsequent_indent="  ", break_long_words=False)
