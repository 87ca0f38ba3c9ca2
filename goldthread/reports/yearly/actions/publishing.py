"""Publishing: nothing that is certainly wrong or gives somebody away goes out unanswered, and what is out is out.

It takes three parts, so that nobody waits at a page for what takes long and nothing is out by halves: `ask`, which looks
whether the document may go out; `lay_out`, which makes its forms, outside of any transaction; `keep`, which keeps them all
at once, or nothing.
"""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor
from goldthread.measure.actions.releasing import against
from goldthread.process.models import Case
from goldthread.reports.yearly import readers, release, versions
from goldthread.reports.yearly.actions.common import (
    before_publishing,
    insist_writes,
    kept,
    locked,
    of_case,
    writing_as,
)
from goldthread.reports.yearly.composing import Composed
from goldthread.reports.yearly.figures import Figure
from goldthread.reports.yearly.models import Document, Freeze, Laying, Published, PublishedFile, Publishing
from goldthread.reports.yearly.versions import Form, Telling

CHANGED = "It was changed while it was being laid out. Publish it again"
OVER = "This attempt is over"


@dataclass(frozen=True)
class Laid:
    """A document in all its forms, not yet out. state: of what it was made from; against: what it was held against."""

    state: str
    against: str
    freeze: Freeze
    used: tuple[Figure, ...]
    voice: list[dict[str, Any]]
    forms: dict[str, Form]


def ask(case: Case, actor: Actor, now: datetime, submission: UUID | None = None) -> Publishing:
    """Ask that a case's document be published: it may, or this says why not. One that is asked for twice is one.

    Raises Refused, ValidationError as `publish_document` does.
    """
    insist_writes(actor)
    document = of_case(case, actor)
    with writing_as(actor):
        found = locked(actor, document)
        if waiting := found.publishings.filter(state=Laying.WAITING).first():
            return waiting
        _insist_ready(found, now)
        return Publishing.objects.create(**kept(found), document=found, by=actor.user, at=now, submission=submission,
                                         of=len(versions.FORMS))


def insist_safe(case: Case, actor: Actor, now: datetime) -> None:
    """Raises ValidationError naming what a case's document gives away by its figures as it is now."""
    with writing_as(actor):
        insist_nobody_told(versions.composed(locked(actor, of_case(case, actor)), now).used)


def lay_out(document: Document, actor: Actor, now: datetime, tell: Telling = lambda done: None) -> Laid:
    """Make every form of a document that may go out. tell: how many are made. Raises Refused, ValidationError."""
    insist_writes(actor)
    with writing_as(actor):
        found = locked(actor, document)
        made, freeze = _insist_ready(found, now)
        insist_nobody_told(made.used)
        state, held, voice = versions.state(found), against(), versions.voice(found, made, now)
    return Laid(state, held, freeze, made.used, voice, versions.forms(made, freeze, tell))


def keep(document: Document, actor: Actor, laid: Laid, now: datetime, attempt: Publishing | None = None) -> Published:
    """Keep a document for good in all its forms, and its counts in the register of releases. attempt: which it was for; one
    that is over keeps nothing. Raises Refused; ValidationError where document or process have changed since.
    """
    insist_writes(actor)
    with writing_as(actor):
        release.one_at_a_time(document.partnership_id)
        found = locked(actor, document)
        if attempt is not None and not Publishing.objects.select_for_update(of=("self",)).filter(
                pk=attempt.pk, state=Laying.WAITING).exists():
            raise ValidationError(OVER)
        _insist_process(found)
        if versions.state(found) != laid.state:
            raise ValidationError(CHANGED)
        if against() != laid.against:
            insist_nobody_told(laid.used)
        number = found.publisheds.count() + 1
        title = found.title if number == 1 else f"{found.title}, version {number}"
        version: Published = Published.objects.create(
            **kept(found), document=found, number=number, freeze=laid.freeze, title=found.title, by=actor.user, at=now,
            voice=laid.voice, release=release.register(laid.used, title, found.partnership_id, actor.user, now))
        for name, (content_type, data) in laid.forms.items():
            PublishedFile.objects.create(**kept(found), published=version, name=name, content_type=content_type, data=data,
                                         sha256=hashlib.sha256(data).hexdigest())
        if attempt is not None:
            Publishing.objects.filter(pk=attempt.pk).update(state=Laying.DONE, done=len(laid.forms))
        readers.rewrite(found)
        return version


def publish(case: Case, actor: Actor, now: datetime) -> Published:
    """Publish a case's report: `publish_document`. Raises ValidationError before it is begun."""
    return publish_document(of_case(case, actor), actor, now)


def publish_document(document: Document, actor: Actor, now: datetime) -> Published:
    """Lay a report out and keep it, at once. What must be corrected afterwards is published again, as the next version.

    Raises Refused; ValidationError before the data are frozen, for what a section asks for that is not there, while what
    the checks found stands without an answer, and while its figures give somebody away.
    """
    return keep(document, actor, lay_out(document, actor, now), now)


def insist_nobody_told(figures: tuple[Figure, ...]) -> None:
    """Raises ValidationError naming what figures give away together with all that is out, and how to mend it."""
    try:
        found = release.leaks(figures)
    except ValueError as wrong:
        raise ValidationError(f"The figures cannot be held against what is out already, so they do not go out: {wrong}") \
            from wrong
    if found:
        raise ValidationError([*(each.words for each in found), release.HOW_TO_MEND])


def _insist_process(document: Document) -> None:
    for insist in before_publishing:
        insist(document)


def _insist_ready(document: Document, now: datetime) -> tuple[Composed, Freeze]:
    """The document as it would go out, but for what its figures give away. Raises ValidationError in words."""
    _insist_process(document)
    frozen = versions.frozen(document)
    if frozen is None:
        raise ValidationError("Freeze the data first: until then the figures still change")
    made = versions.composed(document, now)
    if made.problems:
        raise ValidationError([str(each) for each in made.problems])
    if open_ := versions.unanswered(document, made, now):
        raise ValidationError([f"Answer this first: {each.what}" for each in open_])
    return made, frozen
