"""A file somebody uploaded. What it belongs to points at it; who may read it is given by whoever stored it."""
from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldthread.access.models import Confined


def folder() -> Path:
    """Where the bytes of all documents lie."""
    return Path(settings.MEDIA_ROOT) / "documents"


class Scan(models.TextChoices):
    """What a virus scanner said of a file."""

    WAITING = "waiting", "Being checked for viruses"
    CLEAN = "clean", "Checked for viruses"
    NOT_SCANNED = "not-scanned", "Not checked for viruses"
    INFECTED = "infected", "A virus was found; the file was deleted"


class Document(Confined):
    """An uploaded file's particulars; its bytes lie under `place` in the files folder. Never changed, only scanned.

    size: in bytes. sha256: of the stored bytes, in hex.
    """

    append_only = True
    mutable = ("scan", "scanned_at", "finding")

    name = models.CharField("file name", max_length=120)
    extension = models.CharField(max_length=8)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=80, unique=True)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stored_at = models.DateTimeField()
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.WAITING)
    scanned_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=200, blank=True)

    class Meta(Confined.Meta):
        indexes = [models.Index(fields=["id"], condition=Q(scan="waiting"), name="files_to_scan")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return folder() / self.place

    @property
    def can_be_opened(self) -> bool:
        return self.scan in (Scan.CLEAN, Scan.NOT_SCANNED)


class Logo(models.Model):
    """A picture that a partnership wears in its header, shown to everybody. name: SHA-256 of its bytes, and its ending."""

    has_history = False  # which logo a partnership wore when is in the partnership's own history

    name = models.CharField(max_length=80, unique=True)
    content_type = models.CharField(max_length=20)
    data = models.BinaryField()
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
