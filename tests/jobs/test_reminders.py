"""Whoever must stop a clock is reminded once when most of its time has gone and once when it is overdue."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from goldthread.access.actor import acting
from goldthread.jobs import reminders, reminding
from goldthread.notify import inbox
from goldthread.notify.models import InboxNotice
from goldthread.orgs.models import Partnership
from goldthread.process.models import Case, ClockRow
from tests.notify.helping import as_system, mails, told
from tests.support import NOW, make_actor, make_agency, make_partnership

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make_case(here: Partnership, **more: Any) -> Case:
    with as_system():
        number = Case.objects.count() + 1
        return Case.objects.create(
            partnership=here, process_key="front-door", reference=f"FD-{number}", opened_at=NOW,
            started_by=make_agency("school", partnership=here), readers=[f"desk:{here.pk}:front-door"], **more)


def make_clock(case: Case, *, hours: float = 4, started: datetime = NOW, party: str = "", **more: Any) -> ClockRow:
    """A clock of so many hours, answered for by the front door unless told otherwise."""
    party = party or f"desk:{case.partnership_id}:front-door"
    with as_system():
        return ClockRow.objects.create(
            partnership_id=case.partnership_id, case=case, name=more.pop("name", "Decide"), cycle=more.pop("cycle", 1),
            started=started, due=started + hours * HOUR, due_by_law=started + hours * HOUR, step="decision", party=party,
            readers=more.pop("readers", [party]), **more)


def texts(rows: list[InboxNotice]) -> list[str]:
    return [row.text for row in rows]


def test_once_when_due_soon_and_once_when_overdue() -> None:
    here = make_partnership()
    worker = make_actor("mash-worker", partnership=here)
    make_clock(make_case(here))
    sent = [reminders.remind(NOW + hours * HOUR) for hours in (0, 2.99, 3, 3, 3.5, 4, 4, 5, 100)]
    assert sent == [0, 0, 1, 0, 0, 1, 0, 0, 0]
    assert texts(told()) == ["Due soon: Decide", "Overdue: Decide"]
    assert [(row.user_id, row.kind, row.reference) for row in told()] == [
        (worker.user.pk, "due-soon", "FD-1"), (worker.user.pk, "overdue", "FD-1")]


@pytest.mark.parametrize("state", ["stopped", "paused", "closed", "long ago"])
def test_nobody_is_reminded_of_what_does_not_run(state: str) -> None:
    here = make_partnership()
    make_actor("mash-worker", partnership=here)
    case = make_case(here, closed_at=NOW if state == "closed" else None)
    started = NOW - timedelta(days=30) if state == "long ago" else NOW
    make_clock(case, started=started, stopped=NOW if state == "stopped" else None, paused=state == "paused")
    assert [reminders.remind(NOW + hours * HOUR) for hours in (3.5, 5)] == [0, 0]
    make_clock(case if state != "closed" else make_case(here), name="Another")
    assert reminders.remind(NOW + 3.5 * HOUR) == 1, "the clock beside it runs"


def test_a_worker_that_stood_still_sends_the_overdue_one_only() -> None:
    here = make_partnership()
    make_actor("mash-worker", partnership=here)
    make_clock(make_case(here))
    assert reminders.remind(NOW + 10 * HOUR) == 1 and reminders.remind(NOW + 11 * HOUR) == 0
    assert texts(told()) == ["Overdue: Decide"]


def test_clocks_written_anew_are_the_same_clock_and_a_new_due_time_is_a_new_reason() -> None:
    here = make_partnership()
    make_actor("mash-worker", partnership=here)
    case = make_case(here)
    for hours, expected in ((4, 1), (4, 0), (6, 0)):
        with as_system():
            case.clockrows.all().delete()
        make_clock(case, hours=hours)
        assert reminders.remind(NOW + 3 * HOUR) == expected
    assert reminders.remind(NOW + 4.5 * HOUR) == 1


def test_the_allocated_worker_is_reminded_alone() -> None:
    here = make_partnership()
    mine, other = make_actor("mash-worker", partnership=here), make_actor("mash-worker", partnership=here)
    make_clock(make_case(here), party=f"user:{mine.user.pk}")
    reminders.remind(NOW + 3 * HOUR)
    assert [row.user_id for row in told()] == [mine.user.pk] != [other.user.pk]


def test_an_agency_asked_learns_of_its_request_only_and_those_waiting_hear_when_it_is_overdue() -> None:
    from goldthread.process.models import Ask, Event
    here = make_partnership()
    desk, police = make_actor("mash-worker", partnership=here), make_actor("police-partner", partnership=here)
    make_actor("police-partner", partnership=here)  # another force
    case = make_case(here)
    with as_system():
        event = Event.objects.create(
            partnership=here, case=case, readers=case.readers, step="information-request", record_id=1, happened_at=NOW,
            recorded_at=NOW, recorded_by=desk.user, agency=desk.agency)
        ask = Ask.objects.create(partnership=here, case=case, event=event, step="partner-reply", agency=police.agency,
                                 due=NOW + 4 * HOUR, made_at=NOW, readers=[police.agency_token])
    make_clock(case, party=police.agency_token, ask=ask, name="Partners answer")
    reminders.remind(NOW + 3 * HOUR)
    assert [(row.user_id, row.ask, row.reference) for row in told()] == [(police.user.pk, ask.pk, "")]
    reminders.remind(NOW + 4 * HOUR)
    later = [(row.user_id, row.ask, row.reference, row.text) for row in told()[1:]]
    assert sorted(later) == sorted([(police.user.pk, ask.pk, "", "Overdue: Partners answer"),
                                    (desk.user.pk, None, "FD-1", "No answer yet: Partners answer")])


def test_a_restricted_case_reminds_only_those_who_may_read_it() -> None:
    here = make_partnership()
    named, other = make_actor("mash-worker", partnership=here), make_actor("mash-worker", partnership=here)
    make_clock(make_case(here), readers=[f"user:{named.user.pk}"])
    make_clock(make_case(here), denied=[f"user:{named.user.pk}"])
    assert reminders.remind(NOW + 3 * HOUR) == 2
    assert sorted((row.user_id, row.reference) for row in told()) == sorted(
        [(named.user.pk, "FD-1"), (other.user.pk, "FD-2")])


def test_more_than_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminding, "MOST_AT_ONCE", 3)
    here = make_partnership()
    make_actor("mash-worker", partnership=here)
    case = make_case(here)
    for number in range(8):
        make_clock(case, name=f"Clock {number}")
    assert reminders.remind(NOW + 3 * HOUR) == 8 and reminders.remind(NOW + 3 * HOUR) == 0


def test_a_reminder_and_its_notices_are_saved_together(monkeypatch: pytest.MonkeyPatch) -> None:
    here = make_partnership()
    worker = make_actor("mash-worker", partnership=here)
    make_clock(make_case(here))

    def die(*args: Any, **more: Any) -> None:
        raise RuntimeError("killed")
    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(reminders, "to_desk", die)
        reminders.remind(NOW + 3 * HOUR)
    assert told() == [] and mails() == []
    assert reminders.remind(NOW + 3 * HOUR) == 1, "the next run makes up for it"
    with acting(worker):
        assert inbox.notices(worker, unread=True).count() == 1
