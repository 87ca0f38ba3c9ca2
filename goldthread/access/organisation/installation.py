"""What concerns the whole installation: its partnerships, and the people who may add one.

Whoever founded the first partnership looks after the installation, and so does whoever they name. It gives no sight of
any partnership's records: for those a seat is needed.
"""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor, Refused
from goldthread.access.organisation.common import begin_part, own_agency, running
from goldthread.access.organisation.partnership import create
from goldthread.access.policy import ROLES, May, allowed
from goldthread.orgs.models import PUBLIC, Agency, Appointment, Participation, Partnership, User

SETTING_UP = [role for role in ROLES if May.RUN_PARTNERSHIP in allowed(role)]


@contextmanager
def installing(actor: Actor) -> Iterator[None]:
    """One transaction on the authority of somebody who looks after the installation. Raises Refused."""
    with running(actor):
        list(User.objects.filter(runs_installation=True).select_for_update().order_by("pk"))  # one at a time
        if not looks_after(actor.user.pk):
            raise Refused("Only those who look after this installation can do that")
        yield


def looks_after(user: int) -> bool:
    """Whether a person looks after the installation at this moment."""
    return User.objects.filter(pk=user, runs_installation=True, is_active=True).exists()


def create_partnership(*, actor: Actor, name: str, short_name: str, agency: Agency, today: date) -> Partnership:
    """Another partnership, with the actor as its first administrator for an agency that takes part in both."""
    with installing(actor):
        own_agency(actor, agency)
        made = create(name, short_name)
        Participation.objects.create(partnership=made, agency=agency, since=today)
        Appointment.objects.create(user=actor.user, partnership=made, agency=agency, role="administrator", starts=today)
        return made


def name_helper(*, actor: Actor, user: User | None, today: date) -> None:
    """Let somebody who sets up the actor's partnership look after the installation as well."""
    with installing(actor):
        if user is None or user not in may_be_named(actor, today):
            raise ValidationError({"user": "Choose somebody who sets up your partnership"})
        User.objects.filter(pk=user.pk).update(runs_installation=True)


def may_be_named(actor: Actor, today: date) -> Any:
    """The people who set up the actor's partnership today and do not look after the installation yet."""
    seats = Appointment.objects.filter(partnership=actor.partnership, role__in=SETTING_UP).current(today)
    return User.objects.filter(pk__in=seats.values("user"), runs_installation=False).order_by("name", "pk")


def dismiss_helper(*, actor: Actor, user: User) -> None:
    """Somebody no longer looks after the installation. The last one cannot leave."""
    with installing(actor):
        if not User.objects.filter(runs_installation=True, is_active=True).exclude(pk=user.pk).exists():
            raise Refused("Somebody must look after this installation. Name another person first")
        User.objects.filter(pk=user.pk).update(runs_installation=False)


def shareable(actor: Actor, today: date) -> Any:
    """Agencies of the other partnerships that the actor sets up, which take no part in this one; by name."""
    others = Appointment.objects.filter(user=actor.user, role__in=SETTING_UP).exclude(partnership=actor.partnership) \
        .current(today).values("partnership")
    parts = Participation.objects.filter(partnership__in=others, since__lte=today)
    going_on = parts.filter(until=None) | parts.filter(until__gte=today)
    here = Agency.objects.taking_part(actor.partnership, today)
    return Agency.objects.filter(pk__in=going_on.values("agency")).exclude(pk__in=here.values("pk")) \
        .exclude(**PUBLIC).order_by("kind", "name", "pk")


def share_agencies(*, actor: Actor, agencies: list[Agency], today: date) -> int:
    """Let agencies of another partnership that the actor sets up take part in this one as well. Returns how many."""
    with running(actor):
        if not agencies:
            raise ValidationError({"agencies": "Choose at least one agency"})
        offered = set(shareable(actor, today).values_list("pk", flat=True))
        if not {each.pk for each in agencies} <= offered:
            raise ValidationError({"agencies": "Choose from the list"})
        for agency in agencies:
            begin_part(actor.partnership, agency, today)
        return len(agencies)
