"""People of the partnership: who holds which seat, who is invited; invite one or many, end, cover."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from goldthread.access.actor import Refused
from goldthread.access.organisation import accounts, invitations, seats
from goldthread.access.organisation.invitations import Sent, send_invitation
from goldthread.access.policy import GIVEN
from goldthread.orgs import sheets
from goldthread.orgs.models import Appointment, Invitation
from goldthread.orgs.sheets import BadSheet
from goldthread.web.setup import forms
from goldthread.web.setup.agencies import csv_answer
from goldthread.web.setup.forms import try_action
from goldthread.web.setup.pages import SETS_UP

MOST_SHOWN = 500


@SETS_UP
def people(request: Any) -> HttpResponse:
    today = _today(request)
    held = Appointment.objects.filter(partnership=request.actor.partnership).current(today) \
        .select_related("user", "agency", "team", "covered_by__user").order_by("user__name", "pk")
    offers = Invitation.objects.filter(partnership=request.actor.partnership, accepted_at=None, withdrawn_at=None) \
        .select_related("agency").order_by("-invited_at")
    shown = list(held[:MOST_SHOWN])
    for seat in shown:
        seat.team_now = seat.team_on(today)
    return render(request, "setup/people.html", {
        "held": shown, "today": today, "more": max(held.count() - MOST_SHOWN, 0),
        "offers": [(offer, offer.state(request.now)) for offer in offers[:MOST_SHOWN]]})


@SETS_UP
def invite(request: Any) -> HttpResponse:
    form = forms.InviteForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        sent = try_action(form, invitations.invite, actor=request.actor, now=request.now, **form.cleaned_data)
        if sent:
            _send(request, [sent])
            messages.success(request, f"The invitation to {sent.invitation.email} is sent")
            return redirect("setup_people")
    return render(request, "setup/plain.html", {"form": form, "title": "Invite somebody", "button": "Send invitation",
                                                "back": "setup_people", "back_to": "People"})


@SETS_UP
def bulk(request: Any) -> HttpResponse:
    """Many invitations from a CSV file: looked through first, then all of them or none."""
    form, faults, found = forms.FileForm(request.POST or None, request.FILES or None), [], ""
    only_check = "check" in request.POST
    if request.method == "POST" and form.is_valid():
        try:
            sent = invitations.import_people(actor=request.actor, content=form.cleaned_data["file"].read(),
                                             now=request.now, dry_run=only_check)
            found = f"{len(sent)} to invite"
        except BadSheet as bad:
            faults = bad.faults
        if found and not only_check:
            _send(request, sent)
            messages.success(request, f"{len(sent)} invitations are sent")
            return redirect("setup_people")
    return render(request, "setup/bulk.html", {
        "form": form, "faults": faults, "found": found, "columns": invitations.COLUMNS, "title": "Invite people from a file",
        "template": "people_template", "back": "setup_people", "back_to": "People",
        "codes": [("Roles", [(key, role.name) for key, role in GIVEN.items()])]})


@SETS_UP
def template(request: Any) -> HttpResponse:
    return csv_answer(sheets.template(invitations.COLUMNS), "people.csv")


@SETS_UP
@require_POST
def withdraw(request: Any, pk: int) -> HttpResponse:
    offer = get_object_or_404(Invitation, pk=pk, partnership=request.actor.partnership)
    return _say(request, f"The invitation to {offer.email} no longer works",
                lambda: invitations.withdraw(actor=request.actor, invitation=offer, now=request.now))


@SETS_UP
@require_POST
def again(request: Any, pk: int) -> HttpResponse:
    offer = get_object_or_404(Invitation, pk=pk, partnership=request.actor.partnership)
    return _say(request, f"A new invitation to {offer.email} is sent", lambda: _send(
        request, [invitations.invite_again(actor=request.actor, invitation=offer, now=request.now)]))


@SETS_UP
def end(request: Any, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    form = forms.EndForm(request.POST or None, initial={"last_day": seat.ends or _today(request)})
    if request.method == "POST" and form.is_valid():
        try_action(form, seats.end_appointment, actor=request.actor, appointment=seat, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{seat.user}: the seat ends on the day you gave")
            return redirect("setup_people")
    return render(request, "setup/plain.html", {"form": form, "title": f"End the seat of {seat.user}", "button": "End",
                                                "warn": True, "back": "setup_people", "back_to": "People"})


@SETS_UP
def cover(request: Any, pk: int) -> HttpResponse:
    seat, today = _seat(request, pk), _today(request)
    form = forms.CoverForm(request.POST or None, seat=seat, now=today,
                           initial={"covered_by": seat.covered_by_id, "cover_until": seat.cover_until})
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try_action(form, seats.arrange_cover, actor=request.actor, appointment=seat,
                   covered_by=answers["covered_by"], until=answers["cover_until"])
        if form.is_valid():
            messages.success(request, f"{seat.user}: cover is saved")
            return redirect("setup_people")
    return render(request, "setup/plain.html", {
        "form": form, "title": f"Cover for {seat.user}", "button": "Save", "back": "setup_people", "back_to": "People",
        "why": "Whoever covers sees the tasks and messages addressed to this person by name, until the day you give."})


@SETS_UP
def close(request: Any, pk: int) -> HttpResponse:
    """For a leaver: the account is closed and every session ends at once."""
    seat = _seat(request, pk)
    if request.method != "POST":
        return render(request, "setup/plain.html", {
            "title": f"Close the account of {seat.user}", "button": "Close the account", "warn": True,
            "back": "setup_people", "back_to": "People",
            "why": "All seats in your partnership end and every session ends at once. What the person did is kept."})
    return _say(request, f"{seat.user} can no longer sign in here", lambda: accounts.close_account(
        actor=request.actor, user=seat.user, why=f"Closed by {request.user}", today=_today(request)))


def _say(request: Any, done: str, action: Any) -> HttpResponse:
    try:
        action()
        messages.success(request, done)
    except Refused as why:
        messages.error(request, str(why))
    return redirect("setup_people")


def _send(request: Any, sent: list[Sent]) -> None:
    for each in sent:
        send_invitation(each, lambda token: request.build_absolute_uri(reverse("accept_invitation", args=[token])))


def _seat(request: Any, pk: int) -> Appointment:
    rows = Appointment.objects.select_related("user", "agency")
    return get_object_or_404(rows, pk=pk, partnership=request.actor.partnership)


def _today(request: Any) -> Any:
    return timezone.localdate(request.now)
