"""Everything that can be wrong with a definition, in words. Run before the server may start."""
from __future__ import annotations

from collections.abc import Iterable

from goldthread.access.policy import ROLES, May
from goldthread.process.definition import Clock, Process, Step, Was, key_of

RESERVED = frozenset({"seen", "submission", "do", "read"})  # names of what a form sends besides its answers


def faults(process: Process, known_rules: frozenset[str]) -> list[str]:
    """What is wrong with one process; empty when it may run."""
    records = [step.record for step in process.steps]
    found = [f"{r.__name__} is used by two steps" for r in {*records} if records.count(r) > 1]
    for step in process.steps:
        found += [f"{step.key}: {fault}" for fault in _of_step(process, step)]
    for clock in process.all_clocks:
        found += [f"clock {clock.name!r}: {fault}" for fault in _of_clock(process, clock, known_rules)]
    return found


def _of_step(process: Process, step: Step) -> Iterable[str]:
    earlier = [s.record for s in process.steps[: process.steps.index(step)]]
    optional = {s.record for s in process.steps if not s.required}
    if not step.by:
        yield "nobody may record it"
    for seat in step.by:
        if not any(seat.right in role.may for role in ROLES.values()):
            yield f"no role can {May(seat.right).value}"
    for need in step.needs:
        if need.record not in earlier:
            yield f"needs {need.record.__name__}, which comes no earlier"
        if step.required and need.record in optional:
            yield f"must be done, but waits for {need.record.__name__}, which need not be"
        yield from _of_was(process, need)
    if any(w.back for w in (*step.needs, step.until) if w):
        yield "waits for all answers, which only a clock can"
    if step.until:
        yield from _of_was(process, step.until)
    if step.outcome and step.outcome not in step.record.own_fields():  # type: ignore[attr-defined]
        yield f"its outcome field {step.outcome!r} is not there"
    if step.asks and step.asks not in {s.record for s in process.steps}:
        yield f"is answered by {step.asks.__name__}, which is not a step here"
    if step.lapses and step.record not in {s.asks for s in process.steps}:
        yield "lapses, but no step asks for it"
    if isinstance(step.lapses, type) and step.lapses not in {s.record for s in process.steps}:
        yield f"lapses with {step.lapses.__name__}, which is not a step here"
    for page in step.pages:
        for name in page.fields:
            if name not in step.record.own_fields():  # type: ignore[attr-defined]
                yield f"page {page.title!r} asks for {name!r}, which is not there"
        if page.lines and page.lines not in step.lines:
            yield f"page {page.title!r} asks for lines the step does not have"
    for model in (step.record, *step.lines):
        for name in sorted(RESERVED & set(model.own_fields())):  # type: ignore[attr-defined]
            yield f"a field of {model.__name__} cannot be called {name!r}, which every form sends for itself"
    for name in filter(None, (step.plans, step.about)):
        if name not in step.record.own_fields():  # type: ignore[attr-defined]
            yield f"its field {name!r} is not there"
    if step.about and step is not process.first:
        yield "only the first record says which agency a case is about"
    for record in step.apart_from:
        if record not in {s.record for s in process.steps}:
            yield f"is kept apart from {record.__name__}, which is not a step here"
    if step.pages:
        asked = {name for page in step.pages for name in page.fields}
        missing = set(step.record.own_fields()) - asked - {"happened_at"}  # type: ignore[attr-defined]
        if missing:
            yield f"no page asks for {', '.join(sorted(missing))}"


def _of_was(process: Process, w: Was) -> Iterable[str]:
    step = next((s for s in process.steps if s.record is w.record), None)
    if step is None:
        yield f"refers to {w.record.__name__}, not a step here"
    elif w.outcomes:
        allowed = set(step.record.outcomes_of(step.outcome)) if step.outcome else set()  # type: ignore[attr-defined]
        for outcome in sorted(w.outcomes - allowed):
            yield f"{w.record.__name__} cannot come out {outcome!r}"


def _of_clock(process: Process, clock: Clock, known_rules: frozenset[str]) -> Iterable[str]:
    yield from _of_was(process, clock.starts)
    for key in sorted({*clock.stop_keys, *((key_of(clock.comes),) if clock.comes else ())} - {s.key for s in process.steps}):
        yield f"stops at {key}, not a step here"
    if clock.singly and not clock.each:
        yield "is answered singly, so every start must have its own"
    for w in (clock.only_while, clock.until, *clock.stopped_by):
        if w and w.key in {step.key for step in process.steps}:
            yield from _of_was(process, w)
            if w.back and not process.step(w.key).asks:
                yield f"waits for the answers to {w.record.__name__}, which asks nobody"
    if any(w.back for w in (clock.starts, clock.only_while, clock.until) if w):
        yield "only what stops a clock can be that all have answered"
    if clock.planned and not next(s for s in process.steps if s.record is clock.starts.record).plans:
        yield f"counts from what {clock.starts.record.__name__} plans, which plans nothing"
    rules = {clock.every(day) for day in (0, 200, 364, 365, 800)} if clock.every else {clock.rule}
    if clock.each_ask and clock.rule:
        yield "is due when the asking says, so it names no limit"
    elif not clock.each_ask and not (clock.planned and not clock.rule):
        for rule in sorted(rules - known_rules):
            yield f"no limit {rule!r} with a number and a source"
