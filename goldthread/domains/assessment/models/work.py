"""Visits to the family, and the points at which a manager looks at the work."""
from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from goldthread.process.models import NearPerson, StepLine, StepRecord


class SeenAtVisit(models.Model):
    """Whether a child was seen, and seen alone, and what they said."""

    child_seen = models.BooleanField("was the child seen?")
    seen_alone = models.BooleanField("did you speak with the child alone?")
    child_voice = models.TextField(
        "what did the child say, or show?", blank=True, help_text="In the child's own words where you can")
    not_seen_reason = models.TextField("if the child was not seen, or not alone, why?", blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if not (self.child_seen and self.seen_alone) and not self.not_seen_reason.strip():
            raise ValidationError({"not_seen_reason": "Say why the child was not seen alone"})


class AssessmentVisit(SeenAtVisit, StepRecord):
    """A visit to the children and their family."""

    found = models.TextField("what did you see and hear?")

    class Meta(StepRecord.Meta):
        pass

    def headline(self) -> str:
        return "Child seen alone" if self.seen_alone else "Child seen" if self.child_seen else "Child not seen"


class VisitedChild(SeenAtVisit, NearPerson, StepLine):
    """A brother or sister for whom the visit was different."""

    class Meta(StepLine.Meta):
        verbose_name = "child for whom it was different"
        verbose_name_plural = "children for whom it was different"


class ReviewPoint(StepRecord):
    """A manager looks at how the assessment goes."""

    on_course = models.BooleanField("will the assessment be done in time, and well enough?")
    direction = models.TextField("what is to happen next?")

    class Meta(StepRecord.Meta):
        abstract = True


class FirstReviewPoint(ReviewPoint):
    """The manager's first look at the assessment, early enough to change its course."""


class SecondReviewPoint(ReviewPoint):
    """The manager's second look at the assessment."""


class LastReviewPoint(ReviewPoint):
    """The manager's last look before the assessment must be done."""
