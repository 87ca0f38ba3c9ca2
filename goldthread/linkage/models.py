"""What a linkage was, what it joined, what it asked and what was answered. Nothing here changes anybody's record."""
from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldthread.access.models import Guarded
from goldthread.dataset.models import Submission
from goldthread.orgs.models import Appointment
from goldthread.people.models import Person


class RunState(models.TextChoices):
    """How far a run has got."""

    WAITING = "waiting", "Being worked on"
    DONE = "done", "Done"
    FAILED = "failed", "Not done"


class Stage(models.TextChoices):
    """What a run is at."""

    READING = "reading", "Reading the lists"
    COMPARING = "comparing", "Comparing people"
    WRITING = "writing", "Writing down what was found"


class Run(Guarded):
    """One linkage: who asked for it, with which edition of the model, and its counts.

    whole: all lists anew, not only what is new since the last one. records: different people as the lists tell them; fresh:
    how many of them were compared because they were new; joined: rows that are linked; asked: open questions afterwards.
    kept: by what name `keeping` has what it knew.
    """

    version = models.CharField("edition of the model", max_length=20)
    engine = models.CharField(max_length=10)
    state = models.CharField(max_length=7, choices=RunState, default=RunState.WAITING)
    stage = models.CharField(max_length=9, choices=Stage, blank=True)
    whole = models.BooleanField(default=False)
    kept = models.CharField(max_length=32, blank=True)
    said = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    records = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
    pairs = models.PositiveIntegerField(default=0)
    joined = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["partnership", "-at"], name="runs_newest")]
        constraints = [models.UniqueConstraint(fields=["partnership"], condition=Q(state="waiting"), name="one_run_at_once")]


class OfPair(Guarded):
    """What may name a child of Goldthread's own: hidden with that child's record, whatever else opens it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Guarded.Meta):
        abstract = True


class Link(OfPair):
    """A row of a return found to be about one person: a child's record here (`person`), or others' rows alone.

    group: the same for everything linked to that person. mark: what the row says of the person, as `gathering` makes it.
    how: by the model or by a person; version: the model's edition. Ended, never deleted; no link changes a record.
    """

    HOW = [("model", "By the model"), ("person", "By a person")]
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="links")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=60)
    row = models.PositiveIntegerField()
    sheet = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=40)
    group = models.CharField(max_length=40)
    how = models.CharField(max_length=6, choices=HOW)
    version = models.CharField(max_length=20)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["submission", "table", "sheet", "row"], condition=Q(ended_at=None),
                                               name="row_linked_once")]
        indexes = [models.Index(fields=["partnership", "group"], condition=Q(ended_at=None), name="links_of_group"),
                   models.Index(fields=["partnership", "mark"], condition=Q(ended_at=None), name="links_of_mark")]


class Question(OfPair):
    """Two descriptions that may be of one person, for somebody to look at; asked once.

    one, other: their marks; said_…, rows_…, list_…: what each says, the rows it stands in and whose list that is. told: of
    each comparison its level and bits, as they were. left_at: when a later run asked it no longer.
    """

    ANSWERS = [("same", "The same person"), ("different", "Different people"), ("unsure", "Cannot tell")]
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="questions")
    one = models.CharField(max_length=40)
    other = models.CharField(max_length=40)
    weight = models.FloatField(null=True)
    bar = models.CharField(max_length=20, blank=True)
    told = models.JSONField(default=list)
    said_one = models.JSONField(default=dict)
    said_other = models.JSONField(default=dict)
    rows_one = models.JSONField(default=list)
    rows_other = models.JSONField(default=list)
    list_one = models.CharField(max_length=200)
    list_other = models.CharField(max_length=200)
    version = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=9, choices=ANSWERS, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    because = models.CharField("what decided it", max_length=300, blank=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["partnership", "one", "other"], name="asked_once"),
                       models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="pair_in_order")]
        indexes = [models.Index(fields=["partnership", "-weight", "id"], condition=Q(answer="", left_at=None),
                                name="questions_open")]
