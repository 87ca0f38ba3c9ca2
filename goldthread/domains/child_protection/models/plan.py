"""The plan at work: core groups, visits, the look at a long plan, and its end."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from goldthread.domains.child_protection.models.review import ReviewConference
from goldthread.process.models import AttendanceLine, NearPerson, StepLine, StepRecord


class CoreGroup(StepRecord):
    """Those who carry out the plan meet with the family: what was done, what it changed, what comes next."""

    progress = models.TextField("what has been done, and what has it changed for the child?")
    child_voice = models.TextField("what does the child say, and how is it known?")
    family_view = models.TextField("what do the mother, the father and others of the family say?")
    worries = models.TextField("is anything not going to plan?", blank=True)


class CoreGroupAttendance(AttendanceLine):
    """An agency at a core group."""

    class Meta(StepLine.Meta):
        verbose_name = "agency there"
        verbose_name_plural = "agencies there"


class PlanAction(StepLine):
    """One thing somebody does under the plan, and what it has changed."""

    spoken = ("action", "actions")
    action = models.CharField("what is to be done?", max_length=300)
    owner = models.CharField("by whom?", max_length=200)
    due_on = models.DateField("by when?")
    done = models.BooleanField("is it done?")
    impact = models.TextField("what has it changed for the child?", blank=True)


class SeenOnPlan(models.Model):
    """How a child on a plan was seen."""

    seen_alone = models.BooleanField("did you speak with the child alone?")
    bedroom_seen = models.BooleanField("did you see where the child sleeps?")
    child_voice = models.TextField("what did the child say, or show?", help_text="In the child's own words where you can")
    not_alone_reason = models.TextField("if not alone, or the bedroom not seen, why?", blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if not (self.seen_alone and self.bedroom_seen) and not self.not_alone_reason.strip():
            raise ValidationError({"not_alone_reason": "Say why the child was not alone, or the bedroom not seen"})


class PlanVisit(SeenOnPlan, StepRecord):
    """A visit at which the children were seen. One at which they were not is an attempted visit, and does not count."""

    found = models.TextField("what did you see and hear?")

    class Meta(StepRecord.Meta):
        verbose_name = "visit"

    def headline(self) -> str:
        return "Child seen alone" if self.seen_alone else "Child seen, not alone"


class VisitedChild(SeenOnPlan, NearPerson, StepLine):
    """A brother or sister for whom the visit was different."""

    child_seen = models.BooleanField("was this child seen?")
    child_voice = models.TextField("what did this child say, or show?", blank=True)

    class Meta(StepLine.Meta):
        verbose_name = "child for whom it was different"
        verbose_name_plural = "children for whom it was different"


class AttemptedVisit(StepRecord):
    """A visit at which no child was seen. The time limit runs on."""

    reason = models.TextField("why was the child not seen, and what was done then?")


class LongPlanReview(StepRecord):
    """A senior manager looks at a plan that has lasted long: why, and what will change."""

    reasons = models.TextField("why has the plan lasted so long?")
    direction = models.TextField("what is to change, and by when?")

    class Meta(StepRecord.Meta):
        verbose_name = "look at a long plan"
        verbose_name_plural = "looks at long plans"


class PlanEnd(StepRecord):
    """The plan ends: by a review conference, or because the child moved away for good, came of age, or died."""

    without_review = models.TextField("if no review conference ended it, why does the plan end?", blank=True)
    support = models.TextField("what help goes on, and who gives it?")

    class Meta(StepRecord.Meta):
        verbose_name = "end of the plan"
        verbose_name_plural = "ends of plans"

    def clean(self) -> None:
        super().clean()
        if self.case_id and not self.without_review.strip() and not self.ended_by_review(self.case):
            raise ValidationError({"without_review": "No review conference has ended the plan: say why it ends"})

    @classmethod
    def ended_by_review(cls, case: Any) -> bool:
        """Whether the last review conference ended the plan."""
        last = case.last(ReviewConference.step_key())
        return last is not None and last.outcome == "end"
