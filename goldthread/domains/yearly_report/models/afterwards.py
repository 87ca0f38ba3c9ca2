"""What follows publication: copies, the scrutiny committee, and of arrangements their scrutiny while they are in force."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from goldthread.process.fields import CodeField
from goldthread.process.models import StepLine, StepRecord


class CopiesSent(StepRecord):
    """Copies went to those whom the guidance of the day names."""

    to_do = "Send copies"
    note = models.TextField("anything to add", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "sending of copies"


class CopyRecipient(StepLine):
    """One of those who get a copy, and when it went."""

    spoken, one_each = ("copy", "copies"), "recipient"
    told_as = {"recipient": "To", "sent_on": "Sent", "how": "How"}
    recipient = CodeField("to whom?", codes="yearly-report-copies")
    sent_on = models.DateField("when did it go?")
    how = models.CharField("how?", max_length=120, blank=True, help_text="Such as by e-mail")


class CommitteeHearing(StepRecord):
    """The council's scrutiny committee looked at the report, and what it asked."""

    to_do = "Record what the scrutiny committee asked"
    RESULTS = [("questions", "It asked questions"), ("noted", "It noted the report")]
    committee = models.CharField("which committee?", max_length=150)
    met_on = models.DateField("when did it meet?")
    result = models.CharField("what came of it?", max_length=10, choices=RESULTS)

    class Meta(StepRecord.Meta):
        verbose_name = "scrutiny committee"

    def headline(self) -> str:
        return self.get_result_display()


class CommitteeQuestion(StepLine):
    """One question the committee asked."""

    spoken = ("question", "questions")
    told_as = {"question": "Question", "by": "Asked by"}
    question = models.TextField("what did they ask?")
    by = models.CharField("who asked?", max_length=120, blank=True, help_text="A councillor's name or office")

    def __str__(self) -> str:
        return self.question[:160]


class CommitteeAnswers(StepRecord):
    """What was answered to the committee's questions."""

    to_do = "Answer the committee"
    answered_to = models.CharField("to whom were the answers sent?", max_length=150)

    class Meta(StepRecord.Meta):
        verbose_name = "answers to the committee"
        verbose_name_plural = "answers to the committee"


class CommitteeAnswer(StepLine):
    """The answer to one question."""

    spoken = ("answer", "answers")
    told_as = {"question": "Question", "answer": "Answer"}
    question = models.ForeignKey(CommitteeQuestion, on_delete=models.PROTECT, related_name="+",
                                 verbose_name="which question?")
    answer = models.TextField("what do you answer?")

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """Questions on reports whose cases the acting person may see, newest first."""
        return CommitteeQuestion.objects.filter(event__replaced_by=None).order_by("-case", "pk")


class ArrangementsScrutiny(StepRecord):
    """The independent scrutineer has looked at how the arrangements work in practice."""

    to_do = "Scrutinise the arrangements"
    notice_words = "The arrangements were scrutinised"
    found = models.TextField("what did you find?")
    recommended = models.TextField("what do you recommend?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "scrutiny of the arrangements"
        verbose_name_plural = "scrutinies of the arrangements"


class ArrangementsReplaced(StepRecord):
    """Other arrangements stand in place of these."""

    to_do = "End the arrangements"
    by_what = models.CharField("what stands in their place?", max_length=200)

    class Meta(StepRecord.Meta):
        verbose_name = "end of the arrangements"
        verbose_name_plural = "ends of the arrangements"
