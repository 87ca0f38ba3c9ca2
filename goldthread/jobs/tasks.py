"""Everything that runs in the background, and when. Found by Procrastinate under this name."""
from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate import jobs
from procrastinate.contrib.django import app

from goldthread.access import audit
from goldthread.access.actor import acting, system
from goldthread.access.organisation.accounts import close_dormant
from goldthread.exchange.facts import scorecard
from goldthread.files import scanning
from goldthread.flows import publishing as _publishing  # noqa: F401  so that the worker knows its job
from goldthread.jobs import action_reminders, reminders, return_reminders, tidying
from goldthread.jobs.running import every
from goldthread.meeting.actions.bodies import refresh
from goldthread.notify import outbox

STALLED_SECONDS = 30
JOBS_KEPT_HOURS = 72


@every("* * * * *")
def send_mails(now: datetime) -> object:
    return outbox.send_due(now)


@every("* * * * *")
def seal_audit(now: datetime) -> object:
    return audit.seal()


@every("* * * * *")
def scan_files(now: datetime) -> object:
    return scanning.scan_waiting(now)


@every("*/5 * * * *")
def remind(now: datetime) -> object:
    return reminders.remind(now)


@every("*/15 * * * *")
def remind_of_actions(now: datetime) -> object:
    return action_reminders.remind(now)


@every("*/15 * * * *")
def remind_of_returns(now: datetime) -> object:
    return return_reminders.remind(now)


@every("*/15 * * * *")
def refresh_members(now: datetime) -> object:
    return refresh(now)


@every("20 * * * *")
def count_anew(now: datetime) -> object:
    return scorecard.update_all(now)


@every("30 2 * * 0")
def count_all_anew(now: datetime) -> object:
    return scorecard.update_all(now, whole=True)


@every("15 3 * * *")
def close_dormant_accounts(now: datetime) -> object:
    with transaction.atomic(), acting(system()):
        return close_dormant(now)


@every("45 3 * * *")
def tidy(now: datetime) -> object:
    return tidying.tidy(now)


@app.periodic(cron="* * * * *")
@app.task(name="goldthread.free_stalled", queueing_lock="goldthread.free_stalled")
async def free_stalled(timestamp: int) -> None:
    """Jobs of a worker that died: those that come round by themselves are dropped, all others are tried again."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        if job.queueing_lock:
            await manager.finish_job(job, status=jobs.Status.ABORTED, delete_job=True)
        else:
            await manager.retry_job(job)


@app.periodic(cron="30 3 * * *")
@app.task(name="goldthread.forget_old_jobs", queueing_lock="goldthread.forget_old_jobs")
async def forget_old_jobs(timestamp: int) -> None:
    await app.job_manager.delete_old_jobs(nb_hours=JOBS_KEPT_HOURS, include_cancelled=True, include_aborted=True)
