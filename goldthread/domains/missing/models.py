"""What is recorded of one missing episode, from the report to what follows from it."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from goldthread.access.policy import May
from goldthread.process.fields import CodeField
from goldthread.process.models import (
    AgencyLine,
    AllocationRecord,
    PersonLine,
    StepLine,
    StepRecord,
    WithChildren,
)
from goldthread.process.models.records import title_of


class MissingReport(WithChildren):
    """A child is missing, or away without permission. When this happened is when the child was reported."""

    notice_words = "A child was reported missing"
    LIVES = [("home", "At home"), ("looked-after", "Looked after by this council"),
             ("placed-here", "Placed here by another council"), ("placed-out", "Placed by this council in another area")]
    happened_at = models.DateTimeField("when was the child reported missing?")
    last_seen_at = models.DateTimeField("when did a responsible adult last see the child?")
    kind = CodeField("missing, or away without permission?", codes="missing-types")
    reported_by = models.CharField("who reported it?", max_length=200)
    lives = models.CharField("where does the child live?", max_length=12, choices=LIVES)
    other_council = models.CharField("which other council is involved?", max_length=120, blank=True)
    police_reference = models.CharField("police reference", max_length=40, blank=True)
    circumstances = models.TextField("what happened, and where may the child be?")
    family = models.TextField("which adults in the child's life were asked, the mother and the father included?", blank=True)
    trigger_plan = models.BooleanField("is there a plan for when this child goes missing?")
    worries = models.TextField("what makes it more dangerous for this child?", blank=True)
    child_stated = models.CharField("the child's name and date of birth, if you cannot choose them below",
                                    max_length=200, blank=True)

    @classmethod
    def titled(cls, record: Any, lines: list[Any]) -> str:
        """The child chosen, or as whoever reported it stated them until the desk has found who it is."""
        named = cls.children_in(lines)
        return title_of(named) if named or not record.child_stated else record.child_stated

    def clean(self) -> None:
        super().clean()
        if self.last_seen_at and self.happened_at and self.last_seen_at > self.happened_at:
            raise ValidationError({"last_seen_at": "A child is last seen before being reported missing"})


class MissingChild(PersonLine):
    """The child who is missing, and those near them."""


class MissingWorker(AllocationRecord):
    """Who follows the episode."""

    to_do = "Name the worker"
    given_to = May.WORK_EXPLOITATION

    class Meta(AllocationRecord.Meta):
        verbose_name = "worker named"


class RiskGrade(StepRecord):
    """The police's grade of risk. Each grading stays, with its reason."""

    mark_of = "risk"
    told_as = {"grade": "Grade", "graded_by": "By whom", "reason": "Why"}
    grade = CodeField("how high is the risk?", codes="missing-risk-grades")
    graded_by = models.CharField("who graded it?", max_length=120)
    reason = models.TextField("why?")
    police_reference = models.CharField("police reference, if it is new", max_length=40, blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "risk grade"

    def headline(self) -> str:
        field: Any = self._meta.get_field("grade")
        return f"Risk {field.words(self.grade).lower()}"


class AgencyCheck(StepRecord):
    """Agencies asked whether they know where the child may be, or have seen them."""

    to_do = "Ask agencies"
    told_as = {"about": "About whom", "needed": "What we ask"}
    about = models.TextField("who is this about?", help_text="Only what they need to find the right child")
    needed = models.TextField("what do you want to know?")

    class Meta(StepRecord.Meta):
        verbose_name = "agencies asked"
        verbose_name_plural = "agencies asked"


class CheckedAgency(AgencyLine):
    """An agency asked, and by when."""


class AgencyCheckReply(StepRecord):
    """What an agency knows of where the child may be."""

    notice_words, asked_words = "An agency has answered", "A child is missing: please say what you know"
    one_click = ("Nothing known to us", {"answer": "nil"})
    reveals = {"answer": {"known": ("information",)}}
    required_when_shown = ("information",)
    KNOWN = [("known", "Yes, we know something"), ("nil", "No, nothing")]
    answer = models.CharField("do you know where the child may be, or with whom?", max_length=6, choices=KNOWN)
    information = models.TextField("what do you know?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "agency's answer"

    @property
    def is_nil(self) -> bool:
        return self.answer == "nil"


class MissingNews(StepRecord):
    """Something heard or done while the child is missing: a sighting, a message, a place looked at."""

    notice_words = "There is news of a missing child"
    news = models.TextField("what is new?")

    class Meta(StepRecord.Meta):
        verbose_name = "news while missing"
        verbose_name_plural = "news while missing"


class MissingMeeting(StepRecord):
    """A strategy meeting on a child who is still missing: who met and what each will do."""

    who = models.TextField("who met?")
    plan = models.TextField("what will be done, by whom and when?")

    class Meta(StepRecord.Meta):
        verbose_name = "missing strategy meeting"


class MissingFound(StepRecord):
    """The episode ends. When this happened is when the child came back or was found."""

    notice_words = "A missing child has been found"
    happened_at = models.DateTimeField("when was the child found, or came back?")
    ending = CodeField("how did it end?", codes="missing-endings")
    where = models.CharField("where was the child?", max_length=240, blank=True)
    with_whom = models.TextField("who was with the child?", blank=True)
    harm = CodeField("did the child come to harm?", codes="missing-harms")
    harm_words = models.TextField("what harm?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "found"
        verbose_name_plural = "found"

    def clean(self) -> None:
        super().clean()
        if self.harm and self.harm not in ("none", "not-known") and not self.harm_words.strip():
            raise ValidationError({"harm_words": "Say what happened to the child"})

    def headline(self) -> str:
        field: Any = self._meta.get_field("ending")
        return str(field.words(self.ending))


class PreventionInterview(StepRecord):
    """The police speak with the child as soon as possible: is the child safe, and what would keep them safe?"""

    RESULTS = [("done", "Done"), ("refused", "The child did not want to speak"), ("not-done", "Not done")]
    result = models.CharField("was it done?", max_length=8, choices=RESULTS)
    said = models.TextField("what did the child say, or why was it not done?")

    class Meta(StepRecord.Meta):
        verbose_name = "police prevention interview"


class InterviewOffer(StepRecord):
    """The return home interview offered to the child: accepted, refused, or not offered and why."""

    reveals = {"answer": {"refused": ("reason",), "not-offered": ("reason",)}}
    required_when_shown = ("reason",)
    ANSWERS = [("accepted", "Offered and accepted"), ("refused", "Offered and refused"), ("not-offered", "Not offered")]
    answer = models.CharField("was the interview offered, and accepted?", max_length=11, choices=ANSWERS)
    reason = models.TextField("why not?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "return home interview offered"

    def headline(self) -> str:
        return self.get_answer_display()


class ReturnInterview(StepRecord):
    """The child speaks with somebody independent about why they went, what happened, and what would help. Harm found
    here does not wait for what is decided on the episode."""

    HARM = [("no", "No sign of significant harm"),
            ("yes", "Significant harm is feared: a strategy discussion is needed")]
    independence = models.CharField("how is the interviewer independent?", max_length=200)
    seen_alone = models.BooleanField("did the child speak alone with the interviewer?")
    child_voice = models.TextField("what did the child say, in their own words?")
    where_been = models.TextField("where was the child, and with whom?", blank=True)
    would_help = models.TextField("what would help the child not to go again, or be safer?")
    may_share = models.TextField("what does the child not want shared, and with whom?", blank=True)
    harm = models.CharField("may the child be suffering significant harm?", max_length=3, choices=HARM)

    class Meta(StepRecord.Meta):
        verbose_name = "return home interview"

    def headline(self) -> str:
        return self.get_harm_display()


class Factor(StepLine):
    """One thing that pushed the child away or pulled them elsewhere."""

    spoken = ("push or pull factor", "push and pull factors")
    factor = CodeField("what pushed or pulled the child?", codes="missing-factors")
    note = models.CharField("in the child's words", max_length=240, blank=True)

    class Meta(StepLine.Meta):
        verbose_name = "push or pull factor"


class FindingsShared(StepRecord):
    """What was learnt is shared with those who can act on it, and no more than they need."""

    told_as = {"about": "About whom", "findings": "What was learnt", "wanted": "What we hope you will do"}
    about = models.TextField("who is this about?")
    findings = models.TextField("what should they know?")
    wanted = models.TextField("what do you hope they will do?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "findings shared"
        verbose_name_plural = "findings shared"


class SharedAgency(AgencyLine):
    """An agency told, and by when it should have read it."""

    spoken = ("agency told", "agencies told")


class FindingsRead(StepRecord):
    """An agency has read the findings and says what it will do."""

    asked_words = "Please read what was learnt after a child was missing"
    one_click = ("We have read it", {})
    will_do = models.TextField("what will you do?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "findings read"
        verbose_name_plural = "findings read"


class EpisodeOutcome(StepRecord):
    """What follows from the episode, with earlier ones in mind."""

    RESULTS = [("nothing-more", "Nothing more is needed"), ("plan", "Goes into a plan there is"),
               ("strategy", "A strategy discussion"), ("exploitation", "The exploitation panel"),
               ("help", "Early help or an assessment")]
    result = models.CharField("what follows?", max_length=12, choices=RESULTS)
    pattern = models.TextField("what do earlier episodes tell?", blank=True)
    reason = models.TextField("why?")

    class Meta(StepRecord.Meta):
        verbose_name = "outcome of the episode"
        verbose_name_plural = "outcomes of the episode"

    def headline(self) -> str:
        return self.get_result_display()
