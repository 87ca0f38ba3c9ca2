"""An assessment asked for and begun, and agencies asked for their view."""
from __future__ import annotations

from django.db import models

from goldthread.access.policy import May
from goldthread.process.fields import CodeField
from goldthread.process.models import AgencyLine, AllocationRecord, PersonLine, StepRecord, WithChildren


class AssessmentRequest(WithChildren):
    """A child and their family are to be assessed. The time limit counts from when the referral was received."""

    notice_words = "An assessment was asked for"
    KINDS = [("family", "Child and family assessment"), ("pre-birth", "Assessment before birth")]
    happened_at = models.DateTimeField("when was the referral received?", help_text="The time limit counts from then")
    kind = models.CharField("what kind of assessment?", max_length=10, choices=KINDS, default="family")
    why = models.TextField("what is the worry, and what must be found out?")
    expected_on = models.DateField("expected date of delivery, if the child is not born", null=True, blank=True)

    def headline(self) -> str:
        return self.get_kind_display()


class AssessedPerson(PersonLine):
    """Somebody the assessment is about."""


class AssessmentWorker(AllocationRecord):
    """Who does the assessment."""

    given_to = May.WORK_SOCIAL_CARE


class AssessmentStart(StepRecord):
    """The work has begun. The published figures count from this day."""

    plan = models.TextField("how will the assessment be done, and who will be seen?")


class AgencyViewRequest(StepRecord):
    """Agencies that know the family, asked for their part of the assessment."""

    consent = CodeField("does the family know, and do they agree?", codes="consent-statuses")
    needed = models.TextField("what do you need to know?")


class AskedAgency(AgencyLine):
    """One agency asked for its view, and by when."""


class AgencyView(StepRecord):
    """What an agency knows of the children and their family."""

    asked_words = "Please give your view for a child and family assessment"
    notice_words = "An agency has given its view"
    KNOWN = [("known", "Yes, we know something"), ("nil", "No, nothing known to us")]
    reveals = {"answer": {"known": ("strengths", "worries")}}
    required_when_shown = ("worries",)
    answer = models.CharField("do you know these people?", max_length=5, choices=KNOWN)
    strengths = models.TextField("what is going well?", blank=True)
    worries = models.TextField("what worries you?", blank=True)

    @property
    def is_nil(self) -> bool:
        return self.answer == "nil"
