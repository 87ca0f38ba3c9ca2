"""Send what waits in the outbox, so that nothing is lost and next to nothing is sent twice.

A mail is first claimed (`sending`, with its Message-ID) in a transaction of its own, then handed over, then settled.
What can be known is known: a server that cannot be reached, or refuses before the text is handed over, has not taken
it, and the mail waits. Only when the process dies, or the line breaks, while the text is handed over is it unknown
whether the mail left. It is then sent once more with the same Message-ID (a second copy of "you have something to
read" does less harm than none) and never a third time: it ends as `uncertain`, on the list `doctor` shows.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q

from goldthread.access.actor import acting, system, writing
from goldthread.notify import message, timing
from goldthread.notify.models import MailState, OutboxMail
from goldthread.notify.server import Doubtful, MailServer, PutOff, Refused, Unreachable
from goldthread.orgs.models import Appointment

MOST_A_RUN = 500
STUCK_AFTER = timedelta(minutes=10)  # far longer than one hand-over can take
AGAIN_AFTER_DOUBT = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=3)
MOST_DOUBTS = 1


@dataclass
class Run:
    """What one run did, in messages; each may carry several mails. `trouble`: what was wrong with the mail server."""

    sent: int = 0
    put_off: int = 0
    lost: int = 0
    not_needed: int = 0
    trouble: str = ""


@dataclass(frozen=True)
class _Bundle:
    """The mails that leave as one message."""

    mails: list[OutboxMail]
    message_id: str

    @property
    def urgent(self) -> bool:
        return any(mail.urgent for mail in self.mails)


def send_due(now: datetime) -> Run:
    """Send every mail whose time has come, oldest first. Call it outside any transaction: each claim is saved at once.

    The run ends early when the server is the trouble; what is left waits for the next run.
    """
    run = Run()
    take_back_stuck(now)
    if not _anything_due(now):
        return run
    try:
        with MailServer() as server:
            while run.sent + run.put_off + run.lost < MOST_A_RUN and (bundle := _claim(now)):
                _send(server, bundle, run, now)
    except Unreachable as trouble:
        run.trouble = str(trouble)
    return run


def take_back_stuck(now: datetime) -> int:
    """Mails claimed by a process that died: one more try, then given up. Returns how many there were."""
    with transaction.atomic(), acting(system()), writing():
        stuck = OutboxMail.objects.filter(state=MailState.SENDING, claimed_at__lt=now - STUCK_AFTER)
        return _doubt(list(stuck.select_for_update(skip_locked=True).values_list("pk", flat=True)), now)


def _send(server: MailServer, bundle: _Bundle, run: Run, now: datetime) -> None:
    """Hand over one bundle and settle it. Raises Unreachable, after settling, when the server is the trouble."""
    to = _address(bundle, now)
    if to is None:
        _settle(bundle, MailState.NOT_NEEDED, now)
        run.not_needed += 1
        return
    mail = message.compose(to, many=len(bundle.mails) > 1, urgent=bundle.urgent, message_id=bundle.message_id)
    try:
        server.hand_over(mail)
    except Refused as refusal:
        _settle(bundle, MailState.FAILED, now, str(refusal))
        run.lost += 1
    except PutOff as reason:
        _put_off(bundle, now, str(reason))
        run.put_off += 1
        if reason.ends_run:
            raise Unreachable(str(reason)) from reason
    except Doubtful as doubt:
        with transaction.atomic(), acting(system()), writing():
            _doubt([each.pk for each in bundle.mails], now, str(doubt))
        run.put_off += 1
        raise Unreachable(str(doubt)) from doubt
    else:
        _settle(bundle, MailState.SENT, now)
        run.sent += 1


def _anything_due(now: datetime) -> bool:
    with transaction.atomic(), acting(system()):
        return bool(OutboxMail.objects.filter(state=MailState.WAITING, not_before__lte=now).exists())


def _claim(now: datetime) -> _Bundle | None:
    """Take the oldest due mail and what leaves with it. None when nothing is due (or others have it all)."""
    with transaction.atomic(), acting(system()), writing():
        due = OutboxMail.objects.filter(state=MailState.WAITING, not_before__lte=now)
        due = due.select_for_update(skip_locked=True).order_by("not_before", "pk")
        first = due.first()
        if first is None:
            return None
        if first.message_id:
            mails = list(due.filter(message_id=first.message_id))
        else:
            mails = list(due.filter(user=first.user_id, agency=first.agency_id, message_id="",
                                    partnership=first.partnership_id))
        message_id = first.message_id or message.new_message_id(uuid4().hex)
        OutboxMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(
            state=MailState.SENDING, message_id=message_id, claimed_at=now, attempts=F("attempts") + 1)
        return _Bundle(mails, message_id)


def _address(bundle: _Bundle, now: datetime) -> str | None:
    """The directory's address; None when all was read in the service already, or the person has no seat any more."""
    first = bundle.mails[0]
    with transaction.atomic(), acting(system()):
        if first.agency_id:
            return first.agency.email or None
        if not OutboxMail.objects.filter(Q(notice=None) | Q(notice__read_at=None), pk__in=[
                mail.pk for mail in bundle.mails]).exists():
            return None
        seats = Appointment.objects.current(now.date()).filter(user=first.user_id, partnership=first.partnership_id)
        return first.user.email if seats.exists() else None


def _settle(bundle: _Bundle, state: MailState, now: datetime, error: str = "") -> None:
    with transaction.atomic(), acting(system()), writing():
        OutboxMail.objects.filter(pk__in=[mail.pk for mail in bundle.mails], state=MailState.SENDING).update(
            state=state, settled_at=now, error=error)


def _put_off(bundle: _Bundle, now: datetime, error: str) -> None:
    """Wait longer after each try, never more than an hour nor into the night; after three days give up."""
    first = bundle.mails[0]
    if now - min(mail.queued_at for mail in bundle.mails) > GIVE_UP_AFTER:
        _settle(bundle, MailState.FAILED, now, error)
        return
    again = now + min(timedelta(minutes=2 ** min(first.attempts, 6)), timedelta(hours=1))
    again = again if any(mail.any_hour for mail in bundle.mails) else timing.night_over(again)
    with transaction.atomic(), acting(system()), writing():
        OutboxMail.objects.filter(pk__in=[mail.pk for mail in bundle.mails], state=MailState.SENDING).update(
            state=MailState.WAITING, not_before=again, error=error, claimed_at=None)


def _doubt(numbers: list[int], now: datetime, error: str = "The process ended while it was sent") -> int:
    rows = OutboxMail.objects.filter(pk__in=numbers, state=MailState.SENDING)
    given_up = rows.filter(doubts__gte=MOST_DOUBTS).update(state=MailState.UNCERTAIN, settled_at=now, error=error)
    again = rows.update(state=MailState.WAITING, doubts=F("doubts") + 1, claimed_at=None, error=error,
                        not_before=now + AGAIN_AFTER_DOUBT)
    return int(given_up + again)
