"""`goldthread export`: national returns and inspection lists out of Goldthread's own records."""

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from goldthread.commands.progress import Bar
from goldthread.commands.refusal import Refusal

summary = "write a national return from the partnership's own records"
examples = [
    "goldthread export cin --year 2026 --council 998 --out census.xml --partnership northbridge --as manager@example.org",
    "goldthread export ssda903 --year 2026 --out return/ --partnership northbridge --as manager@example.org"
    " --as exploitation.lead@example.org",
    "goldthread export annex-a --date 2026-11-20 --out annex-a.xlsx --partnership northbridge --as manager@example.org"
    " --as exploitation.lead@example.org --as mash.manager@example.org",
]
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["cin", "ssda903", "annex-a"],
                        help="cin: the children in need census, as XML; ssda903: the return on looked-after children, a"
                             " folder of CSV files; annex-a: the lists Ofsted asks for, a workbook")
    parser.add_argument("--year", type=int, help="cin and ssda903: the year whose 31 March it is told of")
    parser.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="annex-a: the day of the lists")
    parser.add_argument("--council", metavar="NNN", help="cin: the council's number in national returns")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="ssda903: a folder")
    parser.add_argument("--partnership", required=True, metavar="SLUG")
    parser.add_argument("--as", required=True, action="append", dest="emails", metavar="EMAIL",
                        help="whose seat and name this is done in; several times where records of several desks are told of")


def run(args: argparse.Namespace) -> int:
    """0 when the return was written and keeps its specification, 2 when it does not, with what is to be mended."""
    from django.db import transaction

    from goldthread.access.actor import Refused
    from goldthread.commands.importing_as import FOUND, HELD, tell
    from goldthread.exchange.exports.kinds import KINDS, Asked

    now, kind = datetime.now(UTC), KINDS[args.what]
    _asked(args, *["year" if kind.years else "date", *(["council"] if kind.council else [])])
    asked = Asked(args.year, args.date, args.council or "")
    try:
        with transaction.atomic(), Bar(quiet=True) as bar:
            made = kind.write(_seats(args, kind.rights, now), asked, args.out, now, partial(bar, "children"))
    except (Refused, ValueError) as why:
        raise Refusal(f"{why}.") from why
    except OSError as error:
        raise Refusal(f"{args.out} cannot be written: {error.strerror}.") from error
    tell([each for group in made.report.of_weight("error") for each in group.first])
    print(f"In {args.out}:", *made.lines, sep="\n")
    print(f"{made.report.errors} to mend, {made.report.queries} worth asking about, by our own specification of it.")
    return FOUND if made.report.errors else HELD


def _seats(args: argparse.Namespace, rights: Sequence, now: datetime) -> list:
    """A seat of everybody named: one with one of these rights, where they have it."""
    from goldthread.commands.importing_as import actor_of

    found = []
    for email in args.emails:
        mine = [actor_of(argparse.Namespace(partnership=args.partnership, email=email), right, now) for right in rights]
        found += {each.appointment.pk: each for each in mine}.values()
    return found


def _asked(args: argparse.Namespace, *names: str) -> None:
    for name in names:
        if getattr(args, name) is None:
            raise Refusal(f"{args.what} needs --{name}.")
