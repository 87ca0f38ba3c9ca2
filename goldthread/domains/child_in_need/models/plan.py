"""A child found to be in need, and the plan agreed with the family."""
from __future__ import annotations

from django.db import models

from goldthread.access.policy import May
from goldthread.process.fields import CodeField
from goldthread.process.models import AllocationRecord, PersonLine, StepLine, StepRecord, WithChildren


class NeedFound(WithChildren):
    """A child was found to be in need of help from social care (section 17)."""

    notice_words = "A child in need plan is wanted"
    primary_need = CodeField("what is the main need?", codes="primary-needs")
    why = models.TextField("what help does the child need, and why?")

    class Meta(StepRecord.Meta):
        verbose_name = "child in need"
        verbose_name_plural = "children in need"


class HelpedPerson(PersonLine):
    """Somebody the plan is about: the children, both parents, other adults."""


class NeedWorker(AllocationRecord):
    """Who works with the family."""

    given_to = May.WORK_SOCIAL_CARE


class NeedPlan(StepRecord):
    """The plan agreed with the family. Made again when it changes."""

    agreed = CodeField("does the family know, and do they agree?", codes="consent-statuses")
    child_voice = models.TextField("what does the child want to happen?")
    father = models.TextField("what part does the father have in the plan?")
    other_adults = models.TextField("what part do others of the family have?", blank=True)
    plan = models.TextField("what is to change for the child?")
    fallback = models.TextField("what if it does not change?")

    class Meta(StepRecord.Meta):
        verbose_name = "child in need plan"


class NeedAction(StepLine):
    """One thing somebody does under the plan."""

    action = models.CharField("what is to be done?", max_length=300)
    owner = models.CharField("by whom?", max_length=200)
    due_on = models.DateField("by when?")

    class Meta(StepLine.Meta):
        verbose_name = "action"
