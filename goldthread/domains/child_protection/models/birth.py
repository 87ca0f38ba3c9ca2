"""A plan made before birth: the birth, and the plan looked at again after it."""
from __future__ import annotations

from django.db import models

from goldthread.process.models import StepRecord


class Birth(StepRecord):
    """A child with a plan made before birth was born."""

    notice_words = "A child with a plan was born"
    WELL = [("yes", "Yes"), ("no", "No, not well enough for a meeting yet")]
    happened_at = models.DateTimeField("when was the child born?")
    mother_well = models.CharField("is the mother well enough to take part in a meeting?", max_length=3, choices=WELL)
    midwifery = models.TextField("what do the midwives say of mother and child?")
    safety = models.TextField("how is the child kept safe now?")


class PlanAfterBirth(StepRecord):
    """The plan looked at again after the birth, at a review conference or a core group."""

    HELD = [("review", "A review conference"), ("core-group", "A core group")]
    held_as = models.CharField("where was it looked at?", max_length=10, choices=HELD)
    changed = models.TextField("what changes in the plan now that the child is born?")
    midwifery = models.TextField("what did midwives and health visitors bring?")

    class Meta(StepRecord.Meta):
        verbose_name = "plan looked at after the birth"
        verbose_name_plural = "plans looked at after the birth"
