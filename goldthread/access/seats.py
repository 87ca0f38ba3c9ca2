"""Who somebody is on this very request: their account, the seats they hold now, and what each is given for a time."""
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from goldthread.access.models import BreakGlass
from goldthread.access.prepared import Prepared
from goldthread.orgs.models import Appointment


def with_given(seats: Any, now: datetime, today: date | None = None) -> Any:
    """Seats with `grants`, the emergency grants in force, `covered`, the users whose eyes they have in their absence, and
    `covered_teams`, the teams those are in."""
    grants = BreakGlass.objects.filter(user=OuterRef("user"), partnership=OuterRef("partnership"), at__lte=now,
                                       until__gt=now, found=True)
    today = today or now.date()
    covers = Appointment.objects.filter(covered_by=OuterRef("pk"), cover_until__gte=today)
    teams = covers.filter(Q(team__until=None) | Q(team__until__gte=today)).exclude(team=None)
    return seats.annotate(grants=ArraySubquery(grants.values("pk")), covered=ArraySubquery(covers.values("user")),
                          covered_teams=ArraySubquery(teams.values("team")))


def _seats(user: int, now: datetime, today: date) -> Any:
    seats = Appointment.objects.filter(user=user).current(today)
    return with_given(seats, now, today).select_related("user", "agency", "partnership", "team").order_by("pk")


_ASKED = Prepared(_seats, guarded=False, user=-987_654_321_002, now=datetime(1, 1, 2, tzinfo=UTC), today=date(1, 1, 3))


def seats_of(user: int, *, now: datetime) -> list[Appointment]:
    """The seats a person holds now, first held first, each with its user, agency, partnership and team."""
    return _ASKED.rows(user=user, now=now, today=now.date())
