"""Where a case stands, worked out from what has been recorded. Pure: same facts, same answer.

First which facts count (`facts`), then which steps are open (`steps`), then what is due when (`timing`); and what was
asked that nobody waits for any more (`lapsing`).
"""
from goldthread.process.engine.facts import (
    CARRIED_OVER,
    EXTENSION,
    PAUSE,
    REOPENING,
    RESUME,
    Asked,
    Fact,
    holds,
    in_order,
    standing,
)
from goldthread.process.engine.lapsing import lapsed
from goldthread.process.engine.steps import Position, State, may_repeat, position
from goldthread.process.engine.timing import Reading, clocks

__all__ = ["CARRIED_OVER", "EXTENSION", "PAUSE", "REOPENING", "RESUME", "Asked", "Fact", "Position", "Reading", "State",
           "clocks", "holds", "in_order", "lapsed", "may_repeat", "position", "standing"]
