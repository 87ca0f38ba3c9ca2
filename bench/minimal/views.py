"""A list, a record and a search as somebody in a hurry writes them."""
from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from bench.minimal.models import Case, Clock, Contact, ContactPerson, Event
from goldthread.people.keys import sounds_of_forms

PAGE = 25


def work_list(request: Any) -> HttpResponse:
    """One page of one front door's cases: open ones by when they are due, or (`state`) closed ones, newest first."""
    rows = Case.objects.filter(partnership_id=request.GET["in"], process_key="front-door")
    rows = rows.select_related("allocated_to", "started_by")
    closed = request.GET.get("state") == "closed"
    rows = rows.filter(closed_at__isnull=not closed)
    if request.GET.get("due") == "overdue":
        rows = rows.filter(next_due__lt=timezone.now())
    if mark := request.GET.get("mark"):
        rows = rows.filter(mark=mark)
    if after := request.GET.get("after"):
        at, pk = parse_datetime(after.split("~")[0]), int(after.split("~")[1])
        rows = rows.filter(closed_at__lte=at).filter(Q(closed_at__lt=at) | Q(pk__lt=pk)) if closed else \
            rows.filter(next_due__gte=at).filter(Q(next_due__gt=at) | Q(pk__gt=pk))
    rows = rows.order_by(F("closed_at").desc(), "-pk") if closed else rows.order_by("next_due", "pk")
    return render(request, "list.html", {"rows": rows[:PAGE], "closed": closed})


def record(request: Any, reference: str) -> HttpResponse:
    """A case with what was first said of it and of whom, its latest events and its open time limits."""
    case = get_object_or_404(Case.objects.select_related("allocated_to", "started_by"), reference=reference)
    events = Event.objects.filter(case=case).select_related("agency", "recorded_by").order_by("-happened_at", "-pk")[:5]
    contact = Contact.objects.filter(case=case).order_by("pk").first()
    return render(request, "record.html", {
        "case": case, "events": events, "contact": contact,
        "people": ContactPerson.objects.filter(case=case).order_by("pk"),
        "clocks": Clock.objects.filter(case=case, stopped=None).order_by("due")})


SEARCH = """
select distinct on (k.kept_id) p.reference, p.given, p.family, p.known_as, p.born_on, a.postcode
from people_searchkey k join people_person p on p.id = k.kept_id
left join lateral (select postcode from people_address where person_id = p.id and until is null
                   order by id desc limit 1) a on true
where k.partnership_id = %s and {words} order by k.kept_id limit 20
"""
WORD = "(k.text like %s or k.sounds && %s::text[])"


def search(request: Any) -> HttpResponse:
    """People of whom every word typed is part of a name, or sounds like one."""
    words = request.POST["q"].lower().split()
    values: list[Any] = [request.GET["in"]]
    for word in words:
        values += [f"%{word}%", sounds_of_forms(word)]
    with connection.cursor() as cursor:
        cursor.execute(SEARCH.format(words=" and ".join([WORD] * len(words))), values)
        names = [column.name for column in cursor.description]
        people = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return render(request, "search.html", {"people": people, "q": request.POST["q"]})
