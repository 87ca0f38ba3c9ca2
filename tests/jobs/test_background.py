"""What runs in the background: it is all declared, safe to run again, noted, and freed when a worker dies."""
from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from procrastinate import jobs as queue
from procrastinate import testing
from procrastinate.contrib.django import app

from goldthread.access.actor import NoActor
from goldthread.jobs import running, tasks, tidying
from goldthread.jobs.models import Run
from goldthread.notify.actions import to_user
from goldthread.notify.models import InboxNotice, MailState, OutboxMail
from goldthread.orgs.models import User
from goldthread.process.models import Draft
from tests.notify.helping import as_system, mails, tell
from tests.support import NOW, make_actor, make_partnership

pytestmark = pytest.mark.django_db
EXPECTED = {"send_mails", "seal_audit", "scan_files", "remind", "remind_of_actions", "remind_of_returns", "refresh_members",
            "close_dormant_accounts", "tidy", "count_anew", "count_all_anew"}


@pytest.fixture(autouse=True)
def places(settings: Any, tmp_path: Path) -> None:
    settings.ANCHOR_FILE, settings.MEDIA_ROOT, settings.CLAMD = tmp_path / "anchor.txt", tmp_path, "none"


def test_everything_is_declared_with_a_time_and_never_runs_beside_itself() -> None:
    assert set(running.last_runs()) == EXPECTED
    planned = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    names = {running.PREFIX + name for name in (*EXPECTED, "free_stalled", "forget_old_jobs", "forget_import_files",
                                                 "forget_returns")}
    assert set(planned) == names
    assert all(app.tasks[name].queueing_lock == name for name in names)
    assert all(app.tasks[running.PREFIX + name].lock for name in EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_runs_on_its_own_authority_and_again_to_no_effect(name: str) -> None:
    with pytest.raises(NoActor):
        InboxNotice.objects.count()  # nobody is acting here: the work must bring its own authority
    running.run(running.PREFIX + name, NOW)
    running.run(running.PREFIX + name, NOW)
    noted = running.last_runs()[name]
    assert noted is not None and noted.ended_at and not noted.failed
    assert Run.objects.filter(name=running.PREFIX + name).count() == 1


def test_work_that_fails_is_noted_and_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(now: Any) -> None:
        raise OSError("no space left")
    monkeypatch.setitem(running.KINDS, "goldthread.remind", fail)
    with pytest.raises(OSError):
        running.run("goldthread.remind", NOW)
    noted = running.last_runs()["remind"]
    assert noted is not None and noted.failed and noted.ended_at


def test_mail_is_sent_by_the_job(mailoutbox: list[Any]) -> None:
    one = make_actor("mash-worker")
    tell(to_user, one.user.pk, one.partnership)
    running.run("goldthread.send_mails", NOW)
    assert len(mailoutbox) == 1 and mails()[0].state == MailState.SENT


def test_drafts_mails_and_sessions_are_tidied_when_old_and_not_before() -> None:
    here = make_partnership()
    one = make_actor("mash-worker", partnership=here)
    for _ in range(3):
        tell(to_user, one.user.pk, here)
    with as_system():
        for number, days in enumerate((29, 31)):
            when = NOW - timedelta(days=days)
            Draft.objects.create(partnership=here, readers=[f"user:{one.user.pk}"], key=f"form {number}",
                                 owner=f"user:{one.user.pk}", started_at=when, saved_at=when)
        old = NOW - timedelta(days=91)
        first, second, third = OutboxMail.objects.order_by("pk").values_list("pk", flat=True)
        OutboxMail.objects.filter(pk=first).update(state=MailState.SENT, settled_at=old)
        OutboxMail.objects.filter(pk=second).update(state=MailState.SENT, settled_at=NOW)
        OutboxMail.objects.filter(pk=third).update(state=MailState.FAILED, settled_at=old)
    Session.objects.create(session_key="old", session_data="", expire_date=NOW - timedelta(days=900))
    assert tidying.tidy(NOW) == "1 drafts, 1 mails, 0 words of names, 0 files"
    with as_system():
        assert list(Draft.objects.values_list("key", flat=True)) == ["form 0"]
        assert set(OutboxMail.objects.values_list("pk", flat=True)) == {second, third}, "what was lost is kept in sight"
    assert not Session.objects.filter(session_key="old").exists()


def test_dormant_accounts_are_closed_by_the_job() -> None:
    used, unused = make_actor("mash-worker").user, make_actor("mash-worker").user
    User.objects.filter(pk=used.pk).update(last_seen_at=NOW)
    User.objects.filter(pk=unused.pk).update(last_seen_at=NOW - timedelta(days=60))
    running.run("goldthread.close_dormant_accounts", NOW)
    used.refresh_from_db()
    unused.refresh_from_db()
    assert (used.is_active, unused.is_active) == (True, False)


def test_jobs_of_a_dead_worker_are_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that comes round by itself is dropped, so that its next turn is not held up; other work is tried again."""
    memory = testing.InMemoryConnector()
    with app.replace_connector(memory):
        for name, lock in (("goldthread.remind", "goldthread.remind"), ("another", None)):
            app.configure_task(name, queueing_lock=lock, allow_unknown=True).defer()
        for job in memory.jobs.values():
            job["status"] = queue.Status.DOING.value
            job["worker_id"] = None

        async def stalled(**_: Any) -> list[queue.Job]:
            return [queue.Job.from_row(row) for row in memory.jobs.values()]
        monkeypatch.setattr(app.job_manager, "get_stalled_jobs", stalled)
        asyncio.run(tasks.free_stalled.func(0))
        assert [(job["task_name"], job["status"]) for job in memory.jobs.values()] == [("another", "todo")]
