"""`goldthread scorecard`: the scorecard brought up to date and written as files."""

import argparse
from functools import partial
from pathlib import Path

from goldthread.commands.progress import Bar
from goldthread.commands.refusal import Refusal

summary = "bring the scorecard up to date and write it as files"
examples = [
    "goldthread scorecard --partnership northbridge --out scorecard     the last whole quarter, small numbers hidden",
    "goldthread scorecard --partnership northbridge --period 2026-10 --out october",
    "goldthread scorecard --partnership northbridge --period 2025-2026 --exact --out inside",
]
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--partnership", default="", metavar="SLUG", help="default: the only one there is")
    parser.add_argument("--period", default="", help="2026-10, 2026-2027-Q1 or 2026-2027; default: the last whole quarter")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where CSV, XLSX, JSON and PDF are written")
    parser.add_argument("--exact", action="store_true", help="do not hide small numbers; the files are not to be passed on")
    parser.add_argument("--whole", action="store_true", help="make all facts anew, not only what changed")


def run(args: argparse.Namespace) -> int:
    """0 when written."""
    from django.utils import timezone

    from goldthread.exchange.facts import scorecard, writing
    from goldthread.measure import engines, periods
    from goldthread.measure.protecting import DEFAULT, EXACT
    from goldthread.orgs.models import Partnership

    now = timezone.localtime()
    try:
        period = periods.read(args.period) if args.period else periods.last_whole("quarter", now.date())
        engines.chosen()
    except (ValueError, engines.BadEngine) as wrong:
        raise Refusal(str(wrong)) from wrong
    found = list(Partnership.objects.filter(**({"slug": args.partnership} if args.partnership else {})).order_by("pk"))
    if len(found) != 1:
        known = ", ".join(Partnership.objects.order_by("slug").values_list("slug", flat=True))
        raise Refusal(f"say which partnership with --partnership. There are: {known}.")
    with Bar(quiet=True) as bar:
        changed = scorecard.update(found[0].pk, now, whole=args.whole, tell=partial(bar, "facts by year"))
    card = scorecard.card(found[0], period, EXACT if args.exact else DEFAULT, now)
    for path in writing.write(card, args.out):
        print(path)
    print(f"{len(card.lines)} numbers of {period.words}; {changed} were counted anew.")
    return 0
