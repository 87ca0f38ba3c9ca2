"""A release held against all that was ever let out: what can be worked out is kept in words, and holds it back."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from goldthread.access.actor import acting, system, writing
from goldthread.measure import gate, public
from goldthread.measure.actions.releasing import against, earlier, rule_of
from goldthread.measure.models import Release, ReleasedFigure, ReleaseFinding, ReleaseState
from goldthread.measure.release.attack import Found, Progress
from goldthread.measure.release.figures import Figure

STEPS = 50  # in as many the progress is told
CANNOT = "cannot be checked"


def look(*, release: Release, now: datetime, tell: Progress | None = None) -> Release:
    """Mend it where that was asked, attack it, and say whether it is safe or held back. On the system's authority, of a
    release that somebody who may left to be looked at. Safe to be run twice. tell: how far it has got; None: in the row.

    The attack itself runs outside of a transaction, so that others see how far it has got.
    """
    with _acting(release.partnership_id):
        release = Release.objects.get(pk=release.pk)
        figures = list(release.releasedfigures.order_by("pk"))
        known, digest, rule = (earlier(), public.known()), against(), rule_of(release)
    if release.state != ReleaseState.LOOKING:
        return release
    begun, told = release.at, tell or _told(release)
    before = {figure.pk for figure in figures if figure.hidden}
    try:
        if release.mending:
            figures = gate.mended(figures, gate.figures_together(figures, *known), rule, told)
        found, why = gate.found_out(gate.figures_together(figures, *known), rule, told), ""
    except ValueError as wrong:  # too fine, or figures that cannot all be true: what is not checked does not go out
        found, why = Found((), ()), str(wrong)
    with _acting(release.partnership_id):
        release = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
        if release.state == ReleaseState.LOOKING and release.at == begun:
            _keep(release, [each for each in figures if each.hidden and each.pk not in before], found, why)
            release.against, release.mending = digest, False
            release.save(update_fields=["state", "against", "mending", "aside"])
    return release


def _keep(release: Release, hidden: Sequence[ReleasedFigure], found: Found, why: str) -> None:
    for figure in hidden:
        figure.save(update_fields=["text", "low", "high", "hidden"])
    release.releasefindings.all().delete()
    kept = {"partnership": release.partnership, "readers": release.readers, "release": release}
    findings = [ReleaseFinding(**kept, indicator=each.measure, what=each.what[:300], low=each.low, high=each.high,
                               words=each.words()) for each in found.pinned]
    if why:
        findings.append(ReleaseFinding(**kept, indicator="", what=CANNOT, low=0, high=0, words=f"It {CANNOT}: {why}"))
    ReleaseFinding.objects.bulk_create(findings)
    release.state = ReleaseState.BLOCKED if findings else ReleaseState.CLEAR
    release.aside = "\n".join(_words(figure) for figure in found.aside)


def _words(figure: Figure) -> str:
    return f"{figure.name}: {figure.shown.text} ({figure.source})"


def _told(release: Release) -> Progress:
    """Progress kept in the row, in few steps."""
    last = -1

    def tell(done: int, of: int) -> None:
        nonlocal last
        if of and done * STEPS // of != last:
            last = done * STEPS // of
            with _acting(release.partnership_id):
                Release.objects.filter(pk=release.pk, state=ReleaseState.LOOKING).update(done=done, of=of)
    return tell


@contextmanager
def _acting(partnership: int) -> Iterator[None]:
    with transaction.atomic(), acting(system(partnership)), writing():
        yield
