"""Teams of an agency, and who is in which. A team in which people of another partnership work is nobody's alone."""
from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor, Refused
from goldthread.access.organisation.common import own, own_agency, running, save_checked
from goldthread.orgs.models import Agency, Appointment, Team


def add_team(*, actor: Actor, agency: Agency, name: str, today: date, phone: str = "") -> Team:
    """A team of an agency of the partnership. Raises ValidationError, also when there is one of that name."""
    with running(actor):
        own_agency(actor, agency)
        team = Team(agency=agency)
        _save(team, name, phone, today)
        return team


def change_team(*, actor: Actor, team: Team, name: str, phone: str, today: date) -> None:
    """Another name or number for a team. Refused while people of another partnership are in it."""
    with running(actor):
        own_team(actor, team)
        _insist_ours(actor, team, today)
        _save(team, name, phone, today)


def end_team(*, actor: Actor, team: Team, last_day: date, today: date) -> None:
    """A team is no more after a last day. Its people keep their seats; who was in it stays in the history."""
    with running(actor):
        own_team(actor, team)
        _insist_ours(actor, team, today)
        save_checked(team, {"until": last_day})


def put_in_team(*, actor: Actor, appointment: Appointment, team: Team | None, today: date) -> None:
    """Put the holder of a seat into a team of its agency, or (None) into no team."""
    with running(actor):
        own(actor, appointment)
        if team is not None and (team.agency_id != appointment.agency_id or not _works(team, today)):
            raise ValidationError({"team": f"{team} is not a team of {appointment.agency}"})
        save_checked(appointment, {"team": team})


def own_team(actor: Actor, team: Team) -> None:
    """Refused, in words that tell nothing, when a team's agency takes no part in the actor's partnership."""
    own_agency(actor, team.agency)


def _works(team: Team, today: date) -> bool:
    return Team.objects.working(today).filter(pk=team.pk).exists()


def _insist_ours(actor: Actor, team: Team, today: date) -> None:
    elsewhere = Appointment.objects.filter(team=team).exclude(partnership=actor.partnership).current(today)
    if elsewhere.exists():
        raise Refused("People who work with another partnership are in this team too, so it stays as it is. "
                      "You can add a team of your own and put your people in it")


def _save(team: Team, name: str, phone: str, today: date) -> None:
    same = Team.objects.working(today).filter(agency=team.agency_id, name__iexact=name.strip()).exclude(pk=team.pk)
    if same.exists():
        raise ValidationError({"name": "This agency has a team of that name already"})
    if team.pk:
        save_checked(team, {"name": name.strip(), "phone": phone})
    else:
        save_checked(team, {"agency": team.agency, "name": name.strip(), "phone": phone})
