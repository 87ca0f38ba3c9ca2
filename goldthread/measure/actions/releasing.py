"""Letting figures out: chosen and made safe, attacked, mended, signed by two people, and then in the register for good."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.policy import May, figures_token
from goldthread.measure import gate, public
from goldthread.measure.engines import DuckDB
from goldthread.measure.gate import Chosen
from goldthread.measure.models import Published, Release, ReleasedFigure, ReleaseSignature, ReleaseState
from goldthread.measure.protecting import DEFAULT, Rule
from goldthread.measure.store import Store

SIGNATURES = 2


def prepare(*, actor: Actor, title: str, chosen: Chosen, now: datetime, rule: Rule = DEFAULT) -> Release:
    """Choose figures and make them safe by a rule; what still gives somebody away is found by `looking.look`. Raises
    Refused, ValidationError in words for what cannot be let out.
    """
    actor.require(May.KEEP_SCORECARD)
    if not title.strip():
        raise ValidationError({"title": "Enter what it is called"})
    store = Store.of(actor.partnership.pk)
    with _writing(actor), DuckDB(store.files()) as duck:
        try:
            figures = gate.figures(duck, chosen, rule)
            of = gate.size(gate.figures_together(figures, earlier(), public.known()))
        except ValueError as wrong:
            raise ValidationError({"indicators": str(wrong)}) from wrong
        if not figures:
            raise ValidationError({"indicators": "Choose at least one indicator"})
        release = Release.objects.create(
            **_kept(actor), title=title.strip(), kind=chosen.periods[0].kind, first=chosen.months[0], last=chosen.months[-1],
            small=rule.small, nearest=rule.nearest, base=rule.base, least=rule.least, state=ReleaseState.LOOKING,
            by=actor.user, at=now, of=of)
        for figure in figures:
            figure.release, figure.partnership, figure.readers = release, actor.partnership, release.readers
        ReleasedFigure.objects.bulk_create(figures)
    return release


def mend(*, actor: Actor, release: Release, now: datetime) -> Release:
    """Ask that what must be hidden besides be hidden, when it is next looked at. Raises Refused, ValidationError."""
    actor.require(May.KEEP_SCORECARD)
    with _writing(actor):
        release = _open(release, ReleaseState.BLOCKED, "There is nothing to mend")
        release.at, release.mending = now, True
        _again(release)
    return release


def sign(*, actor: Actor, release: Release, now: datetime) -> Release:
    """Say that a release may go out; with the second person's signature it is published. Where others have gone out since
    it was looked at, it is to be looked at again and is not signed. Raises Refused, ValidationError.
    """
    actor.require(May.SIGN_RELEASES)
    with _writing(actor):
        # one at a time: two that are safe alone may not be so together
        list(Release.objects.select_for_update(of=("self",)).filter(state=ReleaseState.CLEAR).order_by("pk"))
        release = _open(release, ReleaseState.CLEAR, "Only what is safe can be signed")
        if signatures(release).filter(by=actor.user).exists():
            raise ValidationError("You have signed this. Somebody else must sign it too")
        if release.against != against():
            _again(release)
            return release
        ReleaseSignature.objects.create(**_kept(actor), release=release, by=actor.user, agency=actor.agency, at=now)
        if signatures(release).count() >= SIGNATURES:
            release.state, release.published_at = ReleaseState.PUBLISHED, now
            release.save(update_fields=["state", "published_at"])
    return release


def _again(release: Release) -> None:
    release.state, release.done = ReleaseState.LOOKING, 0
    release.save(update_fields=["state", "done", "at", "mending"])


def drop(*, actor: Actor, release: Release) -> Release:
    """Give up a release that is not out. Raises Refused, ValidationError."""
    actor.require(May.KEEP_SCORECARD)
    with _writing(actor):
        release = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
        if release.state in (ReleaseState.PUBLISHED, ReleaseState.DROPPED):
            raise ValidationError("What is out cannot be taken back")
        release.state = ReleaseState.DROPPED
        release.save(update_fields=["state"])
    return release


def rule_of(release: Release) -> Rule:
    return Rule(release.small, release.nearest, release.base, release.least)


def earlier() -> list[tuple[str, ReleasedFigure]]:
    """Every figure that is out in the partnership acted in, with the title it came out under; the newest first."""
    rows = ReleasedFigure.objects.filter(release__state=ReleaseState.PUBLISHED)
    return [(row.release.title, row) for row in rows.select_related("release").order_by("-release__published_at", "pk")]


def against() -> str:
    """A digest of all that a release must be held against: it changes with every release and every public figure."""
    out = Release.objects.filter(state=ReleaseState.PUBLISHED).order_by("pk").values_list("pk", flat=True)
    others = Published.objects.filter(replaced_at=None).order_by("pk").values_list("pk", flat=True)
    return sha256(repr((list(out), list(others))).encode()).hexdigest()


def signatures(release: Release) -> Any:
    """Who signed it as it is now: what is mended must be signed again."""
    return release.releasesignatures.filter(at__gte=release.at)


def _open(release: Release, state: ReleaseState, otherwise: str) -> Release:
    found: Release = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if found.state != state:
        raise ValidationError(otherwise)
    return found


def _kept(actor: Actor) -> dict[str, object]:
    return {"partnership": actor.partnership, "readers": [figures_token(actor.partnership.pk)]}


@contextmanager
def _writing(actor: Actor) -> Iterator[None]:
    with transaction.atomic(), acting(system_for(actor)), writing():
        yield
