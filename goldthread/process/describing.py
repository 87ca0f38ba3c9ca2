"""A process in words, made from its declaration, for a practice lead to read and sign."""
from __future__ import annotations

from datetime import date

from goldthread.access.policy import DESKS, ROLES
from goldthread.process.definition import Clock, Process, Seat, Standing, Step, Was, key_of
from goldthread.process.fields import CodeField
from goldthread.process.leads import ANSWERERS
from goldthread.rules.codes import label
from goldthread.rules.limits import Limit, limit

WHO = {
    Standing.PARTNERSHIP: "any agency", Standing.DESK: "the desk", Standing.STARTER: "the agency that started it",
    Standing.ASKED: "each agency asked", Standing.AUTHOR: "the agency that recorded it",
    Standing.ALLOCATED: "the worker it is allocated to", Standing.ABOUT: "the agency it is about",
    Standing.OFFERED: "the desk it is offered to", Standing.OFFERED_TEAM: "the team it is offered to",
}


TOLD = {Standing.AUTHOR: "whoever recorded what this answers"}


def describe(process: Process, on: date) -> str:
    """The process as a Markdown page under the limits in force on a day. Raises UnknownLimit."""
    lines = [f"# {process.name}", "", "<!-- Made from the declaration: change that, not this page. -->", "",
             f"Stands on: {process.statute}. References begin with {process.prefix}.", ""]
    if process.sender_only:
        lines += ["Of the agency that started it, only the person who sent it reads what is marked for that agency.", ""]
    if process.asked in ANSWERERS:
        lines += [f"Of an agency asked, only its {ANSWERERS[process.asked]} reads what is asked and answered.", ""]
    if not process.in_emergency:
        lines += ["Nobody outside can open one in an emergency.", ""]
    if process.goes_to:
        lines += [f"A case may be taken over by {' or '.join(DESKS[desk] for desk in process.goes_to)}.", ""]
    for stage in process.stages:
        lines += [f"## {stage.name}", ""]
        for step in stage.steps:
            lines += _step(process, step)
    lines += ["## On any case, at any time", ""]
    for step in process.common:
        lines += _step(process, step)
    lines += ["## Time limits", "", "| What | From | Until | Time allowed | Where it comes from |",
              "| --- | --- | --- | --- | --- |", *(_clock(process, clock, on) for clock in process.all_clocks), ""]
    return "\n".join(lines)


def _step(process: Process, step: Step) -> list[str]:
    lines = [f"### {step.name}", "", " ".join((step.record.__doc__ or "").split()), ""]
    lines.append(f"- Recorded by: {'; '.join(_seat(seat) for seat in step.by)}.")
    lines.append(f"- Read by: {', '.join(WHO[s] for s in step.audience)}.")
    if step.needs:
        lines.append(f"- Waits for: {', '.join(_was(process, need) for need in step.needs)}.")
    if step.apart_from:
        names = [process.step(record.step_key()).name for record in step.apart_from]  # type: ignore[attr-defined]
        lines.append(f"- Not by whoever recorded: {', '.join(names)}.")
    if step.until:
        lines.append(f"- Until: {_was(process, step.until)}.")
    if step.lapses:
        ends = "" if step.lapses is True else f"{process.step(key_of(step.lapses)).name}, or "
        lines.append(f"- Unanswered, no longer waited for after: {ends}the end of the case.")
    if step.outcome:
        lines.append(f"- Comes out as: {'; '.join(_outcomes(step))}.")
    if step.asks:
        lines.append(f"- Asks: {process.step(step.asks.step_key()).name} from each agency named.")  # type: ignore[attr-defined]
    if step.tells:
        lines.append(f"- Tells: {', '.join(TOLD.get(s, WHO[s]) for s in step.tells)}.")
    lines.append(f"- {'Must be done' if step.required else 'If needed'}{'; may be repeated' if step.repeats else ''}.")
    return [*lines, ""]


def _seat(seat: Seat) -> str:
    roles = sorted(role.name for role in ROLES.values() if seat.right in role.may)
    return f"{WHO[seat.standing]} ({', '.join(roles)})"


def _was(process: Process, w: Was) -> str:
    step = process.step(w.key)
    if w.back and step.asks:
        return f"{process.step(key_of(step.asks)).name} from every agency asked"
    by = f" by {w.by_whom}" if w.people > 1 else ""
    if not w.outcomes:
        return step.name + by
    words = dict(zip(step.record.outcomes_of(step.outcome), _outcomes(step), strict=True))  # type: ignore[attr-defined]
    return f"{step.name} ({' or '.join(words[o] for o in sorted(w.outcomes))}){by}"


def _outcomes(step: Step) -> list[str]:
    field = step.record._meta.get_field(step.outcome)  # type: ignore[attr-defined]
    if isinstance(field, CodeField):
        return [label(field.codes, code) for code in field.every_code()]
    return [str(words) for _, words in field.flatchoices]


def _clock(process: Process, clock: Clock, on: date) -> str:
    start = _was(process, clock.starts)
    start += f", while {_was(process, clock.only_while)}" if clock.only_while else ""
    stop = " or ".join(_was(process, each) for each in clock.stopped_by)
    if clock.each_ask:
        return f"| {clock.name} | {start} | {stop} | as the asking says | |"
    if clock.planned and not clock.rule:
        return f"| {clock.name} | {start} | {stop} | by the time planned | |"
    rules = dict.fromkeys(clock.every(day) for day in (0, 400)) if clock.every else {clock.rule: None}
    found = [limit(rule, on) for rule in rules]
    way = f" {'before' if found[0].before else 'after'} the time planned" if clock.planned else ""
    spans = ", then ".join(str(each.span) for each in found) + way
    cites = "; ".join(f"{each.cite} ({each.edition}, {each.key}{_local(each)})"
                      for each in found)
    return f"| {clock.name} | {start} | {stop} | {spans} | {cites} |"


def _local(found: Limit) -> str:
    """What a partnership may do about a limit."""
    if found.by_choice:
        return ", counts only in a partnership that has set it for itself"
    return ", may be set locally" if found.local else ""
