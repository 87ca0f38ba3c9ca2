"""`goldthread import contacts`: contacts from files, looked through first, all or none, and undone again."""

import argparse
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from goldthread.commands.importing_as import FOUND, HELD, actor_of, tell
from goldthread.commands.refusal import Refusal


def run(args: argparse.Namespace) -> int:
    """0 when all held, 2 with findings or when refused; then nothing was saved."""
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from goldthread.access.actor import Refused, acting
    from goldthread.access.policy import May
    from goldthread.exchange.importing import AlreadyLoaded, NotReady
    from goldthread.process.mending import WorkedOn

    now = datetime.now(UTC)
    actor = actor_of(args, May.IMPORT, now)
    try:
        with transaction.atomic(), acting(actor):
            return _undo(args, actor, now) if args.undo is not None else _load(args, actor, now)
    except AlreadyLoaded as known:
        _say(args, known.run, f"{known} (import {known.run.pk}). Nothing was done again.")
        return HELD
    except ValidationError as wrong:
        raise Refusal(f"{'; '.join(wrong.messages)}: use --because.") from wrong
    except (Refused, NotReady, WorkedOn) as why:
        raise Refusal(f"{why}.") from why


def _load(args: argparse.Namespace, actor, now: datetime) -> int:
    from goldthread.exchange import importing
    from goldthread.exchange.models import State
    from goldthread.files.tables.sheets import Upload

    uploads = [Upload(path.name, _bytes(path)) for path in args.files]
    work = importing.look if args.dry_run else importing.load
    made = work(actor=actor, uploads=uploads, layout=args.layout, now=now)
    if made.state == State.FAULTY:
        _say(args, made, f"{made.findings} to mend; nothing was saved.", importing.found_in(made))
        return FOUND
    _say(args, made, "The files hold; nothing was saved." if args.dry_run else f"Saved as import {made.pk}.")
    return HELD


def _undo(args: argparse.Namespace, actor, now: datetime) -> int:
    from goldthread.exchange.models import ImportRun
    from goldthread.exchange.undoing import undo

    found = ImportRun.objects.filter(pk=args.undo).first()
    if found is None:
        raise Refusal(f"there is no import {args.undo} in this partnership.")
    _say(args, undo(actor=actor, run=found, reason=args.because, now=now), f"Import {args.undo} is undone.")
    return HELD


def _bytes(path: Path) -> bytes:
    from goldthread.files.checking import MOST_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from error


def _say(args: argparse.Namespace, made, words: str, findings=()) -> None:
    if args.json:
        print(json.dumps({"import": made.pk, "state": str(made.state), "layout": made.layout, "counts": made.counts,
                          "findings": [asdict(each) for each in findings], "notes": made.said, "said": words}))
        return
    tell(findings)
    counts = made.counts
    print(f"{counts.get('contacts', 0)} contacts, {counts.get('children', 0)} children, {counts.get('adults', 0)} adults "
          f"in {counts.get('rows', 0)} rows.")
    for note in made.said:
        print(f"Note: {note}.")
    print(words)
