"""The family's own meeting, and the meetings with the parents and their lawyers."""
from __future__ import annotations

from django.db import models

from goldthread.process.models import AttendanceLine, StepLine, StepRecord


class FamilyGroupOffer(StepRecord):
    """A family group decision-making meeting offered to the family. There is no application without an offer."""

    to_do = "Offer family group decision making"
    ANSWERS = [("accepted", "Accepted"), ("declined", "Declined"), ("no-answer", "No answer")]
    offered_to = models.TextField("to whom was it offered, and how?")
    answer = models.CharField("what did the family say?", max_length=9, choices=ANSWERS)
    reason = models.TextField("what reason did they give?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "offer of family group decision making"
        verbose_name_plural = "offers of family group decision making"

    def headline(self) -> str:
        return self.get_answer_display()


class FamilyGroupMeeting(StepRecord):
    """The family met and made its own plan."""

    who = models.TextField("who came, of both sides of the family?")
    child_voice = models.TextField("how was the child heard?")
    plan = models.TextField("what is the family's plan?")
    agreed = models.BooleanField("does social care agree to the plan?")

    class Meta(StepRecord.Meta):
        verbose_name = "family group decision-making meeting"


class PreProceedingsMeeting(StepRecord):
    """The first meeting with the parents and their lawyers."""

    agreed = models.TextField("what was agreed, and by when?")
    assessments = models.TextField("which assessments are to be made?", blank=True)
    parents_view = models.TextField("what do the parents say?")

    class Meta(StepRecord.Meta):
        verbose_name = "first pre-proceedings meeting"


class ParentAttendance(AttendanceLine):
    """An agency at the meeting."""

    class Meta(StepLine.Meta):
        verbose_name = "agency there"
        verbose_name_plural = "agencies there"


class PreProceedingsReview(StepRecord):
    """A further meeting that looks at what has changed. The census counts them."""

    changed = models.TextField("what has changed?")
    agreed = models.TextField("what was agreed, and by when?")

    class Meta(StepRecord.Meta):
        verbose_name = "pre-proceedings review meeting"
