"""A report as it is written: its sections, the freeze of its data, what was said to findings, and what was published."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from goldthread.access.models import Guarded
from goldthread.measure.models import Release
from goldthread.process.models import Case


def _by() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Kind(models.TextChoices):
    """What is written."""

    YEARLY = "yearly-report", "Yearly report"
    ARRANGEMENTS = "arrangements", "Published arrangements"


class Document(Guarded):
    """A report of a year, such as "2025-2026". case: the process that leads to its publication."""

    kind = models.CharField(max_length=14, choices=Kind)
    period = models.CharField(max_length=9)
    title = models.CharField("what is it called?", max_length=150)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="+")
    begun_by = _by()
    begun_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["partnership", "kind", "-period"], name="documents_newest")]

    def __str__(self) -> str:
        return self.title


class OfDocument(Guarded):
    """A row that hangs off a document, read by whoever reads the document."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta(Guarded.Meta):
        abstract = True


class Section(OfDocument):
    """A part of a document. items: the points of the guidance's list that it answers. revision: counts every saving."""

    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    heading = models.CharField("heading", max_length=120)
    text = models.TextField("text", blank=True)
    items = ArrayField(models.CharField(max_length=8), default=list)
    revision = models.PositiveIntegerField(default=1)
    changed_by = _by()
    changed_at = models.DateTimeField()

    class Meta(OfDocument.Meta):
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="section_once")]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.heading


class Freeze(OfDocument):
    """The data as they stood at one moment. facts_at, last_event, returns: what had been recorded and sent in by then.

    rule: how small numbers are said, in words.
    """

    append_only = True
    number = models.PositiveSmallIntegerField()
    by = _by()
    at = models.DateTimeField()
    first = models.DateField()
    last = models.DateField()
    facts_at = models.DateTimeField(null=True)
    last_event = models.BigIntegerField(default=0)
    returns = ArrayField(models.BigIntegerField(), default=list)
    rule = models.TextField()

    class Meta(OfDocument.Meta):
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="freeze_numbered")]


class FrozenFigure(Guarded):
    """A figure of a freeze. Read by the system alone: what somebody is shown of it is `text`, or more by what they may open.

    value: exact, None of nothing. said: as it is told, for charts. how: how it was worked out, in words. query: what counts
    it; version: SHA-256 of that. rows: numbers of the rows of a `rows_of` that it counts. source, subject: whose figure it
    is. table, row, column: where it stands in a table. tells: the counts of people it is worked out from (`figures.Tells`).
    """

    append_only = True
    has_history = False
    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="figures")
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=300)
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    said = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    text = models.CharField(max_length=60)
    unit = models.CharField(max_length=40)
    how = models.TextField()
    query = models.TextField()
    version = models.CharField(max_length=64)
    source = models.CharField(max_length=20)
    subject = models.CharField(max_length=80, blank=True)
    rows_of = models.CharField(max_length=20, blank=True)
    rows = ArrayField(models.BigIntegerField(), default=list)
    table = models.CharField(max_length=80, blank=True)
    row = models.CharField(max_length=200, blank=True)
    column = models.CharField(max_length=80, blank=True)
    tells = models.JSONField(default=list)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["freeze", "key"], name="frozen_once")]


class Withheld(OfDocument):
    """A count of people that a report does not tell, because something smaller could be worked out from it.

    indicator, part, first, last: as of a `figures.Tells`. It holds for one freeze: figures frozen anew are looked at anew.
    """

    append_only = True
    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="withhelds")
    indicator = models.CharField(max_length=80)
    part = models.CharField(max_length=5)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    by = _by()
    at = models.DateTimeField()

    class Meta(OfDocument.Meta):
        constraints = [models.UniqueConstraint(fields=["freeze", "indicator", "part", "first", "last"],
                                               name="withheld_once")]


class Answer(OfDocument):
    """Why something that a check found may stay as it is. finding: SHA-256 of what was found and where."""

    append_only = True
    finding = models.CharField(max_length=64)
    what = models.CharField(max_length=300)
    reason = models.TextField("why may this stay?")
    by = _by()
    at = models.DateTimeField()

    class Meta(OfDocument.Meta):
        constraints = [models.UniqueConstraint(fields=["document", "finding"], name="answered_once")]


class Course(OfDocument):
    """A course of the year as a spreadsheet has it: how it was given, how many came and how many places there were.

    attendees, places: None where it does not say. row: of the spreadsheet. Staff are counted, and no children.
    """

    row = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    delivery = models.CharField(max_length=120, blank=True)
    attendees = models.PositiveIntegerField(null=True)
    places = models.PositiveIntegerField(null=True)
    by = _by()
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta(OfDocument.Meta):
        constraints = [models.UniqueConstraint(fields=["document", "row"], condition=models.Q(replaced_at=None),
                                               name="course_once")]


class Laying(models.TextChoices):
    """How far an attempt to publish has got."""

    WAITING = "waiting", "Being laid out"
    DONE = "done", "Published"
    FAILED = "failed", "Not published"


class Publishing(OfDocument):
    """An attempt to publish: how many of its forms are laid out, and in words why it came to nothing.

    submission: the sending of the form that asked for it. Of a document one attempt at a time is under way.
    """

    state = models.CharField(max_length=7, choices=Laying, default=Laying.WAITING)
    by = _by()
    at = models.DateTimeField()
    submission = models.UUIDField(null=True)
    done = models.PositiveSmallIntegerField(default=0)
    of = models.PositiveSmallIntegerField(default=0)
    said = ArrayField(models.TextField(), default=list)

    class Meta(OfDocument.Meta):
        constraints = [models.UniqueConstraint(fields=["document"], condition=models.Q(state="waiting"),
                                               name="published_by_one")]


class Published(OfDocument):
    """A version as it was published. Nothing changes it and nothing takes it away; what is corrected is a new version.

    release: its counts of people in the register of all that was ever let out; None where it tells of none. voice: what
    children said and what changed, as `voice.voice` gives it.
    """

    append_only = True
    number = models.PositiveSmallIntegerField()
    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, related_name="+")
    voice = models.JSONField(default=list)
    title = models.CharField(max_length=150)
    by = _by()
    at = models.DateTimeField()

    class Meta(OfDocument.Meta):
        verbose_name_plural = "published versions"
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_numbered")]


class PublishedFile(Guarded):
    """One form of a published version. sha256: of its bytes, in hex."""

    append_only = True
    has_history = False
    published = models.ForeignKey(Published, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=40)
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["published", "name"], name="file_once_a_version")]

    def __str__(self) -> str:
        return self.name
