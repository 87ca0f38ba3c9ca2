"""Publishing: nothing that is certainly wrong or gives somebody away goes out unanswered, and what is out is out."""
from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor
from goldthread.process.models import Case
from goldthread.reports.yearly import readers, versions
from goldthread.reports.yearly.actions.common import (
    before_publishing,
    insist_writes,
    kept,
    locked,
    of_case,
    writing_as,
)
from goldthread.reports.yearly.models import Document, Published, PublishedFile


def publish(case: Case, actor: Actor, now: datetime) -> Published:
    """Publish a case's report: `publish_document`. Raises ValidationError before it is begun."""
    return publish_document(of_case(case, actor), actor, now)


def publish_document(document: Document, actor: Actor, now: datetime) -> Published:
    """Keep the report for good in all its forms. What must be corrected afterwards is published again, as the next version.

    Raises Refused; ValidationError before the data are frozen, for what a section asks for that is not there, and while
    what the checks found stands without an answer.
    """
    insist_writes(actor)
    with writing_as(actor):
        found = locked(actor, document)
        for insist in before_publishing:
            insist(found)
        frozen = versions.frozen(found)
        if frozen is None:
            raise ValidationError("Freeze the data first: until then the figures still change")
        made = versions.composed(found, now)
        if made.problems:
            raise ValidationError([str(each) for each in made.problems])
        if open_ := versions.unanswered(found, made, now):
            raise ValidationError([f"Answer this first: {each.what}" for each in open_])
        version: Published = Published.objects.create(
            **kept(found), document=found, number=found.publisheds.count() + 1, freeze=frozen, title=found.title,
            by=actor.user, at=now)
        for name, (content_type, data) in versions.forms(made, frozen).items():
            PublishedFile.objects.create(**kept(found), published=version, name=name, content_type=content_type, data=data,
                                         sha256=hashlib.sha256(data).hexdigest())
        readers.rewrite(found)
        return version
