"""`goldthread doctor`: is this installation fit to hold children's records?"""

import argparse
import json
import os
import shutil
import sys
import textwrap
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from goldthread.commands.checks.finding import STATES, Finding, worst

summary = "check settings, database, clock, mail, disk, backups and worker"
examples = [
    "goldthread doctor            exit code 0 all green, 1 amber at worst, 2 red",
    "goldthread doctor --audit    also verify that the log has not been tampered with",
    "goldthread doctor --json     for monitoring",
]
needs_database = True
COLOURS = {"green": "\033[32m", "amber": "\033[33m", "red": "\033[1;31m"}
PLAIN = "\033[0m"
MOST_FAULTS_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--audit", action="store_true", help="verify the sealed log as well")
    parser.add_argument("--anchor", type=Path, metavar="FILE", help="the anchor kept outside the database")


def run(args: argparse.Namespace) -> int:
    """Look, print, and return the worst state as exit code: 0 green, 1 amber, 2 red."""
    findings = examine(datetime.now(UTC))
    if args.audit:
        findings.append(audit(args.anchor))
    if args.json:
        print(json.dumps({"worst": worst(findings), "checks": [asdict(one) for one in findings]}, indent=2))
    else:
        width = min(shutil.get_terminal_size().columns, 110)
        print(table(findings, width, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    return STATES.index(worst(findings))


def examine(now: datetime) -> list[Finding]:
    """All findings. A database that does not answer is one red finding, and the rest is still looked at."""
    from django.conf import settings
    from django.db import Error, OperationalError, connection

    from goldthread.commands.checks import database, upkeep, work
    from goldthread.commands.checks import settings as settings_checks

    findings = list(settings_checks.check(settings))
    try:
        connection.ensure_connection()
        findings += database.check(connection, datetime.now(UTC))
        findings += upkeep.check_jobs(connection, datetime.now(UTC))
        findings += work.check(datetime.now(UTC))
    except OperationalError as error:
        mend = "Check DATABASE_URL and that the server runs; on a new database run 'goldthread migrate'."
        findings.append(Finding("Database", "red", f"It does not answer: {_first_line(error)}", mend))
    except Error as error:
        words = f"It refuses to be looked at: {_first_line(error)}"
        findings.append(Finding("Database", "red", words, "Run 'goldthread migrate'."))
    return findings + list(upkeep.check_machine(settings, now))


def audit(anchor: Path | None) -> Finding:
    """Whether the sealed log still is what was written. Slow on a large log."""
    from django.db import Error

    from goldthread.access.audit import verify

    try:
        faults = verify(anchor)
    except Error as error:
        words = f"It cannot be verified: {_first_line(error)}"
        return Finding("Log", "red", words, "Run 'goldthread migrate'.")
    if not faults:
        return Finding("Log", "green", "Every seal holds.")
    shown = "; ".join(faults[:MOST_FAULTS_SHOWN])
    words = f"{len(faults)} signs of tampering: {shown}."
    return Finding("Log", "red", words, "Keep everything as it is, and tell the data protection officer.")


def table(findings: list[Finding], width: int, *, colour: bool) -> str:
    """The findings as lines of at most `width` characters; state in words, so that colour is never needed."""
    names = max(len(finding.name) for finding in findings)
    indent = names + 9
    lines = []
    for finding in findings:
        state = f"{finding.state if finding.state == 'green' else finding.state.upper():<5}"
        if colour:
            state = f"{COLOURS[finding.state]}{state}{PLAIN}"
        told = _wrapped(finding.words, width - indent)
        told += _wrapped("→ " + finding.mend, width - indent) if finding.mend else []
        lines.append(f"{state}  {finding.name:<{names}}  {told[0]}")
        lines += [" " * indent + line for line in told[1:]]
    counts = [sum(finding.state == state for finding in findings) for state in STATES]
    total = ", ".join(f"{count} {state}" for count, state in zip(counts, STATES, strict=True) if count)
    return "\n".join([*lines, "", total + "."])


def _wrapped(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, max(width, 30), break_long_words=False, break_on_hyphens=False)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
