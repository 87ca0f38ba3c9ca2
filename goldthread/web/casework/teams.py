"""The teams a work list can be narrowed to, for those who see the whole of a desk's work."""
from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q

from goldthread.access.actor import Actor
from goldthread.access.policy import ROLES, desk_token
from goldthread.access.prepared import Prepared
from goldthread.orgs.models import Appointment, Team
from goldthread.process import registry
from goldthread.process.definition import Process

#: (number, name) of each team, by name
Teams = tuple[tuple[int, str], ...]


def teams_of(actor: Actor, process: Process, today: date) -> Teams:
    """The teams of one's own agency whose people work on such cases; none for whoever sees only what is theirs."""
    if not any(actor.holds(desk_token(desk, actor.partnership.pk)) for desk in process.desks):
        return ()
    found = _working_on(process.key).rows(agency=actor.agency.pk, partnership=actor.partnership.pk, today=today)
    return tuple(found)


@cache
def _working_on(key: str) -> Prepared:
    roles = sorted(role.key for role in ROLES.values() if role.may & registry.get(key).rights)

    def query(agency: int, partnership: int, today: date) -> Any:
        seats = Appointment.objects.current(today).filter(team=OuterRef("pk"), partnership=partnership, role__in=roles)
        return Team.objects.working(today).filter(Exists(seats), agency=agency).values_list("pk", "name")
    return Prepared(query, guarded=False, agency=-987_654_321_010, partnership=-987_654_321_011, today=date(1, 1, 6))


def with_team(team: int, today: date) -> Q:
    """The cases that a team took over, or that somebody of it has."""
    seats = Appointment.objects.filter(Q(ends=None) | Q(ends__gte=today), user=OuterRef("allocated_to"), team=team,
                                       partnership=OuterRef("partnership"), starts__lte=today)
    return Q(team=team) | Q(Exists(seats))
