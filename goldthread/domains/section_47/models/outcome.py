"""What the manager decides on an enquiry, and the conference arranged."""
from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from goldthread.process.fields import CodeField
from goldthread.process.models import NearPerson, StepLine, StepRecord
from goldthread.process.models.attendance import leave_no_child_out

SATURDAY = 5


class EnquiryOutcome(StepRecord):
    """The manager's decision on the enquiry."""

    notice_words = "A section 47 enquiry was decided"
    outcome = CodeField("what happens next?", codes="section-47-outcomes")
    rationale = models.TextField("why?")

    class Meta(StepRecord.Meta):
        verbose_name = "decision on the enquiry"
        verbose_name_plural = "decisions on enquiries"

    def clean_lines(self, lines: Sequence[StepLine]) -> None:
        leave_no_child_out(self, lines, "outcome", "cp-conference")

    def headline(self) -> str:
        return f"Decided: {self._meta.get_field('outcome').words(self.outcome).lower()}"


class ChildOutcome(NearPerson, StepLine):
    """What was decided for one child where brothers and sisters come out differently."""

    outcome = CodeField("what happens next for this child?", codes="section-47-outcomes")

    class Meta(StepLine.Meta):
        verbose_name = "child with another outcome"
        verbose_name_plural = "children with another outcome"


class ConferenceArranged(StepRecord):
    """A day was set for the initial child protection conference, or it was found not to be needed after all."""

    RESULTS = [("arranged", "Yes, a day is set"), ("not-needed", "No, it is not needed after all")]
    reveals = {"result": {"arranged": ("planned_for",), "not-needed": ("reason",)}}
    required_when_shown = ("planned_for", "reason")
    result = models.CharField("will there be a conference?", max_length=10, choices=RESULTS)
    planned_for = models.DateTimeField("when will it be held?", null=True, blank=True)
    reason = models.TextField("why is it not needed?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "conference arranged"
        verbose_name_plural = "conferences arranged"

    def clean(self) -> None:
        super().clean()
        if self.planned_for and timezone.localtime(self.planned_for).weekday() >= SATURDAY:
            raise ValidationError({"planned_for": "A conference is not held at a weekend"})

    def headline(self) -> str:
        return self.get_result_display()
