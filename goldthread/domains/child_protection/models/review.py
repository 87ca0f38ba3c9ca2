"""The review conference, from its planning to the record sent round. Held again and again while the plan lasts."""
from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from goldthread.domains.child_protection.models import meeting
from goldthread.process.fields import CodeField
from goldthread.process.models import AgencyLine, AttendanceLine, NearPerson, StepLine, StepRecord
from goldthread.process.models.attendance import leave_no_child_out

DECISIONS = [("continue", "The plan goes on"), ("legal", "The plan goes on, and legal advice is sought"),
             ("end", "The plan ends")]
ON_A_PLAN = ("continue", "legal")


class ReviewPlan(meeting.PlannedMeeting):
    """A review conference is planned, and agencies are asked for their reports."""

    to_do = "Plan the review"
    class Meta(StepRecord.Meta):
        verbose_name = "planning of the review"
        verbose_name_plural = "plannings of reviews"


class ReviewAgency(AgencyLine):
    """One agency asked for a report, and by when."""


class ReviewAgencyReport(meeting.ReportFromAgency):
    """What an agency reports to a review conference."""

    class Meta(StepRecord.Meta):
        verbose_name = "agency's report to the review"
        verbose_name_plural = "agencies' reports to the review"


class ReviewReportShared(meeting.SharedReport):
    """The social worker's report shared with the child and the family before a review conference."""

    class Meta(StepRecord.Meta):
        verbose_name = "review report shared with the family"
        verbose_name_plural = "review reports shared with the family"


class ReviewConference(meeting.Held):
    """A review conference: what has changed, and whether the plan goes on."""

    notice_words = "A review conference was held"
    decision = models.CharField("what was decided?", max_length=8, choices=DECISIONS)
    category = CodeField("under which category does the plan go on?", codes="abuse-categories", blank=True)
    changed = models.TextField("what has changed for the child since the last conference?")

    class Meta(StepRecord.Meta):
        pass

    def clean_lines(self, lines: Sequence[StepLine]) -> None:
        super().clean_lines(lines)
        leave_no_child_out(self, lines, "decision", *ON_A_PLAN)

    def headline(self) -> str:
        return self.get_decision_display()


class ReviewAttendance(AttendanceLine):
    """An agency at a review conference."""

    class Meta(StepLine.Meta):
        verbose_name = "agency there"
        verbose_name_plural = "agencies there"


class ReviewChildDecision(NearPerson, StepLine):
    """What a review decided for one child where brothers and sisters come out differently."""

    decision = models.CharField("what was decided for this child?", max_length=8, choices=DECISIONS)
    category = CodeField("under which category does the plan go on?", codes="abuse-categories", blank=True)
    participation = CodeField("how did this child take part?", codes="participation")

    class Meta(StepLine.Meta):
        verbose_name = "child with another decision"
        verbose_name_plural = "children with another decision"


class ReviewDecisionsSent(meeting.SentDecisions):
    """The decisions of a review conference, sent out."""

    class Meta(StepRecord.Meta):
        verbose_name = "review's decisions sent"
        verbose_name_plural = "reviews' decisions sent"


class ReviewRecordSent(meeting.SentRecord):
    """The record of a review conference, sent round to the agencies and the family."""

    class Meta(StepRecord.Meta):
        verbose_name = "review's record sent round"
        verbose_name_plural = "reviews' records sent round"


class ReviewRecipient(AgencyLine):
    """One agency the record was sent to, and by when it is to have read it."""

    spoken = ("agency it goes to", "agencies it goes to")


class ReviewRecordRead(meeting.ReadRecord):
    """An agency has read the record of a review conference."""

    class Meta(StepRecord.Meta):
        verbose_name = "review's record read"
        verbose_name_plural = "reviews' records read"
