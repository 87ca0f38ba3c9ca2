"""Seats offered by e-mail: one by one or many from a CSV file; taken up once, within a week."""
from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from goldthread.access.actor import Actor, Refused, acting, system
from goldthread.access.organisation.common import own, running
from goldthread.access.organisation.seats import check_seat, not_oneself, seat
from goldthread.access.policy import GIVEN
from goldthread.orgs import sheets
from goldthread.orgs.models import Agency, Appointment, Invitation, Team, User
from goldthread.orgs.sheets import Column, Fault, Sheet

COLUMNS = (
    Column("name", True, "Alex Example", "", 120),
    Column("email", True, "alex@example.org", "", 254),
    Column("agency", True, "Example Primary School", "name or national code of an agency of the partnership"),
    Column("role", True, "school-lead", "a code of the roles list", 40),
    Column("team", False, "", "a team of that agency", 120),
    Column("title", False, "Deputy head", "job title", 120),
    Column("starts", False, "2026-09-01", "first day; empty for today"),
    Column("ends", False, "2027-08-31", "last day; empty for none"),
)


@dataclass(frozen=True)
class Sent:
    """An invitation and the secret of its link, which is known only here and in the e-mail."""

    invitation: Invitation
    token: str


def invite(*, actor: Actor, email: str, agency: Agency, role: str, now: datetime, starts: date | None = None,
           ends: date | None = None, team: Team | None = None, name: str = "", title: str = "") -> Sent:
    """Offer a seat. An earlier offer of the same seat that still waits is withdrawn. Raises ValidationError."""
    with running(actor):
        not_oneself(actor, email)
        starts = starts or now.date()
        check_seat(actor, agency, role, team, starts, ends)
        waiting(now).filter(partnership=actor.partnership, email__iexact=email, agency=agency, role=role) \
            .update(withdrawn_at=now)
        token = secrets.token_urlsafe(32)
        made = Invitation(partnership=actor.partnership, agency=agency, team=team, email=email.lower(), name=name,
                          role=role, title=title, starts=starts, ends=ends, token_hash=_hash(token),
                          invited_by=actor.user, invited_at=now, expires_at=now + Invitation.LASTS)
        made.full_clean(exclude=["accepted_at", "accepted_by", "withdrawn_at"])
        made.save()
        return Sent(made, token)


def invite_again(*, actor: Actor, invitation: Invitation, now: datetime) -> Sent:
    """A new link for an offer that lapsed or was lost; the old link no longer works."""
    own(actor, invitation)
    if invitation.accepted_at:
        raise Refused(f"{invitation.email} has accepted already")
    withdraw(actor=actor, invitation=invitation, now=now)
    return invite(actor=actor, email=invitation.email, agency=invitation.agency, role=invitation.role, now=now,
                  starts=invitation.starts, ends=invitation.ends, team=invitation.team, name=invitation.name,
                  title=invitation.title)


def withdraw(*, actor: Actor, invitation: Invitation, now: datetime) -> None:
    with running(actor):
        own(actor, invitation)
        if invitation.accepted_at:
            raise Refused(f"{invitation.email} has accepted already. End their seat instead")
        Invitation.objects.filter(pk=invitation.pk, withdrawn_at=None).update(withdrawn_at=now)


def import_people(*, actor: Actor, content: bytes, now: datetime, dry_run: bool = False) -> list[Sent]:
    """Offer a seat to everybody in a CSV file; all of them or none. A dry run saves nothing and returns the same.

    Raises BadSheet with every fault by row and column.
    """
    with running(actor):
        sheet = sheets.read(content, COLUMNS)
        rows = [_read(sheet, number, row, actor, now) for number, row in sheet.rows]
        _check_repeats(sheet)
        sheet.raise_faults()
        sent = [invite(actor=actor, now=now, **row) for row in rows]
        if dry_run:
            transaction.set_rollback(True)
        return sent


def waiting(now: datetime) -> Any:
    """Invitations that can still be accepted."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


def find(token: str, now: datetime) -> Invitation | None:
    """The waiting invitation a link belongs to."""
    rows = waiting(now).select_related("partnership", "agency", "team", "invited_by")
    return rows.filter(token_hash=_hash(token)).first()


def accept(token: str, *, name: str, password: str, now: datetime) -> User:
    """Take up a seat with an account of one's own: a new one, or a closed one opened again.

    Refused when the link has lapsed, or when the address has an open account (then its owner must sign in first).
    """
    with acting(system()), transaction.atomic():
        invitation = _claim(token, now)
        user = User.objects.filter(email__iexact=invitation.email).first()
        if user is not None and user.is_active:
            raise Refused("There is an account for this address already. Sign in to accept")
        user = user or User(email=invitation.email)
        user.name, user.is_active, user.closed_because, user.last_seen_at = name.strip(), True, "", now
        user.set_password(password)
        user.full_clean()
        user.save()
        _take(invitation, user, now)
        return user


def accept_as(user: User, token: str, *, now: datetime) -> Appointment:
    """Take up a seat with the account one is signed in to; it must be the one that was invited. Raises Refused."""
    with acting(system()), transaction.atomic():
        invitation = _claim(token, now)
        if invitation.email.lower() != user.email.lower():
            raise Refused("This invitation is for somebody else. Sign out, then open the link again")
        return _take(invitation, user, now)


def accept_by_identity(email: str, name: str, *, now: datetime) -> User | None:
    """The account of an invited person whose e-mail address an identity provider vouches for; None if not invited.

    Such an account has no password. It gets the seats offered and no other right.
    """
    with acting(system()), transaction.atomic():
        offers = list(waiting(now).filter(email__iexact=email).select_for_update().order_by("pk"))
        if not offers:
            return None
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            user = User.objects.create_user(email, offers[0].name or name)
        elif not user.is_active:
            user.is_active, user.closed_because, user.last_seen_at = True, "", now
            user.set_unusable_password()
            user.save()
        for offer in offers:
            _take(offer, user, now)
        return user


def send_invitation(sent: Sent, address: Callable[[str], str]) -> None:
    """Mail one invitation; `address` turns its secret into the link. No personal data but the address it goes to."""
    offer = sent.invitation
    until = f"{offer.expires_at:%A} {offer.expires_at.day} {offer.expires_at:%B}"
    body = f"""You are invited to work with {offer.partnership.name}.

Open this link to set up your account. It works once, until {until}:

{address(sent.token)}

You will need an app that shows sign-in codes, or a passkey on your device.
If you did not expect this, do nothing: no account is made without you.
"""
    EmailMessage(f"Your invitation to {offer.partnership.short_name}", body, to=[offer.email]).send()


def _claim(token: str, now: datetime) -> Invitation:
    """The waiting invitation, locked so that two clicks at once cannot both take it."""
    found = waiting(now).select_for_update().filter(token_hash=_hash(token)).first()
    if found is None:
        raise Refused("This invitation has been used, withdrawn or has lapsed. Ask for a new one")
    return found


def _take(invitation: Invitation, user: User, now: datetime) -> Appointment:
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return seat(user, Appointment(
        user=user, partnership=invitation.partnership, agency=invitation.agency, team=invitation.team,
        role=invitation.role, title=invitation.title, starts=invitation.starts, ends=invitation.ends))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _read(sheet: Sheet, number: int, row: dict[str, str], actor: Actor, now: datetime) -> dict[str, Any]:
    agency = _agency(actor, row["agency"])
    teams = Team.objects.working(now.date()).filter(agency=agency, name__iexact=row["team"])
    team = teams.first() if agency and row["team"] else None
    if row["agency"] and agency is None:
        sheet.faults.append(Fault(number, "agency", f"“{row['agency']}” is not an agency of this partnership. "
                                                    "Add it first, or write its name as in the directory."))
    if row["team"] and agency and team is None:
        sheet.faults.append(Fault(number, "team", f"“{row['team']}” is not a team of {agency}."))
    if row["role"] and row["role"] not in GIVEN:
        sheet.faults.append(Fault(number, "role", f"“{row['role']}” is not one of: {', '.join(GIVEN)}."))
    if row["email"].lower() == actor.user.email.lower():
        sheet.faults.append(Fault(number, "email", "this is you. Another administrator must give you a seat."))
    if row["email"]:
        sheet.check(number, "email", _email, row["email"])
    starts = sheet.check(number, "starts", _day, row["starts"]) or now.date()
    ends = sheet.check(number, "ends", _day, row["ends"])
    if ends and ends < starts:
        sheet.faults.append(Fault(number, "ends", "this is before the first day."))
    return {"email": row["email"], "agency": agency, "role": row["role"], "team": team, "name": row["name"],
            "title": row["title"], "starts": starts, "ends": ends}


def _check_repeats(sheet: Sheet) -> None:
    first: dict[tuple[str, ...], int] = {}
    for number, row in sheet.rows:
        key = tuple(row[name].lower() for name in ("email", "agency", "role"))
        if first.setdefault(key, number) != number:
            sheet.faults.append(Fault(number, "email", f"this seat is in row {first[key]} already."))


def _agency(actor: Actor, text: str) -> Agency | None:
    if not text:
        return None
    mine = Agency.objects.filter(participations__partnership=actor.partnership).order_by("pk")
    return mine.filter(Q(name__iexact=text) | Q(code__iexact=text)).first()


def _day(text: str) -> date | None:
    if not text:
        return None
    for order in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, order).date()
        except ValueError:
            continue
    raise ValueError(f"“{text}” is not a date. Write it as 2026-09-01 or 01/09/2026.")


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as wrong:
        raise ValueError("this is not an e-mail address.") from wrong
    return text
