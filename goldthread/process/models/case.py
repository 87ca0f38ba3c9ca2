"""A case, who it is about, who was asked, and what is worked out from what was recorded."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from goldthread.access.models import Guarded, GuardedManager, GuardedQuerySet
from goldthread.orgs.models import Agency, Team
from goldthread.people.models import Person
from goldthread.process import registry
from goldthread.process.definition import Process
from goldthread.process.engine import Fact
from goldthread.process.facts import facts_of
from goldthread.process.models.reading import ReadOnce


class CaseManager(GuardedManager):
    """Cases that count: those loaded in error and taken back are in no list, search or number."""

    def get_queryset(self) -> GuardedQuerySet:
        return super().get_queryset().filter(voided_at=None)


class Case(ReadOnce, Guarded):
    """One run of a process. Everything below the line is worked out from its events and never edited by hand.

    `with_void` reaches cases whose first record was withdrawn too; `objects` leaves them out.
    """

    process_key = models.CharField(max_length=50)  # no choices in the database: a new process needs no migration
    reference = models.CharField(max_length=16, unique=True)
    started_by = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    came_from: Any = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="led_to")
    campaign: Any = models.ForeignKey("Campaign", on_delete=models.PROTECT, null=True, related_name="cases")
    opened_at = models.DateTimeField()
    restricted = models.BooleanField(default=False)
    named = ArrayField(models.TextField(), default=list)      # who alone may read it while it is restricted
    restriction_reason = models.TextField(default="", blank=True)
    restricted_at = models.DateTimeField(null=True)
    restricted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.BooleanField(default=False)  # restricted so that no emergency opens it, and two people must lift it
    unseal_reason = models.TextField(default="", blank=True)
    unseal_asked_at = models.DateTimeField(null=True)
    unseal_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened_to = ArrayField(models.TextField(), default=list)  # tokens given besides: a break-glass grant, a hand-over
    desk = models.CharField(max_length=40, default="", blank=True)  # that took it over; "" for its process's own
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    offered_to = models.CharField(max_length=40, default="", blank=True)  # the desk that is asked to take it over
    offered_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")  # or this team of it alone
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    title = models.CharField(max_length=200, default="", blank=True)
    about_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40, default="", blank=True)
    stage = models.CharField(max_length=80, default="", blank=True)
    mark = models.CharField(max_length=40, default="", blank=True)
    allocated_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    next_due = models.DateTimeField(null=True)
    next_clock = models.CharField(max_length=100, default="", blank=True)
    last_event = models.BigIntegerField(default=0)
    voided_at = models.DateTimeField(null=True)

    objects = CaseManager()
    with_void = GuardedManager()

    class Meta(Guarded.Meta):
        base_manager_name = "with_void"
        indexes = [
            models.Index(fields=["partnership", "process_key", "next_due", "id"], condition=Q(closed_at=None),
                         name="case_worklist"),
            models.Index(fields=["partnership", "process_key", "-closed_at", "-id"], condition=Q(closed_at__isnull=False),
                         name="case_closed"),
            models.Index(fields=["partnership", "process_key", "-opened_at", "-id"], name="case_newest"),
            models.Index(fields=["allocated_to"], condition=Q(closed_at=None), name="case_mine"),
            models.Index(fields=["started_by", "process_key", "-opened_at", "-id"], name="case_sent"),
            models.Index(fields=["about_agency", "process_key"], condition=Q(about_agency__isnull=False), name="case_about"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}".strip()

    @property
    def process(self) -> Process:
        return registry.get(self.process_key)

    @property
    def at_desk(self) -> str:
        """The desk that works it; there always is one."""
        return self.desk or self.process.desk

    def standing_events(self) -> models.QuerySet[Any]:
        """Events that have not been replaced by a correction or withdrawn, in the order they happened."""
        return self.events.filter(replaced_by=None).order_by("happened_at", "id")

    def facts(self) -> list[Fact]:
        """What stands on the case, whoever asks: the engine's only input."""
        return facts_of(self.pk)[0]


class OfCase(Guarded):
    """A row that hangs off a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)ss", editable=False)

    class Meta(Guarded.Meta):
        abstract = True


class CasePerson(OfCase):
    """A person a case is about or touches; worked out from the lines that involve people."""

    CAPACITIES = [("child", "Child"), ("sibling", "Brother or sister"), ("mother", "Mother"), ("father", "Father"),
                  ("adult", "Other adult")]
    RANK = {key: rank for rank, (key, _) in enumerate(CAPACITIES)}  # children before adults
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="in_cases")
    capacity = models.CharField(max_length=20, choices=CAPACITIES, default="child")

    class Meta(OfCase.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="person_once_a_case")]


class Ask(OfCase):
    """An agency asked for something on a case: an answer due, then given, nil, or no longer wanted.

    Its readers are the desk and the agency asked: this row is all of the case that agency sees.
    """

    event: Any = models.ForeignKey("Event", on_delete=models.PROTECT, related_name="asks_made", editable=False)
    step = models.CharField("answered by the step", max_length=80)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due = models.DateTimeField()
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    nil = models.BooleanField("nothing known", default=False)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfCase.Meta):
        indexes = [models.Index(fields=["agency", "due"], name="asks_open",
                                condition=Q(answered_at=None, withdrawn_at=None)),
                   models.Index(fields=["partnership", "made_at"])]


class Campaign(Guarded):
    """A process started for many agencies at once: a section 11 year, an audit round. Read by the desk that runs it."""

    process_key = models.CharField(max_length=50)
    title = models.CharField("what is it called?", max_length=120)
    began_at = models.DateTimeField()
    due = models.DateTimeField("by when must agencies answer?")
    began_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title


class ClockRow(OfCase):
    """The engine's readings, kept so that lists and figures can ask SQL. Rewritten whole, never edited."""

    has_history = False
    name = models.CharField(max_length=100)
    cycle = models.PositiveIntegerField()
    started = models.DateTimeField()
    due = models.DateTimeField()
    due_by_law = models.DateTimeField()  # what figures count against: more time moves it only where no law fixes it
    stopped = models.DateTimeField(null=True)
    paused = models.BooleanField(default=False)
    step = models.CharField("stopped by the step", max_length=80)
    rule = models.CharField(max_length=12, blank=True)
    edition = models.CharField(max_length=60, blank=True)
    party = models.CharField("who is answerable", max_length=80)  # a token
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, null=True, related_name="clocks")

    class Meta(OfCase.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "name", "cycle"], name="one_reading_a_cycle")]
        indexes = [models.Index(fields=["party", "due"], condition=Q(stopped=None), name="clocks_open"),
                   models.Index(fields=["partnership", "name", "started"], name="clocks_by_name")]
