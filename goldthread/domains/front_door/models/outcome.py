"""What was decided, who was told, where it went next, and the school told before the next school day."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from goldthread.orgs.models import Agency
from goldthread.people.models import Person
from goldthread.process.fields import CodeField
from goldthread.process.models import StepLine, StepRecord


class Decision(StepRecord):
    """The manager's decision: level of need, what happens next and why. Each child may come out differently."""

    reveals = {"partners_asked": {"no": ("without_partners",)}}
    required_when_shown = ("without_partners",)
    level = CodeField("which level of need?", codes="threshold-levels", max_length=10)
    detail = CodeField("what happens next?", codes="contact-outcome-details")
    outcome = CodeField("how is this counted nationally?", codes="contact-outcomes")
    rationale = models.TextField("why?", help_text="What you weighed, what partners said, and what the child needs")
    partners_asked = models.BooleanField("were partners asked for information?", default=False)
    without_partners = models.TextField("if not, why not?", blank=True)

    def headline(self) -> str:
        return f"Decided: {self._meta.get_field('detail').words(self.detail).lower()}"


class ChildOutcome(StepLine):
    """What was decided for one child where brothers and sisters come out differently."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="child")
    capacity = models.CharField(max_length=20, default="child", editable=False)
    detail = CodeField("what happens next for this child?", codes="contact-outcome-details")
    outcome = CodeField("how is this counted nationally?", codes="contact-outcomes")


    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """The people the actor may see; the page narrows them to the contact's children."""
        return Person.objects.filter(in_cases__case__closed_at=None).distinct().order_by("family", "given")


class HandOver(StepRecord):
    """The contact passed on to those who act next; the process that takes it up picks it up from here."""

    to = CodeField("who takes this up?", codes="contact-outcome-details")
    note = models.TextField("what they need to know")

    class Meta(StepRecord.Meta):
        verbose_name = "hand-over"

    def headline(self) -> str:
        return f"Handed over to {self._meta.get_field('to').words(self.to)}"


class AnswerToReferrer(StepRecord):
    """What whoever got in touch is told: what was decided, why as far as they may know, and how to disagree."""

    told = models.TextField("what will you tell them?")

    class Meta(StepRecord.Meta):
        verbose_name = "answer to the referrer"
        verbose_name_plural = "answers to the referrer"

    def headline(self) -> str:
        return "Referrer told what was decided"


class EncompassNotice(StepRecord):
    """Police attended domestic abuse and a child was involved: their school is told before its next day begins."""

    PRESENT = [("yes", "Yes, in the home"), ("no", "No, elsewhere"), ("unknown", "Not known")]
    incident_at = models.DateTimeField("when did police attend?")
    police_reference = models.CharField("police reference", max_length=40, blank=True)
    circumstances = models.TextField("what should the school know to support the child?")
    child_present = models.CharField("was the child there?", max_length=8, choices=PRESENT)
    child_voice = models.TextField("what did the child say?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "Operation Encompass notice"


class EncompassSchool(StepLine):
    """One child's school, told. Other schools do not see this line."""

    seen_by_its_agency = True
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="school")
    child_name = models.CharField("child", max_length=200)
    born_on = models.DateField("date of birth", null=True, blank=True)
    due = models.DateTimeField("to be read by")

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """Schools and colleges that take part in this partnership today."""
        return Agency.objects.taking_part(actor.partnership, today).filter(kind__in=("school", "college", "early-years"))


class EncompassRead(StepRecord):
    """The school's safeguarding lead has read the notice and says what support the child will have today."""

    support = models.TextField("what will you do to support the child today?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "Operation Encompass notice read"
        verbose_name_plural = "Operation Encompass notices read"
