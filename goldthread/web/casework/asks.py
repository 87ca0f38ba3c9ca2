"""One page for a busy partner: who asks, why, on what basis, by when; answer or nothing known; done."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldthread.access.actor import Refused, acting, system
from goldthread.access.policy import May
from goldthread.process import actions, registry
from goldthread.process.definition import Process
from goldthread.process.models import Ask, Case
from goldthread.process.opening import open_ask
from goldthread.web.casework.case import line_tables
from goldthread.web.casework.forms import writing_of
from goldthread.web.casework.record import StepForm
from goldthread.web.casework.words import answers
from goldthread.web.components import Row
from goldthread.web.middleware import needs

GOES_TO = "What you write is marked with your agency and goes no further than you say."


@needs(May.ANSWER_REQUESTS, May.RECEIVE_ENCOMPASS, May.CONTRIBUTE)
def ask(request: Any, pk: int) -> HttpResponse:
    """What an agency is asked, and its answer. All of the case that the agency sees."""
    try:
        found = open_ask(actor=request.actor, pk=pk)
    except Ask.DoesNotExist:
        raise Http404 from None
    case = _case(found)
    process, asking, answering = _steps(found, case)
    if not any(request.actor.may(seat.right) for seat in answering.by):
        raise Http404  # of their agency, and yet not theirs to answer
    if found.answered_at or found.withdrawn_at:
        return _done(request, found, answering)
    page = StepForm(request, answering, f"ask/{found.pk}")
    page.form.fields.pop("happened_at", None)
    if page.is_valid():
        try:
            with transaction.atomic():
                actions.record(actor=request.actor, case=case, step=answering, ask=found, now=request.now,
                               writing_=writing_of(answering, page.form, page.line_forms, request.POST))
            page.draft.discard()
            return redirect("ask", found.pk)
        except ValidationError as wrong:
            page.refuse(wrong)
        except Refused as refused:
            page.form.add_error(None, str(refused))
    event = found.event
    button, values = getattr(answering.record, "one_click", ("", {}))
    return render(request, "casework/ask.html", {
        "one_click": button, "one_click_values": values, "phones": _phones(event, process),
        "goes_to": getattr(answering.record, "goes_to", GOES_TO),
        "button": getattr(answering.record, "answer_button", "Send"), "ask": found, "process": process,
        "asking": asking, "answering": answering, "form": page.form, "draft_key": page.key,
        "forms": page.forms, "rows": _rows(asking, event),
        "lines": line_tables(case, event), "asker": event.agency, "asked_by": event.recorded_by})


def _rows(step: Any, event: Any) -> list[Row]:
    """What an event recorded, read without its case, which the agency asked does not see."""
    return [Row(k, v) for k, v in answers(step.record.objects.get(pk=event.record_id))]


def _phones(event: Any, process: Process) -> list[tuple[str, str]]:
    """Whom to ring about it: who asked, and the front door where it is the one that works on it."""
    asker = event.recorded_by.phone or event.agency.phone
    desk = event.partnership.front_door_phone if process.desk == "front-door" else ""
    return [(who, number) for who, number in ((str(event.recorded_by), asker), ("The front door", desk)) if number]


def _case(found: Ask) -> Case:
    """The case behind an ask, read on the system's authority: the agency asked does not see it."""
    with acting(system(found.partnership_id)):
        case: Case = Case.objects.get(pk=found.case_id)
    return case


def _steps(found: Ask, case: Case) -> tuple[Any, Any, Any]:
    process = registry.get(case.process_key)
    return process, process.step(found.event.step), process.step(found.step)


def _done(request: Any, found: Ask, answering: Any) -> HttpResponse:
    """What was answered, kept in sight of the agency that answered."""
    event = found.answers.filter(replaced_by=None).first()
    rows = _rows(answering, event) if event else []
    return render(request, "casework/ask_done.html", {"ask": found, "answering": answering, "rows": rows})
