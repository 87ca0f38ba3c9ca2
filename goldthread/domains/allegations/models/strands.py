"""The three strands of an allegation (police, social care, employer), its meetings and its reviews."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from goldthread.process.leads import with_answerers
from goldthread.process.models import AgencyLine, AttendanceLine, StepRecord


class MeetingPlan(StepRecord):
    """When and where the allegations meeting is to be held, and who is to come."""

    to_do = "Plan the meeting"
    meets_at = models.DateTimeField("when is it to be held?")
    where = models.CharField("where, or by which link?", max_length=200)
    invited = models.TextField("who is invited?")

    class Meta(StepRecord.Meta):
        verbose_name = "plan of the meeting"
        verbose_name_plural = "plans of the meeting"


class AllegationMeeting(StepRecord):
    """The allegations meeting: what was known, and what each strand does next."""

    shared = models.TextField("what was shared?")
    police = models.TextField("what do the police do?")
    social_care = models.TextField("what does children's social care do?")
    employer = models.TextField("what does the employer do?")
    support = models.TextField("who supports the child, the family and the adult?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "allegations meeting"


class MeetingAttendance(AttendanceLine):
    """An agency at the allegations meeting."""

    spoken = ("agency at the meeting", "agencies at the meeting")


class StrandRequest(StepRecord):
    """The police, the employer or another agency asked what it does, and what it found. Each sees what it is asked."""

    to_do = "Ask a strand"
    told_as = {"about": "About whom", "needed": "What is needed"}
    about = models.TextField("who is this about?", help_text="Only what they need to find the right records.")
    needed = models.TextField("what do you need to know?")

    class Meta(StepRecord.Meta):
        verbose_name = "request to a strand"
        verbose_name_plural = "requests to strands"


class StrandAgency(AgencyLine):
    """An agency asked, and for which strand. Its safeguarding leads alone read it."""

    STRANDS = [("police", "Police"), ("employer", "Employer"), ("social-care", "Children's social care"),
               ("other", "Another agency")]
    strand = models.CharField("for which strand?", max_length=12, choices=STRANDS)

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        return with_answerers(actor.partnership, today)


class StrandReport(StepRecord):
    """What an agency does in its strand, and what it found."""

    notice_words, asked_words = "A strand has reported", "Please tell the designated officer what you know"
    told_as = {"state": "Where it stands", "found": "What they do and found"}
    STATES = [("looking", "We are looking into it"), ("done", "We have finished"), ("none", "We take no action")]
    state = models.CharField("where do you stand?", max_length=8, choices=STATES)
    found = models.TextField("what do you do, and what have you found?")

    class Meta(StepRecord.Meta):
        verbose_name = "report of a strand"
        verbose_name_plural = "reports of strands"

    def headline(self) -> str:
        return self.get_state_display()


class SocialCareStrand(StepRecord):
    """What children's social care does for the children concerned, as told to the designated officer."""

    told_by = models.CharField("who told you?", max_length=200)
    found = models.TextField("what do they do, and what have they found?")

    class Meta(StepRecord.Meta):
        verbose_name = "social care's strand"
        verbose_name_plural = "social care's strand"


class PoliceInvestigation(StepRecord):
    """The police have begun to investigate."""

    officer = models.CharField("which officer?", max_length=200)
    offence = models.CharField("what do they investigate?", max_length=200)

    class Meta(StepRecord.Meta):
        verbose_name = "police investigation"


class PoliceReview(StepRecord):
    """How far the police have got."""

    progress = models.TextField("how far have they got?")

    class Meta(StepRecord.Meta):
        verbose_name = "police progress review"


class Suspension(StepRecord):
    """What the employer decided about the adult's work meanwhile; suspension is never the first thought."""

    WAYS = [("working", "They go on working as before"), ("changed", "They work in another way or place"),
            ("suspended", "They are suspended"), ("lifted", "A suspension or change has ended")]
    way = models.CharField("what was decided about their work?", max_length=10, choices=WAYS)
    decided_by = models.CharField("who decided it for the employer?", max_length=200)
    considered = models.TextField("what else was considered, and why this?")

    class Meta(StepRecord.Meta):
        verbose_name = "decision about their work"
        verbose_name_plural = "decisions about their work"

    def headline(self) -> str:
        return self.get_way_display()


class AllegationReview(StepRecord):
    """The allegation looked at again: how each strand goes on, and what holds it up."""

    progress = models.TextField("how does each strand go on?")
    hindered = models.TextField("what holds it up, and who sees to that?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "review"
