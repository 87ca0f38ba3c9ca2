"""The form of any step of any process, and setting right what was recorded."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access.actor import Refused
from goldthread.process import actions, rights
from goldthread.process.actions import ChangedMeanwhile
from goldthread.process.carrying import carried_lines, own_columns, shown_lines
from goldthread.process.common import SET_RIGHT
from goldthread.process.definition import Step
from goldthread.process.drafts import DraftStore
from goldthread.process.models import Case, Event
from goldthread.process.rights import Work
from goldthread.web.casework.case import framed, insist, opened, timeline_event
from goldthread.web.casework.forms import (
    large_first,
    line_words,
    lines_of,
    record_form,
    submission_of,
    writing_of,
)
from goldthread.web.casework.near import near_case
from goldthread.web.casework.special import DRESSES, MENDING, SPECIAL, Dress
from goldthread.web.casework.start import NOT_TYPED
from goldthread.web.forms.lines import LinesForm
from goldthread.web.forms.widgets import Boxes
from goldthread.web.middleware import needs


class StepForm:
    """A step's record and its lines on one page, over a draft: nothing typed is lost."""

    def __init__(self, request: Any, step: Step, key: str, *, initial: dict[str, Any] | None = None,
                 near: frozenset[int] | None = None, old: Event | None = None) -> None:
        self.request, self.step, self.near, self.old = request, step, near, old
        today = request.now.date()
        self.key = key
        self.draft = DraftStore(request.actor, key, f"user:{request.user.pk}", request.now)
        self.lines = self.lines_asked()
        self.initial = {"happened_at": request.now, **(initial or {})}
        self.sent = request.method == "POST"
        self.data = self._data()
        bound = self.data if (self.sent or self.data) else None
        self.form = self.form_class()(bound, today=today, initial=self.initial)
        self.check = self.sent and not request.POST.get("do")
        if not self.check and bound is not None:
            self.form._errors = type(self.form.errors)()
        self.line_forms = [(m, LinesForm(found, self.data, check=self.check, today=today)) for m, found in self.lines]

    def form_class(self) -> type[Any]:
        return record_form(self.step.record, self.request.actor, self.request.now.date(), near=self.near)

    def lines_asked(self) -> list[tuple[Any, Any]]:
        """(model, its "add another" list) for each kind of line the page asks for."""
        return [(m, lines_of(m, self.request.actor, self.request.now.date(), near=self.near)) for m in self.step.lines]

    def held(self) -> dict[str, list[str]]:
        """What the form holds to begin with, as it would have sent it: for a draft that begins with lines."""
        fields = self.form_class().base_fields
        return _as_sent(fields, {**{name: field.initial for name, field in fields.items()}, **self.initial})

    def recorded(self) -> dict[str, list[str]]:
        """What a correction holds to begin with: the record and its lines, as a browser would send them. Nothing where
        there are no lines, since a record alone stands in the form anyway."""
        typed: dict[str, list[str]] = {}
        for model, found in self.lines if self.old else ():
            for at, line in enumerate(shown_lines(model, self.old)):
                columns = zip(model.own_fields(), own_columns(model), strict=True)
                values = {name: getattr(line, column) for name, column in columns}
                typed |= {f"{found.key}-{at}-there": ["1"]} | _as_sent(found.form.base_fields, values, f"{found.key}-{at}-")
        return self.held() | typed if typed else {}

    def writing(self, sent: Any) -> actions.Writing:
        """What the action is given, once all is valid."""
        return writing_of(self.step, self.form, self.line_forms, sent)

    def corrected_lines(self, old: Event) -> list[Any]:
        """The lines of a correction: those on the page, which began with those there were. Lines that it does not ask for,
        or of people whom the writer may not see, are carried over as they were."""
        lines = [m(**values) for m, filled in self.line_forms for values in filled.cleaned()]
        return [*lines, *carried_lines(self.request.actor, old, [m for m, _ in self.line_forms])]

    def _data(self) -> QueryDict:
        """What was sent, with "add another" and "remove" carried out, kept as a draft; or the draft."""
        data = QueryDict(mutable=True)
        typed = self.draft.load().get("typed", {}) or ({} if self.sent else self.recorded())
        if self.sent:
            typed = {k: list(v) for k, v in self.request.POST.lists() if k not in NOT_TYPED}
            for _, found in self.lines:
                typed = found.after(typed, self.request.POST.get("do", ""))
            self.draft.save({"typed": typed})
        for name, values in typed.items():
            data.setlist(name, values)
        return data

    def is_valid(self) -> bool:
        """Whether everything holds; every part is checked so that every mistake is shown at once."""
        parts = [self.form.is_valid(), *(filled.is_valid() for _, filled in self.line_forms)]
        return self.check and all(parts)

    @property
    def named_lines(self) -> list[tuple[str, Any]]:
        """Each "add another" list under its heading."""
        return [(large_first(line_words(m)[1]), filled) for m, filled in self.line_forms]

    @property
    def forms(self) -> list[Any]:
        return [self.form, *(filled for _, filled in self.line_forms)]

    def refuse(self, wrong: ValidationError) -> None:
        """Show what an action found wrong beside the field it names."""
        if hasattr(wrong, "error_dict"):
            for name, errors in wrong.error_dict.items():
                self.form.add_error(name if name in self.form.fields else None, errors)
        else:
            self.form.add_error(None, wrong)


def found_step(case: Case, key: str) -> Step:
    try:
        return case.process.step(key)
    except KeyError:
        raise Http404 from None


@needs()
def record(request: Any, reference: str, step: str) -> HttpResponse:
    """Record a step. A step that is not theirs does not exist; one that must wait says for what.

    What sets something right is recorded where that thing is shown (`casework.mend`), never by itself.
    """
    case = opened(request, reference)
    found = found_step(case, step)
    if found.record in SET_RIGHT:
        raise Http404
    if own := SPECIAL.get((case.process_key, step)):
        return redirect(own, case.reference)
    return record_page(request, case, found, dress=DRESSES.get((case.process_key, step)))


def record_page(request: Any, case: Case, step: Step, *, make: type[StepForm] = StepForm,
                dress: Dress | None = None) -> HttpResponse:
    """The page that records a step, its form made by `make` and framed by `dress`."""
    dress = dress or Dress("casework/record.html")
    done = dress.after(request, case) if dress.after else reverse("case", args=[case.reference])
    if sent_before(request, case):
        return redirect(done)
    answer = Work.on(case).may_record(request.actor, step)
    if not answer or case.process.answered_by(step.key):
        return render(request, "casework/cannot.html", framed(request, case, step=step, why=answer.why), status=403)
    page = make(request, step, f"{case.reference}/{step.key}", initial=_initial(step, request, case),
                near=near_case(case, request.now.date()))
    if hasattr(step.record, "offered_for"):
        for name, choices in step.record.offered_for(case).items():
            page.form.fields[name].choices = choices
    meanwhile: list[Event] = []
    if page.is_valid():
        try:
            with transaction.atomic():
                dress.record(actor=request.actor, case=case, step=step, now=request.now,
                             writing_=page.writing(_sent(request)))
            page.draft.discard()
            return redirect(done)
        except ChangedMeanwhile as changed:
            meanwhile = changed.events
        except ValidationError as wrong:
            page.refuse(wrong)
        except Refused as refused:
            page.form.add_error(None, str(refused))
    return render(request, dress.template, framed(
        request, case, step=step, form=page.form, forms=page.forms, named_lines=page.named_lines,
        draft_key=page.key, seen=case.last_event, meanwhile=[timeline_event(case, e) for e in meanwhile],
        **(dress.context(request, case) if dress.context else {})))


def _as_sent(fields: Any, values: dict[str, Any], prefix: str = "") -> dict[str, list[str]]:
    """Values as a browser would send them from a form of these fields."""
    typed = {}
    for name, value in values.items():
        if value is not None and name in fields:
            typed |= _typed(f"{prefix}{name}", fields[name], value)
    return typed


def _typed(name: str, field: Any, value: Any) -> dict[str, list[str]]:
    """A value as a browser would send it; a date goes into several boxes."""
    if isinstance(field.widget, Boxes):
        parts = zip(field.widget.keys, field.widget.decompress(value), strict=True)
        return {f"{name}_{key}": ["" if part is None else str(part)] for key, part in parts}
    made = field.prepare_value(value)
    return {name: [str(each) for each in made] if isinstance(made, list | tuple) else [str(made)]}


def sent_before(request: Any, case: Case) -> bool:
    """Whether this very form was sent and recorded already: sent twice, it leads on and is not refused."""
    token = submission_of(request.POST)
    return token is not None and case.events.filter(submission=token).exists()


def _sent(request: Any) -> Any:
    """The POST, without the check for news once the writer has said that they read it."""
    sent = request.POST.copy()
    if sent.get("read"):
        sent["seen"] = ""
    return sent


def _initial(step: Step, request: Any, case: Case) -> dict[str, Any]:
    """What a record proposes to whoever writes it."""
    given = getattr(step.record, "initial_for", None)
    return dict(given(request.actor, case)) if given else {}


@needs()
def correct(request: Any, reference: str, event: int) -> HttpResponse:
    """Replace a record by a corrected one; both stay in sight."""
    case, old = correctable(request, reference, event)
    if own := MENDING.get((case.process_key, old.step)):
        return redirect(own, case.reference, event)
    return correct_page(request, case, old)


def correctable(request: Any, reference: str, event: int, step: str = "") -> tuple[Case, Event]:
    """A case, and what was recorded on it that is to be corrected, of one step when given. Refused in words whoever may
    only read it; not there for anybody else."""
    case = opened(request, reference)
    old = case.events.filter(pk=event, replaced_by=None).first()
    if old is None or (step and old.step != step):
        raise Http404
    insist(rights.may_correct(request.actor, case, old))
    return case, old


def correct_page(request: Any, case: Case, old: Event, *, make: type[StepForm] = StepForm,
                 initial: dict[str, Any] | None = None) -> HttpResponse:
    """The page that corrects a record, its form made by `make`. initial: what it proposes besides what was recorded."""
    step, was = case.process.step(old.step), old.record
    page = make(request, step, f"{case.reference}/correct/{old.pk}",
                initial={name: getattr(was, name) for name in was.own_fields()} | (initial or {}),
                near=near_case(case, request.now.date()), old=old)
    if page.is_valid():
        try:
            with transaction.atomic():
                writing = actions.Writing(page.form.instance, page.corrected_lines(old), restarts=old.restarts,
                                          about=old.about)
                actions.correct(actor=request.actor, event=old, writing_=writing, now=request.now)
            page.draft.discard()
            return redirect("case", case.reference)
        except ValidationError as wrong:
            page.refuse(wrong)
        except Refused as refused:
            page.form.add_error(None, str(refused))
    return render(request, "casework/record.html", framed(
        request, case, step=step, form=page.form, forms=page.forms, named_lines=page.named_lines, correcting=old,
        draft_key=page.key, seen=case.last_event, meanwhile=[]))
