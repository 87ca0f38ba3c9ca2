"""An allegation as it is reported, and what the designated officer makes of it first."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from goldthread.access.policy import May
from goldthread.process.fields import CodeField
from goldthread.process.models import AllocationRecord, StepLine, StepRecord

EARLY_YEARS = ("childminder", "nursery")  # of the allegation-sectors list: providers that must tell Ofsted


class AllegationReport(StepRecord):
    """What is alleged, of whom, and by which employer. The adult is named here alone and is in no register of people."""

    notice_words = "An allegation was reported"
    told_as = {
        "given": "First name", "family": "Last name", "born_on": "Date of birth", "job": "Job or part played",
        "sector": "Kind of work", "employer": "Employer or organisation", "other_work": "Other work with children",
        "what": "What is alleged", "happened_on": "When it happened", "children": "Children concerned",
        "child_voice": "What the child said or showed", "safe_now": "What was done to keep children safe",
        "knows": "The adult knows of it", "known_at": "A senior manager first knew", "reporter": "Reported by",
        "reporter_phone": "Telephone"}
    given = models.CharField("the adult's first name", max_length=100, blank=True)
    family = models.CharField("the adult's last name", max_length=100)
    born_on = models.DateField("the adult's date of birth", null=True, blank=True,
                               help_text="It decides how long this record is kept. Leave it out if you do not know it.")
    job = models.CharField("their job, or the part they play", max_length=200)
    sector = CodeField("what kind of work is it?", codes="allegation-sectors")
    employer = models.CharField("who employs them, or for whom do they work unpaid?", max_length=200)
    other_work = models.TextField("do they work with children anywhere else?", blank=True)
    what = models.TextField("what is alleged?")
    happened_on = models.CharField("when did it happen?", max_length=120, blank=True)
    children = models.TextField("which children are concerned?", blank=True,
                                help_text="Initials and ages are enough to begin with.")
    child_voice = models.TextField("what has a child said, or shown?", blank=True)
    safe_now = models.TextField("what has been done to keep children safe?")
    knows = models.BooleanField("does the adult know of the allegation?",
                                help_text="Do not tell them before you have spoken with the designated officer.")
    known_at = models.DateTimeField("when did a senior manager first know of it?")
    reporter = models.CharField("your name and job", max_length=200)
    reporter_phone = models.CharField("your telephone number", max_length=40)

    @property
    def adult(self) -> str:
        return f"{self.given} {self.family}".strip()

    @classmethod
    def titled(cls, record: Any, lines: list[Any]) -> str:
        return str(record.adult)

    @classmethod
    def known_of(cls, actor: Any) -> dict[str, str]:
        """What is known of somebody who has signed in."""
        return {"reporter": ", ".join(filter(None, [str(actor.user), actor.appointment.title])),
                "reporter_phone": actor.user.phone or actor.agency.phone}

    def clean(self) -> None:
        super().clean()
        if self.known_at and self.happened_at and self.known_at > self.happened_at:
            raise ValidationError({"known_at": "This must be before the report itself"})


class AllegationWorker(AllocationRecord):
    """Which officer looks after the allegation."""

    given_to = May.WORK_ALLEGATIONS


class EmployerKnew(StepRecord):
    """When a senior manager of the employer first knew; the report was due within a working day of it."""

    happened_at = models.DateTimeField("when did the senior manager first know?")
    manager = models.CharField("which senior manager?", max_length=200)
    why_late = models.TextField("if the report came late, why?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "when the employer knew"
        verbose_name_plural = "when the employer knew"

    @classmethod
    def initial_for(cls, actor: Any, case: Any) -> dict[str, Any]:
        first = case.last(AllegationReport.step_key())
        return {"happened_at": first.record.known_at} if first else {}


class Threshold(StepRecord):
    """Whether this is an allegation, or a concern on which advice is enough."""

    reveals = {"decision": {"allegation": ("criterion", "category"), "advice": ("advice",)}}
    required_when_shown = ("criterion", "advice")
    told_as = {"decision": "Decided", "criterion": "Criterion met", "category": "Category of abuse",
               "advice": "Advice given", "reason": "Why"}
    DECISIONS = [("allegation", "Allegation: the threshold is met"), ("advice", "Concern: advice is enough")]
    decision = models.CharField("is the threshold met?", max_length=10, choices=DECISIONS)
    criterion = CodeField("which criterion is met most clearly?", codes="allegation-criteria", blank=True)
    category = CodeField("which category of abuse is it, if one?", codes="abuse-categories", blank=True)
    advice = models.TextField("what did you advise?", blank=True)
    reason = models.TextField("why did you decide so?")

    class Meta(StepRecord.Meta):
        verbose_name = "threshold decision"

    def headline(self) -> str:
        return self.get_decision_display()


class FurtherCriterion(StepLine):
    """A further criterion that is met."""

    spoken = ("further criterion", "further criteria")
    criterion = CodeField("which further criterion is met?", codes="allegation-criteria")
    shown_by = models.TextField("what shows it?", blank=True)


class AnswerToReporter(StepRecord):
    """What whoever reported it is told of the decision and of what they must do next."""

    notice_words = "You have an answer to what you reported"
    text = models.TextField("what do you tell them?", help_text="They read this, and nothing else that you write here.")

    class Meta(StepRecord.Meta):
        verbose_name = "answer to whoever reported it"
