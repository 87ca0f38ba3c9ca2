"""My work: home for everyone who signs in. Nothing here is stored: it is the open clocks and requests that are mine."""
from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldthread.access.actor import current
from goldthread.access.policy import May, allowed
from goldthread.access.prepared import Prepared
from goldthread.notify.inbox import choices, choose, mark_read
from goldthread.notify.timing import GROUPS, WORDS
from goldthread.process.models import Ask, Case, ClockRow
from goldthread.process.registry import all_processes
from goldthread.process.rights import works_on
from goldthread.web.casework.lists import lists_of
from goldthread.web.components import Column, Link, Table, Tag
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.linkage.deciding import waiting
from goldthread.web.middleware import SEAT, needs
from goldthread.web.navigation import address, way_to, ways
from goldthread.web.thread.pages import coming_up, leads
from goldthread.web.work.own import own
from goldthread.web.work.privacy import to_look_into
from goldthread.web.work.told import newest, told

MOST = 10
# Pages that no section leads to.
BESIDES = (("National returns and inspection lists", "exports"), ("Who read what", "readings"), ("Set up", "setup"))


@needs()
def home(request: Any) -> HttpResponse:
    actor = request.actor
    if SEAT not in request.session and len({seat.partnership_id for seat in request.seats}) > 1:
        return redirect("seats")
    request.newest = newest(actor)
    return render(request, "work/home.html", {
        "actions": coming_up(request), "due": due(request), "asked": asked(request), "ours": ours(request),
        "own": own(actor, request.now),
        "notices": request.newest,
        "can_start": actor.may(May.START_CONTACT), "can_report": way_to("reported_allegations", actor),
        "desk": actor.may(May.WORK_FRONT_DOOR),
        "pairs": waiting().count() if actor.may(May.LINK_RECORDS) else 0,
        "alerts": to_look_into(actor),
        "lists": [*lists_of(actor.role, "children", "assurance", "reports"),
                  *ways(BESIDES, actor)]})


def due(request: Any) -> Table | None:
    """The open clocks this person, or the desk they work, must stop; soonest first."""
    actor = request.actor
    if not any(works_on(actor, process) for process in all_processes()) and actor.role != "early-help-worker":
        return None
    lines = [[Link(title or reference, address("case", reference), reference), name, at,
              Tag("Overdue", "red") if at < request.now else "In time"] for title, reference, name, at in _DUE.rows()]
    return Table("Due", [Column("About"), Column("What"), Column("Due", "when"), Column("State")], lines,
                 nothing="Nothing is due.", caption_hidden=True)


def _due() -> Any:
    """The first few, and only then what they are about: who works much has hundreds. Who may see one may see its case."""
    mine = ClockRow.objects.filter(stopped=None, paused=False, ask=None, party__in=sorted(current().tokens))
    first = mine.order_by("due", "pk").values("pk")[:MOST]
    return ClockRow.objects.filter(pk__in=first).order_by("due", "pk").values_list(
        "case__title", "case__reference", "name", "due")


_DUE = Prepared(_due, once=True)


def asked(request: Any) -> Table | None:
    """What this person's agency was asked and has not answered; soonest first."""
    actor = request.actor
    if not any(map(actor.may, (May.ANSWER_REQUESTS, May.RECEIVE_ENCOMPASS, May.CONTRIBUTE))):
        return None
    lines = [[Link(_ASKED.get(a.step) or asked_words(a.step), address("ask", a.pk)), a.made_at, a.due,
              Tag("Overdue", "red") if a.due < request.now else Tag("New", "blue") if a.seen_at is None else "Opened"]
             for a in _OPEN_ASKS.rows(agency=actor.agency.pk) if a.step in answered_with(allowed(actor.role))]
    return Table("Asked of your agency", [Column("What"), Column("Asked", "ago"), Column("Due", "when"), Column("State")],
                 lines, nothing="Nobody is waiting for your agency.", caption_hidden=True)


_OPEN_ASKS = Prepared(lambda agency: Ask.objects.filter(agency=agency, answered_at=None, withdrawn_at=None).order_by(
    "due", "pk")[:MOST], once=True, agency=-987_654_321_012)
_ASKED = {"partner-reply": "Answer a request for information", "encompass-read": "Read an Operation Encompass notice"}


@cache
def answered_with(rights: frozenset[May]) -> frozenset[str]:
    """The steps that somebody with these rights answers with for an agency."""
    steps = (s for p in all_processes() for s in p.own_steps if p.answered_by(s.key))
    return frozenset(s.key for s in steps if rights & {seat.right for seat in s.by})


@cache
def asked_words(step: str) -> str:
    """What an agency asked is to do, as the record it answers with says it."""
    found = (s.record for p in all_processes() for s in p.own_steps if s.key == step)
    return next((words for record in found if (words := getattr(record, "asked_words", ""))), "Answer")


@needs()
def assurance(request: Any) -> HttpResponse:
    """The lists by which agencies are assured and learn, for those who work with them."""
    found = lists_of(request.actor.role, "assurance")
    if not found:
        raise Http404
    return render(request, "work/assurance.html", {"lists": found, "leads": leads(request.actor)})


def ours(request: Any) -> Table | None:
    """The contacts this person's agency made, newest first."""
    actor = request.actor
    if not actor.may(May.START_CONTACT) or actor.may(May.WORK_FRONT_DOOR):
        return None
    lines = [[Link(title or reference, address("case", reference), reference), opened,
              "Answered" if closed else "Being looked at"]
             for title, reference, opened, closed in _OURS.rows(agency=actor.agency.pk)]
    return Table("What you told us", [Column("Child"), Column("Sent", "ago"), Column("Where it stands")], lines,
                 nothing="You have not told the front door anything yet.", caption_hidden=True)


_OURS = Prepared(lambda agency: Case.objects.filter(started_by=agency, process_key="front-door").order_by(
    "-opened_at", "-id").values_list("title", "reference", "opened_at", "closed_at")[:MOST], anew=True,
    agency=-987_654_321_013)


@needs()
def notices(request: Any) -> HttpResponse:
    """Everything this person was told, newest first; opening one marks it read."""
    rows = list(told(request.actor)[:100])
    return render(request, "work/notices.html", {"rows": rows})


@needs()
def notice_settings(request: Any) -> HttpResponse:
    """How this person is mailed about each group of notices; the mails say only that there is something to read."""
    now = choices(request.user.pk)
    fields = {key: kit.Choice(label=group.name, choices=[(how, WORDS[how]) for how in group.choices], initial=now[key])
              for key, group in GROUPS.items()}
    form = type("NoticeForm", (Form,), fields)(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        choose(actor=request.actor, wanted=form.cleaned_data)
        messages.success(request, "Saved")
        return redirect("notices")
    return render(request, "work/notice_settings.html", {"form": form})


@needs()
def notice(request: Any, pk: int) -> HttpResponse:
    """Mark a notice read and go to what it is about."""
    row = told(request.actor).filter(pk=pk).first()
    if row is None:
        return redirect("notices")
    mark_read(actor=request.actor, now=request.now, numbers=[row.pk])
    if row.ask:
        return redirect("ask", row.ask)
    if row.kind == "break-glass":
        return redirect("alerts")
    if row.reference:
        return redirect("case", row.reference)
    return redirect({"meeting": "meetings", "action": "my_actions", "due-soon": "my_actions",
                     "overdue": "my_actions", "return": "data", "return-due": "data", "export": "exports"}.get(
                         row.kind, "notices"))
