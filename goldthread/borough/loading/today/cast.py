"""Who does what on the day: people of staff by the names the scene gives them, and each as an actor at a moment."""
from __future__ import annotations

from datetime import datetime

from goldthread.access.actor import Actor, actor_for
from goldthread.access.organisation.public import public_actor
from goldthread.borough.borough import Borough
from goldthread.borough.loading.recording import FrontDoor
from goldthread.borough.records.agencies import Staff
from goldthread.orgs.models import Appointment

PUBLIC = "public"


class Cast:
    """Names: a persona ("school-lead"), a colleague of one ("mash-worker's colleague"), a member of an agency's team
    ("hospital/Emergency department"), anybody of an agency ("housing"), or "public"."""

    COLLEAGUE = "'s colleague"

    def __init__(self, borough: Borough, door: FrontDoor) -> None:
        self._directory, self._personas, self._door = borough.directory, borough.personas(), door

    def staff(self, name: str) -> Staff:
        """The person of staff of that name. Raises KeyError for a name that is nobody's."""
        if name.endswith(self.COLLEAGUE):
            persona = self._personas[name.removesuffix(self.COLLEAGUE)]
            others = self._directory.staff_of[persona.agency_id, persona.role]
            return next(p for p in others if not p.persona)
        if name in self._personas:
            return self._personas[name]
        key, _, team = name.partition("/")
        agency = self._directory.keys[key]
        return (self._directory.team_of if team else self._directory.staff_of)[agency, team][0]

    def agency(self, name: str) -> int:
        """The number in the database of an agency: of a persona ("gp"), or by its key ("housing")."""
        known = self._personas.get(name)
        return self._door.found.agencies[known.agency_id if known else self._directory.keys[name]]

    def user(self, name: str) -> int:
        return self._appointment(self.staff(name)).user_id

    def actor(self, name: str, at: datetime) -> Actor:
        """Somebody acting in this partnership at a moment."""
        if name == PUBLIC:
            return public_actor(self._door.found.partnerships[self._door.key], now=at)
        return actor_for(self._appointment(self.staff(name)), now=at)

    def answering(self, agency: int, at: datetime) -> Actor:
        """Whoever answers for an agency, other than a persona if there is anybody else."""
        personas = [seat.user for seat in self._door.found.personas.values()]
        seats = Appointment.objects.filter(partnership=self._door.found.partnerships[self._door.key], agency=agency)
        seat = seats.exclude(user__in=personas).order_by("pk").first() or seats.order_by("pk").first()
        assert seat is not None
        return actor_for(Appointment.objects.select_related("user", "agency", "partnership").get(pk=seat.pk), now=at)

    def _appointment(self, person: Staff) -> Appointment:
        rows = Appointment.objects.select_related("user", "agency", "partnership")
        return rows.get(user__email=person.email, partnership=self._door.found.partnerships[self._door.key])
