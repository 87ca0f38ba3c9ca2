"""The care plan, visits, reviews, health and education of a looked-after child."""
from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models

from goldthread.process.fields import CodeField
from goldthread.process.models import StepRecord
from goldthread.process.models.bases import ChildSeen

MOST = 40  # points of the strengths and difficulties questionnaire


class CarePlan(StepRecord):
    """What the child needs for the long term, and the plan for a permanent home."""

    HEALTH = [("6-months", "Every 6 months: under 5"), ("12-months", "Every 12 months: 5 or older")]
    permanence = CodeField("what is the plan for a permanent home?", codes="permanence-plans")
    health = models.CharField("how often is the child's health assessed?", max_length=9, choices=HEALTH)
    plan = models.TextField("what does the child need, and who does what?")
    family = models.TextField("how do the mother, the father and others of the family stay part of the child's life?")
    child_voice = models.TextField("what does the child wish for?")


class CareVisit(ChildSeen, StepRecord):
    """The social worker visits the child where they live."""

    found = models.TextField("how is the child there?")

    class Meta(StepRecord.Meta):
        verbose_name = "visit"


class CareReview(StepRecord):
    """The reviewing officer looks at the care plan with the child and those who matter to them."""

    notice_words = "A looked-after child's care was reviewed"
    HELP = [("none", "No"), ("received", "Yes, and help is received"), ("offered", "Yes, and help was offered and refused"),
            ("not-offered", "Yes, and none was offered")]
    participation = CodeField("how did the child take part?", codes="participation")
    officer_saw = models.DateField("when did the reviewing officer last speak with the child?", null=True, blank=True)
    child_voice = models.TextField("what did the child say?")
    decisions = models.TextField("what was decided?")
    convicted = models.BooleanField("was the child convicted or cautioned since the last review?")
    substances = models.CharField("is the child's use of drink or drugs a problem?", max_length=11, choices=HELP)
    mother_of = models.DateField("if the child has become a mother, when was her child born?", null=True, blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "review of the care plan"
        verbose_name_plural = "reviews of the care plan"


class HealthAssessment(StepRecord):
    """The child's health assessed; the first by a doctor."""

    by_whom = models.CharField("who assessed?", max_length=200)
    immunised = models.BooleanField("are immunisations up to date?")
    checked = models.BooleanField("under 5: are the development checks up to date?", default=False)
    needs = models.TextField("what does the child need for their health?")


class DentalCheck(StepRecord):
    """A dentist has looked at the child's teeth."""

    note = models.TextField("anything that follows?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "dental check"


class Questionnaire(StepRecord):
    """Strengths and difficulties as the carer sees them: a score, or why there is none."""

    reveals = {"answered": {"yes": ("score",), "no": ("gap",)}}
    required_when_shown = ("score", "gap")
    answered = models.BooleanField("was it filled in?")
    score = models.PositiveSmallIntegerField("score", null=True, blank=True, validators=[MaxValueValidator(MOST)])
    gap = CodeField("why not?", codes="questionnaire-gaps", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "strengths and difficulties questionnaire"


class EducationPlan(StepRecord):
    """The personal education plan, made and looked at again with the school."""

    plan = models.TextField("what helps the child to learn, and who does it?")
    child_voice = models.TextField("what does the child say about school?")

    class Meta(StepRecord.Meta):
        verbose_name = "personal education plan"
