"""Visits to the family, and the points at which a manager looks at the work."""
from __future__ import annotations

from django.db import models

from goldthread.process.models import ChildSeen, NearPerson, StepLine, StepRecord


class AssessmentVisit(ChildSeen, StepRecord):
    """A visit to the children and their family."""

    found = models.TextField("what did you see and hear?")

    class Meta(StepRecord.Meta):
        pass


class VisitedChild(ChildSeen, NearPerson, StepLine):
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
