"""`goldthread report`: a partnership's yearly report from its spreadsheets, or from its own records."""

import argparse
from pathlib import Path

from goldthread.commands.refusal import Refusal

summary = "write a yearly report from a folder of spreadsheets or from the records"
examples = [
    "goldthread report figures/2017-18 --out report          report.html, .pdf, .docx and data files; what does not hold",
    "goldthread report --from-records --out report           the last whole year, as it is being written or as it begins",
    "goldthread report --from-records --year 2025-2026 --partnership northbridge --out report",
]


def needs_database(args: argparse.Namespace) -> bool:
    """Only the records lie in the database."""
    return bool(args.from_records)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, nargs="?", help="training, budget, indicators, totals (CSV or XLSX)")
    parser.add_argument("--from-records", action="store_true", help="from the partnership's own records instead")
    parser.add_argument("--year", default="", metavar="YEAR", help="such as 2025-2026; default: the last whole year")
    parser.add_argument("--partnership", default="", metavar="SLUG", help="default: the only one there is")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the report is written")
    parser.add_argument("--title", help="its title (default: from the folder's own figures)")


def run(args: argparse.Namespace) -> int:
    """Write the report. Returns 2 when the spreadsheets or the place to write are wrong, with reasons; Refusal."""
    if args.from_records:
        if args.folder:
            raise Refusal("a report is from a folder or from the records, not from both.")
        return _from_records(args)
    if args.folder is None:
        raise Refusal("name the folder with the spreadsheets, or write --from-records.")
    from goldthread.reports.cli import run as write_report

    words = [str(args.folder), "--out", str(args.out)]
    return write_report(words + (["--title", args.title] if args.title else []))


def _from_records(args: argparse.Namespace) -> int:
    from django.utils import timezone

    from goldthread.measure import periods
    from goldthread.orgs.models import Partnership
    from goldthread.reports.build import put_files
    from goldthread.reports.yearly.from_records import report_of

    found = list(Partnership.objects.filter(**({"slug": args.partnership} if args.partnership else {})).order_by("pk"))
    if len(found) != 1:
        known = ", ".join(Partnership.objects.order_by("slug").values_list("slug", flat=True))
        raise Refusal(f"say which partnership with --partnership. There are: {known}.")
    now = timezone.localtime()
    try:
        year = periods.read(args.year) if args.year else periods.last_whole("year", now.date())
        made = report_of(found[0], year, now, title=args.title or "")
        written = put_files(args.out, {name: data for name, (_, data) in made.forms.items()})
    except ValueError as wrong:
        raise Refusal(str(wrong)) from wrong
    except OSError as wrong:
        raise Refusal(f"cannot write to {args.out}: {wrong.strerror}") from wrong
    for path in written:
        print(path)
    print(f"{len(made.composed.used)} figures of {year.words}, {made.composed.origin}.")
    for problem in made.composed.problems:
        print(f"Left out: {problem}")
    return 1 if made.composed.problems else 0
