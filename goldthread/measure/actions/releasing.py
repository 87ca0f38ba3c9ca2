"""Letting figures out: chosen and made safe, attacked, mended, signed by two people, and then in the register for good."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.policy import May, figures_token
from goldthread.measure import gate
from goldthread.measure.engines import DuckDB
from goldthread.measure.gate import Chosen
from goldthread.measure.models import Release, ReleasedFigure, ReleaseFinding, ReleaseSignature, ReleaseState
from goldthread.measure.protecting import DEFAULT, Rule
from goldthread.measure.release.figures import TooFine
from goldthread.measure.store import Store

SIGNATURES = 2


def prepare(*, actor: Actor, title: str, chosen: Chosen, now: datetime, rule: Rule = DEFAULT) -> Release:
    """Choose figures, make them safe by a rule and look for what still gives somebody away. Raises Refused,
    ValidationError in words for what cannot be let out.
    """
    actor.require(May.KEEP_SCORECARD)
    if not title.strip():
        raise ValidationError({"title": "Enter what it is called"})
    store = Store.of(actor.partnership.pk)
    with _writing(actor), DuckDB(store.files()) as duck:
        try:
            figures = gate.figures(duck, chosen, rule)
        except ValueError as wrong:
            raise ValidationError({"indicators": str(wrong)}) from wrong
        if not figures:
            raise ValidationError({"indicators": "Choose at least one indicator"})
        release = Release.objects.create(
            **_kept(actor), title=title.strip(), kind=chosen.periods[0].kind, first=chosen.months[0], last=chosen.months[-1],
            small=rule.small, nearest=rule.nearest, base=rule.base, least=rule.least, state=ReleaseState.BLOCKED,
            by=actor.user, at=now)
        for figure in figures:
            figure.release, figure.partnership, figure.readers = release, actor.partnership, release.readers
        ReleasedFigure.objects.bulk_create(figures)
        _attack(actor, release, figures)
    return release


def mend(*, actor: Actor, release: Release, now: datetime) -> Release:
    """Hide what must be hidden besides, and look again. Raises Refused, ValidationError."""
    actor.require(May.KEEP_SCORECARD)
    with _writing(actor):
        release = _open(release, ReleaseState.BLOCKED, "There is nothing to mend")
        figures = list(release.releasedfigures.order_by("pk"))
        before = {figure.pk for figure in figures if figure.hidden}
        made = gate.mended(figures, earlier(release), rule_of(release))
        for figure in made:
            if figure.hidden and figure.pk not in before:
                figure.save(update_fields=["text", "low", "high", "hidden"])
        release.at = now
        _attack(actor, release, made)
    return release


def sign(*, actor: Actor, release: Release, now: datetime) -> Release:
    """Say that a release may go out; with the second person's signature it is published. It is attacked once more first,
    since others may have gone out meanwhile. Raises Refused, ValidationError.
    """
    actor.require(May.SIGN_RELEASES)
    with _writing(actor):
        release = _open(release, ReleaseState.CLEAR, "Only what is safe can be signed")
        if signatures(release).filter(by=actor.user).exists():
            raise ValidationError("You have signed this. Somebody else must sign it too")
        _attack(actor, release, list(release.releasedfigures.order_by("pk")))
        if release.state != ReleaseState.CLEAR:
            return release
        ReleaseSignature.objects.create(**_kept(actor), release=release, by=actor.user, agency=actor.agency, at=now)
        if signatures(release).count() >= SIGNATURES:
            release.state, release.published_at = ReleaseState.PUBLISHED, now
            release.save(update_fields=["state", "published_at"])
    return release


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


def earlier(release: Release) -> list[tuple[str, ReleasedFigure]]:
    """Every figure that is out, with the title it came out under."""
    rows = ReleasedFigure.objects.filter(release__state=ReleaseState.PUBLISHED).exclude(release=release)
    return [(row.release.title, row) for row in rows.select_related("release").order_by("pk")]


def _attack(actor: Actor, release: Release, figures: Sequence[ReleasedFigure]) -> None:
    """Look for what can be worked out, keep it in words, and say whether the release is held back."""
    release.releasefindings.all().delete()
    try:
        pinned = gate.found_out(figures, earlier(release), rule_of(release))
    except TooFine as wrong:
        raise ValidationError({"indicators": str(wrong)}) from wrong
    ReleaseFinding.objects.bulk_create([
        ReleaseFinding(**_kept(actor), release=release, indicator=each.measure.split(",")[0], what=each.what[:300],
                       low=each.low, high=each.high, words=each.words()) for each in pinned])
    release.state = ReleaseState.BLOCKED if pinned else ReleaseState.CLEAR
    release.save(update_fields=["state", "at"])


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
