"""The thread from a finding to its impact. Facts only: how an action stands is worked out from them (`standing`)."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from goldthread.access.models import Guarded
from goldthread.files.models import Document
from goldthread.orgs.models import Agency
from goldthread.process.models import Case


def _by() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Finding(Guarded):
    """Something that was found out: by a review, an audit, a panel, a complaint. Names nobody."""

    append_only = True
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField("where was it found?", max_length=200)
    theme = models.CharField("theme", max_length=60)
    what = models.TextField("what was found?")
    by = _by()
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["partnership", "-at"], name="findings_newest")]

    def __str__(self) -> str:
        return f"{self.theme}: {self.source}"


class Recommendation(Guarded):
    """What a finding calls for."""

    append_only = True
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="recommendations")
    what = models.TextField("what is recommended?")
    by = _by()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.what


class Action(Guarded):
    """Something an agency is to do, by a day. Owner, due date and end change by actions only, each kept as a `Turn`.

    case: the case it was decided about, where it was. source: where it was given, in words. shared: tokens of those
    before whom it was given. owner: one person of the owning agency, or None for whoever answers for it.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, null=True, related_name="actions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField("where was it given?", max_length=200, blank=True)
    shared = ArrayField(models.TextField(), default=list)
    what = models.TextField("what is to be done?")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="which agency does it?")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True,
                              related_name="+", verbose_name="who does it there?")
    due = models.DateField("by when?")
    given_by = _by()
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [models.CheckConstraint(condition=Q(done_at=None) | Q(dropped_at=None), name="done_or_dropped")]
        indexes = [models.Index(fields=["agency", "due"], condition=Q(done_at=None, dropped_at=None), name="actions_open"),
                   models.Index(fields=["owner", "due"], condition=Q(done_at=None, dropped_at=None), name="actions_mine"),
                   models.Index(fields=["due"], condition=Q(done_at=None, dropped_at=None), name="actions_due")]

    def __str__(self) -> str:
        return self.what

    @property
    def open(self) -> bool:
        return self.done_at is None and self.dropped_at is None

    def late(self, today: date) -> bool:
        return self.open and self.due < today


class OfAction(Guarded):
    """A row that hangs off an action, read by whoever reads the action."""

    append_only = True
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="%(class)ss")
    by = _by()
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        abstract = True


class Turn(OfAction):
    """Something decided about an action, and why."""

    KINDS = [("reassigned", "Given to somebody else"), ("extended", "More time given"), ("closed", "Done"),
             ("dropped", "Not needed any more"), ("reopened", "Taken up again")]
    kind = models.CharField(max_length=10, choices=KINDS)
    reason = models.TextField("why?")
    was = models.CharField("what it was before", max_length=400, blank=True)

    def __str__(self) -> str:
        return self.get_kind_display()


class Evidence(OfAction):
    """What was done, as whoever did it says, with a document where there is one."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    what = models.TextField("what was done?")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(OfAction.Meta):
        verbose_name_plural = "evidence"


class Verdict(OfAction):
    """Somebody else than the owner looked at a piece of evidence: it is enough, or more is needed."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="verdict")
    enough = models.BooleanField("is this enough?")
    comment = models.TextField("why?", blank=True)


class Impact(OfAction):
    """What difference an action made, and how that is known."""

    difference = models.TextField("what difference did it make?")
    known_by = models.TextField("how do you know?")
