"""`goldthread worker`: notices, reports, reminders and sealing, in the background."""

import argparse
import logging

from goldthread.commands.readiness import leave_no_connection, refuse_unready

summary = "do the work behind the pages: notices, reports, reminders, sealing of the log"
examples = ["goldthread worker             run at least one beside serve"]
needs_database = True
GRACE_SECONDS = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=2, metavar="N", help="jobs at once (%(default)s)")
    parser.add_argument("--once", action="store_true", help="do what is waiting, then end")


def run(args: argparse.Namespace) -> int:
    """Work until told to stop; a running job may finish first. Raises Refusal on an unready database."""
    refuse_unready()
    leave_no_connection()
    from procrastinate.contrib.django import app

    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(
            concurrency=args.concurrency,
            wait=not args.once,
            shutdown_graceful_timeout=GRACE_SECONDS,
        )
    return 0
