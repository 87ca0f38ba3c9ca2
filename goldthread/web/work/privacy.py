"""Opening a record in an emergency, the alert it raises, and who read what."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access import audit
from goldthread.access.actor import Actor, Refused, acting, system
from goldthread.access.models import BreakGlass
from goldthread.access.policy import May
from goldthread.orgs.models import Agency, Appointment
from goldthread.people.models import Person
from goldthread.process import mending
from goldthread.process.models import Ask, Case
from goldthread.web.components import Column, Link, Table
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.middleware import needs

#: of what kind of record was read: where it is kept, what it is called by there, and how that is said
REFERENCES: dict[str, tuple[Any, str, str]] = {
    "case": (Case, "reference", "{}"), "person": (Person, "reference", "Person {}"),
    "ask": (Ask, "case__reference", "What was asked on {}")}


class GlassForm(Form):
    """What is to be opened, and why now."""

    reference = kit.Text(label="What is the reference of the record?", width=20, spellcheck=False)
    reason = kit.LongText(label="Why do you need to see it now?", rows=4)


@needs(May.BREAK_GLASS)
def break_glass(request: Any) -> HttpResponse:
    """Ask for a record in an emergency. The answer is the same whether there is one or not."""
    form = GlassForm(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                mending.break_glass(actor=request.actor, now=request.now, **form.cleaned_data)
            return redirect("glass_asked")
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
    return render(request, "work/glass.html", {"form": form})


@needs(May.BREAK_GLASS)
def asked(request: Any) -> HttpResponse:
    """What happens next, the same for every reference."""
    return render(request, "work/glass_asked.html", {})


@needs(May.REVIEW_ACCESS)
def alerts(request: Any) -> HttpResponse:
    """Records opened in an emergency that nobody has looked into yet, and those looked into."""
    closed = BreakGlass.objects.filter(partnership=request.actor.partnership).exclude(closed_at=None)
    return render(request, "work/alerts.html", {
        "open": to_look_into(request.actor),
        "closed": closed.select_related("user", "closed_by").order_by("-closed_at")[:50]})


def to_look_into(actor: Any) -> Table | None:
    """Records opened in an emergency that nobody has looked into yet, oldest first, for who is to; None for others."""
    if not actor.may(May.REVIEW_ACCESS):
        return None
    found = BreakGlass.objects.filter(partnership=actor.partnership, closed_at=None).select_related("user").order_by("at")
    return Table("To look into", [Column("Record asked for"), Column("Who"), Column("When", "ago")],
                 [[Link(grant.about, reverse("alert", args=[grant.pk])), str(grant.user), grant.at] for grant in found],
                 nothing="No record opened in an emergency waits to be looked into.", caption_hidden=True)


@needs(May.REVIEW_ACCESS)
def alert(request: Any, pk: int) -> HttpResponse:
    """Look into one, and say what was found."""
    grant = BreakGlass.objects.filter(partnership=request.actor.partnership, pk=pk).select_related("user").first()
    if grant is None:
        raise Http404
    form = type("FindingForm", (Form,), {
        "finding": kit.Choice(label="What did you find?", choices=BreakGlass._meta.get_field("finding").flatchoices),
        "comment": kit.LongText(label="What did you look at, and what did you find?", rows=4),
    })(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                mending.close_alert(actor=request.actor, grant=grant, now=request.now, **form.cleaned_data)
            return redirect("alerts")
        except (Refused, ValidationError) as wrong:
            form.add_error(None, wrong.messages if isinstance(wrong, ValidationError) else str(wrong))
    since = grant.at - timedelta(hours=1)
    return render(request, "work/alert.html", {"grant": grant, "form": form,
                                               "table": _readings(request, grant.user_id, since)})


def _readings(request: Any, user: int, since: Any) -> Table:
    rows = audit.readings_by(user, since=since)
    agencies = dict(Agency.objects.filter(pk__in={r["agency_id"] for r in rows}).values_list("pk", "name"))
    known = _references(request.actor, rows)
    lines = [[r["at"], known.get((r["kind"], r["ref"])) or f"{r['kind'].capitalize()} {r['ref'] or ''}".strip(),
              agencies.get(r["agency_id"], ""), r["why"]] for r in rows]
    columns = [Column("When", "ago"), Column("Record"), Column("For"), Column("Why")]
    return Table("Records read", columns, lines, nothing="No record was read in this time.")


def _references(actor: Actor, rows: list[dict[str, Any]]) -> dict[tuple[str, int], str]:
    """What people call the records that were read, by kind and number; never a name. Who reviews reading need not be
    somebody who may open the record, so they are looked up as the system.
    """
    with acting(system(actor.partnership.pk)):
        return {(kind, pk): words.format(reference) for kind, (model, field, words) in REFERENCES.items()
                for pk, reference in model.objects.filter(pk__in={r["ref"] for r in rows if r["kind"] == kind})
                .values_list("pk", field)}


@needs(May.REVIEW_ACCESS)
def readings(request: Any) -> HttpResponse:
    """What one person read, for a privacy officer."""
    seats = Appointment.objects.filter(partnership=request.actor.partnership).select_related("user")
    people = sorted({(s.user_id, str(s.user)) for s in seats}, key=lambda p: p[1])
    chosen = request.GET.get("person", "")
    table = None
    if chosen.isdigit() and int(chosen) in dict(people):
        table = _readings(request, int(chosen), request.now - timedelta(days=90))
    return render(request, "work/readings.html", {"people": people, "chosen": chosen, "table": table})


@needs()
def my_readings(request: Any) -> HttpResponse:
    """What I have read myself."""
    return render(request, "work/my_readings.html", {
        "table": _readings(request, request.user.pk, request.now - timedelta(days=90))})
