"""Who reads a group, its meetings and their items: worked out, and written onto the rows whenever it changes."""
from __future__ import annotations

from datetime import date
from typing import Any

from goldthread.access.policy import agency_token, desk_token, user_token
from goldthread.files.models import Document
from goldthread.meeting.models import (
    AgendaItem,
    Attendance,
    Body,
    BodyMember,
    ItemAction,
    ItemMinute,
    Meeting,
    Minutes,
    MinutesPart,
    Paper,
    Quorum,
)
from goldthread.meeting.models.body import member_on
from goldthread.orgs.models import Appointment
from goldthread.process.models import Case
from goldthread.thread import readers as thread

OF_ITEM: tuple[Any, ...] = (Paper, ItemMinute, ItemAction)


def sitting(body: Body, today: date) -> list[str]:
    """The tokens of those who sit in a group: its desk, its chair and secretary, each agency by whom it names.

    A seat that has ended gives nothing any more.
    """
    here = body.partnership_id
    seats = Appointment.objects.current(today).filter(partnership=here)
    officers = seats.filter(pk__in=[body.chair_id, body.secretary_id]).values_list("user", flat=True)
    found = {desk_token(body.desk, here), *map(user_token, officers)}
    for member in BodyMember.objects.filter(member_on(today), body=body.pk) if body.pk else ():
        if member.person_id is None:
            found.add(agency_token(member.agency_id, here))
        elif seats.filter(user=member.person_id, agency=member.agency_id).exists():
            found.add(user_token(member.person_id))
    return sorted(found)


def of_item(item: AgendaItem, seats: list[str]) -> dict[str, Any]:
    """Who reads an item. seats: the tokens of those who sit at its meeting."""
    if item.case_id is None:
        return {"readers": seats, "denied": [], "within": None}
    case = Case.with_void.get(pk=item.case_id)
    return {"readers": sorted(case.readers), "denied": sorted(case.denied), "within": seats}


def like(item: AgendaItem) -> dict[str, Any]:
    """What a row that hangs off an item is given."""
    return {"partnership_id": item.partnership_id, "readers": item.readers, "denied": item.denied, "within": item.within}


def rewrite_body(body: Body, today: date) -> None:
    """Write a group's readers onto it and all its meetings. On the system's authority, within `writing()`."""
    seats = sitting(body, today)
    Body.objects.filter(pk=body.pk).update(readers=seats)
    body.readers = seats
    for model, where in ((Quorum, "body"), (BodyMember, "body"), (Meeting, "body"), (Attendance, "meeting__body"),
                         (Minutes, "meeting__body")):
        model.objects.filter(**{where: body.pk}).update(readers=seats)  # type: ignore[attr-defined]
    for item in AgendaItem.objects.filter(meeting__body=body.pk):
        _rewrite_item(item, seats)
    given = ItemAction.objects.filter(item__meeting__body=body.pk, item__case=None).values("action")
    thread.share(given, seats)


def _rewrite_item(item: AgendaItem, seats: list[str]) -> None:
    values = of_item(item, seats)
    AgendaItem.objects.filter(pk=item.pk).update(**values)
    for model in OF_ITEM:
        model.objects.filter(item=item.pk).update(**values)
    MinutesPart.objects.filter(item=item.pk).update(**values)
    Document.objects.filter(pk__in=Paper.objects.filter(item=item.pk).values("document")).update(**values)


def follow_case(case: Case) -> None:
    """The readers of a case changed, and with them those of every item about it."""
    for item in AgendaItem.objects.filter(case=case).select_related("meeting"):
        _rewrite_item(item, item.meeting.readers)
