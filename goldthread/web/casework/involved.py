"""Who is involved in a case: the worker, and each agency that sent it in, was asked or recorded something, with numbers."""
from __future__ import annotations

from typing import Any

from goldthread.orgs.models import Participation
from goldthread.process.models import Case
from goldthread.web.components import Column, Table
from goldthread.web.templatetags._frame import phone_link


def involved(case: Case) -> Table:
    """A line for each professional and agency, as far as what the acting person may read names them."""
    rows = _people(case) + _agencies(case)
    columns = [Column("Who"), Column("Agency"), Column("Part in this"), Column("Telephone")]
    return Table("Professionals", columns, rows, nothing="Nobody has taken part yet.")


def _people(case: Case) -> list[list[Any]]:
    """The worker, then whoever recorded something, latest first; each once."""
    found: dict[int, list[Any]] = {}
    worker: Any = case.allocated_to
    if worker is not None:
        found[worker.pk] = [str(worker), "", "Works on it", _dial(worker.phone)]
    events = case.events.select_related("recorded_by", "agency").order_by("-happened_at", "-pk")
    for event in events:
        who = event.recorded_by
        did = f"Recorded: {case.process.step(event.step).name.lower()}"
        line = found.setdefault(who.pk, [str(who), event.agency.name, did, _dial(who.phone)])
        line[1] = line[1] or (event.agency.name if who == worker else "")
    return list(found.values())


def _agencies(case: Case) -> list[list[Any]]:
    """The lead of each agency that has a part in the case."""
    parts: dict[int, str] = {case.started_by_id: "Sent it in"}
    if case.about_agency_id:
        parts[case.about_agency_id] = "It is about them"
    for ask in case.asks.order_by("pk"):
        state = "nothing known" if ask.nil else "answered" if ask.answered_at else "not answered"
        parts[ask.agency_id] = f"Was asked, {state}"
    rows = Participation.objects.filter(partnership=case.partnership_id, agency__in=parts).select_related("agency")
    return [[part.lead_name or "Safeguarding lead", part.agency.name, parts[part.agency_id],
             _dial(part.lead_phone or part.agency.phone)] for part in rows.order_by("agency__name")]


def _dial(number: str) -> Any:
    return phone_link(number) if number else "Not recorded"
