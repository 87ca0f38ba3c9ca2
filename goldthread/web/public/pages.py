"""Worried about a child? For everybody, without an account: 999 first, telephone numbers, and a form."""
from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from goldthread.access.actor import acting, system
from goldthread.access.policy import May
from goldthread.orgs.models import Partnership
from goldthread.process.models import Case, ClockRow
from goldthread.web.casework.start import form_page
from goldthread.web.forms.base import Form as KitForm
from goldthread.web.middleware import public
from goldthread.web.public import limits, visitor
from goldthread.web.public.asked import DANGER
from goldthread.web.public.visitor import Form, code_of

HONEYPOT = "website"
NAMES = ("public_page", "public_check", "public_tasks")


class CodeForm(KitForm):
    code = forms.CharField(label="Your code", max_length=20,
                           widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off",
                                                         "spellcheck": "false"}))


def _partnership(slug: str) -> Partnership:
    found: Partnership = get_object_or_404(Partnership, slug=slug)
    return found


def _show(request: Any, template: str, partnership: Partnership, status: int = 200, **more: Any) -> HttpResponse:
    response = render(request, f"public/{template}.html", {"partnership": partnership, **more}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _stopped(request: Any, partnership: Partnership, why: str, status: int) -> HttpResponse:
    """Not taken: why, that nothing typed is lost, and whom to ring instead."""
    return _show(request, "stopped", partnership, status, why=why)


@public
def worried(request: Any) -> HttpResponse:
    """To the one partnership there is, or a list to choose from."""
    found = list(Partnership.objects.order_by("name", "pk"))
    if len(found) == 1:
        return redirect("public_landing", found[0].slug)
    return render(request, "public/choose.html", {"found": found})


@public
def landing(request: Any, slug: str) -> HttpResponse:
    actor = request.actor
    return _show(request, "landing", _partnership(slug), can_tell=actor is None or actor.may(May.START_CONTACT))


@public
def begin(request: Any, slug: str) -> HttpResponse:
    """What will be asked; a button starts the form."""
    partnership = _partnership(slug)
    if request.method != "POST":
        return _show(request, "begin", partnership)
    if limits.spent(request, "start", limits.STARTS):
        return _stopped(request, partnership, "Many forms were begun from where you are.", 429)
    token, code = uuid4(), code_of(request) or visitor.new_code()
    visitor.form_of(request, partnership, token, code).starting.draft.save({"typed": {}, "visited": []})
    response = redirect("public_page", slug, token, DANGER)
    visitor.remember(response, code)
    return response


def _opened(request: Any, slug: str, token: UUID) -> tuple[Partnership, Form | None]:
    """The form this browser may open; None when it holds no code for it, or it was not kept any longer."""
    partnership, code = _partnership(slug), code_of(request)
    form = visitor.form_of(request, partnership, token, code) if code else None
    return partnership, form if form and form.alive(request.now) else None


def _gone(request: Any, partnership: Partnership, token: UUID) -> HttpResponse:
    """Sent already: the receipt again. Else the way back in with the code; the same whether or not it ever was."""
    receipt = visitor.receipt_of(request)
    with acting(system(partnership.pk)):
        sent = Case.objects.filter(events__submission=token).values_list("reference", flat=True).first()
    if receipt and sent == receipt[0]:
        return redirect("public_sent", partnership.slug)
    return redirect("public_return", partnership.slug, token)


@public
def page(request: Any, slug: str, token: UUID, page: str) -> HttpResponse:
    """One question."""
    partnership, form = _opened(request, slug, token)
    if form is None:
        return _gone(request, partnership, token)
    if limits.too_large(request):
        return _stopped(request, partnership, "That was more than this form can take. Write less, and tell us the rest "
                                              "when we ring you.", 413)
    response = form_page(
        request, form.starting, page, lambda name, *more: reverse(name, args=[slug, token, *more]), names=NAMES,
        template="public/page.html", partnership=partnership)
    danger = page == DANGER and request.method == "POST" and request.POST.get("immediate_danger") == "yes"
    response["Cache-Control"] = "no-store"
    return redirect("public_danger", slug, token) if danger and response.status_code == 302 else response


@public
def danger(request: Any, slug: str, token: UUID) -> HttpResponse:
    """Ring 999 before anything else."""
    partnership, form = _opened(request, slug, token)
    if form is None:
        return _gone(request, partnership, token)
    after = form.starting.paged.next_after(DANGER)
    return _show(request, "danger", partnership, onward=reverse("public_page", args=[slug, token, after.key])
                 if after else "")


@public
def autosave(request: Any, slug: str, token: UUID, page: str) -> HttpResponse:
    """Keep what is being typed."""
    _, form = _opened(request, slug, token)
    if request.method != "POST" or form is None or limits.too_large(request):
        raise Http404
    try:
        form.starting.paged.keep(page, request.POST)
    except KeyError:
        raise Http404 from None
    return JsonResponse({"saved_at": request.now.isoformat()})


@public
def tasks(request: Any, slug: str, token: UUID) -> HttpResponse:
    """How far the form has got, and how to come back to it."""
    partnership, form = _opened(request, slug, token)
    if form is None:
        return _gone(request, partnership, token)
    paged, back = form.starting.paged, reverse("public_return", args=[slug, token])
    return _show(request, "tasks", partnership, token=token, code=code_of(request), finished=paged.finished(),
                 tasks=paged.tasks(lambda key: reverse("public_page", args=[slug, token, key])),
                 link=request.build_absolute_uri(back), days=visitor.KEPT.days)


@public
def come_back(request: Any, slug: str, token: UUID) -> HttpResponse:
    """Open a kept form again with its code. A wrong code and a form that never was look the same."""
    partnership = _partnership(slug)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if limits.spent(request, "code", limits.TRIES, besides=str(token)):
            return _stopped(request, partnership, "Too many codes were tried. Wait an hour, or ring us.", 429)
        code = visitor.tidy_code(form.cleaned_data["code"])
        found = visitor.form_of(request, partnership, token, code) if code else None
        if found and found.alive(request.now):
            response = redirect("public_tasks", slug, token)
            visitor.remember(response, code)
            return response
        form.add_error("code", f"No form opens with this code. Check it, or begin again: forms are kept for "
                               f"{visitor.KEPT.days} days")
    return _show(request, "return", partnership, form=form)


@public
def check(request: Any, slug: str, token: UUID) -> HttpResponse:
    """Every answer once more, then send."""
    partnership, form = _opened(request, slug, token)
    if form is None:
        return _gone(request, partnership, token)
    faults: list[str] = []
    if request.method == "POST":
        if request.POST.get(HONEYPOT):
            return _stopped(request, partnership, "This was filled in as no person would.", 400)
        if form.begun and (request.now - form.begun).total_seconds() < limits.LEAST_SECONDS:
            faults = ["That was very quick. Look over your answers once more, then send"]
        elif limits.spent(request, "send", limits.SENDS, besides=code_of(request)):
            return _stopped(request, partnership, "Many forms were sent from where you are.", 429)
        else:
            try:
                return _sent(request, partnership, form.starting.send(request.now))
            except ValidationError as wrong:
                faults = wrong.messages
    paged = form.starting.paged
    rows = paged.answers(lambda key: reverse("public_page", args=[slug, token, key]) + "?change=1")
    return _show(request, "check", partnership, answers=rows, faults=faults, has_errors=bool(faults),
                 finished=paged.finished(), honeypot=HONEYPOT, tasks_url=reverse("public_tasks", args=[slug, token]))


def _sent(request: Any, partnership: Partnership, case: Case) -> HttpResponse:
    with acting(system(partnership.pk)):
        due = ClockRow.objects.filter(case=case, stopped=None).order_by("due").values_list("due", flat=True).first()
    response = redirect("public_sent", partnership.slug)
    visitor.give_receipt(response, case.reference, due)
    return response


@public
def sent(request: Any, slug: str) -> HttpResponse:
    """The receipt: a reference, and the day an answer is due."""
    partnership, receipt = _partnership(slug), visitor.receipt_of(request)
    if receipt is None:
        return redirect("public_landing", slug)
    return _show(request, "sent", partnership, reference=receipt[0], due=receipt[1])


@public
def clear(request: Any, slug: str) -> HttpResponse:
    """Leave nothing behind on this browser."""
    if request.method != "POST":
        raise Http404
    response = redirect("public_landing", slug)
    visitor.forget(response)
    return response
