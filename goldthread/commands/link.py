"""`goldthread link`: the people of all agencies' returns linked with each other and with Goldthread's own records."""

import argparse
from datetime import UTC, datetime

from goldthread.commands.progress import Bar
from goldthread.commands.refusal import Refusal

summary = "link the people who are new in agencies' returns; what is not sure waits for an analyst"
examples = [
    "goldthread link --partnership northbridge --as analyst@example.org     now, and say what came of it",
    "goldthread link --partnership northbridge --as analyst@example.org --anew     all lists again",
    "goldthread link --partnership northbridge --as analyst@example.org --later     leave it to the worker",
]
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--partnership", required=True, metavar="SLUG")
    parser.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="whose name it is done in")
    parser.add_argument("--anew", action="store_true", help="link all lists again, not only what is new")
    parser.add_argument("--later", action="store_true", help="leave it to the worker")


def run(args: argparse.Namespace) -> int:
    """0 when linked or left to the worker."""
    from goldthread.access.actor import Refused, acting
    from goldthread.access.policy import May
    from goldthread.commands.importing_as import actor_of
    from goldthread.files.storing import Damaged
    from goldthread.linkage import actions, tasks
    from goldthread.linkage.models import Stage
    from goldthread.measure.engines import BadEngine

    now = datetime.now(UTC)
    actor = actor_of(args, May.LINK_RECORDS, now)
    try:
        with acting(actor):
            begin = tasks.begin if args.later else actions.ask_for_run
            made = begin(actor=actor, now=now, whole=args.anew)
        if args.later:
            print(f"Linkage {made.pk} waits for the worker.")
            return 0
    except (Refused, actions.NotReady, BadEngine) as why:
        raise Refusal(f"{why}.") from why
    stages = list(Stage)
    try:
        with Bar() as bar:
            made = actions.carry_out(actor=actor, run=made, now=now,
                                     tell=lambda stage: bar("linking", stages.index(stage) + 1, len(stages)))
    except (Refused, actions.NotReady, Damaged) as why:
        actions.fail(run=made, why=f"{why}", now=now)
        raise Refusal(f"{why}.") from why
    print(f"Linkage {made.pk} with model {made.version}{', of all lists anew' if made.whole else ''}: "
          f"{made.records:,} descriptions of people, {made.fresh:,} of them new, "
          f"{made.joined:,} rows linked, {made.asked:,} pairs for somebody to look at.")
    return 0
