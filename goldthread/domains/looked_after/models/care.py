"""Becoming looked after, where the child lives, under which order, and how it ends."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from goldthread.access.policy import May
from goldthread.process.fields import CodeField
from goldthread.process.models import AllocationRecord, PersonLine, StepRecord, WithChildren
from goldthread.process.models.bases import working

NO_NEED = ("N0", "N9")  # codes of the primary needs that no looked-after child has
WITH_PARENTS, PARENTS = "P1", "PR0"  # codes of placements and providers


class CareStart(WithChildren):
    """A child becomes looked after, on the day this happened. Time limits count from it; a case is of one child."""

    notice_words = "A child has become looked after"
    YES_NO = [("yes", "Yes: of nursery or school age"), ("no", "No: too young")]
    happened_at = models.DateTimeField("when did the child become looked after?")
    status = CodeField("under which order or agreement?", codes="care-legal-statuses")
    need = CodeField("what does the child need most?", codes="primary-needs")
    education = models.CharField("does the child need a personal education plan?", max_length=3, choices=YES_NO)
    why = models.TextField("why is the child looked after?")
    home_postcode = models.CharField("postcode of the child's home", max_length=10, blank=True)
    alone = models.BooleanField("did the child come to this country alone, and ask for asylum?")
    before = CodeField("has the child had a permanent home through a court before?", codes="earlier-permanence")
    before_on = models.DateField("since when?", null=True, blank=True)
    before_council = models.CharField("through which council? Its number in national returns", max_length=3, blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "start of being looked after"
        verbose_name_plural = "starts of being looked after"

    def clean(self) -> None:
        super().clean()
        if self.need in NO_NEED:
            raise ValidationError({"need": "Say what the child needs: a looked-after child is a child in need"})

    def headline(self) -> str:
        field: Any = self._meta.get_field("status")
        return str(field.words(self.status))


class CareChild(PersonLine):
    """The child who is looked after, and those who belong to them."""


class CareWorker(AllocationRecord):
    """The child's social worker."""

    given_to = May.WORK_SOCIAL_CARE
    changed = CodeField("why does the worker change?", codes="care-worker-changes", blank=True)


class ReviewingOfficer(StepRecord):
    """The independent reviewing officer, who is not of the team that works with the child."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
                                verbose_name="who will review the child's care?")

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        return working(May.CHAIR_CONFERENCES, actor, today)


class Placement(StepRecord):
    """Where the child lives from the day this happened; a move is a new one, with its reason."""

    notice_words = "A looked-after child has moved"
    LASTING = [("shorter", "Not to 18, or not known yet"), ("to-18", "Until the child is 18")]
    happened_at = models.DateTimeField("since when does the child live there?")
    kind = CodeField("what kind of placement is it?", codes="care-placements")
    provider = CodeField("who provides it?", codes="care-providers")
    same_carer = models.BooleanField("is the carer the same as before?", default=False)
    changed = CodeField("if it is a move, why?", codes="placement-change-reasons", blank=True)
    lasting = models.CharField("how long is it meant to last?", max_length=8, choices=LASTING)
    postcode = models.CharField("postcode", max_length=10, blank=True)
    council = models.CharField("in which other council's area, if not in our own?", max_length=60, blank=True)
    urn = models.CharField("Ofsted's number of the provider", max_length=10, blank=True)

    def clean(self) -> None:
        super().clean()
        if self.kind == WITH_PARENTS and self.provider != PARENTS:
            raise ValidationError({"provider": "A placement with parents is provided by the parents"})

    def headline(self) -> str:
        field: Any = self._meta.get_field("kind")
        return str(field.words(self.kind))


class PlacementPlan(StepRecord):
    """How the placement will meet the child's needs, agreed with the carer."""

    plan = models.TextField("what is agreed with the carer?")


class StatusChange(StepRecord):
    """Another order or agreement, from the day this happened."""

    happened_at = models.DateTimeField("from when?")
    status = CodeField("under which order or agreement now?", codes="care-legal-statuses")

    class Meta(StepRecord.Meta):
        verbose_name = "change of legal status"
        verbose_name_plural = "changes of legal status"


class CareEnd(StepRecord):
    """The child is no longer looked after, from the day this happened."""

    notice_words = "A child is no longer looked after"
    AFTER = [("over", "No: nothing more is owed"), ("leaver", "Yes: help goes on as a care leaver")]
    happened_at = models.DateTimeField("when did it end?")
    reason = CodeField("why?", codes="care-end-reasons")
    after = models.CharField("has the young person a right to help as a care leaver?", max_length=6, choices=AFTER)
    child_voice = models.TextField("what does the child say about it?")

    class Meta(StepRecord.Meta):
        verbose_name = "end of being looked after"
        verbose_name_plural = "ends of being looked after"

    def headline(self) -> str:
        field: Any = self._meta.get_field("reason")
        return str(field.words(self.reason))
