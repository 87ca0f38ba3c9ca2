"""A linkage asked for, and carried out: of what is new, or of all lists."""
from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import polars as pl
from django.db import transaction
from django.utils import timezone

from goldthread.access.actor import Actor, acting, system, system_for, writing
from goldthread.access.policy import May
from goldthread.linkage import splinking
from goldthread.linkage.actions.common import NotReady, writing_as
from goldthread.linkage.actions.writing import Written
from goldthread.linkage.adding import add
from goldthread.linkage.gathering import Gathered, gather
from goldthread.linkage.keeping import Answers, Kept, keep, last
from goldthread.linkage.linking import Pairs, link
from goldthread.linkage.model import Model, model
from goldthread.linkage.models import Question, Run, RunState, Stage
from goldthread.linkage.rights import readers_of
from goldthread.measure.engines import chosen


def ask_for_run(*, actor: Actor, now: datetime, whole: bool = False) -> Run:
    """Begin a linkage with the model in force, of what is new since the last one or of all lists anew.

    Raises Refused, BadEngine; NotReady while another is under way.
    """
    with writing_as(actor):
        if Run.objects.filter(partnership=actor.partnership, state=RunState.WAITING).exists():
            raise NotReady("A linkage is under way already")
        return Run.objects.create(
            version=model(timezone.localdate(now)).version, engine=chosen(), by=actor.user, seat=actor.appointment,
            at=now, whole=whole, partnership=actor.partnership, readers=readers_of(actor.partnership.pk))


def carry_out(*, actor: Actor, run: Run, now: datetime, tell: Callable[[Stage], None] = lambda stage: None) -> Run:
    """Link in the actor's name: rows to people, and questions where it is not sure. Records stay as they are.

    Whoever is new since the last linkage is compared with everybody, and only what they touch is decided anew. All are
    linked anew when that was asked for, or when nothing is kept that the model in force made. Raises Refused, Damaged;
    then nothing is changed. tell: what is done next, as it begins.
    """
    actor.require(May.LINK_RECORDS)
    place, today = actor.partnership.pk, timezone.localdate(now)
    by = model(today)
    _at(run, Stage.READING, tell)
    with transaction.atomic():
        known = None if run.whole else _known(actor, by)
        there = gather(actor, run.pk, known)
        with acting(system_for(actor)):
            decided = _decided(place)
    _at(run, Stage.COMPARING, tell)
    same, apart, again = _pairs(there, decided, known.decided if known else frozenset())
    with splinking.database(run.engine) as api:
        if known is None:
            found, touched = link(there.new, by, api, today, same=same, apart=apart), None
        else:
            added = add(known.outcome, there.new, by, api, today, gone=there.gone, again=again, same=same, apart=apart)
            found, touched = added.whole, added.touched
    _at(run, Stage.WRITING, tell)
    with writing_as(actor):
        run = Written(actor, run, by, now, there, found, touched, _lost(known, there)).all()
    keep(place, run.kept, by, Kept(there.people, there.places, found, there.versions, decided))
    return run


def _at(run: Run, stage: Stage, tell: Callable[[Stage], None]) -> None:
    """Say how far it is, to whoever looks meanwhile."""
    tell(stage)
    with transaction.atomic(), acting(system(run.partnership_id)), writing():
        Run.objects.filter(pk=run.pk, state=RunState.WAITING).update(stage=stage)


def fail(*, run: Run, why: str, now: datetime) -> None:
    """Write down that a run came to nothing, and why."""
    with transaction.atomic(), acting(system(run.partnership_id)), writing():
        Run.objects.filter(pk=run.pk).update(state=RunState.FAILED, said=why, finished_at=now)


def _known(actor: Actor, by: Model) -> Kept | None:
    """What the last linkage left, by the model in force."""
    with acting(system_for(actor)):
        before = Run.objects.filter(
            partnership=actor.partnership, state=RunState.DONE).order_by("-finished_at", "-pk").first()
    return last(actor.partnership.pk, before.kept, by) if before and before.kept else None


def _decided(partnership: int) -> Answers:
    """Pairs of marks that people decided on, with the answers."""
    answered = Question.objects.filter(partnership=partnership).exclude(answer="")
    return frozenset(answered.values_list("one", "other", "answer"))


def _pairs(there: Gathered, decided: Answers, before: Answers) -> tuple[Pairs, Pairs, frozenset[int]]:
    """What people decided of the descriptions there are now: the same, and not to be joined by itself; and whom a decision
    is about that was made or taken back since."""
    marks = {mark for one, other, _ in decided | before for mark in (one, other)}
    numbers = dict(there.people.filter(pl.col("mark").is_in(list(marks))).select("mark", "unique_id").iter_rows())
    found: dict[bool, set[tuple[int, int]]] = {True: set(), False: set()}
    for one, other, answer in decided:
        if one in numbers and other in numbers:
            low, high = sorted((numbers[one], numbers[other]))
            found[answer == "same"].add((low, high))
    changed = {mark for one, other, _ in decided ^ before for mark in (one, other)}
    return frozenset(found[True]), frozenset(found[False]), frozenset(numbers[mark] for mark in changed if mark in numbers)


def _lost(known: Kept | None, there: Gathered) -> frozenset[str]:
    """Marks of those who are no longer there."""
    if known is None:
        return frozenset()
    return frozenset(known.people.filter(pl.col("unique_id").is_in(list(there.gone)))["mark"])
