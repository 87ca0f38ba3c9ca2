"""`goldthread export`: national returns and inspection lists out of Goldthread's own records."""

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

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

    now = datetime.now(UTC)
    try:
        with transaction.atomic():
            lines, report = {"cin": _census, "ssda903": _looked_after, "annex-a": _lists}[args.what](args, now)
    except (Refused, ValueError) as why:
        raise Refusal(f"{why}.") from why
    except OSError as error:
        raise Refusal(f"{args.out} cannot be written: {error.strerror}.") from error
    tell([each for group in report.of_weight("error") for each in group.first])
    print("\n".join(lines))
    print(f"{report.errors} to mend, {report.queries} worth asking about, by our own specification of it.")
    return FOUND if report.errors else HELD


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


def _known(args: argparse.Namespace, years: Sequence[int]) -> None:
    _asked(args, "year")
    if args.year not in years:
        raise Refusal(f"{args.what} of {args.year} is not known. Known: {', '.join(map(str, sorted(years)))}.")


def _left(many: int, what: str) -> list[str]:
    return [f"{many:,} {what}"] if many else []


def _census(args: argparse.Namespace, now: datetime):
    from goldthread.access.actor import acting
    from goldthread.access.policy import May
    from goldthread.exchange.census.writing import write_census, years
    from goldthread.exchange.checking import check_year

    _asked(args, "council")
    _known(args, list(years()))
    [actor, *_] = _seats(args, [May.MANAGE_SOCIAL_CARE], now)
    with acting(actor):
        made = write_census(actor=actor, year=args.year, council=args.council, path=args.out, now=now)
    return [f"{made.children:,} children with {made.episodes:,} episodes of need in {args.out}.",
            *_left(made.left_out, "children are left out: their records are not yours to see."),
            *_left(made.upns_left_out, "pupil numbers are left out: they name no area that gives any (rule 1530)."),
            ], check_year("cin-census", [args.out], args.year, now)


def _looked_after(args: argparse.Namespace, now: datetime):
    from goldthread.access.policy import May
    from goldthread.exchange.care.writing import KEY, files, write_return, years
    from goldthread.exchange.checking import check_year

    _known(args, years())
    made = write_return(seats=_seats(args, [May.MANAGE_SOCIAL_CARE, May.MANAGE_EXPLOITATION], now), year=args.year,
                        folder=args.out)
    told = ", ".join(f"{table} {many:,}" for table, many in made.rows.items())
    return [f"Rows in {args.out}: {told or 'none'}.",
            *_left(made.left_out, "children are left out: their records are not yours to see."),
            *_left(made.not_born, "children are left out: their date of birth is not known."),
            *_left(made.overlapping, "times in care are left out: the child was looked after on another case meanwhile."),
            ], check_year(KEY, files(args.out), args.year, now)


def _lists(args: argparse.Namespace, now: datetime):
    from goldthread.access.policy import May
    from goldthread.exchange.annex_a.span import months_before
    from goldthread.exchange.annex_a.writing import KEY, empty, write_annex_a
    from goldthread.exchange.checking import check_return

    _asked(args, "date")
    rights = [May.MANAGE_SOCIAL_CARE, May.MANAGE_EXPLOITATION, May.MANAGE_FRONT_DOOR]
    made = write_annex_a(seats=_seats(args, rights, now), day=args.date, path=args.out, now=now)
    told = ", ".join(f"{key.removeprefix('list-')}: {many:,}" for key, many in made.rows.items())
    return [f"Rows by list in {args.out}: {told}.",
            *([f"Empty, each saying why: {', '.join(each.removeprefix('list-') for each in found)}."]
              if (found := empty(made)) else []),
            *_left(made.left_out, "children are left out: their records are not yours to see."),
            ], check_return(KEY, [args.out], months_before(args.date, 12), args.date, now)
