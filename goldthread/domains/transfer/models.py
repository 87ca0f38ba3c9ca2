"""What is recorded when a child with a plan, or known to social care, moves to or from another area."""
from __future__ import annotations

from django.db import models

from goldthread.access.policy import May
from goldthread.process.models import AllocationRecord, PersonLine, StepRecord, WithChildren


class MoveNotice(WithChildren):
    """A vulnerable child has moved, or will. The time limit counts from when we were told that the move is for good."""

    notice_words = "A vulnerable child has moved"
    DIRECTIONS = [("in", "The child has moved here for good"), ("in-for-now", "The child is here for now"),
                  ("out", "The child has moved away")]
    KINDS = [("child-protection", "Child protection plan"), ("child-in-need", "Child in need plan"),
             ("looked-after", "Looked after by the other council, placed here"), ("assessment", "Being assessed"),
             ("other", "Known to be vulnerable in another way")]
    happened_at = models.DateTimeField("when were we told?", help_text="The time limit counts from then")
    direction = models.CharField("which way?", max_length=10, choices=DIRECTIONS)
    kind = models.CharField("what help has the child now?", max_length=16, choices=KINDS)
    moved_on = models.DateField("when did the child move?")
    area = models.CharField("which is the other area?", max_length=200)
    contact = models.TextField("who is the worker there, and how are they reached?")
    why = models.TextField("why did the child move, and who are they with?")
    risks = models.TextField("what must be known to keep the child safe now?")
    child_voice = models.TextField("what does the child say about the move?", blank=True)
    family = models.TextField("where are the mother, the father and other adults who matter to the child?", blank=True)

    def headline(self) -> str:
        return f"{self.get_direction_display()}: {self.area}"


class MovedPerson(PersonLine):
    """Somebody who has moved, and those who matter to them."""


class MoveWorker(AllocationRecord):
    """Who sees to the move."""

    given_to = May.WORK_SOCIAL_CARE


class PapersSent(StepRecord):
    """The child's papers sent to the other area, so that it can answer."""

    sent = models.TextField("what was sent, to whom, and how was it kept safe on the way?")

    class Meta(StepRecord.Meta):
        verbose_name = "papers sent"
        verbose_name_plural = "papers sent"


class MoveAnswer(StepRecord):
    """Whether whoever is asked to take the child's plan over does: we do, or the other area does."""

    reveals = {"answer": {"declined": ("reason",)}}
    required_when_shown = ("reason",)
    ANSWERS = [("accepted", "Accepted"), ("declined", "Declined")]
    answer = models.CharField("what is the answer?", max_length=8, choices=ANSWERS)
    reason = models.TextField("why not?", blank=True)
    meanwhile = models.TextField("who sees the child meanwhile?")

    class Meta(StepRecord.Meta):
        verbose_name = "answer"

    def headline(self) -> str:
        return self.get_answer_display()


class MoveInArranged(StepRecord):
    """What happens here for a child we have taken on."""

    RESULTS = [("conference", "A transfer-in conference"), ("child-in-need", "A child in need plan"),
               ("assessment", "An assessment"), ("none", "Nothing more")]
    result = models.CharField("what happens here?", max_length=13, choices=RESULTS)
    note = models.TextField("anything to note", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "next step here"
        verbose_name_plural = "next steps here"

    def headline(self) -> str:
        return self.get_result_display()


class MoveOutDone(StepRecord):
    """The other area has taken over, from this day."""

    note = models.TextField("what was handed over, and who told the family and the agencies here?")

    class Meta(StepRecord.Meta):
        verbose_name = "handed over to the other area"
        verbose_name_plural = "handed over to the other area"
