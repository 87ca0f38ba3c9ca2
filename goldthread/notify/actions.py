"""Tell people: a row in their inbox and, as they chose, an e-mail, both in the caller's transaction.

Called inside an action, on the system's authority, with writing open.
"""
from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from goldthread.access import policy
from goldthread.access.policy import May, Reads
from goldthread.notify import timing
from goldthread.notify.models import InboxNotice, MailChoice, OutboxMail
from goldthread.orgs.models import Agency, Appointment


@dataclass(frozen=True)
class Notice:
    """What is told. `text` is shown in the service only, and still must name nobody.

    kind, reference, ask: from which the page it leads to is worked out. due: by when something is wanted.
    urgent: may be mailed at night. readers, denied: tokens of the record it is about, when narrower than those told:
    people who may not read it are not told.
    """

    partnership: int
    text: str
    kind: str = ""
    reference: str = ""
    ask: int | None = None
    due: datetime | None = None
    urgent: bool = False
    readers: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()


def to_user(user: int, notice: Notice, *, but: int | None = None, now: datetime | None = None) -> int:
    """Tell one person, and whoever covers for them today. Returns how many were told; nobody without a seat is."""
    now = now or timezone.now()
    seats = Appointment.objects.current(now.date()).filter(partnership=notice.partnership)
    covers = Appointment.objects.filter(user=user, partnership=notice.partnership, cover_until__gte=now.date())
    people = {user, *covers.exclude(covered_by=None).values_list("covered_by__user", flat=True)}
    return _tell(seats.filter(user__in=people), notice, but, now, lent={policy.user_token(user)})


def to_agency(agency: int, notice: Notice, *, but: int | None = None, now: datetime | None = None,
              who: May = May.ANSWER_REQUESTS, reads: Reads = Reads.AGENCY, also: Collection[May] = ()) -> int:
    """Tell everyone of an agency who answers for it in this partnership; where there is nobody, its own mailbox.

    who, reads: the right and the reading that those have who answer for what this is about. also: rights by which
    others there act on it. Returns how many people were told.
    """
    now = now or timezone.now()
    roles = [r.key for r in policy.ROLES.values() if reads in r.reads and {who, *also} & r.may]
    seats = Appointment.objects.current(now.date()).filter(
        partnership=notice.partnership, agency=agency, role__in=roles)
    told = _tell(seats, notice, but, now)
    if not told and not seats.exists():
        _mail_agency(agency, notice, now)
    return told


def to_desk(desk: str, notice: Notice, *, but: int | None = None, now: datetime | None = None) -> int:
    """Tell everyone who works a desk in this partnership. Returns how many were told."""
    token = policy.desk_token(desk, notice.partnership)
    return to_roles([key for key in policy.ROLES if token in policy.tokens(
        role=key, user=0, agency=0, partnership=notice.partnership)], notice, but=but, now=now)


def to_team(team: int, notice: Notice, *, but: int | None = None, now: datetime | None = None) -> int:
    """Tell everyone of a team whose role does casework, and whoever covers for one of them. Returns how many were told."""
    now = now or timezone.now()
    roles = [role.key for role in policy.ROLES.values() if Reads.TEAM in role.reads]
    covering = Appointment.objects.filter(team=team, cover_until__gte=now.date()).exclude(covered_by=None)
    seats = Appointment.objects.current(now.date()).filter(
        Q(team=team) | Q(pk__in=covering.values("covered_by")), partnership=notice.partnership, role__in=roles)
    return _tell(seats, notice, but, now, lent={policy.team_token(team, notice.partnership)})


def to_roles(roles: Iterable[str], notice: Notice, *, but: int | None = None, now: datetime | None = None) -> int:
    """Tell everyone who holds one of these roles in this partnership. Returns how many were told."""
    now = now or timezone.now()
    seats = Appointment.objects.current(now.date()).filter(partnership=notice.partnership, role__in=list(roles))
    return _tell(seats, notice, but, now)


def _tell(seats: Iterable[Appointment], notice: Notice, but: int | None, now: datetime,
          lent: Collection[str] = ()) -> int:
    tokens: dict[int, set[str]] = {}
    for seat in seats:
        held = policy.tokens(role=seat.role, user=seat.user_id, agency=seat.agency_id, partnership=notice.partnership)
        tokens.setdefault(seat.user_id, set()).update(held, lent)
    users = sorted(user for user, held in tokens.items() if user != but and _may_know(notice, held, user))
    made = InboxNotice.objects.bulk_create([
        InboxNotice(partnership_id=notice.partnership, readers=[policy.user_token(user)], user_id=user,
                    text=notice.text, kind=notice.kind, reference=notice.reference, ask=notice.ask, due=notice.due,
                    urgent=notice.urgent, created_at=now) for user in users])
    _queue(made, notice, now)
    return len(made)


def _may_know(notice: Notice, held: set[str], user: int) -> bool:
    if policy.user_token(user) in notice.denied or held & set(notice.denied):
        return False
    return not notice.readers or bool(held & set(notice.readers))


def _queue(made: list[InboxNotice], notice: Notice, now: datetime) -> None:
    chosen = MailChoice.of([row.user_id for row in made])
    group = timing.group_of(notice.kind, asked=notice.ask is not None)
    wakes = timing.any_hour(urgent=notice.urgent, due=notice.due, now=now)
    mails = []
    for row in made:
        how = chosen.get((row.user_id, group.key), group.default)
        if at := timing.leaves(how, now=now, wakes=wakes):
            mails.append(OutboxMail(partnership_id=notice.partnership, user_id=row.user_id, notice=row,
                                    urgent=notice.urgent, any_hour=wakes, queued_at=now, not_before=at))
    OutboxMail.objects.bulk_create(mails)


def _mail_agency(agency: int, notice: Notice, now: datetime) -> None:
    if Agency.objects.filter(pk=agency).exclude(email="").exists():
        wakes = timing.any_hour(urgent=notice.urgent, due=notice.due, now=now)
        OutboxMail.objects.create(
            partnership_id=notice.partnership, agency_id=agency, urgent=notice.urgent, any_hour=wakes, queued_at=now,
            not_before=timing.leaves(timing.NOW, now=now, wakes=wakes))
