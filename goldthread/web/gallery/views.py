"""The gallery's pages: shown in the demonstration and in tests, not found anywhere else."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.web.components import Chip, Filter, Link, Pages, View
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.forms.paged import Paged
from goldthread.web.gallery import samples
from goldthread.web.gallery.forms import PAGES, Everything, Long
from goldthread.web.middleware import public

SESSION_KEY = "gallery-draft"


def on_show(view: Callable[..., HttpResponse]) -> Any:
    """A page of the gallery: open to all where it is on show."""
    @wraps(view)
    def shown(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (settings.DEMO or settings.TESTING):
            raise Http404
        return view(request, *args, **kwargs)
    return public(shown)


def frame(**more: Any) -> dict[str, Any]:
    """The signed-in frame around a page, for an invented person."""
    who = samples.persona()
    return {"actor": who, "seats": who.seats, "unread": 3, "partnership": samples.PARTNERSHIP, "demo": True,
            "sections": samples.SECTIONS, "search_at": "/gallery/", "notices_at": "/gallery/", "home_url": "/gallery/",
            **more}


class ListFilter(Form):
    says_optional = False
    q = fields.Text(label="Name or reference", required=False)
    status = fields.Choices(label="Status", required=False, small=True,
                            choices=[("new", "New"), ("late", "Late"), ("waiting", "Waiting")])


@on_show
def pieces(request: Any) -> HttpResponse:
    """All components on one page."""
    filter = Filter(ListFilter({"q": request.GET.get("q", ""), "status": request.GET.getlist("status") or ["late"]}),
                    [Chip("Status: late", "?status="), Chip("From: police", "?")], "?", save_url="#main-content")
    views = [View("My team’s desk", "?", True), View("Late", "?status=late"), View("Waiting for police", "?")]
    work = samples.work_list(request.now, request.GET.get("sort", ""), request.GET.get("q", ""))
    return render(request, "gallery/pieces.html", frame(
        identity=samples.IDENTITY, tabs=samples.TABS, tiles=samples.TILES, charts=samples.CHARTS,
        work=work, filter=filter, views=views,
        facts=samples.FACTS, events=samples.events(request.now), tasks=samples.TASKS,
        pages=Pages("?before=1", "?after=2", "26 to 50"), link=Link("Procedures", "#main-content")))


@on_show
def form(request: Any) -> HttpResponse:
    """Every kind of question: empty, with mistakes, or with answers."""
    filled = Everything(request.POST or None, request.FILES or None, today=request.now.date())
    if request.method == "POST" and filled.is_valid():
        messages.success(request, "Everything was in order")
        return redirect("gallery_done")
    return render(request, "gallery/form.html", frame(form=filled))


@on_show
def done(request: Any) -> HttpResponse:
    return render(request, "gallery/done.html", frame())


@on_show
def concern(request: Any) -> HttpResponse:
    """A public page on abuse."""
    return render(request, "gallery/public.html", {
        "partnership": samples.PARTNERSHIP, "public_links": samples.SECTIONS[1:4]})


@dataclass
class SessionDraft:
    """A draft in the visitor's session."""

    session: Any

    def load(self) -> dict[str, Any]:
        return self.session.get(SESSION_KEY, {})

    def save(self, data: dict[str, Any]) -> None:
        self.session[SESSION_KEY] = data


def _paged(request: Any) -> Paged:
    return Paged(PAGES, Long, SessionDraft(request.session), {"today": request.now.date()})


def _page_url(key: str) -> str:
    return reverse("gallery_page", args=[key])


@on_show
def tasks(request: Any) -> HttpResponse:
    paged = _paged(request)
    return render(request, "gallery/tasks.html", frame(tasks=paged.tasks(_page_url), finished=paged.finished()))


@on_show
def page(request: Any, key: str) -> HttpResponse:
    """One page of the long form: keeps what is typed, then goes on or shows the mistakes."""
    paged = _paged(request)
    if key not in {each.key for each in PAGES}:
        raise Http404
    form = paged.visit(key, check="check" in request.GET)
    if request.method == "POST":
        form = paged.keep(key, request.POST)
        if paged.stays(request.POST):
            return redirect("gallery_page", key)
        if form.is_valid():
            following = paged.next_after(key)
            return redirect("gallery_page", following.key) if following else redirect("gallery_answers")
    return render(request, "gallery/page.html", frame(
        page=paged.page(key), form=form, back=reverse("gallery_tasks"),
        autosave=reverse("gallery_autosave", args=[key])))


@on_show
def autosave(request: Any, key: str) -> HttpResponse:
    if request.method != "POST":
        raise Http404
    _paged(request).keep(key, request.POST)
    return JsonResponse({"saved": request.now.isoformat()})


@on_show
def answers(request: Any) -> HttpResponse:
    paged = _paged(request)
    return render(request, "gallery/answers.html", frame(answers=paged.answers(_page_url), finished=paged.finished()))
