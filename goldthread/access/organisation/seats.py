"""Who holds which seat: appointed, ended, covered."""
from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor, Refused
from goldthread.access.organisation.common import check_dates, own, own_agency, running, save_checked
from goldthread.access.policy import GIVEN
from goldthread.orgs.models import Agency, Appointment, Team, User


def appoint(*, actor: Actor, user: User, agency: Agency, role: str, starts: date, ends: date | None = None,
            team: Team | None = None, title: str = "") -> Appointment:
    """Give a person a seat. Nobody gives themselves one: that needs a second administrator."""
    with running(actor):
        not_oneself(actor, user.email)
        check_seat(actor, agency, role, team, starts, ends)
        return seat(user, Appointment(user=user, partnership=actor.partnership, agency=agency, role=role, team=team,
                                      title=title, starts=starts, ends=ends))


def end_appointment(*, actor: Actor, appointment: Appointment, last_day: date) -> None:
    """End a seat after a last day; a last day before today ends it with the person's next request."""
    with running(actor):
        own(actor, appointment)
        if appointment.user_id == actor.user.pk and appointment.role == actor.role:
            raise Refused("You cannot end your own seat. Ask another administrator")
        if last_day < appointment.starts:
            # A seat that ends before it began never was in force; keep the row, since history may name it.
            save_checked(appointment, {"starts": last_day, "ends": last_day})
        else:
            save_checked(appointment, {"ends": last_day})


def arrange_cover(*, actor: Actor, appointment: Appointment, covered_by: Appointment | None,
                  until: date | None) -> None:
    """Let another seat of the same agency do this one's work until a day; None takes the cover away."""
    with running(actor):
        own(actor, appointment)
        faults = {}
        if covered_by is not None:
            own(actor, covered_by)
            if covered_by.pk == appointment.pk or covered_by.user_id == appointment.user_id:
                faults["covered_by"] = "Choose somebody else"
            elif covered_by.agency_id != appointment.agency_id:
                faults["covered_by"] = "Cover must be from the same agency, since work is shared within an agency only"
            if until is None:
                faults["cover_until"] = "Say until which day"
        if faults:
            raise ValidationError(faults)
        save_checked(appointment, {"covered_by": covered_by, "cover_until": until if covered_by else None})


def not_oneself(actor: Actor, email: str) -> None:
    if email.lower() == actor.user.email.lower():
        raise Refused("You cannot give yourself a seat. Ask another administrator")


def check_seat(actor: Actor, agency: Agency, role: str, team: Team | None, starts: date, ends: date | None) -> None:
    """Raises Refused or ValidationError when a seat cannot be given."""
    own_agency(actor, agency)
    if role not in GIVEN:
        raise ValidationError({"role": "Choose a role from the list"})
    if team is not None and team.agency_id != agency.pk:
        raise ValidationError({"team": f"{team} is not a team of {agency}"})
    check_dates(starts, ends)


def seat(user: User, wanted: Appointment) -> Appointment:
    """Save a seat, or take up again the one that began that same day."""
    before = Appointment.objects.filter(user=user, partnership=wanted.partnership, agency=wanted.agency,
                                        role=wanted.role, starts=wanted.starts).first()
    if before:
        save_checked(before, {"ends": wanted.ends, "team": wanted.team, "title": wanted.title})
        return before
    wanted.user = user
    wanted.full_clean()
    wanted.save()
    return wanted
