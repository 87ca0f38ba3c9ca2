"""Adoption, and help for those who leave care."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from goldthread.access.policy import May
from goldthread.process.fields import CodeField
from goldthread.process.models import StepRecord
from goldthread.process.models.bases import working


class AdoptionDecision(StepRecord):
    """The agency decides that the child should be placed for adoption."""

    reasons = models.TextField("why?")

    class Meta(StepRecord.Meta):
        verbose_name = "decision for adoption"
        verbose_name_plural = "decisions for adoption"


class AdoptionMatch(StepRecord):
    """The child is matched with those who wish to adopt them."""

    carers = models.BooleanField("do they foster the child now?")
    sexes = CodeField("who are they?", codes="adopters-sexes")
    bond = CodeField("how are they bound to each other?", codes="adopters-statuses")

    class Meta(StepRecord.Meta):
        verbose_name = "match with adopters"
        verbose_name_plural = "matches with adopters"


class AdoptionStopped(StepRecord):
    """The child is no longer to be placed for adoption."""

    reason = CodeField("why not?", codes="adoption-stopped-reasons")

    class Meta(StepRecord.Meta):
        verbose_name = "adoption given up"
        verbose_name_plural = "adoptions given up"


class LeavingCare(StepRecord):
    """A right to help with leaving care, from the day this happened, and the personal adviser who gives it."""

    happened_at = models.DateTimeField("since when?")
    category = CodeField("which right?", codes="leaving-care-categories")
    adviser = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
                                verbose_name="who is the personal adviser?")

    class Meta(StepRecord.Meta):
        verbose_name = "right to leaving care help"
        verbose_name_plural = "rights to leaving care help"

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        return working(May.WORK_SOCIAL_CARE, actor, today)


class PathwayPlan(StepRecord):
    """The plan for leaving care, made with the young person and looked at again."""

    plan = models.TextField("what is agreed on home, money, work, health and people to turn to?")
    child_voice = models.TextField("what does the young person say?")


class LeaverContact(StepRecord):
    """How it goes with a care leaver: in touch or not, what they do, where they live."""

    reveals = {"in_touch": {"YES": ("activity", "home", "suitable")}}
    required_when_shown = ("activity", "home", "suitable")
    in_touch = CodeField("are you in touch?", codes="care-leaver-contact")
    activity = CodeField("what do they do?", codes="care-leaver-activities", blank=True)
    home = CodeField("where do they live?", codes="care-leaver-homes", blank=True)
    suitable = models.CharField("is it suitable?", max_length=3, choices=[("yes", "Yes"), ("no", "No")], blank=True)
    note = models.TextField("what was talked about, or tried?")

    class Meta(StepRecord.Meta):
        verbose_name = "contact with a care leaver"
        verbose_name_plural = "contacts with care leavers"


class LeavingEnd(StepRecord):
    """The council's help for a care leaver ends."""

    reason = models.TextField("why does it end, and whom can the young person turn to?")

    class Meta(StepRecord.Meta):
        verbose_name = "end of leaving care help"
        verbose_name_plural = "ends of leaving care help"
