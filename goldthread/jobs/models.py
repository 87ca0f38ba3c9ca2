"""When each kind of background work last ran, and which reminders have gone out."""
from __future__ import annotations

from django.db import models

from goldthread.access.models import Guarded
from goldthread.dataset.models import Expectation
from goldthread.process.models import OfCase
from goldthread.thread.models import Action


class Run(models.Model):
    """The last run of one kind of background work, for `doctor`: a start without an end died or is under way."""

    has_history = False
    name = models.CharField(max_length=60, unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=200, blank=True)
    failed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Reminder(OfCase):
    """That a clock's owner was reminded, so that nobody is twice. No reader but the system.

    A clock is known by its case, name, start and ask; a new due time is a new reason to remind.
    """

    has_history = False
    clock = models.CharField(max_length=100)
    started = models.DateTimeField()
    due = models.DateTimeField()
    ask = models.BigIntegerField(default=0)  # 0: no request
    threshold = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta(OfCase.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "clock", "started", "due", "ask", "threshold"],
                                               name="reminded_once")]


class ActionReminder(Guarded):
    """That the owner of an action was reminded of it, so that nobody is twice; a new day or owner is a new reason."""

    has_history = False
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=80)  # the token of whoever was reminded
    due = models.DateField()
    threshold = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["action", "owner", "due", "threshold"], name="action_reminded_once")]


class ReturnReminder(Guarded):
    """That an agency was reminded of a data return, so that it is not twice; a new day is a new reason."""

    has_history = False
    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    threshold = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["expectation", "due", "threshold"], name="return_reminded_once")]
