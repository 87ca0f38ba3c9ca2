"""What is recorded of a private fostering arrangement. Regulations: SI 2005/1533."""
from __future__ import annotations

from typing import Any

from django.db import models

from goldthread.access.policy import May
from goldthread.process.fields import CodeField
from goldthread.process.models import AgencyLine, AllocationRecord, PersonLine, StepRecord, WithChildren


class FosteringNotice(WithChildren):
    """The council learns of an arrangement. When this happened is the day it became aware: visits count from it."""

    notice_words = "A private fostering arrangement was reported"
    ARRANGEMENT = [("running", "The child lives there already"), ("proposed", "It is planned")]
    happened_at = models.DateTimeField("when did the council become aware?")
    arrangement = models.CharField("does the child live there already?", max_length=8, choices=ARRANGEMENT)
    told_by = models.CharField("who told us?", max_length=200)
    about = models.TextField("what did they tell us?")
    starts_on = models.DateField("since when, or from when?", null=True, blank=True)
    meant_to_last = models.CharField("how long is it meant to last?", max_length=200, blank=True)
    carer = models.CharField("who looks after the child?", max_length=200)
    carer_address = models.CharField("where do they live?", max_length=240, blank=True)
    carer_addresses = models.TextField("where have they lived in the last five years?", blank=True)
    parents = models.TextField("who are the mother and the father, and how can they be reached?", blank=True)
    arranged_by = models.CharField("who arranged it?", max_length=200, blank=True)
    background = models.TextField("religion, language and culture", blank=True)


class FosteredPerson(PersonLine):
    """The child, and those who belong to the arrangement."""


class FosteringWorker(AllocationRecord):
    """Who looks after the arrangement."""

    to_do = "Name the social worker"
    given_to = May.WORK_SOCIAL_CARE

    class Meta(AllocationRecord.Meta):
        verbose_name = "social worker named"


class FosteringVisit(StepRecord):
    """A visit under the regulations: where the child lives, and what the child says. A written report of each."""

    reveals = {"seen_alone": {"no": ("why_not_alone",)}}
    required_when_shown = ("why_not_alone",)
    KINDS = [("first", "First visit"), ("regular", "Regular visit"), ("asked", "Somebody asked for it")]
    kind = models.CharField("what kind of visit?", max_length=8, choices=KINDS)
    seen_alone = models.BooleanField("did you speak with the child alone?")
    why_not_alone = models.TextField("why not?", blank=True)
    child_voice = models.TextField("what did the child say or show?")
    who = models.TextField("whom else did you see?", help_text="The carer, the household, the parents where possible")
    premises = models.TextField("how does the child live there?")
    report = models.TextField("what do you make of it?")

    def headline(self) -> str:
        return "Child seen alone" if self.seen_alone else "Child not seen alone"


class ViewsAsked(StepRecord):
    """The child's school and health practitioners asked how the child is."""

    to_do = "Ask health and school"
    told_as = {"about": "About whom", "needed": "What we ask"}
    about = models.TextField("who is this about?", help_text="Only what they need to find the right child")
    needed = models.TextField("what do you want to know?")

    class Meta(StepRecord.Meta):
        verbose_name = "health and school asked"


class ViewsFrom(AgencyLine):
    """A school or health service asked, and by when."""


class ViewsGiven(StepRecord):
    """How the child is, as their school or a health practitioner sees it; or that they do not know the child."""

    asked_words = "Please tell us how a child is who lives with somebody else"
    notice_words = "A school or health service has answered"
    one_click = ("We do not know this child", {"known": "nil"})
    reveals = {"known": {"known": ("views",)}}
    required_when_shown = ("views",)
    KNOWN = [("known", "Yes"), ("nil", "No, not known to us")]
    known = models.CharField("do you know this child?", max_length=6, choices=KNOWN)
    views = models.TextField("how is the child, and does anything worry you?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "views of health or school"

    @property
    def is_nil(self) -> bool:
        return self.known == "nil"


class Suitability(StepRecord):
    """Every matter the regulations ask about (Schedule 2, and 3 where the child lives there already)."""

    duration = models.TextField("how long is it meant to last, and do all agree?")
    wishes = models.TextField("what does the child wish and feel?")
    accommodation = models.TextField("is the home suitable, and where does the child sleep?")
    capacity = models.TextField("can the carer look after the child?")
    household = models.TextField("who else lives there, and is each of them suitable?")
    contact = models.TextField("how does the child keep in touch with family?")
    finance = models.TextField("who pays for what?")
    health = models.TextField("how are the child's health and health care?")
    education = models.TextField("how is the child's schooling?")
    decisions = models.TextField("who makes day-to-day decisions about the child?")
    culture = models.TextField("are religion, language and culture looked after?")
    advice = models.TextField("what advice do the carer, the parents or the child need?")
    standards = models.TextField("is the arrangement satisfactory, and what would make it so?")

    class Meta(StepRecord.Meta):
        verbose_name = "assessment of suitability"
        verbose_name_plural = "assessments of suitability"


class SuitabilityDecision(StepRecord):
    """Whether this is private fostering, and whether it may go on."""

    DECISIONS = [("suitable", "Suitable"), ("with-requirements", "Suitable with requirements"),
                 ("prohibited", "Prohibited"), ("not-private-fostering", "Not private fostering, or no longer")]
    decision = models.CharField("what do you decide?", max_length=22, choices=DECISIONS)
    reason = models.TextField("why?")
    assess = models.BooleanField("does the child need an assessment as a child in need?")

    def headline(self) -> str:
        return f"Decided: {self.get_decision_display().lower()}"


class FosteringRequirements(StepRecord):
    """What the carer must do or must not do, and by when (Children Act 1989, Schedule 8 paragraph 6)."""

    requirements = models.TextField("what is required?")
    by_when = models.TextField("by when?", blank=True)
    told = models.TextField("how was the carer told of them, with reasons and the right to appeal?")

    class Meta(StepRecord.Meta):
        verbose_name = "requirements"
        verbose_name_plural = "requirements"


class Prohibition(StepRecord):
    """The carer may not foster this child, in this place or at all (Children Act 1989, s.69)."""

    SCOPE = [("child", "This child in this place"), ("place", "Any child in this place"), ("any", "Any child anywhere here")]
    scope = models.CharField("what is prohibited?", max_length=6, choices=SCOPE)
    grounds = models.TextField("on what grounds?")
    told = models.TextField("how was the carer told, with reasons and the right to appeal?")
    child_plan = models.TextField("where will the child live, and who sees to it?")


class VisitRequest(StepRecord):
    """The child, the carer, a parent or somebody else asks for a visit, and when it is to be (regulation 8(2))."""

    asked_by = models.CharField("who asks for a visit?", max_length=200)
    why = models.TextField("why?")
    visit_by = models.DateTimeField("by when will you visit?")

    class Meta(StepRecord.Meta):
        verbose_name = "visit asked for"
        verbose_name_plural = "visits asked for"


class FosteringChange(StepRecord):
    """Something about the arrangement changed: a move, somebody new at home, an offence, a parent's plans."""

    what = models.TextField("what changed?")
    changed_on = models.DateField("when?", null=True, blank=True)
    told_by = models.CharField("who told us?", max_length=200)
    look_again = models.BooleanField("must suitability be looked at again?")

    class Meta(StepRecord.Meta):
        verbose_name = "change of circumstances"
        verbose_name_plural = "changes of circumstances"


class FosteringAudit(StepRecord):
    """Somebody who has not visited reads the case: visits in time, child seen alone, requirements kept, what is to do."""

    GRADES = [("good", "Good"), ("to-improve", "Something must improve"), ("unsafe", "Not safe as it is")]
    grade = models.CharField("how is the work on this case?", max_length=10, choices=GRADES)
    found = models.TextField("what did you find?")
    actions = models.TextField("what must be done, by whom and when?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "monthly audit"


class FosteringEnd(StepRecord):
    """The arrangement is over: how, and where the child is now."""

    outcome = CodeField("how did it end?", codes="private-fostering-outcomes")
    ended_on = models.DateField("on what day?")
    child_now = models.TextField("where does the child live now, and who knows?")
    child_voice = models.TextField("what does the child say about it?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "end of the arrangement"
        verbose_name_plural = "ends of the arrangement"

    def headline(self) -> str:
        field: Any = self._meta.get_field("outcome")
        return str(field.words(self.outcome))
