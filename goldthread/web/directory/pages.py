"""The directory: agencies by kind, and one agency's people. Only of the partnership one works in."""
from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from goldthread.access.policy import May
from goldthread.orgs.models import Appointment, Participation, Team
from goldthread.rules.codes import UnknownCode, codes, label
from goldthread.web.middleware import needs

A_PAGE = 50


@needs(May.SEE_DIRECTORY)
def directory(request: Any) -> HttpResponse:
    """Agencies by kind, searched by name, lead or person, filtered by kind."""
    today, asked = timezone.localdate(request.now), request.GET.get("q", "").strip()
    kind = request.GET.get("kind", "")
    rows = _taking_part(request.actor.partnership, today)
    kinds = _kinds_there(rows, today)
    if asked:
        rows = rows.filter(_named(request.actor.partnership, asked, today))
    if kind:
        rows = rows.filter(agency__kind=kind)
    page = Paginator(rows.order_by("-statutory_partner", "agency__kind", "agency__name", "pk"), A_PAGE) \
        .get_page(request.GET.get("page"))
    return render(request, "directory/directory.html", {
        "page": page, "groups": _by_kind(page.object_list), "asked": asked, "kind": kind, "kinds": kinds})


@needs(May.SEE_DIRECTORY)
def agency(request: Any, pk: int) -> HttpResponse:
    """One agency: its lead, teams and people, with who covers for whom."""
    today = timezone.localdate(request.now)
    part = get_object_or_404(_taking_part(request.actor.partnership, today), agency_id=pk)
    seats = Appointment.objects.filter(partnership=request.actor.partnership, agency=pk).current(today) \
        .select_related("user", "team", "covered_by__user").order_by("team__name", "user__name", "pk")
    covered = [(seat, seat.team_on(today), seat.covered_by if seat.cover_until and seat.cover_until >= today else None)
               for seat in seats]
    return render(request, "directory/agency.html", {
        "part": part, "agency": part.agency, "kind": _kind_name(part.agency.kind), "seats": covered,
        "teams": Team.objects.working(today).filter(agency=pk)})


def _taking_part(partnership: Any, today: Any) -> QuerySet[Participation]:
    seats = Count("agency__appointments", distinct=True, filter=Q(
        agency__appointments__partnership=partnership, agency__appointments__starts__lte=today,
        agency__appointments__user__is_active=True) & (
            Q(agency__appointments__ends=None) | Q(agency__appointments__ends__gte=today)))
    return Participation.objects.of_organisations().filter(
        Q(until=None) | Q(until__gte=today), partnership=partnership, since__lte=today).select_related(
            "agency").annotate(people=seats)


def _named(partnership: Any, asked: str, today: Any) -> Q:
    people = Appointment.objects.filter(
        Q(user__name__icontains=asked) | Q(title__icontains=asked) |
        Q(team__in=Team.objects.working(today).filter(name__icontains=asked)),
        partnership=partnership, agency=OuterRef("agency")).current(today)
    return Q(agency__name__icontains=asked) | Q(lead_name__icontains=asked) | Q(agency__code__iexact=asked) | \
        Q(agency__postcode__istartswith=asked) | Q(Exists(people))


def _kinds_there(rows: QuerySet[Participation], today: Any) -> list[tuple[str, str]]:
    there = set(rows.order_by().values_list("agency__kind", flat=True))
    listed = [(each.code, each.label) for each in codes("agency-kinds", today) if each.code in there]
    return listed + [(kind, _kind_name(kind)) for kind in sorted(there - {code for code, _ in listed})]


def _by_kind(rows: Iterable[Participation]) -> list[tuple[str, list[Participation]]]:
    def name(row: Participation) -> str:
        return "Safeguarding partners" if row.statutory_partner else _kind_name(row.agency.kind)
    return [(words, list(found)) for words, found in groupby(rows, key=name)]


def _kind_name(kind: str) -> str:
    """A kind's name; kinds outside the list keep their own word."""
    try:
        return label("agency-kinds", kind)
    except UnknownCode:
        return kind.replace("-", " ").capitalize()
