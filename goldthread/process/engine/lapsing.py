"""Which requests nobody waits for any more: those that end with the case, or with what they were asked for."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from goldthread.process.definition import Process, Step, key_of
from goldthread.process.engine.facts import Fact, standing


def lapsed(process: Process, facts: Sequence[Fact], closed_at: datetime | None) -> dict[int, datetime]:
    """The requests still unanswered that have lapsed, each with the moment it did: when the record came that its step
    lapses with (`Step.lapses`), or when the case was closed.

    A report for a conference that has been held would otherwise be the oldest thing overdue for as long as the plan runs,
    and hide what is due next.
    """
    found: dict[int, datetime] = {}
    live = standing(process, facts)
    for fact in live:
        asks = [asked for asked in fact.asked if asked.stopped is None]
        lapses = _answer_to(process, fact).lapses if asks else False
        if not lapses:
            continue
        came = None if lapses is True else next(
            (f.at for f in live if f.key == key_of(lapses) and f.at >= fact.at and f.order > fact.order), None)
        if at := came or closed_at:
            found.update((asked.ask, at) for asked in asks)
    return found


def _answer_to(process: Process, fact: Fact) -> Step:
    """The step by which what a fact asked is answered."""
    asks = process.step(fact.key).asks
    assert asks is not None
    return process.step(key_of(asks))
