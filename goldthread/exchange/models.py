"""What was loaded from files and made as files: imports and the cases they made; exports and who agreed to them."""
from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from goldthread.access.models import Guarded
from goldthread.orgs.models import Agency, Appointment
from goldthread.process.models import Case


class State(models.TextChoices):
    """How far an import has got."""

    LOOKING = "looking", "Waiting to be looked through"
    FAULTY = "faulty", "Something is to be mended"
    CHECKED = "checked", "Checked, nothing saved yet"
    WAITING = "waiting", "Waiting to be saved"
    DONE = "done", "Saved"
    FAILED = "failed", "Not saved"
    UNDOING = "undoing", "Waiting to be undone"
    UNDONE = "undone", "Undone"


class ImportRun(Guarded):
    """One import of a file or files: who, when, what, and what came of it. Read by the front door's desk.

    sha256: one digest over all the files and the layout, in hex: the same files are loaded once. counts: rows, contacts,
    children, adults, finished, people. said: what went wrong, or what is worth knowing.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    layout = models.CharField(max_length=10)
    names = ArrayField(models.CharField(max_length=130))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State)
    counts = models.JSONField(default=dict)
    findings = models.PositiveIntegerField(default=0)
    said = ArrayField(models.TextField(), default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_because = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["partnership", "-started_at", "-id"], name="imports_newest")]
        constraints = [models.UniqueConstraint(
            fields=["partnership", "sha256"], name="files_loaded_once",
            condition=Q(state__in=["waiting", "done", "undoing"]))]

    def __str__(self) -> str:
        return ", ".join(self.names)

    @property
    def under_way(self) -> bool:
        return self.state in (State.LOOKING, State.WAITING, State.UNDOING)


class ImportFile(Guarded):
    """A file's bytes between being checked and being saved, or what is wrong with it. Gone afterwards, and by night.

    first: the first few contacts it would make, as they are shown (number, people, day, worry, outcome). Kept out of
    history: it holds what people sent before anybody said that it is right.
    """

    has_history = False
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=130)
    data = models.BinaryField(default=b"")
    findings = models.JSONField(default=list)
    first = models.JSONField(default=list)


class ExportState(models.TextChoices):
    """How far an export has got."""

    ASKED = "asked", "Waiting for other desks"
    MAKING = "making", "Being made"
    MADE = "made", "Made"
    FAILED = "failed", "Not made"


class Export(Guarded):
    """A national return or inspection list that somebody asked for: read by the desks whose records it is made of.

    kind: a key of exports.kinds. year or day: what it is told of. dry: only our own checks were asked for. done, of: how
    many children were read of how many. said: why it was not made.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(null=True)
    council = models.CharField(max_length=3, blank=True)
    dry = models.BooleanField()
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.ASKED)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    said = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["partnership", "-asked_at", "-id"], name="exports_newest")]


class ExportSeat(Guarded):
    """A seat from which records may be read for an export: its maker's, and those of others who agreed."""

    append_only = True
    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="seats")
    seat = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["export", "seat"], name="seat_once_an_export")]


class ExportFile(Guarded):
    """What came of an export, for its maker alone and for a day: the file (none after a dry run), what is in it in words,
    what our own checks found, and the children it tells of by the seat they were read from. Kept out of history."""

    has_history = False
    export = models.OneToOneField(Export, on_delete=models.CASCADE, related_name="file")
    name = models.CharField(max_length=60)
    data = models.BinaryField(default=b"")
    lines = ArrayField(models.TextField(), default=list)
    errors = models.PositiveIntegerField(default=0)
    queries = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)
    people = models.JSONField(default=dict)


class ImportedContact(Guarded):
    """The case a contact of a file became, and the number it has in the file."""

    append_only = True
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="contacts")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="imported")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["partnership", "number"], name="imported_number")]
