"""`goldthread generate`: an invented borough of any size, for trying things out, tests and benchmarks."""

import argparse
import json
from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import Any

from goldthread.commands.progress import Bar
from goldthread.commands.refusal import Refusal

summary = "invent a borough, its people and a year of casework, in an empty database"
examples = [
    "goldthread generate --scale 0.02          a small one, in seconds",
    "goldthread generate --scale 1 --seed 7    80,000 children, 21,000 contacts and what came of them",
    "goldthread generate --fresh               throws an earlier invented borough away first",
]
needs_database = True
database_role = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scale", type=float, default=1, help="size; 1 is an outer-London borough (%(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="the same seed invents the same borough (%(default)s)")
    parser.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="its last day (default: today)")
    parser.add_argument("--fresh", action="store_true", help="throw an earlier invented borough away first")
    parser.add_argument("--people-only", action="store_true", help="no contacts and nothing that came of them")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.add_argument("--json", action="store_true", help="print what was made as JSON")


def run(args: argparse.Namespace) -> int:
    """Load the borough, or leave the database as it was. Raises Refusal where there is anything but an invented one."""
    from django.db import transaction

    from goldthread.borough import Borough
    from goldthread.borough.loading import installation, load

    plan, now = _plan(args)
    _prepare_tables()
    try:
        with ExitStack() as stack:
            bar = None if args.quiet else stack.enter_context(Bar())
            stack.enter_context(transaction.atomic())
            if args.fresh and installation.mark() is not None:
                installation.empty()
            made = load(Borough(plan), now=now, progress=bar, people_only=args.people_only)
    except installation.CannotLoad as reason:
        raise Refusal(str(reason)) from None
    _say(args, made)
    return 0


def _plan(args: argparse.Namespace) -> tuple[Any, datetime]:
    """The plan, and the moment it is loaded as. Raises Refusal for a size or a day that cannot be."""
    from goldthread.borough.demo import plan_at
    from goldthread.borough.plan import Plan

    now = datetime.now(UTC)
    try:
        plan = plan_at(args.scale, args.seed, now)
        if args.today is None:
            return plan, now
        if args.today > plan.today:
            raise Refusal(f"{args.today} is not over half past ten yet: give {plan.today} or an earlier day.")
        plan = Plan(args.scale, args.seed, args.today)
        return plan, plan.now
    except ValueError as wrong:
        raise Refusal(str(wrong)) from None


def _prepare_tables() -> None:
    """Make the tables of a database that has none. Raises Refusal for one of an earlier version."""
    from django.core.management import call_command
    from django.db import connection

    from goldthread.commands.migrate import pending

    missing = pending()
    if missing and connection.introspection.table_names():
        raise Refusal(f"{len(missing)} migrations are missing, first {missing[0]}. Run 'goldthread migrate'.")
    if missing:
        call_command("migrate", interactive=False, verbosity=0)


def _say(args: argparse.Namespace, made: Any) -> None:
    from goldthread.process.registry import all_processes

    if args.json:
        print(json.dumps({"scale": args.scale, "seed": args.seed, "counts": made.counts,
                          "seconds": {part: round(took, 2) for part, took in made.seconds.items()},
                          "truth": str(made.truth) if made.truth else None}, indent=2))
        return
    named = {process.key: process.plural for process in all_processes()}
    lines = [(named.get(what, what.capitalize()), many) for what, many in made.counts.items()]
    width = max(len(what) for what, _ in lines)
    for what, many in lines:
        print(f"  {what:<{width}}  {many:>12,}")
    print(f"Made in {sum(made.seconds.values()):.0f} s. Every person and place is invented.")
    if made.truth:
        print(f"Who each stated person truly is: {made.truth}")
