"""One case: summary, to do, timeline, people, sharing, who has looked. The same pages for every process."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.access import audit
from goldthread.access.actor import Actor, acting, system
from goldthread.access.policy import DESKS, May, user_token
from goldthread.access.prepared import Prepared
from goldthread.flows.moves import MAY_MOVE, moved_to
from goldthread.orgs.models import Agency, Team, User
from goldthread.people.models import Person
from goldthread.process import mending
from goldthread.process.common import SET_RIGHT
from goldthread.process.definition import Process
from goldthread.process.fields import KEPT
from goldthread.process.models import Case, ClockRow, Event, Extension, Withdrawal
from goldthread.process.models.reading import with_named
from goldthread.process.opening import joined, open_case
from goldthread.process.rights import Answer, Work, manages, may_correct, works_on
from goldthread.process.settling import law_of
from goldthread.web import components
from goldthread.web.casework.doing import doing, left_to_others
from goldthread.web.casework.forms import large_first, line_words
from goldthread.web.casework.involved import involved
from goldthread.web.casework.offering import open_offers
from goldthread.web.casework.special import ADVICE, BESIDE, SUMMARIES
from goldthread.web.casework.words import COLOURS, answers, mark_words, outcome_words
from goldthread.web.components import Column, Identity, Link, Row, Table, Tag
from goldthread.web.middleware import needs
from goldthread.web.navigation import Item, address, way_to

FOR_REFERRERS = frozenset({"case", "case_timeline"})
TABS = (("case", "Summary"), ("case_todo", "To do"), ("case_timeline", "Timeline"), ("case_people", "People"),
        ("case_documents", "Documents"), ("case_letters", "Letters"),
        ("case_sharing", "Sharing"), ("case_looked", "Who has looked"))


def opened(request: Any, reference: str, why: str = "work") -> Case:
    """The case, with the look written down; a page of an address that does not exist when it is not theirs."""
    try:
        return open_case(actor=request.actor, reference=reference, why=why)
    except Case.DoesNotExist:
        raise Http404 from None


def for_desk(request: Any, reference: str, why: str = "work") -> Case:
    """The case, for those who read all of it; whoever only sent it in has no such page."""
    case = opened(request, reference, why)
    if only_referred(request.actor, case):
        raise Http404
    return case


def insist(answer: Answer) -> None:
    """The page that says why not, unless the answer is yes. For records the person may open anyway."""
    if not answer:
        raise PermissionDenied(answer.why)


def framed(request: Any, case: Case, **more: Any) -> dict[str, Any]:
    """What every page of a case has: who it is about and the way to its other pages."""
    outside = only_referred(request.actor, case)
    rated = case.mark and not outside
    flags = [Tag(mark_words(case.process, case.mark), COLOURS.get(case.mark, "grey"))] if rated else []
    flags += [Tag("Sealed" if case.sealed else "Restricted", "red")] if case.restricted else []
    flags += [Tag("Closed", "grey")] if case.closed_at else []
    facts = [case.reference] if case.closed_at else [case.reference, case.stage]
    tabs = []
    for name, title in TABS:
        if outside and name not in FOR_REFERRERS:
            continue
        url = address(name, case.reference)
        tabs.append(Item(title, url, "page" if url == request.path else ""))
    return {"case": case, "process": case.process, "tabs": tabs,
            "outside": outside, "up": way_back(request.actor, case.process),
            "identity": Identity(case.title or case.process.name, facts, flags), **more}


def way_back(actor: Actor, process: Process) -> Item:
    """The list of a process's cases, for somebody whose list it is; "My work" for anybody else."""
    if process.key == "front-door":
        url, title = way_to("front_door", actor), "Front door"
    else:
        url, title = reverse("work_list", args=[process.key]) if works_on(actor, process) else "", process.plural
    return Item(title, url) if url else Item("My work", reverse("home"))


def only_referred(actor: Any, case: Case) -> bool:
    """Whether the actor reads this case only because their agency started it."""
    held = actor.authority.tokens & set(case.readers)
    if case.process.sender_only and case.allocated_to_id == actor.user.pk:
        return False
    as_starter = user_token(actor.user.pk) if case.process.sender_only else actor.agency_token
    return bool(held) and held == {as_starter} and case.started_by_id == actor.agency.pk


@needs()
def summary(request: Any, reference: str) -> HttpResponse:
    """Where the case stands, what is due, and the first record."""
    case = opened(request, reference)
    case.read_once()
    if (own := SUMMARIES.get(case.process_key)) and (page := own(request, case)):
        return page
    first = next(iter(case.recorded(case.process.first.key)), None)
    latest = case.recorded()[:-6:-1]
    clocks = _RUNNING.rows(case=case.pk)
    rows = [Row("Stage", case.stage), Row("Who has it", str(case.allocated_to or "Nobody yet")), *_where(case),
            Row("From", case.started_by.name)]
    if case.process_key in MAY_MOVE and (where := moved_to(case)):
        rows.append(Row("The child has moved", where))
    others = joined(case)
    rows += [Row("Came from" if other.pk == case.came_from_id else "Led to",
                 Link(str(other), reverse("case", args=[other.reference]))) for other in others]
    record = first.record if first else None
    return render(request, "casework/case.html", framed(
        request, case, facts=rows, offers=open_offers(request, case, others), clocks=clocks,
        **doing(request, case, Work.on(case), clocks),
        events=[timeline_event(case, e) for e in latest],
        record=[Row(k, v) for k, v in answers(record)] if record else [],
        advice=ADVICE[case.process_key](request, case) if case.process_key in ADVICE else [],
        lines=line_tables(case, first) if first else [], beside=beside(request, case)))


def _where(case: Case) -> list[Row]:
    """The team and desk that took a case over, and the team or desk it is offered to."""
    taken = ([str(case.team)] if case.team_id else []) + ([large_first(DESKS[case.desk])] if case.desk else [])
    asked = str(case.offered_team) if case.offered_team_id else large_first(DESKS.get(case.offered_to, ""))
    offered = [Row("Offered to", asked)] if case.offered_to else []
    return ([Row("With", ", ".join(taken))] if taken else []) + offered


@needs()
def todo(request: Any, reference: str) -> HttpResponse:
    """Every step: open to me, open to others, waiting and why, done; and every clock with its law."""
    case = for_desk(request, reference)
    law, work = law_of(case.partnership), Work.on(case)
    given = {e.about: e.record.reason for e in case.recorded(Extension.step_key())}  # type: ignore[attr-defined]
    clocks = [(row, law.limit(row.rule, row.started.date()) if row.rule else None, row.paused or mending.may_pause(row),
               given.get(row.name, ""), (row.stopped or request.now) > row.due_by_law)
              for row in case.clockrows.select_related("ask__agency").order_by(F("stopped").desc(nulls_first=True), "due")]
    manager = manages(request.actor, case)
    from goldthread.web.casework.mend import ways
    return render(request, "casework/todo.html",
                  framed(request, case, **doing(request, case, work, [row for row, *_ in clocks]), clocks=clocks,
                         others=left_to_others(request, work), manager=manager, ways=ways(request, case)))


def beside(request: Any, case: Case) -> list[Link]:
    """What else is worth looking at beside a case, as its process has it."""
    return BESIDE[case.process_key](request, case) if case.process_key in BESIDE else []


@needs()
def timeline(request: Any, reference: str) -> HttpResponse:
    """Everything recorded that this person may see, newest first; corrections and withdrawals in sight."""
    case = opened(request, reference)
    rows = case.events.select_related("agency", "recorded_by").order_by("-happened_at", "-id")
    agency = request.GET.get("agency", "")
    agencies = sorted({(e.agency_id, e.agency.name) for e in rows}, key=lambda a: a[1])
    if agency.isdigit():
        rows = rows.filter(agency_id=int(agency))
    return render(request, "casework/timeline.html", framed(
        request, case, events=[timeline_event(case, e) for e in rows], agencies=agencies, picked=agency))


def timeline_event(case: Case, event: Event) -> components.Event:
    """An event as a timeline shows it."""
    step = case.process.step(event.step)
    outcome = outcome_words(step, event.outcome)
    flag = Tag("Replaced", "grey") if event.replaced_by_id else None
    return components.Event(
        step.name, event.happened_at, event.agency.name, str(event.recorded_by), outcome,
        address("event", case.reference, event.pk), flag, weighty=step.required)


_RUNNING = Prepared(lambda case: ClockRow.objects.filter(case=case, stopped=None).select_related("ask__agency").order_by(
    "paused", "due"), case=-987_654_321_007)


def line_tables(case: Case, event: Event) -> list[Table]:
    """The repeated parts of an event's record that this person may see."""
    step, found = case.process.step(event.step), []
    for model in step.lines:
        if case.only_read:
            lines = [line for line in case.lines(model) if line.event_id == event.pk]
        else:
            lines = list(with_named(model).filter(event=event).order_by("pk"))
        if lines:
            said = [dict(answers(line)) for line in lines]
            columns = list(dict.fromkeys(key for row in said for key in row))
            name = line_words(model)[1]
            found.append(Table(large_first(name), [Column(c) for c in columns],
                               [[row.get(c, "") for c in columns] for row in said]))
    return found


@needs()
def event(request: Any, reference: str, event: int) -> HttpResponse:
    """One thing recorded, in full."""
    case = opened(request, reference)
    line = case.events.filter(pk=event).select_related("agency", "recorded_by", "replaced_by").first()
    if line is None:
        raise Http404
    step = case.process.step(line.step)
    return render(request, "casework/event.html", framed(
        request, case, event=line, step=step, rows=[Row(k, v) for k, v in answers(line.record)],
        lines=line_tables(case, line), corrects=may_correct(request.actor, case, line),
        withdraws=step != case.process.first and step.record not in SET_RIGHT
        and Work.on(case).may_record(request.actor, case.process.step(Withdrawal.step_key()))))


@needs()
def people(request: Any, reference: str) -> HttpResponse:
    """Everybody this case is about or touches, and the professionals with a part in it, with their telephone numbers."""
    case = for_desk(request, reference)
    rows = list(case.casepersons.order_by("capacity", "pk"))
    found = Person.objects.in_bulk([row.person_id for row in rows])  # the case may be open to whom a person is not
    today, looks_up = request.now.date(), request.actor.may(May.FIND_PEOPLE)
    lines = []
    for row in sorted(rows, key=lambda r: (r.RANK[r.capacity], getattr(found.get(r.person_id), "family", ""))):
        capacity, person = row.get_capacity_display(), found.get(row.person_id)
        if person is None:
            lines.append([KEPT, capacity, None, ""])
            continue
        name = Link(person.name, reverse("person", args=[person.reference])) if looks_up else person.name
        lines.append([name, capacity, person.born_on, "Child" if person.is_child(today) else "Adult"])
    table = Table("People", [Column("Name"), Column("Who they are"), Column("Born", "on"), Column("Child or adult")], lines,
                  nothing="Nobody has been identified yet.")
    return render(request, "casework/people.html", framed(request, case, table=table, professionals=involved(case)))


@needs()
def sharing(request: Any, reference: str) -> HttpResponse:
    """Who was asked, who may see this, and why."""
    case = for_desk(request, reference)
    lines = []
    for ask in case.asks.select_related("agency").order_by("made_at"):
        state = ("Nothing known" if ask.nil else "Answered") if ask.answered_at else (
            "No longer wanted" if ask.withdrawn_at else "Seen, not answered" if ask.seen_at else "Not opened yet")
        late = (ask.answered_at or ask.withdrawn_at or request.now) > ask.due
        lines.append([ask.agency.name, case.process.step(ask.step).name, ask.made_at, ask.due,
                      f"{state}, late" if late else state])
    columns = [Column("Agency"), Column("Asked for"), Column("Asked", "ago"), Column("Due", "ago"), Column("State")]
    return render(request, "casework/sharing.html", framed(
        request, case, asks=Table("Agencies asked", columns, lines, nothing="No agency has been asked."),
        readers=reader_words(case.readers)))


def reader_words(tokens: list[str]) -> list[str]:
    """Who holds each token, in words."""
    found = []
    for token in tokens:
        kind, _, rest = token.partition(":")
        if kind == "desk":
            found.append(f"Everyone who works for {DESKS[rest.split(':')[1]]}")
        elif kind == "agency":
            name = Agency.objects.filter(pk=rest.split(":")[0]).values_list("name", flat=True).first()
            found.append(f"Safeguarding staff of {name}: only what is marked for them")
        elif kind == "leads":
            name = Agency.objects.filter(pk=rest.split(":")[0]).values_list("name", flat=True).first()
            found.append(f"The safeguarding leads of {name}: only what is marked for them")
        elif kind == "team":
            found.append(f"Everyone of the {Team.objects.get(pk=rest.split(':')[0])}, to whom it is offered")
        elif kind == "user":
            found.append(str(User.objects.filter(pk=rest).first()))
        elif kind == "glass":
            found.append("Somebody who opened it in an emergency, for an hour")
    return found


@needs()
def looked(request: Any, reference: str) -> HttpResponse:
    """Who has looked at this case, newest first."""
    case = for_desk(request, reference, why="who has looked")
    rows = audit.readings("case", case.pk)
    with acting(system(case.partnership_id)):
        users = {u.pk: str(u) for u in User.objects.filter(pk__in={r["user_id"] for r in rows})}
        agencies = {a.pk: a.name for a in Agency.objects.filter(pk__in={r["agency_id"] for r in rows})}
    lines = [[users.get(r["user_id"], "The system"), agencies.get(r["agency_id"], ""), r["at"], r["why"]] for r in rows]
    table = Table("Who has looked", [Column("Who"), Column("Agency"), Column("When", "ago"), Column("Why")], lines)
    return render(request, "casework/looked.html", framed(request, case, table=table))
