"""The day's casework beyond the front door: stories that stand exactly where somebody has something to do."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from goldthread.borough.contacts.desk import DAY
from goldthread.borough.loading.replay import play
from goldthread.borough.loading.today.cast import Cast
from goldthread.borough.loading.today.families import Families
from goldthread.borough.loading.today.moments import before, later
from goldthread.borough.stories.scene import Scene
from goldthread.borough.stories.telling import Begins, Tale
from goldthread.borough.stories.told import STORIES
from goldthread.process.actions import Writing, record
from goldthread.process.engine import Fact, holds
from goldthread.process.models import Case, TeamTransfer
from goldthread.process.rows import made

#: Numbers of the day's stories begin here, far above those of the year.
FIRST = 900_000
#: How far back a story may have begun, in working days, and how finely its beginning is looked for.
FURTHEST, STEP = 260, 0.2


def tell(rows: list[dict[str, Any]], scene: Scene, families: Families, cast: Cast) -> dict[str, Case]:
    """Record each story of the scene through the actions; the case by the story's key.

    Raises LookupError for a story that never stands where it is declared to.
    """
    found = {}
    for number, row in enumerate(rows, FIRST):
        tale = _standing(row, number, scene, families, cast)
        if "given_to" in row:
            _hand_over(tale, cast.user(row["given_to"]), row.get("note", ""))
        case = found[row["key"]] = play(tale.process, tale.case, scene.found.partnerships[scene.key])
        if "offered" in row:
            _offer(case, row["offered"], cast, _this_morning(tale))
    return found


def _standing(row: dict[str, Any], number: int, scene: Scene, families: Families, cast: Cast) -> Tale:
    """The story begun as late as it can have been to stand today where the row says."""
    family = families.like(row["family"]) if "family" in row else None
    children = tuple(each for each in family.people if each.kind == "child") if family else ()
    children = children[-1:] if row.get("one_child") else children
    seat = scene.found.staff[cast.staff(row["by"]).staff_id]
    for at in _moments(scene.now):
        scene.stories[row["process"]] = number
        begins = Begins(row["process"], at, seat, family, children, values=row.get("values", {}), fixed=row.get("fixed", {}))
        tale = Tale(scene, begins)
        list(STORIES[row["process"]](tale))
        if tale.finished() and _stands(tale, row["done"], row["not_yet"]) and _can_be_told(tale, "given_to" in row):
            return tale
    raise LookupError(f"The story “{row['key']}” never comes to {row['done']}.")


def _moments(now: datetime) -> Iterator[datetime]:
    days = 0.05
    while days < FURTHEST:
        yield before(now, DAY * days)
        days += STEP


def _stands(tale: Tale, done: str, not_yet: str) -> bool:
    """Whether one thing was done. If so another, and all that came after it, is left for somebody to do today."""
    keys = [type(step.record).step_key() for step in tale.case.steps]
    if not_yet in keys:
        del tale.case.steps[keys.index(not_yet):]
    return done in keys[:len(tale.case.steps)]


def _can_be_told(tale: Tale, given: bool) -> bool:
    """Whether each thing was written down after what it waits for, which over bank holidays it may not be: a child placed on
    Good Friday is seen before the office writes it down. given: whether somebody must have the case."""
    facts: list[Fact] = []
    for number, planned in enumerate(tale.case.steps):
        step = tale.process.step(type(planned.record).step_key())
        if not all(holds(facts, need) for need in step.needs):
            return False
        outcome = getattr(planned.record, step.outcome) if step.outcome else ""
        facts.append(Fact(number, step.key, planned.record.happened_at, outcome, by=planned.user, agency=planned.agency))
    return not given or any(isinstance(planned.record, tale.process.allocation) for planned in tale.case.steps)


def _hand_over(tale: Tale, worker: int, note: str) -> None:
    """The last thing that happened: a manager gave the case to somebody else."""
    allocation: Any = tale.process.allocation
    given = next(step for step in tale.case.steps if isinstance(step.record, allocation))
    at = _this_morning(tale)
    tale.case.steps.append(replace(given, record=made(allocation, happened_at=at, worker_id=worker, reason=note),
                                   recorded_at=at))


def _offer(case: Case, row: dict[str, Any], cast: Cast, at: datetime) -> None:
    """A manager offered the case to the team of somebody, who has not answered yet."""
    offer = TeamTransfer(happened_at=at, to_desk=row["desk"], team=cast.actor(row["to"], at).appointment.team,
                         reason=row["why"], needed=row["needs"], answer_by=later(row["within"], at))
    record(actor=cast.actor(row["by"], at), case=case, step=case.process.step(TeamTransfer.step_key()),
           writing_=Writing(offer), now=at)


def _this_morning(tale: Tale) -> datetime:
    """A moment of today after all that the story has told."""
    last = tale.case.steps[-1].recorded_at
    assert last is not None
    return max(last + timedelta(minutes=1), before(tale.now, 45))
