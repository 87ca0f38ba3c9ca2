"""The outbox against a mail server that refuses, hangs, drops the line or is not there; and against being killed."""
from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from email.header import decode_header
from typing import Any

import pytest
from django.conf import settings

from goldthread.access.actor import Refused
from goldthread.notify import inbox, message, outbox, server, watch
from goldthread.notify.actions import to_agency, to_desk, to_user
from goldthread.notify.models import MailState, OutboxMail
from goldthread.orgs.models import Agency, Appointment
from tests.notify.helping import as_system, mails, minutes, tell, told
from tests.notify.smtp_sink import Sink, running_sink
from tests.support import NOW, TODAY, make_actor, make_agency, make_partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    monkeypatch.setattr(server, "TIMEOUT_SECONDS", 0.3)
    with running_sink() as found:
        monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
        monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
        monkeypatch.setattr(settings, "EMAIL_PORT", found.port)
        monkeypatch.setattr(settings, "EMAIL_USE_TLS", False)
        yield found


def states() -> list[str]:
    return [mail.state for mail in mails()]


def queue(count: int = 1, **notice: Any) -> list[int]:
    """That many people told of something, each with one mail waiting."""
    here = make_partnership()
    users = [make_actor("mash-worker", partnership=here).user for _ in range(count)]
    for user in users:
        tell(to_user, user.pk, here, **notice)
    return [user.pk for user in users]


def test_a_mail_goes_out_once_and_says_nothing(sink: Sink) -> None:
    queue(text="Strategy discussion recorded", reference="FD-123-ABC", kind="strategy-discussion")
    assert outbox.send_due(NOW) == outbox.Run(sent=1)
    assert outbox.send_due(NOW) == outbox.Run()
    [mail] = sink.taken
    whole = mail.as_string()
    assert states() == ["sent"] and mail["Subject"] == "You have something to read in Goldthread"
    assert mail["To"].endswith("@example.org") and mail["Message-ID"] == mails()[0].message_id
    assert "Strategy" not in whole and "FD-123" not in whole and "Person" not in whole
    assert message.address() in mail.get_payload()


def test_canaries_in_every_field_of_a_notice_stay_inside(sink: Sink) -> None:
    here = make_partnership("Canary Borough")
    one = make_actor("mash-worker", partnership=here)
    tell(to_user, one.user.pk, here, text="Canary text", kind="canary-kind", reference="CANARY-1", urgent=True)
    tell(to_user, one.user.pk, here, text="Canary text", ask=424242)
    outbox.send_due(NOW)
    words = " ".join(sink.taken[0].as_string().lower().split())
    found = [word for word in ("canary", "424242", "borough") if word in words]
    assert found == []
    assert decode_header(sink.taken[0]["Subject"])[0][0] == "You have something urgent to read in Goldthread"
    assert "canary" in told()[0].text.lower(), "the canary was there to be found"


def test_mails_of_one_person_leave_as_one_message_and_those_read_in_time_not_at_all(sink: Sink) -> None:
    here = make_partnership()
    one, two = make_actor("mash-worker", partnership=here), make_actor("mash-worker", partnership=here)
    for _ in range(3):
        tell(to_desk, "front-door", here)
    inbox.mark_read(actor=two, now=NOW)
    assert outbox.send_due(NOW) == outbox.Run(sent=1, not_needed=1)
    assert [mail["To"] for mail in sink.taken] == [one.user.email]
    assert sorted(states()) == ["not-needed"] * 3 + ["sent"] * 3


def test_only_people_with_a_seat_are_mailed_and_at_the_directorys_address(sink: Sink) -> None:
    moved, left = queue(2)
    Appointment.objects.filter(user=left).update(ends=TODAY - timedelta(days=1))
    seat = Appointment.objects.get(user=moved)
    seat.user.email = "new-address@example.org"
    seat.user.save()
    assert outbox.send_due(NOW) == outbox.Run(sent=1, not_needed=1)
    assert [mail["To"] for mail in sink.taken] == ["new-address@example.org"]


def test_an_agencys_own_mailbox(sink: Sink) -> None:
    here = make_partnership()
    school = make_agency("school", partnership=here)
    Agency.objects.filter(pk=school.pk).update(email="office@example.org")
    tell(to_agency, school.pk, here)
    assert outbox.send_due(NOW).sent == 1 and sink.taken[0]["To"] == "office@example.org"


def test_nothing_leaves_before_its_time(sink: Sink) -> None:
    here = make_partnership()
    one = make_actor("mash-worker", partnership=here)
    tell(to_user, one.user.pk, here, now=NOW.replace(hour=21))
    assert outbox.send_due(NOW.replace(hour=23)).sent == 0
    assert outbox.send_due(NOW + timedelta(days=1)).sent == 1


@pytest.mark.parametrize("answer,taken,state", [
    ("450 rcpt", 0, "waiting"), ("451 text", 0, "waiting"), ("452 data", 0, "waiting"),
    ("550 rcpt", 0, "failed"), ("554 text", 0, "failed"), ("550 mail", 0, "waiting"), ("451 mail", 0, "waiting"),
    ("421 rcpt", 0, "waiting"), ("drop-mail", 0, "waiting"), ("drop-rcpt", 0, "waiting"), ("hang-mail", 0, "waiting"),
    ("hang-rcpt", 0, "waiting"), ("drop-before-taking", 0, "waiting"), ("hang-before-taking", 0, "waiting"),
    ("drop-after-taking", 1, "waiting")])
def test_every_way_a_server_can_fail_once(sink: Sink, answer: str, taken: int, state: str) -> None:
    """What is not refused for good arrives in the end; only a line that broke after the text gives a second copy."""
    queue()
    sink.plan = [answer]
    outbox.send_due(NOW)
    assert (len(sink.taken), states()) == (taken, [state])
    error = mails()[0].error
    assert error and "@" not in error and "person" not in error.lower()
    later = NOW + timedelta(hours=1)
    assert outbox.send_due(later).sent == (state == "waiting")
    assert len({mail["Message-ID"] for mail in sink.taken}) == (1 if sink.taken else 0)
    assert len(sink.taken) == taken + (state == "waiting")


def test_a_server_in_trouble_ends_the_run_and_one_bad_address_does_not(sink: Sink) -> None:
    queue(4)
    sink.plan = ["550 rcpt"]
    assert outbox.send_due(NOW) == outbox.Run(sent=3, lost=1)
    queue(4)
    sink.plan = ["421 rcpt"]
    run = outbox.send_due(NOW)
    assert (run.sent, run.put_off, len(sink.asked)) == (0, 1, 5) and "421" in run.trouble
    assert outbox.send_due(NOW).sent == 3, "the rest goes with the next run"


def test_doubt_is_allowed_once(sink: Sink) -> None:
    queue()
    sink.plan = ["drop-after-taking", "drop-after-taking"]
    outbox.send_due(NOW)
    outbox.send_due(NOW + minutes(6))
    outbox.send_due(NOW + minutes(60))
    assert states() == ["uncertain"] and len(sink.taken) == 2
    assert len({mail["Message-ID"] for mail in sink.taken}) == 1


def test_trouble_before_the_text_is_never_counted_as_doubt(sink: Sink) -> None:
    queue()
    sink.plan = ["hang-rcpt"] * 5
    for turn in range(6):
        outbox.send_due(NOW + timedelta(hours=2 * turn))
    assert states() == ["sent"] and len(sink.taken) == 1


@pytest.mark.usefixtures("sink")
def test_no_server_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    queue(2)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setattr(settings, "EMAIL_PORT", nobody.getsockname()[1])
        run = outbox.send_due(NOW)
    assert run.trouble and states() == ["waiting", "waiting"]
    assert [mail.attempts for mail in mails()] == [0, 0]
    assert watch.pending_outbox(NOW + minutes(1)).late == 2
    monkeypatch.undo()


@pytest.mark.parametrize("point", ["before", "after"])
def test_killed_while_sending(sink: Sink, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    """The process dies just before or just after the server took the mail: sent again once, the same Message-ID."""
    queue()
    real = server.MailServer.hand_over

    class Killed(BaseException):
        pass

    def die(self: server.MailServer, mail: Any) -> None:
        if point == "after":
            real(self, mail)
        raise Killed

    monkeypatch.setattr(server.MailServer, "hand_over", die)
    with pytest.raises(Killed):
        outbox.send_due(NOW)
    monkeypatch.setattr(server.MailServer, "hand_over", real)
    assert states() == ["sending"]
    assert outbox.send_due(NOW + minutes(5)).sent == 0, "it might still be under way"
    assert outbox.send_due(NOW + minutes(11)).sent == 0, "noticed; the next try has a pause"
    assert outbox.send_due(NOW + minutes(20)).sent == 1
    assert len(sink.taken) == (2 if point == "after" else 1)
    assert len({mail["Message-ID"] for mail in sink.taken}) == 1 and states() == ["sent"]


def test_killed_twice_is_given_up_not_sent_for_ever(sink: Sink) -> None:
    queue()
    for turn in range(2):
        with as_system():
            OutboxMail.objects.update(state=MailState.SENDING, claimed_at=NOW + minutes(60 * turn))
        outbox.take_back_stuck(NOW + minutes(60 * turn + 11))
    assert states() == ["uncertain"] and sink.taken == []


def test_waits_longer_each_time_but_not_into_the_night_and_gives_up_after_three_days(sink: Sink) -> None:
    queue()
    sink.plan = ["450 rcpt"] * 200
    now, waits = NOW, []
    while states() == ["waiting"]:
        outbox.send_due(now)
        following = mails()[0].not_before
        waits.append((following - now).total_seconds() / 60)
        now = max(following, now + minutes(1))
    assert waits[:7] == [1, 2, 4, 8, 16, 32, 60] and max(waits[:-1]) <= 12 * 60
    assert states() == ["failed"] and timedelta(days=3) < now - NOW < timedelta(days=4)
    assert not any(at.hour >= 20 or at.hour < 7 for at in [mails()[0].settled_at])


def test_what_was_given_up_is_shown_and_can_be_sent_again(sink: Sink) -> None:
    queue()
    sink.plan = ["550 rcpt"]
    outbox.send_due(NOW)
    shown = watch.pending_outbox(NOW)
    assert (shown.late, len(shown.lost)) == (0, 1)
    assert shown.lost[0]["state"] == "failed"
    assert shown.lost[0]["error"] == "The mail server answered 550 to the recipient"
    own = mails()[0].partnership
    number = [shown.lost[0]["id"]]
    assert watch.try_again(actor=make_actor("administrator"), numbers=number, now=NOW) == 0, "another partnership's"
    with pytest.raises(Refused):
        watch.try_again(actor=make_actor("mash-worker", partnership=own), numbers=number, now=NOW)
    assert watch.try_again(actor=make_actor("administrator", partnership=own), numbers=number, now=NOW) == 1
    assert outbox.send_due(NOW).sent == 1 and len(sink.taken) == 1


def test_a_storm_drains_without_one_lost_or_doubled(sink: Sink) -> None:
    """60 people, a third of all answers a failure that took nothing: everybody gets exactly one."""
    users = queue(60)
    bad = ["450 rcpt", "451 text", "drop-rcpt", "421 rcpt", "452 data", "550 mail"]
    sink.plan = [bad[n % 6] if n % 3 == 0 else "ok" for n in range(90)]
    now, runs = NOW, 0
    while "waiting" in states() and runs < 200:
        outbox.send_due(now)
        now, runs = now + minutes(1), runs + 1
    assert states() == ["sent"] * len(users)
    assert len({mail["To"] for mail in sink.taken}) == len(sink.taken) == len(users)
