"""A real worker on a real queue: every kind of work runs in its threads, as the service's own role."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from goldthread.access import audit
from goldthread.jobs import running
from goldthread.notify.actions import to_user
from tests.access.separate import separate_database
from tests.notify.helping import mails, tell
from tests.support import make_actor


@pytest.mark.django_db
def test_nothing_is_queued_by_telling_alone() -> None:
    """Mails wait in the outbox, not in the queue: a lost queue loses no mail."""
    one = make_actor("mash-worker")
    tell(to_user, one.user.pk, one.partnership)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        assert cursor.fetchone() == (0,) and len(mails()) == 1


def test_a_worker_does_all_that_is_queued(django_db_setup: None, django_db_blocker: Any, settings: Any,
                                          tmp_path: Path) -> None:
    settings.ANCHOR_FILE, settings.MEDIA_ROOT, settings.CLAMD = tmp_path / "anchor.txt", tmp_path, "none"
    with django_db_blocker.unblock(), separate_database("worker") as owner:
        one = make_actor("mash-worker")
        tell(to_user, one.user.pk, one.partnership, now=timezone.now(), urgent=True)
        for name in running.KINDS:
            app.configure_task(name).defer(timestamp=0)
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            worker.run_worker(wait=False, concurrency=2, install_signal_handlers=False, listen_notify=False)
        done = owner.execute("select distinct status, task_name from procrastinate_jobs where task_name = any(%s)",
                             [list(running.KINDS)]).fetchall()
        assert sorted(done) == sorted(("succeeded", name) for name in running.KINDS)
        runs = running.last_runs()
        assert all(run and run.ended_at and not run.failed for run in runs.values()), runs
        assert [m.state for m in mails()] == ["sent"] and len(mail.outbox) == 1
        running.run("goldthread.seal_audit", timezone.now())  # a minute on: what another job had open then is settled now
        assert audit.verify() == [] and settings.ANCHOR_FILE.exists()
