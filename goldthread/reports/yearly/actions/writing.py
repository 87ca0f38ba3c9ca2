"""Writing a section, and answering what a check found."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor
from goldthread.reports.yearly.actions.common import insist_open, insist_writes, kept, locked, writing_as
from goldthread.reports.yearly.models import Answer, Document, Section


class Conflict(Exception):
    """Somebody else saved the section after it was opened. section: as it is now."""

    def __init__(self, section: Section) -> None:
        self.section = section
        super().__init__(f"{section.changed_by} saved this section while you were writing")


def save_section(*, actor: Actor, section: Section, heading: str, text: str, seen: int, now: datetime,
                 items: Iterable[str] | None = None) -> Section:
    """Save a section. seen: the revision it was opened at; a later one raises Conflict, and nothing is saved.

    Raises Refused; ValidationError without a heading and once the report is published.
    """
    insist_writes(actor)
    with writing_as(actor):
        document = locked(actor, section.document)
        insist_open(document)
        found: Section = Section.objects.select_related("changed_by").get(pk=section.pk)
        if found.revision != seen:
            raise Conflict(found)
        if not heading.strip():
            raise ValidationError({"heading": "Enter a heading"})
        found.heading, found.text = heading.strip(), text.replace("\r\n", "\n").strip()
        if items is not None:
            found.items = sorted(set(items))
        found.revision, found.changed_by, found.changed_at = found.revision + 1, actor.user, now
        found.save(update_fields=["heading", "text", "items", "revision", "changed_by", "changed_at"])
        return found


def answer(*, actor: Actor, document: Document, finding: str, what: str, reason: str, now: datetime) -> Answer:
    """Say why something a check found may stay. Raises Refused; ValidationError without a reason and once published."""
    insist_writes(actor)
    with writing_as(actor):
        found = locked(actor, document)
        insist_open(found)
        if not reason.strip():
            raise ValidationError({"reason": "Say why it may stay as it is"})
        made, _ = Answer.objects.get_or_create(document=found, finding=finding, defaults=kept(found) | {
            "what": what[:300], "reason": reason.strip(), "by": actor.user, "at": now})
        return made
