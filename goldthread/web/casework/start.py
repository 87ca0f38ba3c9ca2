"""Starting a case with a long form: one question a page, saved as it is typed, in any order, checked, sent."""
from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from goldthread.access.policy import DESKS
from goldthread.process import actions, registry
from goldthread.process.actions import Writing
from goldthread.process.definition import Process, Step
from goldthread.process.drafts import DraftStore, begun
from goldthread.process.models import Case, ClockRow
from goldthread.process.rights import may_start
from goldthread.web.casework.forms import lines_of, record_form
from goldthread.web.forms.paged import Page, Paged
from goldthread.web.middleware import needs

# The keys of one-page forms' drafts: a case and its step, a correction, or an agency's answer.
DRAFT_KEY = re.compile(r"[A-Z]{2}-[0-9A-Z]{4,}-[0-9A-Z]{2,}/[a-z0-9/-]{1,80}|ask/\d{1,18}|"
                       r"meeting/\d{1,18}/[a-z0-9-]{1,80}|action/\d{1,18}|report/\d{1,18}/[a-z0-9-]{1,40}|"
                       r"begin/[a-z0-9-]{1,50}/(new|[A-Z]{2}-[0-9A-Z]{4,}-[0-9A-Z]{2,})")
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "do", "seen", "submission", "read"})


def pages_of(step: Step, actor: Any, today: Any) -> list[Page]:
    """A step's declared pages as the form kit knows them."""
    return [Page(key=slugify(p.title)[:40], title=p.title, fields=p.fields, hint=p.hint,
                 lines=lines_of(p.lines, actor, today, least=1) if p.lines else None) for p in step.pages]


class Starting:
    """One person's (or visitor's) half-filled form to start a case.

    asked: other pages and another form than the step declares, for people who are asked less.
    """

    def __init__(self, request: Any, process: Process, token: str, *, actor: Any, owner: str,
                 asked: tuple[list[Page], type[Any]] | None = None) -> None:
        self.process, self.token, self.actor = process, token, actor
        today = request.now.date()
        step = process.first
        names = tuple(n for n in step.record.own_fields() if n != "happened_at")  # type: ignore[attr-defined]
        self.draft = DraftStore(actor, f"start/{process.key}/{token}", owner, request.now)
        pages, form = asked or (pages_of(step, actor, today), record_form(step.record, actor, today, names))
        self.paged = Paged(pages, form, self.draft, {"today": today})

    def prefill(self, known: dict[str, str]) -> None:
        """What is known already is not asked again: put in once, when the draft is new."""
        if not self.draft.load():
            self.draft.save({"typed": {name: [value] for name, value in known.items() if value}, "visited": []})

    def send(self, now: Any) -> Case:
        """Record the whole. Raises ValidationError and Refused; the draft stays until all is recorded."""
        form = self.paged.complete()
        if not form.is_valid() or not self.paged.finished():
            raise ValidationError("Something still needs an answer")
        lines = [page.lines.form._meta.model(**values) for page in self.paged.asked() if page.lines
                 for values in self.paged.lines_of(page.key).cleaned()]
        form.instance.happened_at = now
        writing = Writing(form.instance, lines, submission=UUID(str(self.token)))
        with transaction.atomic():
            case = actions.start(actor=self.actor, process=self.process, writing_=writing, now=now)
            self.draft.discard()
        return case


def _starting(request: Any, process: str, token: str) -> Starting:
    try:
        found = registry.get(process)
        UUID(str(token))
    except (KeyError, ValueError):
        raise Http404 from None
    if not may_start(request.actor, found) or not found.first.pages:
        raise Http404
    return Starting(request, found, token, actor=request.actor, owner=f"user:{request.user.pk}")


@needs()
def begin(request: Any, process: str) -> HttpResponse:
    """A new form: given its own number, so that sent twice it is recorded once."""
    from uuid import uuid4
    token = str(uuid4())
    starting = _starting(request, process, token)
    known = getattr(starting.process.first.record, "known_of", None)
    starting.prefill(known(request.actor) if known else {})
    first = starting.paged.asked()[0]
    return redirect("start_page", process, token, first.key)


@needs()
def tasks(request: Any, process: str, token: str) -> HttpResponse:
    """All pages of the form and how far each has got."""
    starting = _starting(request, process, token)
    found = starting.paged.tasks(lambda key: reverse("start_page", args=[process, token, key]))
    return render(request, "casework/start_tasks.html", {
        "process": starting.process, "tasks": found, "token": token, "finished": starting.paged.finished()})


@needs()
def page(request: Any, process: str, token: str, page: str) -> HttpResponse:
    """One page of the form."""
    starting = _starting(request, process, token)
    return form_page(request, starting, page, lambda name, *more: reverse(name, args=[process, token, *more]),
                     names=("start_page", "start_check", "start_tasks"), danger=in_danger(starting))


def in_danger(starting: Starting) -> bool:
    """Whether a child was said to be in danger now: every page then says to ring 999 first."""
    return "yes" in starting.paged.typed().get("immediate_danger", [])


def form_page(request: Any, starting: Starting, key: str, url: Any, *, names: tuple[str, str, str],
              template: str = "casework/start_page.html", **more: Any) -> HttpResponse:
    """One page of a form, kept right or wrong; on to the next when it holds."""
    paged = starting.paged
    try:
        found = paged.page(key)
    except KeyError:
        raise Http404 from None
    if request.method == "POST":
        form = paged.keep(key, request.POST)
        if request.POST.get("do"):
            return redirect(url(names[0], key))
        if request.POST.get("later"):
            return redirect(url(names[2]))
        if form.is_valid():
            after = paged.next_after(key)
            return redirect(url(names[0], after.key) if after and not request.GET.get("change") else url(names[1]))
    else:
        form = paged.visit(key)
    before = paged.before(key)
    keys = [p.key for p in paged.asked()]
    return render(request, template, {
        "process": starting.process, "page": found, "form": form, "number": keys.index(key) + 1, "many": len(keys),
        "back": url(names[0], before.key) if before else "", "tasks_url": url(names[2]), **more})


@needs()
def check(request: Any, process: str, token: str) -> HttpResponse:
    """Every answer once more, then send."""
    starting = _starting(request, process, token)
    faults: list[str] = []
    if not starting.draft.load():
        return _sent_already(request, starting)
    if request.method == "POST":
        try:
            case = starting.send(request.now)
            return redirect("start_sent", process, case.reference)
        except ValidationError as wrong:
            faults = wrong.messages
    rows = starting.paged.answers(lambda key: reverse("start_page", args=[process, token, key]) + "?change=1")
    return render(request, "casework/start_check.html", {
        "process": starting.process, "desk": DESKS[starting.process.desk], "answers": rows, "faults": faults,
        "has_errors": bool(faults),
        "finished": starting.paged.finished()})


def _sent_already(request: Any, starting: Starting) -> HttpResponse:
    """Back after sending: the receipt again, never a second record."""
    case = Case.objects.filter(events__submission=UUID(str(starting.token))).first()
    if case is None:
        raise Http404
    return redirect("start_sent", starting.process.key, case.reference)


@needs()
def sent(request: Any, process: str, reference: str) -> HttpResponse:
    """The receipt: a reference, the day an answer is due, what happens next."""
    from goldthread.web.casework.case import opened
    case = opened(request, reference, why="receipt")
    due = ClockRow.objects.filter(case=case, stopped=None).order_by("due").first()
    return render(request, "casework/start_sent.html", {
        "case": case, "process": case.process, "desk": DESKS[case.process.desk], "due": due})


@needs()
def autosave(request: Any, process: str, token: str, page: str) -> HttpResponse:
    """Keep what is being typed; answers with when it was kept."""
    starting = _starting(request, process, token)
    if request.method != "POST":
        raise Http404
    try:
        starting.paged.keep(page, request.POST)
    except KeyError:
        raise Http404 from None
    return JsonResponse({"saved_at": request.now.isoformat()})


@needs()
def drafts(request: Any) -> HttpResponse:
    """Forms begun and not yet sent, to carry on with or give up."""
    found = begun(f"user:{request.user.pk}").order_by("-saved_at")
    if request.method == "POST":
        key = request.POST.get("discard", "")
        DraftStore(request.actor, key, f"user:{request.user.pk}", request.now).discard()
        return redirect("drafts")
    rows = []
    for draft in found:
        _, process, token = draft.key.split("/")
        rows.append((draft, registry.get(process), reverse("start_tasks", args=[process, token])))
    return render(request, "casework/drafts.html", {"rows": rows})




@needs()
def keep(request: Any) -> HttpResponse:
    """Keep what is being typed into any form of one page, for whoever types it; answers with when it was kept."""
    key = request.GET.get("key", "")
    if request.method != "POST" or not DRAFT_KEY.fullmatch(key):
        raise Http404
    typed = {name: list(values) for name, values in request.POST.lists() if name not in NOT_TYPED}
    DraftStore(request.actor, key, f"user:{request.user.pk}", request.now).save({"typed": typed})
    return JsonResponse({"saved_at": request.now.isoformat()})
