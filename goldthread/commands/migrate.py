"""`goldthread migrate`: make a new or older installation ready for this version."""

import argparse

summary = "bring the database and the static files up to this version"
examples = ["goldthread migrate            run it after every upgrade, before serve and worker"]
needs_database = True
database_role = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-static", action="store_true", help="leave the static files alone")


def run(args: argparse.Namespace) -> int:
    from django.core.management import call_command

    from goldthread.commands.static_files import collect

    call_command("migrate", interactive=False, verbosity=1)
    if not args.no_static:
        print("Static files: " + ("collected." if collect() else "up to date."))
    return 0


def pending() -> list[str]:
    """The migrations this version has and the database lacks, as "app.name"."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
