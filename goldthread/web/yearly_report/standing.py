"""How far a report has got: who owes its contribution, which stage is done, what is due. Read as the acting person."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from goldthread.domains.yearly_report import models as m
from goldthread.process.models import Ask, Case, ClockRow, Event
from goldthread.process.rights import Work
from goldthread.process.settling import law_of
from goldthread.web.charts import Chart, Series
from goldthread.web.components import Column, Link, Table, Tag

STATES = {"sent": ("Returned", "green"), "nil": ("Nothing to add", "grey"), "late": ("Late", "red"),
          "waiting": ("Has time", "blue")}
YEARLY = "T130"  # at least once in so long


@dataclass(frozen=True)
class Owing:
    """One agency asked, and how its contribution stands: a key of STATES."""

    ask: Ask
    state: str


def owing(case: Case, now: datetime) -> list[Owing]:
    """Every agency asked for its contribution; those that are late first, then by when it is due. What had not come when the
    report was published is late for good.
    """
    out = [event.happened_at for event in case.recorded(m.ReportPublished.step_key())]
    asks = Ask.objects.filter(Q(withdrawn_at=None) | Q(withdrawn_at__in=out), case=case,
                              step=m.Contribution.step_key()).select_related("agency")
    found = [Owing(ask, "nil" if ask.nil else "sent" if ask.answered_at else "late" if ask.withdrawn_at or ask.due < now
                   else "waiting")
             for ask in asks.order_by("due", "agency__name", "pk")]
    return sorted(found, key=lambda each: ("late", "waiting", "sent", "nil").index(each.state))


def picture(rows: list[Owing]) -> Chart | None:
    """Who owes what, as a bar; None before anybody was asked."""
    if not rows:
        return None
    many = {key: sum(row.state == key for row in rows) for key in STATES}
    return Chart("Contributions of agencies", "shares", ["Agencies asked"],
                 [Series(words, [many[key]]) for key, (words, _) in STATES.items()], "agencies", first="State")


def owing_table(case: Case, rows: list[Owing]) -> Table:
    """Who owes what, by agency, with a link to what was returned."""
    answers = dict(Event.objects.filter(case=case, replaced_by=None).exclude(ask=None).values_list("ask", "pk"))
    lines = [[Link(row.ask.agency.name, reverse("event", args=[case.reference, answers[row.ask.pk]]))
              if row.ask.pk in answers else row.ask.agency.name, Tag(*STATES[row.state]), row.ask.due,
              row.ask.answered_at or ""] for row in rows]
    return Table("Who owes what", [Column("Agency"), Column("State"), Column("Due", "on"), Column("Came in", "on")], lines,
                 nothing="Nobody was asked yet.")


def stages_table(case: Case) -> Table:
    """Each stage, whether it is done, and what it waits for."""
    work, lines, reached = Work.on(case), [], False
    last = {event.step: event.happened_at for event in case.recorded()}
    for stage in case.process.stages:
        current = stage is work.where.stage
        reached |= current
        state = Tag("Now", "blue") if current else Tag("To come", "grey") if reached else Tag("Done", "green")
        times = [last[step.key] for step in stage.steps if step.key in last]
        lines.append([stage.name, state, max(times) if times else "", ", ".join(
            step.doing for step in stage.steps if step.required and step.key not in last) if current else ""])
    return Table("Where it stands", [Column("Stage"), Column("State"), Column("Last recorded", "on"),
                                     Column("Waits for")], lines)


def doings(request: Any, case: Case, busy: bool) -> list[Link]:
    """What this person can record now. busy: it is being laid out, so that it is not to be published again."""
    work = Work.on(case)
    return [Link(step.doing, reverse("record", args=[case.reference, step.key])) for step in case.process.own_steps
            if not (busy and step.record is m.ReportPublished)
            and not case.process.answered_by(step.key) and work.may_record(request.actor, step)]


def dates_table(case: Case) -> Table:
    """What is due when, and when it was done."""
    rows = ClockRow.objects.filter(case=case, ask=None).order_by("due", "pk")
    return Table("Dates", [Column("What"), Column("Due", "on"), Column("Done", "on"), Column("Where it comes from")],
                 [[row.name, row.due, row.stopped or "", f"{row.rule}, {row.edition}" if row.rule else "As planned"]
                  for row in rows], nothing="Nothing is due.")


def next_by(case: Case) -> tuple[datetime, datetime] | None:
    """When the last report before this one was published, and by when the law asks for the next; None for a first one."""
    out = Event.objects.filter(case__process_key=case.process_key, step=m.ReportPublished.step_key(), outcome="published",
                               replaced_by=None, case__opened_at__lt=case.opened_at).order_by("-happened_at").first()
    if out is None:
        return None
    return out.happened_at, law_of(case.partnership).due(YEARLY, out.happened_at, (), out.happened_at)[0]


def signatures(case: Case) -> list[Event]:
    """Who has signed the draft as it is now."""
    return _since_draft(case, m.LeadSignOff.step_key())


def returned(case: Case) -> list[Event]:
    """Who has returned the draft as it is now."""
    return _since_draft(case, m.DraftReturned.step_key())


def comment(case: Case) -> Event | None:
    """What the scrutineer said of the draft as it is now."""
    found = _since_draft(case, m.ScrutineerComment.step_key())
    return found[-1] if found else None


def _since_draft(case: Case, step: str) -> list[Event]:
    """What was recorded since the draft was last ready: what came before a draft that was taken up again counts no more."""
    draft = case.last(m.DraftReady.step_key())
    return [event for event in case.recorded(step) if draft and event.pk > draft.pk]


def committee(case: Case) -> Table | None:
    """What the scrutiny committee asked, and what was answered; None before it met."""
    if case.last(m.CommitteeHearing.step_key()) is None:
        return None
    answers: dict[int, str] = {each.question_id: each.answer for each in case.lines(m.CommitteeAnswer)}
    rows = [[each.question, each.by, answers.get(each.pk, "Not answered yet")] for each in case.lines(m.CommitteeQuestion)]
    return Table("What the scrutiny committee asked", [Column("Question"), Column("Asked by"), Column("Answer")], rows,
                 nothing="It asked nothing.")


def copies(case: Case) -> Table | None:
    """To whom copies went; None before any did."""
    rows = [[m.CopyRecipient._meta.get_field("recipient").words(each.recipient), each.sent_on, each.how]  # type: ignore[union-attr]
            for each in case.lines(m.CopyRecipient)]
    return Table("Copies sent", [Column("To"), Column("Sent", "on"), Column("How")], rows) if rows else None
