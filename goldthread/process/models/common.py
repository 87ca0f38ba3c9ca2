"""What may be recorded on a case of any process."""
from __future__ import annotations

from typing import Any

from django.db import models

from goldthread.files.models import Document
from goldthread.people.models import Person
from goldthread.process.models.records import StepLine, StepRecord


class Pause(StepRecord):
    """A clock stopped for a reason, until it is started again."""

    correctable = False
    clock = models.CharField("which clock", max_length=100)
    reason = models.TextField("why is it paused?")

    def headline(self) -> str:
        return f"{self.clock} paused"


class Resumption(StepRecord):
    """A paused clock started again."""

    correctable = False
    clock = models.CharField("which clock", max_length=100)
    reason = models.TextField("why does it run again?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "clock started again"

    def headline(self) -> str:
        return f"{self.clock} runs again"


class Extension(StepRecord):
    """More time given for one thing that is due, by whoever manages the work, and why."""

    correctable = False
    clock = models.CharField("which time limit?", max_length=100)
    until = models.DateTimeField("until when?")
    reason = models.TextField("why is more time needed?")

    class Meta(StepRecord.Meta):
        verbose_name = "more time"

    def headline(self) -> str:
        return f"{self.clock}: more time"


class Reopening(StepRecord):
    """Work taken up again from one step on; what was recorded stays and stays visible."""

    correctable = False
    from_step = models.CharField("from which step?", max_length=80)
    reason = models.TextField("why is it taken up again?")


class Withdrawal(StepRecord):
    """Something recorded in error is set aside, in sight of all who saw it: the wrong child, a double entry."""

    correctable = False
    what = models.CharField("what is withdrawn", max_length=200)
    reason = models.TextField("why is it withdrawn?")


class Disagreement(StepRecord):
    """A professional disagrees with a decision, or with none being made; each stage has its own clock."""

    STAGES = [("1", "Between the practitioners"), ("2", "Between their managers"),
              ("3", "Between the agencies' safeguarding leads"), ("4", "Brought to the partnership")]
    stage = models.CharField("at which stage is this raised?", max_length=1, choices=STAGES, default="1")
    about = models.TextField("what do you disagree with, and why?")
    wanted = models.TextField("what do you want to happen?")

    @classmethod
    def initial_for(cls, actor: Any, case: Any) -> dict[str, Any]:
        """The stage that comes next: the first, or the one after a stage that was not settled."""
        raised = case.standing_events().filter(step=cls.step_key()).last()
        answered = case.standing_events().filter(step=DisagreementReply.step_key()).last()
        if raised is None or answered is None or answered.outcome != "next-stage":
            return {"stage": "1"}
        stages = [value for value, _ in cls.STAGES]
        return {"stage": stages[min(stages.index(raised.outcome) + 1, len(stages) - 1)]}

    class Meta(StepRecord.Meta):
        verbose_name = "professional disagreement"

    def headline(self) -> str:
        return f"Disagreement raised: {self.get_stage_display().lower()}"


class DisagreementReply(StepRecord):
    """The answer to a disagreement: settled, or not settled and so to be raised at the next stage."""

    RESULTS = [("settled", "Settled"), ("next-stage", "Not settled: raise it at the next stage")]
    result = models.CharField("is it settled?", max_length=12, choices=RESULTS)
    answer = models.TextField("what was agreed, and why?")

    class Meta(StepRecord.Meta):
        verbose_name = "reply to the disagreement"

    def headline(self) -> str:
        return self.get_result_display()


class CaseDocument(StepRecord):
    """A file put on a case. The file itself is read by whoever reads this record of it."""

    carries = ("document",)
    told_as = {"title": "What it is", "note": "Note", "document": "File"}
    title = models.CharField("what is it?", max_length=200)
    note = models.TextField("anything others should know about it", blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name="file")

    class Meta(StepRecord.Meta):
        verbose_name = "document"

    def headline(self) -> str:
        return self.title


class Letter(StepRecord):
    """A letter or record sent to people of the case. What each got is on their copy; what was sent is never corrected."""

    correctable = False
    told_as = {"subject": "What it is", "text": "What was written", "looked_again": "Why somebody outside may be named"}
    subject = models.CharField("what is it?", max_length=200)
    text = models.TextField("what do you write?")
    looked_again = models.TextField("why may somebody outside the family be named?", blank=True)

    def headline(self) -> str:
        return self.subject


class LetterCopy(StepLine):
    """One person's copy of a letter, as it went out: without what is hidden from them."""

    spoken = ("copy", "copies")
    told_as = {"person": "To", "address": "Where", "text": "What they got", "removed": "Taken out of their copy"}
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    address = models.CharField("sent to", max_length=300, blank=True)
    text = models.TextField("what they got")
    removed = models.TextField("taken out", blank=True)

    class Meta(StepLine.Meta):
        verbose_name_plural = "letter copies"
