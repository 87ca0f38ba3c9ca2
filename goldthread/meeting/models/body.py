"""Standing groups, who sits in them, and how many agencies make them quorate."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldthread.access.models import Guarded
from goldthread.access.policy import DESKS
from goldthread.orgs.models import Agency, Appointment


def desks() -> list[tuple[str, str]]:
    """The desks that hold meetings, with their names: all but those that look after data."""
    return [(key, name) for key, name in DESKS.items() if not key.startswith("data")]


class Body(Guarded):
    """A group that meets again and again. Read by the desk that looks after it, its chair and secretary, its members."""

    KINDS = [("executive", "Executive"), ("board", "Board"), ("subgroup", "Subgroup"), ("panel", "Panel"),
             ("conference", "Conference"), ("core-group", "Core group"), ("other", "Meeting")]
    name = models.CharField("what is it called?", max_length=120)
    kind = models.CharField("what kind of group is it?", max_length=12, choices=KINDS)
    desk = models.CharField("which desk looks after it?", max_length=20, choices=desks)
    purpose = models.TextField("what is it for?", blank=True)
    rhythm = models.CharField("how often does it meet?", max_length=80, blank=True)
    chair = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+", verbose_name="who chairs it?")
    secretary = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
                                  verbose_name="who writes its minutes?")
    ended_on = models.DateField("last day", null=True, blank=True)

    class Meta(Guarded.Meta):
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


class OfBody(Guarded):
    """A row that hangs off a group, read by whoever reads the group."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta(Guarded.Meta):
        abstract = True


class Quorum(OfBody):
    """From which day how many agencies must be there, in the words of the group's terms. Dated, never overwritten."""

    append_only = True
    valid_from = models.DateField("from which day?")
    agencies = models.PositiveSmallIntegerField("how many agencies must be there?")
    words = models.CharField("what do its terms of reference say?", max_length=300, blank=True)

    class Meta(OfBody.Meta):
        verbose_name_plural = "quora"
        constraints = [models.UniqueConstraint(fields=["body", "valid_from"], name="one_quorum_a_day")]


class BodyMember(OfBody):
    """An agency that sits, from and until: by the person named, or by whoever answers for it where nobody is named."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="which agency?")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
                               verbose_name="who sits for it?")
    since = models.DateField("from which day?")
    until = models.DateField("last day", null=True, blank=True)

    class Meta(OfBody.Meta):
        constraints = [models.UniqueConstraint(fields=["body", "agency", "person"], condition=Q(until=None),
                                               nulls_distinct=False, name="sits_once")]

    def __str__(self) -> str:
        return f"{self.agency}, {self.person}" if self.person_id else str(self.agency)


class CalendarKey(Guarded):
    """The secret in one person's calendar address, of which only the hash is kept. Read by nobody but that person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["partnership", "user"], name="one_calendar_a_person")]


def member_on(today: Any) -> Q:
    """The condition of a member who sits on a day."""
    return Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))
