"""`goldthread import SPECIFICATION`: an agency's data return, looked through first, sent as a whole or not at all."""

import argparse
import json
from dataclasses import asdict
from datetime import UTC, datetime

from goldthread.commands.importing_as import FOUND, HELD, actor_of, tell
from goldthread.commands.progress import Bar
from goldthread.commands.refusal import Refusal


def run(args: argparse.Namespace) -> int:
    """0 when the files held, 2 with findings or when refused; then nothing was sent."""
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from goldthread.access.actor import Refused, acting
    from goldthread.access.policy import May
    from goldthread.dataset.actions import NotReady

    now = datetime.now(UTC)
    actor = actor_of(args, May.COLLECT_RETURNS, now)
    try:
        with transaction.atomic(), acting(actor):
            code = _withdraw(args, actor, now) if args.undo is not None else _send(args, actor, now)
            transaction.set_rollback(args.dry_run)  # of a dry run nothing stays, not even that it was looked through
            return code
    except ValidationError as wrong:
        raise Refusal(f"{'; '.join(wrong.messages)}.") from wrong
    except (Refused, NotReady) as why:
        raise Refusal(f"{why}.") from why


def _send(args: argparse.Namespace, actor, now: datetime) -> int:
    from goldthread.dataset import actions
    from goldthread.dataset.models import FoundRow, State
    from goldthread.dataset.reading.batches import Source
    from goldthread.dataset.rights import collects
    from goldthread.files.tables.findings import Finding

    owed = _expectation(args, actor, now)
    if missing := next((path for path in args.files if not path.is_file()), None):
        raise Refusal(f"{missing} cannot be read.")
    with Bar(quiet=True) as bar:
        made = actions.check(
            actor=actor, expectation=owed, sources=[Source(path.name, path) for path in args.files], now=now,
            tell=lambda rows: bar("rows looked through", rows, None))
    found = [Finding(each.sheet, each.row, each.kind.title, each.value, each.rule, each.mend) for each in
             FoundRow.objects.filter(kind__submission=made).select_related("kind").order_by("kind__weight", "pk")]
    if made.state == State.FAULTY:
        return _say(args, made, f"{made.errors} to mend; nothing was sent.", found, FOUND)
    if args.dry_run:
        return _say(args, made, "The files hold; nothing was sent.", found, HELD)
    made = actions.send(actor=actor, submission=made, now=now)
    if collects(actor, actor.partnership.pk):
        made = actions.accept(actor=actor, submission=made, now=now)
    return _say(args, made, f"{made.get_state_display()} as version {made.number} (number {made.pk}).", found, HELD)


def _expectation(args: argparse.Namespace, actor, now: datetime):
    """The return that is asked for; whoever collects returns asks for it by sending it."""
    from goldthread.dataset import actions, periods
    from goldthread.dataset.models import Expectation
    from goldthread.dataset.rights import collects

    if not args.period:
        raise Refusal("say which period the return is for: --period 2026-10, 2026-Q3 or 2026.")
    try:
        since, until = periods.named(args.period)
    except ValueError as wrong:
        raise Refusal(f"{wrong}.") from wrong
    agency = _agency(args, actor, now)
    known = Expectation.objects.filter(agency=agency, specification=args.what, since=since, until=until,
                                       dropped_at=None).first()
    if known is None and not collects(actor, actor.partnership.pk):
        raise Refusal(f"{agency} is not asked for this return of {periods.words(since, until)}.")
    return known or actions.expect(actor=actor, agency=agency, key=args.what, since=since, until=until, now=now,
                                   due=max(until, now.date()))


def _agency(args: argparse.Namespace, actor, now: datetime):
    from goldthread.orgs.models import Agency

    if not args.agency:
        return actor.agency
    rows = Agency.objects.taking_part(actor.partnership, now.date())
    found = rows.filter(code=args.agency).first() or rows.filter(name__iexact=args.agency).first()
    if found is None:
        raise Refusal(f"no agency of this partnership has the name or national code “{args.agency}”.")
    return found


def _withdraw(args: argparse.Namespace, actor, now: datetime) -> int:
    from goldthread.dataset import actions
    from goldthread.dataset.models import Submission

    found = Submission.objects.filter(pk=args.undo, expectation__specification=args.what).first()
    if found is None:
        raise Refusal(f"there is no version {args.undo} of this return in this partnership.")
    made = actions.withdraw(actor=actor, submission=found, reason=args.because, now=now)
    return _say(args, made, f"Version {made.number} is withdrawn.", (), HELD)


def _say(args: argparse.Namespace, made, words: str, findings, code: int) -> int:
    if args.json:
        print(json.dumps({"version": made.pk, "state": str(made.state), "errors": made.errors, "queries": made.queries,
                          "findings": [asdict(each) for each in findings], "said": words}))
        return code
    tell(findings)
    if made.queries:
        print(f"{made.queries} worth asking about.")
    print(words)
    return code
