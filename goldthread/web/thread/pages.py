"""Actions that are mine, the thread from a finding to its impact, and one action with its evidence."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access.policy import May
from goldthread.thread import actions as thread
from goldthread.thread.actions.common import LEADS
from goldthread.thread.models import Action, Evidence, Finding, Impact, Recommendation, Turn
from goldthread.thread.standing import (
    ACCEPTED,
    DONE,
    DROPPED,
    LATE,
    TO_ACCEPT,
    is_owner,
    may_do,
    mine,
    open_actions,
    soonest,
    state_of,
    with_evidence,
)
from goldthread.web.components import Column, Link, Row, Table, Tag
from goldthread.web.meetings.common import doer, doers, today_of, tried
from goldthread.web.middleware import needs
from goldthread.web.navigation import address
from goldthread.web.thread import forms

WITH_ACTIONS = needs(May.ATTEND_MEETINGS, *LEADS)
COLOURS = {DONE: "green", DROPPED: "grey", TO_ACCEPT: "blue", ACCEPTED: "teal", LATE: "red"}
MOST = 100


def leads(actor: Any) -> bool:
    return any(actor.may(right) for right in LEADS)


def state_tag(action: Any, today: Any) -> Tag | str:
    said = state_of(action, today)
    return Tag(said, COLOURS[said]) if said in COLOURS else said


def action_table(rows: Any, today: Any, caption: str, nothing: str, hidden: bool = False) -> Table:
    lines = [[Link(a.what, address("action", a.pk), a.source), f"{a.agency}{f', {a.owner}' if a.owner_id else ''}",
              a.due, state_tag(a, today)] for a in rows]
    return Table(caption, [Column("Action"), Column("Who"), Column("By", "on"), Column("State")], lines, nothing=nothing,
                 caption_hidden=hidden)


@WITH_ACTIONS
def my_actions(request: Any) -> HttpResponse:
    """What is mine or my agency's to do, and for those who give actions, all that are open."""
    actor, today = request.actor, today_of(request)
    all_open = open_actions()[:MOST] if leads(actor) else None
    return render(request, "thread/actions.html", {
        "mine": action_table(mine(actor)[:MOST], today, "Yours to do", "Nothing is yours to do."),
        "open": action_table(all_open, today, "All open actions", "No action is open.") if all_open is not None else None,
        "leads": leads(actor)})


@needs(*LEADS)
def findings(request: Any) -> HttpResponse:
    """What was found, newest first."""
    rows = Finding.objects.order_by("-at", "-pk")[:MOST]
    lines = [[Link(f.theme, reverse("finding", args=[f.pk]), f.what), f.source, f.at] for f in rows]
    return render(request, "thread/findings.html", {"table": Table(
        "Findings", [Column("Theme"), Column("Where it was found"), Column("When", "ago")], lines,
        nothing="Nothing was written down yet.")})


@needs(*LEADS)
def add_finding(request: Any) -> HttpResponse:
    form = forms.FindingForm(request.POST or None, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        made = tried(form, thread.add_finding, actor=request.actor, now=request.now, **form.cleaned_data)
        if made:
            return redirect("finding", made.pk)
    return plain(request, form, "Write down a finding", "Save", reverse("findings"), "Findings")


@WITH_ACTIONS
def finding(request: Any, pk: int) -> HttpResponse:
    """One thread: what was found, what is recommended, who does what, what difference it made."""
    found = Finding.objects.select_related("by").filter(pk=pk).first()
    if found is None:
        raise Http404
    calls = list(found.recommendations.order_by("pk"))  # type: ignore[attr-defined]
    rows = with_evidence(Action.objects.filter(recommendation__in=calls)).select_related("agency", "owner")
    by_call: dict[int, list[Any]] = {}
    for row in rows.order_by("due", "pk"):
        row.said = state_tag(row, today_of(request))
        by_call.setdefault(row.recommendation_id, []).append(row)
    impacts = Impact.objects.filter(action__recommendation__in=calls).select_related("action", "by").order_by("pk")
    return render(request, "thread/finding.html", {
        "finding": found, "calls": [(call, by_call.get(call.pk, [])) for call in calls], "impacts": impacts,
        "leads": leads(request.actor)})


@needs(*LEADS)
def recommend(request: Any, pk: int) -> HttpResponse:
    found = Finding.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    form = forms.RecommendForm(request.POST or None, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        if tried(form, thread.recommend, actor=request.actor, finding=found, now=request.now, **form.cleaned_data):
            return redirect("finding", pk)
    return plain(request, form, "Add a recommendation", "Save", reverse("finding", args=[pk]), "The finding", found.what)


@needs(*LEADS)
def give(request: Any, pk: int) -> HttpResponse:
    """Give somebody something to do because of a recommendation."""
    call = Recommendation.objects.filter(pk=pk).select_related("finding").first()
    if call is None:
        raise Http404
    form = forms.GiveForm(request.POST or None, today=today_of(request), doers=doers(request.actor, today_of(request)))
    if request.method == "POST" and form.is_valid():
        whom = doer(form.cleaned_data["doer"])
        if tried(form, thread.give, actor=request.actor, recommendation=call, what=form.cleaned_data["what"], **whom,
                 due=form.cleaned_data["due"], source=call.finding.source, now=request.now):
            return redirect("finding", call.finding_id)
    return plain(request, form, "Give an action", "Give it", reverse("finding", args=[call.finding_id]), "The finding",
                 call.what)


@WITH_ACTIONS
def action(request: Any, pk: int) -> HttpResponse:
    """One action: whose, by when, its evidence and what was decided about it; and what this person can do now."""
    found, actor = action_of(pk), request.actor
    call = Recommendation.objects.filter(pk=found.recommendation_id).select_related("finding").first()
    facts = [Row("Who", f"{found.agency}{f', {found.owner}' if found.owner_id else ''}"), Row("By", found.due),
             Row("Given", f"{found.given_by}{f', {found.source}' if found.source else ''}")]
    if call:
        facts.append(Row("Because", Link(call.what, reverse("finding", args=[call.finding_id]))))
    evidence = list(Evidence.objects.filter(action=found).order_by("pk")
                    .select_related("by", "agency", "document", "verdict__by"))
    for each in evidence:
        each.mine_to_judge = (found.open and leads(actor) and not hasattr(each, "verdict") and each.by_id != actor.user.pk
                              and not is_owner(actor, found))
    return render(request, "thread/action.html", {
        "action": found, "state": state_tag(found, today_of(request)), "facts": facts, "evidence": evidence,
        "turns": Turn.objects.filter(action=found).select_related("by").order_by("pk"),
        "impacts": Impact.objects.filter(action=found).select_related("by").order_by("pk"),
        "leads": leads(actor), "does": may_do(actor, found)})


def action_of(pk: int) -> Any:
    """An action the acting person may read; else a page of an address that does not exist."""
    found = with_evidence(Action.objects.filter(pk=pk)).select_related("agency", "owner", "given_by").first()
    if found is None:
        raise Http404
    return found


def plain(request: Any, form: Any, title: str, button: str, up: str, up_words: str, why: str = "") -> HttpResponse:
    """A page with one form."""
    return render(request, "meetings/plain.html", {"form": form, "title": title, "button": button, "up": up,
                                                   "up_words": up_words, "why": why})


def _changed(request: Any, found: Action, form: Any, write: Any, title: str, button: str, why: str = "",
             **more: Any) -> HttpResponse:
    """A form that does one thing to an action."""
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if "doer" in values:
            values |= doer(values.pop("doer"))
        if tried(form, write, actor=request.actor, now=request.now, **values, **(more or {"action": found})):
            messages.success(request, "Saved")
            return redirect("action", found.pk)
    return plain(request, form, title, button, reverse("action", args=[found.pk]), "The action", why)


@WITH_ACTIONS
def give_evidence(request: Any, pk: int) -> HttpResponse:
    found = action_of(pk)
    if not may_do(request.actor, found):
        raise Http404
    form = forms.EvidenceForm(request.POST or None, request.FILES or None, today=today_of(request))
    return _changed(request, found, form, thread.give_evidence, "Say what was done", "Send", found.what)


@needs(*LEADS)
def judge(request: Any, pk: int, evidence: int) -> HttpResponse:
    found = action_of(pk)
    given = Evidence.objects.filter(action=found, pk=evidence).first()
    if given is None:
        raise Http404
    form = forms.VerdictForm(request.POST or None, today=today_of(request))
    return _changed(request, found, form, thread.judge, "Look at the evidence", "Save", given.what, evidence=given)


@needs(*LEADS)
def reassign(request: Any, pk: int) -> HttpResponse:
    form = forms.ReassignForm(request.POST or None, today=today_of(request), doers=doers(request.actor, today_of(request)))
    return _changed(request, action_of(pk), form, thread.reassign, "Give it to somebody else", "Give it")


@needs(*LEADS)
def extend(request: Any, pk: int) -> HttpResponse:
    form = forms.ExtendForm(request.POST or None, today=today_of(request))
    return _changed(request, action_of(pk), form, thread.extend, "Give more time", "Save")


@needs(*LEADS)
def close(request: Any, pk: int) -> HttpResponse:
    form = forms.DoneForm(request.POST if request.method == "POST" else None, today=today_of(request))
    return _changed(request, action_of(pk), form, thread.close, "Close as done", "Close it")


@needs(*LEADS)
def drop(request: Any, pk: int) -> HttpResponse:
    form = forms.ReasonForm(request.POST or None, today=today_of(request))
    return _changed(request, action_of(pk), form, thread.drop, "Not needed any more", "Close it")


@needs(*LEADS)
def reopen(request: Any, pk: int) -> HttpResponse:
    form = forms.ReasonForm(request.POST or None, today=today_of(request))
    return _changed(request, action_of(pk), form, thread.reopen, "Take it up again", "Take it up again",
                    "Evidence that was accepted before counts no more.")


@WITH_ACTIONS
def impact(request: Any, pk: int) -> HttpResponse:
    found = action_of(pk)
    if not (leads(request.actor) or may_do(request.actor, found)):
        raise Http404
    form = forms.ImpactForm(request.POST or None, today=today_of(request))
    return _changed(request, found, form, thread.note_impact, "Say what difference it made", "Save", found.what)


def coming_up(request: Any) -> Table | None:
    """For "My work": the actions that are mine; None for a role that has none."""
    actor, today = request.actor, today_of(request)
    rows = soonest(actor) if actor.may(May.ATTEND_MEETINGS) or leads(actor) else []
    return action_table(rows, today, "Actions that are yours", "", hidden=True) if rows else None
