"""A partnership itself: its name and looks, its contact numbers, its threshold document, its own limits and days."""
from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.text import slugify

from goldthread.access.actor import Actor, Refused, acting, system
from goldthread.access.organisation.common import own, running, save_checked
from goldthread.base.spans import Span
from goldthread.orgs import bounds, contrast
from goldthread.orgs.models import (
    Agency,
    Appointment,
    LocalHoliday,
    LocalLimit,
    Participation,
    Partnership,
    User,
)
from goldthread.rules.limits import UnknownLimit, limit

FIRST_LOCK = 7_305_001  # any number; two first set-ups at once must not both succeed


def found_first(*, name: str, short_name: str, agency_name: str, agency_kind: str, email: str, person: str,
                password: str, now: datetime) -> User:
    """The first partnership of an empty installation and its first administrator, who looks after the installation too.

    Refused once there is a partnership.
    """
    with acting(system()), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [FIRST_LOCK])
        if Partnership.objects.exists():
            raise Refused("This installation has been set up already")
        made = create(name, short_name)
        agency = Agency(name=agency_name, kind=agency_kind)
        agency.full_clean()
        agency.save()
        Participation.objects.create(partnership=made, agency=agency, since=now.date())
        user = User.objects.create_user(email, person, password, runs_installation=True)
        Appointment.objects.create(user=user, partnership=made, agency=agency, role="administrator", starts=now.date())
        return user


def set_theme(*, actor: Actor, name: str, short_name: str, area: str, colour: str, accent: str) -> None:
    """Name and two colours; refused when text or controls in them could not be read on white (WCAG 2.2, AA)."""
    with running(actor):
        faults = {}
        for field, value, least, what in (("colour", colour, contrast.TEXT, "text"),
                                          ("accent", accent, contrast.CONTROLS, "buttons and borders")):
            try:
                found = contrast.ratio(value, contrast.WHITE)
            except ValueError as wrong:
                faults[field] = str(wrong)
                continue
            if found < least:
                faults[field] = f"Choose a darker colour: on white its contrast is {found:.1f} to 1, and {what} " \
                                f"need {least:g} to 1"
        if faults:
            raise ValidationError(faults)
        _change(actor, name=name, short_name=short_name, area=area, colour=colour.lower(), accent=accent.lower())


def set_contacts(*, actor: Actor, front_door_phone: str, out_of_hours_phone: str, front_door_email: str,
                 opens: time, closes: time) -> None:
    with running(actor):
        if closes <= opens:
            raise ValidationError({"closes": "The front door must close after it opens"})
        _change(actor, front_door_phone=front_door_phone, out_of_hours_phone=out_of_hours_phone,
                front_door_email=front_door_email, opens=opens, closes=closes)


def set_threshold_document(*, actor: Actor, address: str) -> None:
    """Where the partnership publishes its threshold document (Working Together requires one to be published)."""
    with running(actor):
        if not address.startswith(("https://", "http://")):
            raise ValidationError({"threshold_document": "Enter an address that starts with https://"})
        _change(actor, threshold_document=address)


def set_districts(*, actor: Actor, districts: str) -> None:
    """The postcode districts that are the partnership's area, so that a child's move out of it is seen as one."""
    with running(actor):
        try:
            found = bounds.districts(districts)
        except ValueError as wrong:
            raise ValidationError({"districts": str(wrong)}) from wrong
        _change(actor, districts=" ".join(found))


def set_local_limit(*, actor: Actor, key: str, span: str, source: str, valid_from: date) -> LocalLimit:
    """A limit of the partnership's own from a day on. The one before ends the day before; nothing is overwritten."""
    with running(actor):
        faults: dict[str, Any] = {}
        try:
            if not limit(key, valid_from).local:
                faults["key"] = f"{key} is set by law, not locally"
        except UnknownLimit as wrong:
            faults["key"] = str(wrong)
        try:
            Span.parse(span)
        except ValueError as wrong:
            faults["span"] = str(wrong)
        if not source.strip():
            faults["source"] = "Say who decided this, and where it is written down"
        rows = LocalLimit.objects.filter(partnership=actor.partnership, key=key)
        if rows.filter(valid_from__gte=valid_from).exists():
            faults["valid_from"] = "There is one from that day or later already. Choose a later day"
        if faults:
            raise ValidationError(faults)
        rows.filter(valid_to=None).update(valid_to=valid_from - timedelta(days=1))
        return LocalLimit.objects.create(partnership=actor.partnership, key=key, span=str(Span.parse(span)),
                                         source=source.strip(), valid_from=valid_from)


def end_local_limit(*, actor: Actor, row: LocalLimit, last_day: date) -> None:
    """Return to the default after a last day."""
    with running(actor):
        own(actor, row)
        if last_day < row.valid_from:
            raise ValidationError({"valid_to": "The last day must not be before the first day"})
        save_checked(row, {"valid_to": last_day})


def add_local_holiday(*, actor: Actor, on: date, why: str) -> LocalHoliday:
    """A day on which the front door is closed besides bank holidays, so that working time does not run."""
    with running(actor):
        if not why.strip():
            raise ValidationError({"why": "Say why the front door is closed that day"})
        row, made = LocalHoliday.objects.get_or_create(partnership=actor.partnership, on=on, defaults={"why": why.strip()})
        if not made:
            raise ValidationError({"on": f"That day is there already: {row.why}"})
        return row


def remove_local_holiday(*, actor: Actor, row: LocalHoliday) -> None:
    with running(actor):
        own(actor, row)
        row.delete()


def go_live(*, actor: Actor, undone: list[str], today: date) -> None:
    """Declare the partnership live. `undone` names the set-up tasks that are not done: none may be left."""
    with running(actor):
        if undone:
            raise Refused(f"Finish these first: {', '.join(undone)}")
        _change(actor, live_since=today)


def create(name: str, short_name: str) -> Partnership:
    """A partnership with nothing in it, for actions that have asked who asks. Raises ValidationError."""
    made = Partnership(name=name.strip(), short_name=short_name.strip(), slug=slugify(short_name)[:50])
    if Partnership.objects.filter(slug=made.slug).exists():
        raise ValidationError({"short_name": "A partnership of this installation has that short name already"})
    made.full_clean()
    made.save()
    return made


def _change(actor: Actor, **fields: Any) -> None:
    row = Partnership.objects.select_for_update().get(pk=actor.authority.partnership)
    save_checked(row, {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()})
    for name in fields:
        setattr(actor.partnership, name, getattr(row, name))
