"""How pre-proceedings end, and what the court decides."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from goldthread.domains.pre_proceedings.models.meetings import FamilyGroupOffer
from goldthread.process.models import StepRecord


class StepDecision(StepRecord):
    """How pre-proceedings end: in an application to the court, or without one."""

    OUTCOMES = [("court", "An application to the court"), ("child-protection", "Back to the child protection plan"),
                ("child-in-need", "A child in need plan"), ("kin", "The child lives with family or friends, by agreement"),
                ("other", "Another way")]
    outcome = models.CharField("what was decided?", max_length=16, choices=OUTCOMES)
    reasons = models.TextField("why?")

    class Meta(StepRecord.Meta):
        verbose_name = "decision to step up or down"
        verbose_name_plural = "decisions to step up or down"

    def headline(self) -> str:
        return self.get_outcome_display()


class LetterOfIntent(StepRecord):
    """The letter that tells the parents that care proceedings are begun, sent on this day."""

    sent_to = models.TextField("to whom was it sent, the father included?")

    class Meta(StepRecord.Meta):
        verbose_name = "letter that begins care proceedings"
        verbose_name_plural = "letters that begin care proceedings"


class CourtApplication(StepRecord):
    """The application to the court, made on this day."""

    to_do = "Apply to the court"
    court = models.CharField("to which court?", max_length=200)
    orders = models.TextField("for which orders, and for which children?")

    class Meta(StepRecord.Meta):
        verbose_name = "application to the court"
        verbose_name_plural = "applications to the court"

    def clean(self) -> None:
        super().clean()
        if self.case_id and self.happened_at and not self.family_group_offered(self.case):
            raise ValidationError("Offer the family a family group decision-making meeting before the application")

    def family_group_offered(self, case: Any) -> bool:
        """Whether the family was offered a meeting by the time of the application."""
        offers = case.standing_events().filter(step=FamilyGroupOffer.step_key())
        return offers.filter(happened_at__lte=self.happened_at).exists()


class FinalOrder(StepRecord):
    """How the court decided."""

    ORDERS = [("care", "Care order"), ("supervision", "Supervision order"), ("placement", "Care and placement orders"),
              ("special-guardianship", "Special guardianship order"), ("arrangements", "Child arrangements order"),
              ("none", "No order"), ("withdrawn", "The application was withdrawn")]
    order = models.CharField("which order was made?", max_length=20, choices=ORDERS)
    note = models.TextField("anything to note, for each child", blank=True)

    def headline(self) -> str:
        return self.get_order_display()
