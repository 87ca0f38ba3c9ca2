"""One meeting: when, what about, who came, what was said and decided, and the minutes as they were approved."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from goldthread.access.models import Confined, Guarded
from goldthread.files.models import Document
from goldthread.meeting.models.body import Body
from goldthread.orgs.models import Agency
from goldthread.process.models import Case, Event
from goldthread.thread.models import Action


def _by() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Meeting(Guarded):
    """A planned, held or cancelled meeting of a group; which of these it is follows from what is recorded."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    planned_at = models.DateTimeField("when is it?")
    minutes_long = models.PositiveSmallIntegerField("how many minutes will it take?", default=120)
    place = models.CharField("where is it?", max_length=200, blank=True)
    link = models.URLField("link to join", blank=True)
    plan = models.TextField("what is planned for it?", blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.TextField("why is it cancelled?", blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["partnership", "planned_at"], name="meetings_planned")]


class OfMeeting(Guarded):
    """A row that hangs off a meeting, read by those who sit at it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta(Guarded.Meta):
        abstract = True


class Attendance(OfMeeting):
    """Whether an agency was there, and by whom."""

    ATTENDED = [("attended", "Attended"), ("deputy", "Sent a deputy"), ("apologies", "Sent apologies"),
                ("absent", "Did not come")]
    HERE = frozenset({"attended", "deputy"})
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    attended = models.CharField("did they attend?", max_length=10, choices=ATTENDED)
    who = models.CharField("who came?", max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta(OfMeeting.Meta):
        constraints = [models.UniqueConstraint(fields=["meeting", "agency"], name="agency_once_a_meeting")]


class AgendaItem(Confined):
    """Something a meeting deals with. An item about a case is read by those who may read the case and sit as well."""

    STANDING, CASE, PAPER, LAST_TIME = "standing", "case", "paper", "last-time"
    KINDS = [(STANDING, "Standing item"), (CASE, "Case"), (PAPER, "Paper or report"), (LAST_TIME, "Actions from last time")]
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField()
    title = models.CharField("what is it about?", max_length=200)
    kind = models.CharField("what kind of item is it?", max_length=10, choices=KINDS)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    presenter = models.CharField("who brings it?", max_length=120, blank=True)

    class Meta(Confined.Meta):
        indexes = [models.Index(fields=["meeting", "order"], name="items_in_order")]

    def __str__(self) -> str:
        return self.title


class OfItem(Confined):
    """A row that hangs off an agenda item, read by whoever reads the item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="%(class)ss")
    by = _by()
    at = models.DateTimeField()

    class Meta(Confined.Meta):
        abstract = True


class Paper(OfItem):
    """A document for an item."""

    append_only = True
    title = models.CharField("what is it?", max_length=200)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")


class ItemMinute(OfItem):
    """What was said and decided on an item. Never changed; a correction is a new one that replaces it.

    event: what was recorded on the item's case at the same time.
    """

    append_only = True
    mutable = ("replaced_by_id",)
    said = models.TextField("what was said?", blank=True)
    decision = models.TextField("what was decided?", blank=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+")
    submission = models.UUIDField(null=True, unique=True)  # the form's own number: sent twice, recorded once
    replaced_by: Any = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    class Meta(OfItem.Meta):
        ordering = ["pk"]


class ItemAction(OfItem):
    """An action given at an item; how it stands is the thread's to say."""

    append_only = True
    action = models.OneToOneField(Action, on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(null=True, unique=True)


class Minutes(OfMeeting):
    """Minutes of a meeting, approved: a copy that nothing changes. Corrected minutes are approved anew, as the next.

    digest: SHA-256 over the text of all parts, in hex.
    """

    append_only = True
    number = models.PositiveSmallIntegerField()
    approved_by = _by()
    approved_at = models.DateTimeField()
    attendance = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta(OfMeeting.Meta):
        verbose_name_plural = "minutes"
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="minutes_numbered")]


class MinutesPart(Confined):
    """One item of approved minutes, as it was approved, read by whoever reads the item."""

    append_only = True
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="parts")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    said = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    actions = models.TextField(blank=True)

    class Meta(Confined.Meta):
        constraints = [models.UniqueConstraint(fields=["minutes", "item"], name="item_once_in_minutes")]
