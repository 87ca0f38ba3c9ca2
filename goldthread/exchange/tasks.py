"""Large imports and all exports, carried out by the worker in somebody's name; files left lying are thrown away by night.

Found by Procrastinate under this name. A job is asked for in the transaction that makes the run wait for it, holds its
own authority and may be tried again: saving twice saves once.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from goldthread.access.actor import Actor, acting, system, system_for, writing
from goldthread.access.later import in_their_name, told_apart
from goldthread.access.policy import May
from goldthread.exchange import importing, undoing
from goldthread.exchange.exports import actions as exports
from goldthread.exchange.exports.kinds import Asked
from goldthread.exchange.facts import scorecard
from goldthread.exchange.importing import MANY, AlreadyLoaded, NotReady
from goldthread.exchange.models import Export, ExportState, ImportFile, ImportRun, State
from goldthread.files.tables.sheets import Upload
from goldthread.process.mending import WorkedOn

LARGE = 2_000_000   # bytes of CSV that take a second or two to look through
UNPACKS = 10        # times a workbook is slower to read than a CSV file of its size
FILES_KEPT = timedelta(days=1)


def look_or_leave(*, actor: Actor, uploads: Sequence[Upload], layout: str, now: datetime) -> ImportRun:
    """Look files through at once; leave those of more than LARGE bytes to the worker. Raises as importing.look does."""
    if sum(len(upload.data) * (UNPACKS if upload.data.startswith(b"PK") else 1) for upload in uploads) <= LARGE:
        return importing.look(actor=actor, uploads=uploads, layout=layout, now=now)
    with transaction.atomic():
        run = importing.take(actor=actor, uploads=uploads, layout=layout, now=now)
        look_run.defer(run=run.pk, seat=actor.appointment.pk)
    return run


def save_or_leave(*, actor: Actor, run: ImportRun, now: datetime) -> ImportRun:
    """Save at once; leave more than MANY rows to the worker. Raises as importing.save does."""
    if run.counts.get("rows", 0) <= MANY:
        return importing.save(actor=actor, run=run, now=now)
    return _leave(actor, run, {State.CHECKED: State.WAITING}, lambda pk: save_run.defer(run=pk, seat=actor.appointment.pk))


def undo_or_leave(*, actor: Actor, run: ImportRun, reason: str, now: datetime) -> ImportRun:
    """Undo at once; leave more than MANY contacts to the worker. Raises as undoing.undo does."""
    if run.counts.get("contacts", 0) <= MANY:
        return undoing.undo(actor=actor, run=run, reason=reason, now=now)
    undoing.insist_may_undo(actor, run, reason)
    return _leave(actor, run, {State.DONE: State.UNDOING},
                  lambda pk: undo_run.defer(run=pk, seat=actor.appointment.pk, reason=reason))


@transaction.atomic
def _leave(actor: Actor, run: ImportRun, states: dict[State, State], ask: Callable[[int], object]) -> ImportRun:
    with acting(system_for(actor)), writing():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        after = states.get(State(run.state))
        if after is not None:
            if after == State.WAITING:
                importing.insist_new(run)
            run.state = after
            run.save(update_fields=["state"])
            ask(run.pk)
    return run


@app.task(name="goldthread.look_through_import")
def look_run(run: int, seat: int) -> None:
    """Look through the files of a run that waits for it."""
    _do(run, seat, State.LOOKING, State.FAILED, lambda actor, found: importing.look_at(
        actor=actor, run=found, now=timezone.now()))


@app.task(name="goldthread.save_import", lock="goldthread.import")
def save_run(run: int, seat: int) -> None:
    """Save the contacts of a run that waits."""
    _do(run, seat, State.WAITING, State.FAILED, lambda actor, found: importing.save(
        actor=actor, run=found, now=timezone.now()))


@app.task(name="goldthread.undo_import", lock="goldthread.import")
def undo_run(run: int, seat: int, reason: str) -> None:
    """Take back the contacts of a run."""
    _do(run, seat, State.UNDOING, State.DONE, lambda actor, found: undoing.undo(
        actor=actor, run=found, reason=reason, now=timezone.now()))


def _do(pk: int, seat: int, waits: State, otherwise: State, work: Callable[[Actor, ImportRun], object]) -> None:
    """Do the work in the name of whoever holds the seat today; what forbids it is written on the run, in words."""
    with transaction.atomic(), acting(system()):
        run = ImportRun.objects.get(pk=pk)
    if run.state != waits:
        return
    in_their_name(
        seat, run.partnership_id, lambda actor: work(actor, run), now=timezone.now(),
        forbidden=(NotReady, AlreadyLoaded, WorkedOn),
        failed=lambda why: ImportRun.objects.filter(pk=pk).update(state=otherwise, said=[*run.said, *why]))


@app.periodic(cron="20 3 * * *")
@app.task(name="goldthread.forget_import_files", queueing_lock="goldthread.forget_import_files")
def forget_import_files(timestamp: int) -> None:
    """Files that were looked through and never saved, and what was wrong with them; exports made more than a day ago."""
    forget_files(timezone.now())
    exports.forget(timezone.now())


def forget_files(now: datetime) -> int:
    """Throw away what has lain for a day. Returns how many."""
    with transaction.atomic(), acting(system()), writing():
        old = ImportFile.objects.filter(run__started_at__lt=now - FILES_KEPT).exclude(
            run__state__in=(State.LOOKING, State.WAITING, State.UNDOING))
        many, _ = old.delete()
        ImportRun.objects.filter(state=State.CHECKED, started_at__lt=now - FILES_KEPT).delete()
    return many


@transaction.atomic
def ask_for_export(*, actor: Actor, kind: str, asked: Asked, dry: bool, now: datetime) -> Export:
    """Ask for an export, and leave it to the worker if no other desk must agree. Raises as exports.ask does."""
    return _make_next(exports.ask(actor=actor, kind=kind, asked=asked, dry=dry, now=now))


@transaction.atomic
def agree_to_export(*, actor: Actor, export: Export, now: datetime) -> Export:
    """Agree for one's desk; the last to agree leaves it to the worker. Raises as exports.agree does."""
    return _make_next(exports.agree(actor=actor, export=export, now=now))


def _make_next(export: Export) -> Export:
    if export.state == ExportState.MAKING:
        make_export.defer(export=export.pk)
    return export


def bring_up_to_date(*, actor: Actor) -> bool:
    """Have the scorecard of the actor's partnership brought up to date by the worker, now and not with the next full hour.
    Whether it was not waiting already. Raises Refused.
    """
    actor.require(May.KEEP_SCORECARD)
    try:
        with transaction.atomic():
            update_scorecard.configure(queueing_lock=f"goldthread.scorecard.{actor.partnership.pk}").defer(
                partnership=actor.partnership.pk)
    except AlreadyEnqueued:
        return False
    return True


@app.task(name="goldthread.update_scorecard")
def update_scorecard(partnership: int) -> int:
    """Bring one partnership's scorecard up to date."""
    return scorecard.update(partnership, timezone.now())


@app.task(name="goldthread.make_export")
def make_export(export: int) -> None:
    """Make an export that nothing is wanting to."""
    with transaction.atomic(), acting(system()):
        found = Export.objects.filter(pk=export, state=ExportState.MAKING).first()
    if found is not None:
        def keep(done: int, of: int) -> None:
            with transaction.atomic(), acting(system(found.partnership_id)), writing():
                Export.objects.filter(pk=found.pk, state=ExportState.MAKING).update(done=done, of=of)
        with told_apart(keep) as tell:
            exports.make(export=found, now=timezone.now(), tell=tell)
