"""What is recorded of an agency's section 11 return."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from goldthread.domains.section_11.framework import standards
from goldthread.orgs.models import Agency
from goldthread.process.fields import CodeField
from goldthread.process.models import StepLine, StepRecord


class Section11Request(StepRecord):
    """An agency asked to account for how it keeps children safe, under the framework of the day."""

    to_do = "Ask agencies for their return"
    notice_words = "Your agency is asked for its section 11 return"
    told_as = {"agency": "Agency", "round": "Round", "framework": "Framework", "due": "To be sent by",
               "note": "What to know"}
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="which agency?")
    round = models.CharField("which round is this?", max_length=120)
    framework = CodeField("by which framework?", codes="section-11-frameworks")
    due = models.DateTimeField("by when must they send it?")
    note = models.TextField("what should they know?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "request for a return"
        verbose_name_plural = "requests for a return"

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        return Agency.objects.taking_part(actor.partnership, today)

    @classmethod
    def titled(cls, record: Any, lines: list[Any]) -> str:
        return f"{record.agency}: {record.round}"


class Section11Return(StepRecord):
    """The agency's answers, a line for each standard. Written again until a senior has signed it."""

    notice_words = "A section 11 return is written and waits for a senior to sign it"
    told_as = {"author": "Written by", "summary": "The year in short"}
    author = models.CharField("who wrote this return?", max_length=200)
    summary = models.TextField("what should the partnership know of your year?")

    class Meta(StepRecord.Meta):
        verbose_name = "section 11 return"

    @classmethod
    def initial_for(cls, actor: Any, case: Any) -> dict[str, Any]:
        """Whoever writes it is put down as its author."""
        return {"author": ", ".join(filter(None, [str(actor.user), actor.appointment.title]))}


class StandardAnswer(StepLine):
    """What an agency says of one standard: how it meets it, what shows that, its own score, and what it will do."""

    spoken, one_each = ("standard", "standards"), "standard"
    told_as = {"standard": "Standard", "statement": "How they meet it", "evidence": "What shows it",
               "score": "Their own score", "action": "What they will do"}
    standard = CodeField("which standard?", codes="section-11-standards", max_length=4)
    statement = models.TextField("how do you meet it?")
    evidence = models.TextField("what shows that you do?")
    score = CodeField("how far do you meet it?", codes="section-11-scores", max_length=4)
    action = models.TextField("what will you do about what is missing?", blank=True)

    def clean(self) -> None:
        super().clean()
        if self.score in ("0", "1") and not self.action.strip():
            raise ValidationError({"action": "Say what you will do, since the standard is not met yet"})


class ChangesWanted(StepRecord):
    """What the senior wants changed before signing."""

    to_do = "Ask for changes before signing"
    wanted = models.TextField("what must change first?")

    class Meta(StepRecord.Meta):
        verbose_name = "changes wanted before signing"
        verbose_name_plural = "changes wanted before signing"


class Section11SignOff(StepRecord):
    """A senior of the agency, who did not write the return, stands for it."""

    to_do = "Sign the return"
    position = models.CharField("you stand for the whole return as what?", max_length=200,
                                help_text="Your position in the agency. Sign only what you have read.")
    comment = models.TextField("anything the partnership should know from you", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "sign-off by a senior"
        verbose_name_plural = "sign-offs by a senior"

    @classmethod
    def initial_for(cls, actor: Any, case: Any) -> dict[str, Any]:
        """The title of whoever signs."""
        return {"position": actor.appointment.title}

    def clean(self) -> None:
        super().clean()
        missing = _unanswered(self.case) if self.case_id else []  # a form does not know the case yet
        if missing:
            raise ValidationError(f"Not answered yet: {'; '.join(missing)}")


def _unanswered(case: Any) -> list[str]:
    """The titles of the standards that the last return says nothing of, or says twice."""
    last = case.last(Section11Return.step_key())
    if last is None:
        return []
    said = list(StandardAnswer.objects.filter(event=last).values_list("standard", flat=True))
    return [title for code, title in standards(last.happened_at.date()) if said.count(code) != 1]


class Section11Submission(StepRecord):
    """The signed return is sent to the partnership."""

    to_do = "Send the return"
    notice_words = "A section 11 return was sent"
    note = models.TextField("anything to add", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "sending of the return"


class Challenge(StepRecord):
    """The partnership asks the agency to show more, or disputes a score."""

    to_do = "Challenge the return"
    notice_words = "The partnership has a question about your section 11 return"
    question = models.TextField("what do you question, and why?")
    answer_by = models.DateTimeField("answer by")


class ChallengeAnswer(StepRecord):
    """The agency's answer to a challenge."""

    to_do = "Answer the challenge"
    notice_words = "An agency has answered a challenge"
    answer = models.TextField("what do you answer?")

    class Meta(StepRecord.Meta):
        verbose_name = "answer to the challenge"


class Moderation(StepRecord):
    """The scores as the partnership sees them, and whether something is to be done."""

    to_do = "Moderate the return"
    notice_words = "Your section 11 return was moderated"
    told_as = {"result": "Result", "summary": "In short"}
    RESULTS = [("gaps", "There are gaps to close"), ("assured", "Assured: nothing more to do")]
    result = models.CharField("what is the result?", max_length=8, choices=RESULTS)
    summary = models.TextField("what do you tell the agency?")

    def headline(self) -> str:
        return self.get_result_display()


class ModeratedScore(StepLine):
    """One standard's score as the partnership sees it, and why."""

    spoken, one_each = ("moderated score", "moderated scores"), "standard"
    told_as = {"standard": "Standard", "score": "Moderated score", "why": "Why"}
    standard = CodeField("which standard?", codes="section-11-standards", max_length=4)
    score = CodeField("how far is it met?", codes="section-11-scores", max_length=4)
    why = models.TextField("why?", blank=True)


class GapPlan(StepRecord):
    """What the agency will do about each gap, by whom and by when."""

    to_do = "Plan for the gaps"
    notice_words = "An agency has planned what it will do"
    all_done_by = models.DateTimeField("by when will all of it be done?")

    class Meta(StepRecord.Meta):
        verbose_name = "plan for the gaps"
        verbose_name_plural = "plans for the gaps"


class GapAction(StepLine):
    """One action from one gap."""

    spoken = ("action", "actions")
    told_as = {"standard": "Standard", "what": "What will be done", "owner": "By whom", "due": "By when"}
    standard = CodeField("from which standard?", codes="section-11-standards", max_length=4)
    what = models.TextField("what will be done?")
    owner = models.CharField("who sees to it?", max_length=200)
    due = models.DateField("by when?")

    def __str__(self) -> str:
        return f"{self._meta.get_field('standard').words(self.standard)}: {self.what}"[:160]  # type: ignore[union-attr]


class ActionDone(StepRecord):
    """One action is done, and what shows it."""

    to_do = "Say that an action is done"
    told_as = {"action": "Action", "evidence": "What shows it", "difference": "What is different"}
    action = models.ForeignKey(GapAction, on_delete=models.PROTECT, related_name="+", verbose_name="which action is done?")
    evidence = models.TextField("what shows that it is done?")
    difference = models.TextField("what is different for children now?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "action done"
        verbose_name_plural = "actions done"

    @classmethod
    def choices_for(cls, name: str, actor: Any, today: date) -> Any:
        """The actions of agencies whose plans the acting person may see."""
        return GapAction.objects.filter(event__replaced_by=None).order_by("case", "due", "pk")

    def clean(self) -> None:
        super().clean()
        if self.action_id and self.case_id and self.action.case_id != self.case_id:
            raise ValidationError({"action": "Choose an action of this return"})


class ActionsClosed(StepRecord):
    """The partnership has seen that every action is done."""

    to_do = "Close the actions"
    looked_at = models.TextField("what did you look at, and what convinced you?")

    class Meta(StepRecord.Meta):
        verbose_name = "closing of the actions"

    def clean(self) -> None:
        super().clean()
        left = actions_left(self.case) if self.case_id else []
        if left:
            raise ValidationError(f"Not done yet: {'; '.join(str(action) for action in left)}")


def actions_left(case: Any) -> list[GapAction]:
    """The planned actions of a case that nobody has recorded as done, soonest due first."""
    done: Any = ActionDone.objects.filter(case=case, event__replaced_by=None)
    rows: Any = GapAction.objects.filter(case=case, event__replaced_by=None)
    return list(rows.exclude(pk__in=done.values("action")).order_by("due", "pk"))
