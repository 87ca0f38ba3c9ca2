"""What the pages of meetings share."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from goldthread.access.actor import Refused
from goldthread.access.policy import ROLES, May
from goldthread.files.faults import BadFile
from goldthread.meeting.models import AgendaItem, Body, Meeting
from goldthread.orgs.models import Agency, Appointment
from goldthread.web.components import Tag
from goldthread.web.middleware import needs

SITS = needs(May.RUN_MEETINGS, May.ATTEND_MEETINGS)


def body_of(pk: int) -> Body:
    """A group the acting person may read; else a page of an address that does not exist."""
    found: Body | None = Body.objects.select_related("chair__user", "chair__agency", "secretary__user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def meeting_of(pk: int) -> Meeting:
    found: Meeting | None = Meeting.objects.select_related(
        "body__chair__user", "body__secretary__user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def item_of(meeting: Meeting, pk: int) -> AgendaItem:
    found: AgendaItem | None = AgendaItem.objects.filter(meeting=meeting, pk=pk).first()
    if found is None:
        raise Http404
    found.meeting = meeting
    return found


def tried(form: Any, write: Any, /, **arguments: Any) -> Any:
    """What an action returns, True for nothing; or None, with what it found wrong put at the form's fields."""
    try:
        with transaction.atomic():
            return write(**arguments) or True
    except ValidationError as wrong:
        named = wrong.message_dict if hasattr(wrong, "error_dict") else {NON_FIELD_ERRORS: wrong.messages}
        for field, words in named.items():
            form.add_error(field if field in form.fields else None, words)
    except BadFile as bad:
        form.add_error("upload", str(bad))
    except Refused as why:
        form.add_error(None, str(why))
    return None


def today_of(request: Any) -> Any:
    return timezone.localdate(request.now)


def state_tag(meeting: Meeting, now: Any) -> Tag | str:
    """How a meeting stands, in a word."""
    if meeting.cancelled_at:
        return Tag("Cancelled", "red")
    day, today = timezone.localdate(meeting.planned_at), timezone.localdate(now)
    return Tag("Today", "blue") if day == today else "Planned" if day > today else "Held"


def doers(actor: Any, today: Any, agencies: Any = None) -> list[tuple[str, str]]:
    """Whom something may be given to: each agency, and each of its people who attend meetings. agencies: only these."""
    taking = Agency.objects.taking_part(actor.partnership, today)
    rows = list(taking if agencies is None else taking.filter(pk__in=agencies))
    roles = [role.key for role in ROLES.values() if May.ATTEND_MEETINGS in role.may]
    seats = Appointment.objects.filter(partnership=actor.partnership, agency__in=rows, role__in=roles).current(today)
    people: dict[int, dict[int, str]] = {}
    for seat in seats.select_related("user").order_by("user__name", "pk"):
        people.setdefault(seat.agency_id, {})[seat.user_id] = f"{seat.user}, {seat.title or ROLES[seat.role].name}"
    found = []
    for agency in rows:
        found.append((str(agency.pk), agency.name))
        found += [(f"{agency.pk}:{user}", f"{agency.name}: {words}") for user, words in people.get(agency.pk, {}).items()]
    return found


def doer(value: str) -> dict[str, Any]:
    """The agency and the person (or None) that a choice of `doers` names."""
    from goldthread.orgs.models import User
    agency, _, user = value.partition(":")
    return {"agency": Agency.objects.get(pk=int(agency)), "owner": User.objects.get(pk=int(user)) if user else None}
