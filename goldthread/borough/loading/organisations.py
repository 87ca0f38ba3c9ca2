"""Partnerships, agencies, teams, people of staff and their seats; and who is who in the database afterwards."""
from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.contrib.auth.hashers import make_password

from goldthread.access.organisation.public import public_actor
from goldthread.borough.borough import Borough
from goldthread.borough.contacts import triage
from goldthread.borough.records.agencies import Staff
from goldthread.orgs.models import Agency, Appointment, LocalLimit, Participation, Partnership, Team, User

CLAUSE = "Invented for the demonstration"


@dataclass(frozen=True)
class Seat:
    """Who records something: ids of the user and of the agency they record it for."""

    user: int
    agency: int


@dataclass(frozen=True)
class Organisations:
    """What the borough's own numbers became. `agencies` and `staff` by agency_id and staff_id.

    In `staff` a colleague stands in for each of the demo's personas, so that they begin as newcomers do: nothing was
    recorded by them yet. first_of: who is named first at each agency; managers: of each front door; public: people
    without an account.
    """

    partnerships: dict[str, Partnership]
    agencies: dict[int, int]
    names: dict[int, str]
    staff: dict[int, Seat]
    personas: dict[str, Seat]
    first_of: dict[int, Seat]
    managers: dict[str, tuple[Seat, ...]]
    public: dict[str, Seat]


def load_organisations(borough: Borough) -> Organisations:
    """Write them all; passwords are unusable, so that nobody signs in but by a demo link or an invitation."""
    began = datetime.combine(borough.plan.first_day, time(), UTC)
    partnerships = {row.slug: row for row in Partnership.objects.bulk_create(_partnerships(borough))}
    known = list(borough.agencies())
    rows = Agency.objects.bulk_create([Agency(name=a.name, kind=a.kind, code=a.code, phone=a.phone, email=a.email,
                                              postcode=a.postcode) for a in known])
    agencies = {each.agency_id: row.pk for each, row in zip(known, rows, strict=True)}
    Participation.objects.bulk_create(_participations(borough, partnerships, agencies))
    teams = {(row.agency_id, row.name): row for row in Team.objects.bulk_create(
        [Team(agency_id=agencies[a.agency_id], name=name, phone=a.phone) for a in known for name in a.teams])}
    people = list(borough.staff())
    users = User.objects.bulk_create([
        User(email=p.email, name=p.name, phone=p.phone, password=make_password(None),
             runs_installation=p.persona == "administrator") for p in people])
    seats = {p.staff_id: Seat(user.pk, agencies[p.agency_id]) for p, user in zip(people, users, strict=True)}
    staff = {p.staff_id: seats[_stand_in(p, borough).staff_id] for p in people}
    Appointment.objects.bulk_create([
        Appointment(user_id=seats[p.staff_id].user, partnership=partnerships[key], agency_id=agencies[p.agency_id],
                    team=teams.get((agencies[p.agency_id], p.team)), role=p.role, title=p.title, starts=p.since,
                    ends=p.until) for p in people for key in p.partnerships])
    LocalLimit.objects.bulk_create([
        LocalLimit(partnership=partnerships[p.key], key=key, span=span, source=CLAUSE,
                   valid_from=borough.plan.first_day) for p in borough.partnerships() for key, span in p.local_limits])
    first = {p.agency_id: staff[p.staff_id] for p in reversed(people)}
    hub = triage.Triage(borough.plan, borough.directory)
    managers = {key: tuple(dict.fromkeys(staff[p.staff_id] for p in hub.hub(key, "mash-manager"))) for key in partnerships}
    public = {key: _seat(public_actor(row, now=began)) for key, row in partnerships.items()}
    personas = {p.persona: seats[p.staff_id] for p in people if p.persona}
    names = {a.agency_id: a.name for a in known}
    return Organisations(partnerships, agencies, names, staff, personas, first, managers, public)


def _stand_in(person: Staff, borough: Borough) -> Staff:
    """Who did in the past year what a persona of the demo will do: somebody of the same team, else role, if any."""
    if not person.persona:
        return person
    others = [p for p in borough.directory.staff_of[person.agency_id, person.role] if not p.persona]
    return next((p for p in others if p.team == person.team), others[0] if others else person)


def _partnerships(borough: Borough) -> list[Partnership]:
    """Every set-up task is done but the threshold document, which is left for whoever looks around."""
    return [Partnership(slug=p.key, name=p.name, short_name=p.key.title(), area=p.key.title(),
                        districts=_districts(borough, p.key), front_door_phone=p.phone,
                        out_of_hours_phone=p.phone, front_door_email=p.email,
                        live_since=borough.plan.first_day) for p in borough.partnerships()]


def _districts(borough: Borough, key: str) -> str:
    return " ".join(next(area for area in borough.plan.areas if area.key == key).districts)


def _participations(borough: Borough, partnerships: dict[str, Partnership],
                    agencies: dict[int, int]) -> list[Participation]:
    statutory = {p.key: p.partners for p in borough.partnerships()}
    leads: dict[int, list[Staff]] = defaultdict(list)
    for person in borough.staff():
        leads[person.agency_id].append(person)
    rows = []
    for agency in borough.agencies():
        lead = leads[agency.agency_id][0] if leads[agency.agency_id] else None
        for key in agency.partnerships:
            rows.append(Participation(
                partnership=partnerships[key], agency_id=agencies[agency.agency_id],
                statutory_partner=agency.agency_id in statutory[key], lead_name=lead.name if lead else "",
                lead_phone=lead.phone if lead else ""))
    return rows


def _seat(actor: Any) -> Seat:
    return Seat(actor.user.pk, actor.agency.pk)
