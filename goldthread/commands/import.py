"""`goldthread import`: contacts and data returns from files, looked through first, all of them or none, and undone."""

import argparse
from pathlib import Path

from goldthread.commands.refusal import Refusal

summary = "load contacts or a data return from files, all of them or none"
examples = [
    "goldthread import contacts november.csv --partnership northbridge --as worker@example.org --dry-run",
    "goldthread import contacts november.csv --partnership northbridge --as worker@example.org",
    "goldthread import contacts ssd_contacts.csv ssd_person.csv --partnership northbridge --as worker@example.org",
    "goldthread import police-incidents q3.csv --period 2026-Q3 --agency 'Example Police' --partnership northbridge "
    "--as analyst@example.org --dry-run",
    "goldthread import contacts --undo 12 --because 'Wrong month' --partnership northbridge --as worker@example.org",
]
needs_database = True
CONTACTS = "contacts"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="SPECIFICATION", help="contacts, or the key of a return such as police-incidents")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--partnership", required=True, metavar="SLUG")
    parser.add_argument("--as", required=True, dest="email", metavar="EMAIL", help="whose seat and name this is done in")
    parser.add_argument("--layout", choices=["own", "ssd"], default="",
                        help="of contacts; default: told by the headings")
    parser.add_argument("--agency", default="", metavar="NAME",
                        help="whose return it is, by name or national code; default: the agency of the seat")
    parser.add_argument("--period", default="", help="of a return: 2026-10, 2026-Q3, 2026 or 2026-10-01:2026-10-31")
    parser.add_argument("--dry-run", action="store_true", help="look through only, save nothing")
    parser.add_argument("--undo", type=int, metavar="RUN",
                        help="take back what an import made, or withdraw a version of a return")
    parser.add_argument("--because", default="", metavar="REASON", help="why it is taken back")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """0 when all held, 2 with findings or when refused; then nothing was saved."""
    if bool(args.files) == (args.undo is not None):
        raise Refusal("give files to load, or --undo and the number of an import.")
    from goldthread.commands import import_contacts, import_returns

    return (import_contacts if args.what == CONTACTS else import_returns).run(args)
