"""Releases that take long to be held against all that is out: looked at by the worker. Found by Procrastinate here."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from goldthread.access.actor import Actor, acting, system
from goldthread.measure import actions
from goldthread.measure.models import Release, ReleaseState

LARGE = 600  # numbers that are looked at within a few seconds


def look_or_leave(release: Release, now: datetime) -> Release:
    """Look at a release at once; leave one of more than LARGE numbers to the worker."""
    if release.state != ReleaseState.LOOKING:
        return release
    if release.of <= LARGE:
        return actions.look(release=release, now=now, tell=lambda done, of: None)
    look_at_release.defer(release=release.pk)
    return release


@transaction.atomic
def prepare_or_leave(*, now: datetime, **asked: Any) -> Release:
    """Prepare a release and look at it, or leave that to the worker. Raises as actions.prepare does."""
    return look_or_leave(actions.prepare(now=now, **asked), now)


@transaction.atomic
def mend_or_leave(*, actor: Actor, release: Release, now: datetime) -> Release:
    """The same with more of it hidden. Raises as actions.mend does."""
    return look_or_leave(actions.mend(actor=actor, release=release, now=now), now)


@transaction.atomic
def sign_or_leave(*, actor: Actor, release: Release, now: datetime) -> Release:
    """Sign a release; where others have gone out since, look at it again first. Raises as actions.sign does."""
    release = look_or_leave(actions.sign(actor=actor, release=release, now=now), now)
    with acting(actor):
        signed = actions.signatures(release).filter(by=actor.user).exists()
    return release if signed or release.state != ReleaseState.CLEAR else actions.sign(actor=actor, release=release, now=now)


@app.task(name="goldthread.look_at_release")
def look_at_release(release: int) -> None:
    """Hold one release against all that is out."""
    with transaction.atomic(), acting(system()):
        found = Release.objects.filter(pk=release, state=ReleaseState.LOOKING).first()
    if found is not None:
        actions.look(release=found, now=timezone.now())
