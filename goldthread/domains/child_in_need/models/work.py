"""The plan at work: visits, reviews, and its end."""
from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models

from goldthread.process.fields import CodeField
from goldthread.process.models import AttendanceLine, NearPerson, StepLine, StepRecord
from goldthread.process.models.attendance import leave_no_child_out


class SeenInNeed(models.Model):
    """Whether a child was seen alone, and what they said."""

    seen_alone = models.BooleanField("did you speak with the child alone?")
    child_voice = models.TextField("what did the child say, or show?", help_text="In the child's own words where you can")
    not_alone_reason = models.TextField("if not alone, why?", blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if not self.seen_alone and not self.not_alone_reason.strip():
            raise ValidationError({"not_alone_reason": "Say why you did not speak with the child alone"})


class NeedVisit(SeenInNeed, StepRecord):
    """A visit at which the children were seen."""

    found = models.TextField("what did you see and hear?")

    class Meta(StepRecord.Meta):
        verbose_name = "visit"


class NeedVisitChild(SeenInNeed, NearPerson, StepLine):
    """A brother or sister for whom the visit was different."""

    child_seen = models.BooleanField("was this child seen?")
    child_voice = models.TextField("what did this child say, or show?", blank=True)

    class Meta(StepLine.Meta):
        verbose_name = "child for whom it was different"
        verbose_name_plural = "children for whom it was different"


class NeedReview(StepRecord):
    """The plan looked at with the family and the agencies that help."""

    DECISIONS = [("continue", "The plan goes on"), ("strategy-discussion", "A child may be suffering significant harm"),
                 ("end", "The plan ends")]
    decision = models.CharField("what was decided?", max_length=20, choices=DECISIONS)
    changed = models.TextField("what has changed for the child?")
    child_voice = models.TextField("what does the child say?")
    family_view = models.TextField("what do the mother, the father and others of the family say?")
    reasons = models.TextField("why was this decided?")

    class Meta(StepRecord.Meta):
        verbose_name = "review of the plan"
        verbose_name_plural = "reviews of the plan"

    def clean_lines(self, lines: Sequence[StepLine]) -> None:
        leave_no_child_out(self, lines, "decision", "strategy-discussion")
        leave_no_child_out(self, lines, "decision", "strategy-discussion", "continue")

    def headline(self) -> str:
        return self.get_decision_display()


class NeedAttendance(AttendanceLine):
    """An agency at the review."""

    class Meta(StepLine.Meta):
        verbose_name = "agency there"
        verbose_name_plural = "agencies there"


class NeedChildDecision(NearPerson, StepLine):
    """What a review decided for one child where brothers and sisters come out differently."""

    decision = models.CharField("what was decided for this child?", max_length=20, choices=NeedReview.DECISIONS)

    class Meta(StepLine.Meta):
        verbose_name = "child with another decision"
        verbose_name_plural = "children with another decision"


class NeedEnd(StepRecord):
    """The plan ends, and why."""

    reason = CodeField("why does the plan end?", codes="closure-reasons")
    support = models.TextField("what help goes on, and who gives it?")

    class Meta(StepRecord.Meta):
        verbose_name = "end of the plan"
        verbose_name_plural = "ends of plans"
