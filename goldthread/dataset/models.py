"""Who owes which return for which period, every version that was sent, what was found in it, and where its rows lie."""
from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from goldthread.access.models import Guarded
from goldthread.dataset.specification.definition import KINDS
from goldthread.files.models import Document
from goldthread.orgs.models import Agency, Appointment

LONGEST_NAME = 200  # characters of a column's name; inspectors' lists ask whole questions


class Expectation(Guarded):
    """A return that an agency owes: of which specification, for which period, by which day.

    Read by the partnership's data desk and by those who send the agency's returns.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    specification = models.CharField(max_length=60)
    title = models.CharField(max_length=200)  # of the specification, as it was called when this was asked
    since = models.DateField()
    until = models.DateField()
    due = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    dropped_because = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["partnership", "due", "id"], condition=Q(dropped_at=None), name="returns_owed")]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "agency", "specification", "since", "until"],
                                    condition=Q(dropped_at=None), name="return_owed_once"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="period_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.title}, {self.agency}"


class State(models.TextChoices):
    """How far a version of a return has got."""

    LOOKING = "looking", "Waiting to be looked through"
    FAULTY = "faulty", "Something is to be mended"
    CHECKED = "checked", "Checked, not sent yet"
    SENT = "sent", "Sent"
    ACCEPTED = "accepted", "Accepted"
    REPLACED = "replaced", "Replaced by a later version"
    WITHDRAWN = "withdrawn", "Withdrawn"
    FAILED = "failed", "Not looked through"


HANDED_IN = (State.SENT, State.ACCEPTED)
KEPT = (State.SENT, State.ACCEPTED, State.REPLACED, State.WITHDRAWN)


class Submission(Guarded):
    """One version of a return. number: counts what was sent, 0 before. errors, queries: how much was found.

    before: what it was when it was withdrawn. replaces: the accepted version whose place it took.
    """

    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField(default=0)
    edition = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State)
    before = models.CharField(max_length=10, choices=State, blank=True)
    names = ArrayField(models.CharField(max_length=130))
    errors = models.PositiveIntegerField(default=0)
    queries = models.PositiveIntegerField(default=0)
    said = models.TextField(blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["expectation", "-number", "-id"], name="versions_newest")]
        constraints = [
            models.UniqueConstraint(fields=["expectation"], condition=Q(state="accepted"), name="one_accepted_version"),
            models.UniqueConstraint(fields=["expectation", "number"], condition=Q(number__gt=0), name="versions_numbered")]

    def __str__(self) -> str:
        return f"{self.expectation.title}, version {self.number}" if self.number else ", ".join(self.names)


class OfSubmission(Guarded):
    """What hangs off one version; gone with it while it was never sent."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta(Guarded.Meta):
        abstract = True


class WaitingFile(OfSubmission):
    """Bytes that wait in the files folder until a return is sent: a file as chosen or, with `table`, its rows as Parquet.

    Kept out of history: it holds what people chose before anybody said that it is right.
    """

    has_history = False
    name = models.CharField(max_length=130)
    table = models.CharField(max_length=60, blank=True)
    rows = models.PositiveBigIntegerField(default=0)
    place = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)


class SentFile(OfSubmission):
    """A file as it was sent."""

    append_only = True
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")


class SentTable(OfSubmission):
    """The rows of one table, as Parquet: opened in `dataset.rows` and nowhere else."""

    append_only = True
    table = models.CharField(max_length=60)
    rows = models.PositiveBigIntegerField()
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta(OfSubmission.Meta):
        constraints = [models.UniqueConstraint(fields=["submission", "table"], name="one_file_a_table")]


class FieldCount(OfSubmission):
    """How full a column of a version is, and how much was found in it. No row is told of."""

    has_history = False
    table = models.CharField(max_length=60)
    column = models.CharField(max_length=LONGEST_NAME)
    rows = models.PositiveBigIntegerField()
    empty = models.PositiveBigIntegerField()
    errors = models.PositiveBigIntegerField(default=0)
    queries = models.PositiveBigIntegerField(default=0)


class FoundKind(OfSubmission):
    """One kind of finding in one column, with its true count. No row is told of."""

    has_history = False
    table = models.CharField(max_length=60, blank=True)
    column = models.CharField(max_length=LONGEST_NAME, blank=True)
    title = models.CharField(max_length=200, blank=True)  # of the column, for whoever mends
    kind = models.CharField(max_length=20)
    rule = models.CharField(max_length=500)
    mend = models.CharField(max_length=500)
    weight = models.CharField(max_length=5)  # error: must be mended; query: worth asking about
    many = models.PositiveBigIntegerField()


class FoundRow(Guarded):
    """One of the first rows in which something was found, with what stands there: for those who may open rows."""

    has_history = False
    kind = models.ForeignKey(FoundKind, on_delete=models.CASCADE, related_name="found")
    sheet = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField()
    value = models.CharField(max_length=130, blank=True)
    rule = models.CharField(max_length=500)
    mend = models.CharField(max_length=500)


class LocalSpecification(Guarded):
    """A simple return of one table that a partnership defined for itself. Never changed: it ends, and another begins."""

    key = models.CharField(max_length=60)
    title = models.CharField("what is the return called?", max_length=120)
    meaning = models.TextField("what is in it, one row for what?", max_length=500)
    about = models.CharField("whom are its rows about?", max_length=8, blank=True,
                             choices=[("children", "Children"), ("adults", "Adults"), ("", "Nobody: only numbers")])
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    valid_from = models.DateField(default=date(2000, 1, 1))
    valid_to = models.DateField(null=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["partnership", "key", "valid_from"], name="own_return_once")]

    def __str__(self) -> str:
        return self.title


class LocalColumn(Guarded):
    """A column of it, in its place. part: of what makes a row one of its kind. after: a date it may not be before."""

    specification = models.ForeignKey(LocalSpecification, on_delete=models.CASCADE, related_name="columns")
    place = models.PositiveSmallIntegerField()
    name = models.CharField("heading", max_length=60)
    kind = models.CharField("what stands in it", max_length=10, choices=[(key, words) for key, words in KINDS.items()])
    required = models.BooleanField("always filled in", default=False)
    part = models.BooleanField("part of what tells rows apart", default=False)
    codes = models.TextField("codes, one a line", blank=True)
    after = models.CharField("not before this other column", max_length=60, blank=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["specification", "name"], name="own_column_once")]
