"""Asking partners: agencies ticked, a time proposed, the least they need, and a look at what each of them will see."""
from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from goldthread.access.actor import Refused
from goldthread.access.policy import May
from goldthread.domains.front_door import asking
from goldthread.domains.front_door.models import InformationRequest, RequestedAgency
from goldthread.domains.front_door.outcomes import words
from goldthread.orgs.models import Agency
from goldthread.process import actions
from goldthread.process.actions import ChangedMeanwhile, Writing
from goldthread.process.drafts import DraftStore
from goldthread.process.models import Case
from goldthread.process.rights import Work
from goldthread.rules.codes import choices
from goldthread.web.casework.case import framed, opened, timeline_event
from goldthread.web.casework.forms import seen_of, submission_of
from goldthread.web.casework.record import found_step, sent_before
from goldthread.web.casework.start import NOT_TYPED
from goldthread.web.casework.words import mark_words
from goldthread.web.components import Row
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.middleware import needs


class RequestForm(Form):
    """Why, on what basis, about whom, what, and by when. Whom to ask is drawn by the page, in groups."""

    agencies = forms.MultipleChoiceField(label="Whom do you ask?", error_messages={
        "required": "Tick at least one agency to ask", "invalid_choice": "Tick agencies from the list"})
    due = kit.DateTime(label="Answer by", limit="future")
    purpose = kit.LongText(label="Why do you need this?", rows=3)
    lawful_basis = kit.Choice(label="On what lawful basis?", choices=[])
    about = kit.LongText(label="Who is this about?", rows=5,
                         help_text="Only what partners need to find the right records: names and dates of birth.")
    address = forms.BooleanField(label="Add the address", required=False)
    needed = kit.LongText(label="What do you need to know?", rows=4)

    def __init__(self, *args: Any, ids: list[int], address_known: bool, now: Any, **kwargs: Any) -> None:
        super().__init__(*args, today=timezone.localdate(now), **kwargs)
        self.now = now
        self.fields["agencies"].choices = [(str(pk), str(pk)) for pk in ids]
        self.fields["lawful_basis"].choices = choices("lawful-bases", self.today)
        if not address_known:
            del self.fields["address"]

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due <= self.now:
            raise ValidationError("Answer by must be in the future")
        return due


@needs(May.WORK_FRONT_DOOR)
def page(request: Any, reference: str) -> HttpResponse:
    """Ask partners what they know."""
    case = opened(request, reference)
    step = found_step(case, InformationRequest.step_key())
    if sent_before(request, case):
        return redirect("case", case.reference)
    answer = Work.on(case).may_record(request.actor, step)
    if not answer:
        return render(request, "casework/cannot.html", framed(request, case, step=step, why=answer.why), status=403)
    draft = DraftStore(request.actor, f"{case.reference}/{step.key}", f"user:{request.user.pk}", request.now)
    groups = asking.to_ask(case, request.now)
    form = _form(request, case, groups, draft)
    checked, meanwhile = request.method == "POST" and form.is_valid(), []
    if checked and request.POST.get("do") == "send":
        try:
            with transaction.atomic():
                actions.record(actor=request.actor, case=case, step=step, writing_=_writing(request, form, case),
                               now=request.now)
            draft.discard()
            return redirect("case_sharing", case.reference)
        except ChangedMeanwhile as changed:
            meanwhile = changed.events
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        except Refused as refused:
            form.add_error(None, str(refused))
    preview = checked and form.is_valid() and request.POST.get("do") != "change"
    return render(request, "front_door/request_preview.html" if preview else "front_door/request.html", framed(
        request, case, step=step, form=form, groups=groups, picked=form["agencies"].value() or [],
        seen=case.last_event, meanwhile=[timeline_event(case, e) for e in meanwhile], draft_key=draft.key,
        rated=mark_words(case.process, case.mark), kept=_typed(request), **(_preview(request, form, case) if preview else {
                "without": asking.without_account((a.pk for g in groups for a in g.agencies), case, request.now)})))


def _form(request: Any, case: Case, groups: list[asking.Group], draft: DraftStore) -> RequestForm:
    """Bound to what was sent, else to the draft without its mistakes, else with what is proposed."""
    ids = [agency.pk for group in groups for agency in group.agencies]
    known = {"ids": ids, "address_known": bool(asking.address_of(case)), "now": request.now}
    if request.method == "POST":
        draft.save({"typed": _typed(request)})
        form = RequestForm(request.POST, **known)
        if request.POST.get("do") == "change":
            form._errors = type(form.errors)()
        return form
    typed = draft.load().get("typed")
    if typed:
        data = request.POST.copy()
        for name, values in typed.items():
            data.setlist(name, values)
        form = RequestForm(data, **known)
        form._errors = type(form.errors)()
        return form
    return RequestForm(initial={
        "due": asking.proposed_due(case, request.now), "about": asking.about(case), "lawful_basis": "public-task",
        "purpose": words()["purpose"]["screening"], "needed": words()["needed"]["screening"]}, **known)


def _typed(request: Any) -> dict[str, list[str]]:
    return {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}


def _about(form: RequestForm, case: Case) -> str:
    said: str = form.cleaned_data["about"].strip()
    return f"{said}\nAddress: {asking.address_of(case)}" if form.cleaned_data.get("address") else said


def _writing(request: Any, form: RequestForm, case: Case) -> Writing:
    said = form.cleaned_data
    record = InformationRequest(purpose=said["purpose"], lawful_basis=said["lawful_basis"], about=_about(form, case),
                                needed=said["needed"])
    lines = [RequestedAgency(agency_id=int(pk), due=said["due"]) for pk in said["agencies"]]
    seen = None if request.POST.get("read") else seen_of(request.POST)
    return Writing(record, lines, seen=seen, submission=submission_of(request.POST))


def _preview(request: Any, form: RequestForm, case: Case) -> dict[str, Any]:
    """What each agency will see: the same for all, and none sees who else is asked."""
    said = form.cleaned_data
    asked = list(Agency.objects.filter(pk__in=[int(pk) for pk in said["agencies"]]).order_by("name", "pk"))
    rows = [Row("Why we ask", said["purpose"]), Row("Lawful basis", dict(form.fields["lawful_basis"].choices)[
        said["lawful_basis"]]), Row("About", _about(form, case)), Row("What we need to know", said["needed"]),
        Row("Asked by", f"{request.user}, {request.actor.agency}")]
    return {"asked": asked, "rows": rows, "due": said["due"],
            "without": asking.without_account((a.pk for a in asked), case, request.now)}
