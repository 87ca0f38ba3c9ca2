"""`goldthread export`: national returns out of Goldthread's own records."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from goldthread.commands.refusal import Refusal

summary = "write a national return from the partnership's own records"
examples = [
    "goldthread export cin --year 2026 --council 998 --out census.xml --partnership northbridge --as manager@example.org",
]
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["cin"], help="cin: the children in need census, as XML")
    parser.add_argument("--year", type=int, required=True, help="the year whose 31 March it is told of")
    parser.add_argument("--council", required=True, metavar="NNN", help="the council's number in national returns")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--partnership", required=True, metavar="SLUG")
    parser.add_argument("--as", required=True, dest="email", metavar="EMAIL", help="whose seat and name this is done in")


def run(args: argparse.Namespace) -> int:
    """0 when the return was written and keeps its specification, 2 when it does not, with what is to be mended."""
    from django.db import transaction

    from goldthread.access.actor import Refused, acting
    from goldthread.access.policy import May
    from goldthread.commands.importing_as import FOUND, HELD, actor_of, tell
    from goldthread.exchange.census.checking import check_census
    from goldthread.exchange.census.writing import write_census, years

    if args.year not in (known := sorted(years())):
        raise Refusal(f"the census of {args.year} is not known. Known: {', '.join(map(str, known))}.")
    now = datetime.now(UTC)
    actor = actor_of(args, May.MANAGE_SOCIAL_CARE, now)
    try:
        with transaction.atomic(), acting(actor):
            made = write_census(actor=actor, year=args.year, council=args.council, path=args.out, now=now)
    except (Refused, ValueError) as why:
        raise Refusal(f"{why}.") from why
    except OSError as error:
        raise Refusal(f"{args.out} cannot be written: {error.strerror}.") from error
    report = check_census(args.out, args.year, now)
    tell([each for group in report.of_weight("error") for each in group.first])
    print(f"{made.children:,} children with {made.episodes:,} episodes of need in {args.out}.")
    if made.left_out:
        print(f"{made.left_out:,} children are left out: their records are not yours to see.")
    if made.upns_left_out:
        print(f"{made.upns_left_out:,} pupil numbers are left out: they name no area that gives any (rule 1530).")
    print(f"{report.errors} to mend, {report.queries} worth asking about, by our own specification of the census.")
    return FOUND if report.errors else HELD
