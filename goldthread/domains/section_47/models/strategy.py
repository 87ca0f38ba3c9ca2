"""A concern about significant harm, and what the agencies decide together."""
from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models

from goldthread.access.policy import May
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
from goldthread.process.models.attendance import in_words, leave_no_child_out, parts_away

DECISIONS = [("joint", "Section 47 enquiry with the police"), ("single", "Section 47 enquiry by social care alone"),
             ("no-enquiry", "No section 47 enquiry")]
ENQUIRE = ("joint", "single")


class HarmConcern(WithChildren):
    """It is thought that a child may be suffering significant harm. The time limit counts from then."""

    notice_words = "A strategy discussion is needed"
    URGENCY = [("ordinary", "A child may be suffering significant harm"), ("immediate", "A child is in danger now"),
               ("complex", "Organised or complex abuse")]
    happened_at = models.DateTimeField("when was it first thought that a child may be suffering significant harm?",
                                       help_text="The time limit counts from then")
    urgency = models.CharField("how urgent is this?", max_length=9, choices=URGENCY)
    concern = models.TextField("what is the worry, and who raised it?")
    child_voice = models.TextField("what has the child said, or shown?", blank=True)
    other_children = models.TextField("which other children may be at risk?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "concern about significant harm"
        verbose_name_plural = "concerns about significant harm"


class EnquiryPerson(PersonLine):
    """Somebody the enquiry is about: the children, both parents, other adults."""


class EnquiryWorker(AllocationRecord):
    """Who leads the enquiry."""

    given_to = May.WORK_SOCIAL_CARE


class StrategyInvitation(StepRecord):
    """Agencies asked to a strategy discussion and for what they know."""

    planned_for = models.DateTimeField("when will it be held?")
    place = models.CharField("where, or how?", max_length=200)
    why = models.TextField("what will be discussed?")


class InvitedAgency(AgencyLine):
    """One agency asked to attend, and by when it must say what it knows."""


class StrategyReply(StepRecord):
    """Whether an agency will attend, and what it knows."""

    asked_words = "Please take part in a strategy discussion"
    notice_words = "An agency has answered for a strategy discussion"
    ATTENDING = [("yes", "Yes, we will be there"), ("by-report", "No, but we tell you what we know"),
                 ("nil", "No, nothing known to us")]
    reveals = {"attending": {"yes": ("information", "who"), "by-report": ("information",)}}
    attending = models.CharField("will you attend?", max_length=9, choices=ATTENDING)
    who = models.CharField("who will come?", max_length=200, blank=True)
    information = models.TextField("what do you know?", blank=True)

    @property
    def is_nil(self) -> bool:
        return self.attending == "nil"


class StrategyDiscussion(StepRecord):
    """Social care, police and health decide together whether there must be an enquiry, and keep the child safe now."""

    reveals = {"quorate": {"no": ("not_quorate_reason",)}}
    required_when_shown = ("not_quorate_reason",)
    quorate = models.BooleanField("did social care, police and health all take part?")
    not_quorate_reason = models.TextField("if not, why did it go ahead?", blank=True)
    shared = models.TextField("what is known?", help_text="What each agency shared goes with its name below")
    child_voice = models.TextField("what has the child said, or shown?")
    decision = models.CharField("what was decided?", max_length=10, choices=DECISIONS)
    reasons = models.TextField("why?")
    medical = models.BooleanField("is a child protection medical needed?")
    safety = models.TextField("how is each child kept safe now?")
    plan = models.TextField("who does what, and by when?")

    class Meta(StepRecord.Meta):
        pass

    def clean_lines(self, lines: Sequence[StepLine]) -> None:
        away = parts_away(lines, self.happened_at.date())
        if self.quorate and away:
            raise ValidationError({"quorate": f"Still missing from those who attended: {in_words(away).lower()}. Add an "
                                              "agency for each under “Agencies there”, or answer no here and say why it "
                                              "went ahead. An agency that only sent a report did not take part"})
        if not (self.quorate or away):
            raise ValidationError({"quorate": "Social care, police and health are all down as attending: answer yes here, "
                                              "or say under “Agencies there” who did not attend"})
        leave_no_child_out(self, lines, "decision", *ENQUIRE)

    def headline(self) -> str:
        return self.get_decision_display()


class StrategyAttendance(AttendanceLine):
    """An agency at the strategy discussion, and what it shared."""

    class Meta(StepLine.Meta):
        verbose_name = "agency there"
        verbose_name_plural = "agencies there"


class ChildDecision(NearPerson, StepLine):
    """What was decided for one child where brothers and sisters come out differently."""

    decision = models.CharField("what was decided for this child?", max_length=10, choices=DECISIONS)

    class Meta(StepLine.Meta):
        verbose_name = "child with another decision"
        verbose_name_plural = "children with another decision"
