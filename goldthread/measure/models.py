"""Numbers as they were counted, what others publish, what is said of them, and everything that was ever let out."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from goldthread.access.models import Guarded
from goldthread.orgs.models import Agency


def _by() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Counted(Guarded):
    """One number of the scorecard as counted, of the period whose last month is `end`. Read by the system alone.

    What somebody is shown of it is made safe on the way (`measure.reading`). Counted anew whenever its facts change.
    """

    has_history = False
    indicator = models.CharField(max_length=80)
    kind = models.CharField(max_length=8)
    end = models.PositiveIntegerField()
    numerator = models.FloatField()
    denominator = models.FloatField(null=True)
    value = models.FloatField(null=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["partnership", "kind", "end", "indicator"], name="counted_once")]


class Published(Guarded):
    """A figure that others publish: an indicator of another area, or how many people of a kind live somewhere.

    series: key of an indicator, or of a population. area: "England"; "" for the partnership's own. year: in which it ends.
    nearest: what it was rounded to; 0 for the last decimal it is written with.
    """

    append_only = True
    mutable = ("replaced_at",)
    series = models.CharField(max_length=80)
    area = models.CharField(max_length=80, blank=True)
    year = models.PositiveSmallIntegerField()
    value = models.FloatField()
    nearest = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=300)
    by = _by()
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["partnership", "series", "area", "year"],
                                               condition=models.Q(replaced_at=None), name="published_once")]


class WardPostcode(Guarded):
    """In which ward a postcode lies, from one day to another. by: who loaded it; None for the invented borough's."""

    postcode = models.CharField(max_length=8)
    ward = models.CharField(max_length=60)
    code = models.CharField(max_length=12, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["partnership", "postcode", "valid_from"], name="ward_once_a_day")]


class Said(Guarded):
    """Something said of an indicator: what explains it, or a question that somebody answers for. Never changed."""

    KINDS = [("comment", "Comment"), ("challenge", "Challenge"), ("answer", "Answer")]
    append_only = True
    indicator = models.CharField(max_length=80)
    kind = models.CharField(max_length=9, choices=KINDS)
    period = models.CharField("which period is it about?", max_length=12, blank=True)
    text = models.TextField("what do you want to say?")
    answers: Any = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answered_by")
    by = _by()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["partnership", "indicator", "-at"], name="said_newest")]

    def __str__(self) -> str:
        return self.text


class ReleaseState(models.TextChoices):
    """How far a release has got."""

    LOOKING = "looking", "Being held against all that is out"
    BLOCKED = "blocked", "Held back: something small can be worked out"
    CLEAR = "clear", "Safe, waiting for two people to sign"
    PUBLISHED = "published", "Published"
    DROPPED = "dropped", "Given up"


class Release(Guarded):
    """Figures chosen to be let out, how they are made safe, and how far that has got. small to least: as `protecting.Rule`.

    at: when its figures last changed, after which signatures count. mending: more is to be hidden while it is looked at.
    done, of: how far that has got. against: digest of what it was held against last. aside: what could not be, in words.
    """

    title = models.CharField("what is it called?", max_length=150)
    kind = models.CharField(max_length=8)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    small = models.PositiveSmallIntegerField()
    nearest = models.PositiveSmallIntegerField()
    base = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ReleaseState)
    by = _by()
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    mending = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    against = models.CharField(max_length=64, blank=True)
    aside = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["partnership", "-at"], name="releases_newest")]

    def __str__(self) -> str:
        return self.title


class OfRelease(Guarded):
    """A row of a release."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta(Guarded.Meta):
        abstract = True


class ReleasedFigure(OfRelease):
    """A count of a release as it is said. part: "whole" or "part" of an indicator of so many of so many, else "count".

    text, low, high: what its reader is told, and which numbers it can be then. `hidden`: the gate had to hide it besides.
    """

    PARTS = [("count", "Number"), ("part", "Numerator"), ("whole", "Denominator")]
    indicator = models.CharField(max_length=80)
    part = models.CharField(max_length=5, choices=PARTS)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    breakdown = models.CharField(max_length=21, blank=True)
    category = models.CharField(max_length=121, blank=True)
    text = models.CharField(max_length=20)
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField(null=True)
    hidden = models.BooleanField(default=False)

    class Meta(OfRelease.Meta):
        constraints = [models.UniqueConstraint(
            fields=["release", "indicator", "part", "first", "last", "breakdown", "category"], name="figure_once")]


class ReleaseFinding(OfRelease):
    """Something small that can be worked out of a release and all earlier ones, and how."""

    indicator = models.CharField(max_length=80)
    what = models.CharField(max_length=300)
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    words = models.TextField()


class ReleaseSignature(OfRelease):
    """One of the two people who say that a release may go out."""

    append_only = True
    by = _by()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
