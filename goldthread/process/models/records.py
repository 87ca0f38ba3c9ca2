"""What was recorded on a case: one event for each thing, and beside it the typed record with its lines."""
from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models

from goldthread.access.models import Guarded
from goldthread.orgs.models import Agency
from goldthread.process.definition import Step, key_of
from goldthread.process.fields import CodeField
from goldthread.process.models.case import Ask, Case, OfCase
from goldthread.process.models.reading import record_of
from goldthread.process.models.shown import OpenedByAnswers


class Event(OfCase):
    """One line per thing recorded: the timeline and the engine's only input. Never changed, only replaced."""

    append_only = True
    mutable = ("replaced_by_id",)
    step = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    happened_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True)  # a time to come that the record sets
    outcome = models.CharField(max_length=50, blank=True)
    about = models.CharField(max_length=100, blank=True)
    restarts = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, null=True, related_name="answers")
    submission = models.UUIDField(null=True, unique=True)  # the form's own number: sent twice, recorded once
    replaced_by: Any = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    class Meta(OfCase.Meta):
        indexes = [models.Index(fields=["case", "happened_at", "id"]),
                   models.Index(fields=["recorded_by", "step"], name="event_by_whom"),
                   models.Index(fields=["step", "-happened_at"], name="event_step_when")]

    @property
    def definition(self) -> Step:
        return self.case.process.step(self.step)

    @cached_property
    def record(self) -> StepRecord:
        """What was written down, which never changes."""
        model: Any = self.definition.record
        found: list[StepRecord] = record_of(model).rows(pk=self.record_id)
        if not found:
            raise model.DoesNotExist(f"There is no {model.__name__} {self.record_id}")
        return found[0]


class StepRecord(OpenedByAnswers, Guarded):
    """Base of every typed step table. Written once; a correction is a new row that replaces one."""

    append_only = True
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+", editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", editable=False)
    happened_at = models.DateTimeField("when this happened")

    class Meta(Guarded.Meta):
        abstract = True

    @classmethod
    def step_key(cls) -> str:
        return key_of(cls)

    @classmethod
    def own_fields(cls) -> list[str]:
        """The names of what a person fills in, `happened_at` included."""
        hidden = {"id", "event", "case", "partnership", "readers", "denied"}
        return [f.name for f in cls._meta.fields if f.name not in hidden]

    @classmethod
    def outcomes_of(cls, name: str) -> list[str]:
        """Every value the outcome field can have, retired codes too."""
        field: Any = cls._meta.get_field(name)
        return field.every_code() if isinstance(field, CodeField) else [value for value, _ in field.flatchoices]

    @classmethod
    def titled(cls, record: Any, lines: list[Any]) -> str:
        """What a case that begins with this record is called: its children, as the first record states them."""
        return title_of(cls.children_in(lines))

    @classmethod
    def children_in(cls, lines: list[Any]) -> list[str]:
        """The names of the children a first record's lines are about, those it is most about first."""
        return []

    def clean_lines(self, lines: Sequence[StepLine]) -> None:
        """Hold what the record says against the lines stored with it. Raises ValidationError naming the record's field.

        Called wherever a record is written, once it and each of its lines hold by themselves.
        """

    def headline(self) -> str:
        """What the timeline says of this record, in a few words."""
        return ""


def title_of(names: list[str]) -> str:
    """What a case about these children is called."""
    if not names:
        return "Child not named"
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


class StepLine(OpenedByAnswers, Guarded):
    """One of the repeated parts of a record: a child in a contact, an agency asked. Seen by whom its event is.

    `involves`: the line's `person` belongs to the case from here on, in the capacity its `capacity` names.
    """

    append_only = True
    involves = False
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta(Guarded.Meta):
        abstract = True

    @classmethod
    def own_fields(cls) -> list[str]:
        hidden = {"id", "event", "case", "partnership", "readers", "denied"}
        return [f.name for f in cls._meta.fields if f.name not in hidden]
