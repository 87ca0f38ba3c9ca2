"""The initial child protection conference, from the request to the record sent round."""
from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from goldthread.access.policy import May
from goldthread.domains.child_protection.models import meeting
from goldthread.process.fields import CodeField
from goldthread.process.models import (
    AgencyLine,
    AllocationRecord,
    AttendanceLine,
    NearPerson,
    PersonLine,
    StepLine,
    StepRecord,
    WithChildren,
)
from goldthread.process.models.attendance import leave_no_child_out
from goldthread.rules.calendar import england
from goldthread.rules.limits import limit

PLAN = "cp-plan"  # of the conference-outcomes list


class ConferenceRequest(WithChildren):
    """An initial conference is needed. The time limit counts from the strategy discussion that began the enquiry, or
    from when we were told that a child on a plan has moved here."""

    notice_words = "An initial conference is needed"
    WHY = [("section-47", "After a section 47 enquiry"), ("transfer-in", "A child on a plan has moved here for good")]
    happened_at = models.DateTimeField(
        "from when does the time limit count?",
        help_text="The strategy discussion that began the enquiry, or when we were told that the child has moved here")
    why = models.CharField("why is a conference needed?", max_length=11, choices=WHY)
    concern = models.TextField("what is the worry?")
    expected_on = models.DateField("expected date of delivery, if a child is not born", null=True, blank=True)

    class Meta(StepRecord.Meta):
        pass

    def headline(self) -> str:
        return self.get_why_display()


class ConferencePerson(PersonLine):
    """Somebody the conference is about: the children, both parents, other adults."""


class ConferenceWorker(AllocationRecord):
    """Who works with the family, and leads the core group once there is a plan."""

    given_to = May.WORK_SOCIAL_CARE


class ConferencePlan(meeting.PlannedMeeting):
    """The initial conference is planned, and agencies are asked for their reports. Planned again if it is put off."""

    to_do = "Plan the conference"
    class Meta(StepRecord.Meta):
        verbose_name = "planning of the conference"
        verbose_name_plural = "plannings of the conference"


class ConferenceAgency(AgencyLine):
    """One agency asked for a report, and by when."""


class AgencyReport(meeting.ReportFromAgency):
    """What an agency reports to the initial conference."""


class ReportShared(meeting.SharedReport):
    """The social worker's report shared with the child and the family before the initial conference."""

    class Meta(StepRecord.Meta):
        verbose_name = "report shared with the family"
        verbose_name_plural = "reports shared with the family"


class InitialConference(meeting.Held):
    """The initial conference: who came, what the child and the family said, whether there is a plan, and under which
    category."""

    notice_words = "An initial conference was held"
    reveals = {**meeting.Held.reveals, "outcome": {PLAN: ("category", "plan", "previous_plans", "previous_ended_on")}}
    required_when_shown = ("not_quorate_reason", "category", "plan")
    outcome = CodeField("what was decided?", codes="conference-outcomes")
    category = CodeField("under which category is the plan?", codes="abuse-categories", blank=True)
    previous_plans = models.PositiveSmallIntegerField("how many plans has the child had before?", null=True, blank=True)
    previous_ended_on = models.DateField("when did the last one end?", null=True, blank=True)

    class Meta(StepRecord.Meta):
        pass

    def clean_lines(self, lines: Sequence[StepLine]) -> None:
        super().clean_lines(lines)
        leave_no_child_out(self, lines, "outcome", PLAN)

    @property
    def soon_again(self) -> bool:
        """Whether the child has a plan again so soon after the last one that the national figures count it (T26b)."""
        if self.outcome != PLAN or self.previous_ended_on is None:
            return False
        span = limit("T26b", self.previous_ended_on).span
        assert span is not None
        return england().add(self.previous_ended_on, span) >= self.happened_at

    def headline(self) -> str:
        said = [str(self._meta.get_field("outcome").words(self.outcome))]
        said += [self._meta.get_field("category").words(self.category).lower()] if self.category else []
        said += ["a plan again soon after the last"] if self.soon_again else []
        return ", ".join(said)


class ConferenceAttendance(AttendanceLine):
    """An agency at the initial conference."""

    class Meta(StepLine.Meta):
        verbose_name = "agency there"
        verbose_name_plural = "agencies there"


class ChildDecision(NearPerson, StepLine):
    """What was decided for one child where brothers and sisters come out differently."""

    reveals = {"outcome": {PLAN: ("category",)}}
    required_when_shown = ("category",)
    outcome = CodeField("what was decided for this child?", codes="conference-outcomes")
    category = CodeField("under which category?", codes="abuse-categories", blank=True)
    participation = CodeField("how did this child take part?", codes="participation")

    class Meta(StepLine.Meta):
        verbose_name = "child with another decision"
        verbose_name_plural = "children with another decision"


class ConferenceDecisionsSent(meeting.SentDecisions):
    """The decisions of the initial conference, sent out."""

    class Meta(StepRecord.Meta):
        verbose_name = "decisions sent"
        verbose_name_plural = "decisions sent"


class ConferenceRecordSent(meeting.SentRecord):
    """The record of the initial conference, sent round to the agencies and the family."""

    class Meta(StepRecord.Meta):
        verbose_name = "record sent round"
        verbose_name_plural = "records sent round"


class RecordRecipient(AgencyLine):
    """One agency the record was sent to, and by when it is to have read it."""

    spoken = ("agency it goes to", "agencies it goes to")


class ConferenceRecordRead(meeting.ReadRecord):
    """An agency has read the record of the initial conference."""

    class Meta(StepRecord.Meta):
        verbose_name = "record read"
        verbose_name_plural = "records read"
