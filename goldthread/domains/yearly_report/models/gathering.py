"""Commissioned, and what agencies contribute."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from goldthread.process.models import AgencyLine, StepRecord
from goldthread.reports.yearly.models import Document
from goldthread.rules.limits import UnknownLimit, limit

BY_SEPTEMBER = "T131"


class YearlyCommission(StepRecord):
    """A yearly report is begun: which year it is about, and when it is meant to be out."""

    to_do = "Commission the yearly report"
    told_as = {"year": "Year", "year_ends": "The year ends", "publish_on": "Meant to be published",
               "aim": "What it should show above all"}
    year = models.CharField("which year is it about?", max_length=40, help_text="Such as 2025 to 2026")
    year_ends = models.DateTimeField("when does that year end?")
    publish_on = models.DateField("when is it meant to be published?")
    aim = models.TextField("what should it show above all?")

    class Meta(StepRecord.Meta):
        verbose_name = "commissioning of the yearly report"
        verbose_name_plural = "commissionings of the yearly report"

    @classmethod
    def titled(cls, record: Any, lines: list[Any]) -> str:
        return f"Yearly report {record.year}"

    def clean(self) -> None:
        """Raises ValidationError for a year of which no guidance is known that says when to publish."""
        super().clean()
        if self.year_ends:
            try:
                limit(BY_SEPTEMBER, timezone.localdate(self.year_ends))
            except UnknownLimit as unknown:
                raise ValidationError({"year_ends": str(unknown)}) from unknown


class ContributionRequest(StepRecord):
    """Agencies are asked for their part of the report, and told when the figures will be frozen."""

    to_do = "Ask agencies for contributions"
    told_as = {"note": "What to know", "local_questions": "The partnership's own questions",
               "freeze_at": "Figures are frozen"}
    note = models.TextField("what should they know?", blank=True)
    local_questions = models.TextField("what do you ask besides the four questions?", blank=True,
                                       help_text="One question a line. Leave empty for none.")
    freeze_at = models.DateTimeField("when are the figures frozen?")

    class Meta(StepRecord.Meta):
        verbose_name = "request for contributions"
        verbose_name_plural = "requests for contributions"


class ContributionAgency(AgencyLine):
    """One agency asked for its contribution."""


class Contribution(StepRecord):
    """One agency's part of the year: the four questions, and the partnership's own."""

    to_do = "Write your agency's contribution"
    notice_words, asked_words = "A contribution to the yearly report came in", "Please write your part of the yearly report"
    answer_button = "Send our contribution"
    goes_to = "What you write stands in the report under your agency's name, and everybody can read it."
    reveals = {"gives": {"yes": ("quality", "evidence", "plans", "good_news", "local_answer")}}
    required_when_shown = ("quality", "evidence", "plans")
    told_as = {"gives": "Contributes", "quality": "How well children are kept safe, and what changed for them",
               "evidence": "What shows it", "plans": "The next twelve months",
               "good_news": "What went well, and what children and families said",
               "local_answer": "The partnership's own questions"}
    GIVES = [("yes", "Yes"), ("nil", "No, we have nothing to add this year")]
    gives = models.CharField("does your agency contribute?", max_length=4, choices=GIVES)
    quality = models.TextField("how well does your agency keep children safe, and what has changed for them this year?",
                               blank=True)
    evidence = models.TextField("what shows it?", blank=True,
                                help_text="Audits, inspections, training and what came of it, feedback")
    plans = models.TextField("what will you do in the next twelve months?", blank=True)
    good_news = models.TextField("what went well, and what did children and families say?", blank=True,
                                 help_text="In their own words. Name nobody, and nothing that tells who it was.")
    local_answer = models.TextField("what do you answer to the partnership's own questions?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "contribution to the yearly report"
        verbose_name_plural = "contributions to the yearly report"

    @property
    def is_nil(self) -> bool:
        return self.gives == "nil"

    def headline(self) -> str:
        return "Nothing to add" if self.is_nil else "Contribution given"


class OnFrozenFigures(StepRecord):
    """A record that stands on the figures of the case's document being frozen."""

    class Meta(StepRecord.Meta):
        abstract = True

    def clean(self) -> None:
        """Raises ValidationError while the case's document has no freeze: recording it alone would freeze nothing."""
        super().clean()
        if self.case_id and Document.objects.filter(case=self.case_id, freezes=None).exists():
            raise ValidationError("The figures of the document are not frozen. Freeze them on the report's page")


class DataFreeze(OnFrozenFigures):
    """The figures stand from here: what is recorded later no longer changes this report."""

    to_do = "Freeze the figures"
    note = models.TextField("what should readers know of these figures?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "freezing of the figures"


class ArrangementsCommission(StepRecord):
    """The published arrangements are written anew: why, and when they are meant to be out."""

    to_do = "Begin the arrangements"
    told_as = {"title": "What they are called", "why": "Why", "publish_by": "Meant to be published"}
    title = models.CharField("what are they called?", max_length=150)
    why = models.TextField("why are they written anew?")
    publish_by = models.DateTimeField("when are they meant to be published?")

    class Meta(StepRecord.Meta):
        verbose_name = "commissioning of the arrangements"
        verbose_name_plural = "commissionings of the arrangements"

    @classmethod
    def titled(cls, record: Any, lines: list[Any]) -> str:
        return str(record.title)
