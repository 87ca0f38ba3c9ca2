"""What every conference has, the first and each review: planning, reports, the meeting, its decisions, its record."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from goldthread.process.fields import CodeField
from goldthread.process.models import StepLine, StepRecord
from goldthread.process.models.attendance import SOCIAL_CARE, in_words, others_there, parts_away

SATURDAY = 5
OTHER_AGENCIES = 2  # at least, besides social care: Standard Safeguarding Dataset (Data to Insight), quoracy


def on_a_weekday(field: str, when: Any) -> None:
    """No conference is held at a weekend (children in need census). Raises ValidationError naming the field."""
    if when and timezone.localtime(when).weekday() >= SATURDAY:
        raise ValidationError({field: "A conference is not held at a weekend"})


class PlannedMeeting(StepRecord):
    """A conference is planned, and agencies are asked for their reports."""

    planned_for = models.DateTimeField("when will the conference be held?")
    place = models.CharField("where, or how?", max_length=200)
    child_part = models.TextField("how will the child take part?")
    family_part = models.TextField("who of the family is invited, both parents included?")

    class Meta(StepRecord.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        on_a_weekday("planned_for", self.planned_for)


class ReportFromAgency(StepRecord):
    """What an agency reports to a conference."""

    asked_words, notice_words = "Please send a report for a child protection conference", "An agency has sent its report"
    KNOWN = [("known", "Yes, we know them"), ("nil", "No, not known to us")]
    reveals = {"answer": {"known": ("involvement", "strengths", "worries", "child_voice", "view")}}
    required_when_shown = ("involvement", "worries", "view")
    answer = models.CharField("do you know these people?", max_length=5, choices=KNOWN)
    involvement = models.TextField("what have you done with the family?", blank=True)
    strengths = models.TextField("what is going well?", blank=True)
    worries = models.TextField("what worries you?", blank=True)
    child_voice = models.TextField("what has the child said, or shown?", blank=True)
    view = models.TextField("what should be done to keep the child safe?", blank=True)

    class Meta(StepRecord.Meta):
        abstract = True

    @property
    def is_nil(self) -> bool:
        return self.answer == "nil"


class SharedReport(StepRecord):
    """The social worker's report shared with the child and the family before the conference."""

    report = models.TextField("what does the report say?", help_text="Or say which document it is")
    shared_with = models.TextField("with whom was it shared, and how?", help_text="The child, the mother, the father")
    their_view = models.TextField("what do they say to it?", blank=True)

    class Meta(StepRecord.Meta):
        abstract = True


class Held(StepRecord):
    """What was said and agreed at a conference. What is written here holds for every child of the family; a child for
    whom it was different has a line of their own."""

    reveals: dict[str, Any] = {"quorate": {"no": ("not_quorate_reason",)}}
    required_when_shown: tuple[str, ...] = ("not_quorate_reason",)
    quorate = models.BooleanField("were enough agencies there?",
                                  help_text="Social care and at least two other agencies, or more if your procedures say so")
    not_quorate_reason = models.TextField("if not, why did it go ahead?", blank=True)
    participation = CodeField("how did the child take part?", codes="participation")
    child_voice = models.TextField("what did the child say, and want to happen?")
    family_view = models.TextField("what did the mother, the father and others of the family say?")
    reasons = models.TextField("why was this decided?")
    plan = models.TextField("what must change, who does what, and by when?", blank=True)

    class Meta(StepRecord.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        on_a_weekday("happened_at", self.happened_at)

    def clean_lines(self, lines: Sequence[StepLine]) -> None:
        on = self.happened_at.date()
        others, care = others_there(lines, on), SOCIAL_CARE not in parts_away(lines, on)
        if self.quorate and (others < OTHER_AGENCIES or not care):
            missing = ([] if care else ["social care"]) + _more(OTHER_AGENCIES - others)
            raise ValidationError({"quorate": f"Still missing from those who attended: {in_words(missing)}. Add them "
                                              "under “Agencies there”, or answer no here and say why it went ahead. "
                                              "An agency that only sent a report was not there"})


def _more(agencies: int) -> list[str]:
    """So many more agencies, in words; nothing for none."""
    return [{1: "one other agency"}.get(agencies, f"{agencies} other agencies")] if agencies > 0 else []


class SentDecisions(StepRecord):
    """The decisions and the plan in outline, sent to all who were there and to the family."""

    sent_to = models.TextField("to whom were they sent?")

    class Meta(StepRecord.Meta):
        abstract = True


class SentRecord(StepRecord):
    """The record of the conference, sent round."""

    record = models.TextField("the record of the conference",
                              help_text="Leave out any address that must be kept from others")
    family_sent = models.TextField("how did the family and the child get it?")

    class Meta(StepRecord.Meta):
        abstract = True


class ReadRecord(StepRecord):
    """An agency has read the record of a conference, and says if it is not right."""

    answer_button, asked_words = "I have read this", "Please read the record of a child protection conference"
    correction = models.TextField("is anything in it not right?", blank=True)

    class Meta(StepRecord.Meta):
        abstract = True
