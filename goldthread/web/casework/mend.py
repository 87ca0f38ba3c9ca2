"""Setting right what was recorded: withdrawn, paused, taken up again, restricted; each with its reason."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access.actor import Refused
from goldthread.orgs.models import Appointment
from goldthread.process import confining, mending
from goldthread.process.engine import State
from goldthread.process.models import Case, Extension, Pause, Reopening, Withdrawal
from goldthread.process.rights import Work, may_restrict
from goldthread.web.casework.case import framed, insist, opened
from goldthread.web.components import Link
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.middleware import needs


class Reason(Form):
    """Why something is done."""

    reason = kit.LongText(label="Why?", rows=4)


def _with_reason(request: Any, case: Case, title: str, button: str, explain: str, act: Any) -> HttpResponse:
    form = Reason(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                act(form.cleaned_data["reason"])
            return redirect("case", case.reference)
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "casework/reason.html", framed(
        request, case, form=form, heading=title, button=button, explain=explain))


@needs()
def withdraw(request: Any, reference: str, event: int) -> HttpResponse:
    """Set aside something recorded in error."""
    case = opened(request, reference)
    old = case.events.filter(pk=event, replaced_by=None).first()
    if old is None:
        raise Http404
    insist(Work.on(case).may_record(request.actor, case.process.step(Withdrawal.step_key())))
    name = case.process.step(old.step).name
    return _with_reason(request, case, f"Withdraw: {name}", "Withdraw it",
                        "It stays on the timeline, marked as set aside, and counts for nothing.",
                        lambda why: mending.withdraw(actor=request.actor, event=old, reason=why, now=request.now))


@needs()
def clock(request: Any, reference: str) -> HttpResponse:
    """Pause a time limit, or start it again."""
    case = opened(request, reference)
    name = request.GET.get("clock", "")
    row = case.clockrows.filter(name=name, stopped=None, ask=None).first()
    if row is None or not (row.paused or mending.may_pause(row)):
        raise Http404
    insist(Work.on(case).may_record(request.actor, case.process.step(Pause.step_key())))
    act = mending.resume if row.paused else mending.pause
    title = f"Start again: {name}" if row.paused else f"Pause: {name}"
    return _with_reason(request, case, title, "Start again" if row.paused else "Pause",
                        "The reason is kept with the record, and the time limit moves by the time it was paused.",
                        lambda why: act(actor=request.actor, case=case, clock=name, reason=why, now=request.now))


class MoreTime(Reason):
    """More time, and why."""

    until = kit.DateTime(label="Until when?")
    field_order = ("until", "reason")


@needs()
def more_time(request: Any, reference: str) -> HttpResponse:
    """Give more time for something that is due."""
    case = opened(request, reference)
    name = request.GET.get("clock", "")
    if not case.clockrows.filter(name=name, stopped=None, ask=None).exists():
        raise Http404
    insist(Work.on(case).may_record(request.actor, case.process.step(Extension.step_key())))
    form = MoreTime(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                mending.extend(actor=request.actor, case=case, clock=name, until=form.cleaned_data["until"],
                               reason=form.cleaned_data["reason"], now=request.now)
            return redirect("case_todo", case.reference)
        except ValidationError as wrong:
            for field, errors in wrong.error_dict.items():
                form.add_error(field if field in form.fields else None, errors)
    return render(request, "casework/reason.html", framed(
        request, case, form=form, heading=f"More time: {name}", button="Give more time",
        explain="The time limit of the law stays in sight beside the time you give."))


@needs()
def reopen(request: Any, reference: str) -> HttpResponse:
    """Take a case up again from one step on."""
    case = opened(request, reference)
    steps = {s.key: s.name for s in case.process.own_steps if s.required and s is not case.process.first}
    picked = request.GET.get("from", next(iter(steps)))
    if picked not in steps:
        raise Http404
    insist(Work.on(case).may_record(request.actor, case.process.step(Reopening.step_key())))
    return _with_reason(request, case, f"Take up again from: {steps[picked]}", "Take it up again",
                        "Nothing recorded is lost. Later steps are to be done again.",
                        lambda why: mending.reopen(actor=request.actor, case=case, from_step=picked, reason=why,
                                                   now=request.now))


@needs()
def restrict(request: Any, reference: str) -> HttpResponse:
    """Hide a case from all but named people, or open it again; a sealed one is opened by two."""
    case = opened(request, reference)
    insist(may_restrict(request.actor, case))
    if case.sealed:
        return _unseal(request, case)
    form = _restriction_form(request, case)(request.POST or None, today=request.now.date())
    who = {"actor": request.actor, "case": case, "now": request.now}
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            with transaction.atomic():
                if case.restricted:
                    confining.lift_restriction(reason=sent["reason"], **who)
                else:
                    confining.restrict(reason=sent["reason"], named=[int(pk) for pk in sent["named"]],
                                       seal=sent["how"] == "seal", **who)
            return redirect("home")
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "casework/reason.html", framed(
        request, case, form=form, heading="Open this record again" if case.restricted else "Restrict this record",
        button="Open it again" if case.restricted else "Restrict it",
        explain="Everybody not named will not be able to tell that it exists."))


def _restriction_form(request: Any, case: Case) -> type[Form]:
    """Why; and for a case that is open, for whom it stays so and how firmly it is shut."""
    if case.restricted:
        return Reason
    seats = Appointment.objects.filter(partnership=request.actor.partnership).current(request.now.date())
    choices = sorted({(str(s.user_id), f"{s.user}, {s.agency}") for s in seats.select_related("user", "agency")},
                     key=lambda c: c[1])
    return type("RestrictForm", (Reason,), {
        "named": kit.Choices(choices=choices, label="Who may still see it?", required=False, small=True),
        "how": kit.Choice(label="How firmly?", choices=[("restrict", "Restricted"), ("seal", "Sealed")],
                          hints={"restrict": "One of those named can open it again",
                                 "seal": "No emergency opens it, and it takes two people to open it again: for an adopted "
                                         "child's earlier record, or what a court has closed"})})


def _unseal(request: Any, case: Case) -> HttpResponse:
    """The first asks that a sealed case be opened again, the second agrees."""
    who = {"actor": request.actor, "case": case, "now": request.now}
    if case.unseal_asked_by_id is None:
        return _with_reason(request, case, "Ask that this record be opened again", "Ask for it",
                            "It is sealed: somebody else who may restrict records must agree before it is open.",
                            lambda why: confining.ask_to_unseal(reason=why, **who))
    return _with_reason(request, case, "Agree that this record is opened again", "Open it again",
                        f"{case.unseal_asked_by} asks for it: {case.unseal_reason}",
                        lambda why: confining.unseal(reason=why, **who))


def ways(request: Any, case: Case) -> list[Link]:
    """How this person may set the case itself right: take it up again from a step that is done, restrict it."""
    work, found = Work.on(case), []
    if work.may_record(request.actor, case.process.step(Reopening.step_key())):
        found += [Link(f"Take up again from: {step.name}", f"{reverse('reopen', args=[case.reference])}?from={step.key}")
                  for step in case.process.own_steps if step.required and step is not case.process.first
                  and work.where.states[step.key] is State.DONE]
    if may_restrict(request.actor, case):
        words = ("Open this sealed record again" if case.sealed else "Open it again to everyone who works it"
                 if case.restricted else "Restrict it to named people")
        found.append(Link(words, reverse("restrict", args=[case.reference])))
    return found
