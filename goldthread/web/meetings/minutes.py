"""Minutes to read, print and approve; and a person's own calendar address."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access.actor import Refused, acting
from goldthread.meeting import actions
from goldthread.meeting.calendar import calendar_of
from goldthread.meeting.minutes import approved, draft, settled
from goldthread.meeting.models import CalendarKey, ItemMinute, Meeting, MinutesPart
from goldthread.meeting.rights import chairs
from goldthread.web.meetings.common import SITS, meeting_of
from goldthread.web.meetings.live import _look, framed
from goldthread.web.middleware import public

FEED_BACK, FEED_MOST = timedelta(days=90), 500


@SITS
def minutes(request: Any, pk: int) -> HttpResponse:
    """The minutes as they read now, or as approved where nothing changed since."""
    found = meeting_of(pk)
    parts = draft(found)
    done = settled(found, parts)
    kept = approved(found)
    _look(request, found)
    shown = list(MinutesPart.objects.filter(minutes=kept).order_by("order")) if done and kept else parts
    wrote = ItemMinute.objects.filter(item__meeting=found, replaced_by=None, by=request.user).exists()
    return render(request, "meetings/minutes.html", framed(
        request, found, parts=shown, done=done, wrote=wrote, empty=all(part.empty for part in parts)))


@SITS
def ask(request: Any, pk: int) -> HttpResponse:
    """Tell the chair that there are minutes to approve."""
    return _post(request, pk, actions.ask_approval, "The chair is told")


@SITS
def approve(request: Any, pk: int) -> HttpResponse:
    found = meeting_of(pk)
    if not chairs(request.actor, found.body):
        raise Http404
    return _post(request, pk, actions.approve, "The minutes are approved")


def _post(request: Any, pk: int, action: Any, words: str) -> HttpResponse:
    found = meeting_of(pk)
    if request.method != "POST":
        raise Http404
    try:
        action(actor=request.actor, meeting=found, now=request.now)
        messages.success(request, words)
    except (Refused, ValidationError) as wrong:
        messages.warning(request, "; ".join(getattr(wrong, "messages", [str(wrong)])))
    return redirect("meeting_minutes", pk)


@SITS
def calendar(request: Any) -> HttpResponse:
    """The address by which one's own calendar shows one's meetings. It is shown once, when it is made."""
    made = ""
    if request.method == "POST":
        secret = actions.renew_key(actor=request.actor, now=request.now)
        made = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
    key = CalendarKey.objects.filter(user=request.user).first()
    return render(request, "meetings/calendar.html", {"made": made, "key": key})


@public
def feed(request: Any, secret: str) -> HttpResponse:
    """A person's meetings for their calendar program, which cannot sign in: the secret in the address says whose."""
    found: dict[int, Meeting] = {}
    seats = actions.holder(secret, now=request.now)
    if not seats:
        raise Http404
    for actor in seats:
        with acting(actor):
            rows = Meeting.objects.filter(planned_at__gte=request.now - FEED_BACK).select_related("body")
            found |= {row.pk: row for row in rows.order_by("planned_at", "pk")[:FEED_MOST]}
    text = calendar_of(sorted(found.values(), key=lambda m: (m.planned_at, m.pk)), host=request.get_host().split(":")[0],
                       now=request.now)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers={
        "Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"})
