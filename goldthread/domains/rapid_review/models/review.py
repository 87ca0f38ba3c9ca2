"""The rapid review: what agencies tell, what is found, the decision, who signs it, and what the panel says."""
from __future__ import annotations

from django.db import models

from goldthread.process.models import AgencyLine, StepRecord


class SummaryRequest(StepRecord):
    """Agencies asked to put their records away safely and to tell what they did for the child."""

    to_do = "Ask agencies for their summaries"
    told_as = {"about": "About whom", "period": "For which time", "asked": "What is asked"}
    about = models.TextField("who is this about?", help_text="Only what agencies need to find the right records.")
    period = models.CharField("for which time?", max_length=200)
    asked = models.TextField("what do you ask of them?")

    class Meta(StepRecord.Meta):
        verbose_name = "request for agencies' summaries"
        verbose_name_plural = "requests for agencies' summaries"


class SummaryAgency(AgencyLine):
    """One agency asked for its summary."""


class AgencySummary(StepRecord):
    """What one agency did for the child, what went well, and what it learns."""

    notice_words, asked_words = "An agency's summary came in", "Please send your agency's summary for a rapid review"
    reveals = {"known": {"yes": ("involvement", "well", "learning", "immediate")}}
    required_when_shown = ("involvement", "learning")
    told_as = {"known": "Known to them", "involvement": "What they did", "well": "What went well",
               "learning": "What they learn", "immediate": "What they changed at once"}
    KNOWN = [("yes", "Yes"), ("nil", "No, not known to us")]
    known = models.CharField("did your agency know the child or the family?", max_length=4, choices=KNOWN)
    involvement = models.TextField("what did your agency know and do, and when?", blank=True)
    well = models.TextField("what went well?", blank=True)
    learning = models.TextField("what do you learn from it?", blank=True)
    immediate = models.TextField("what have you changed already?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "agency's summary"
        verbose_name_plural = "agencies' summaries"

    @property
    def is_nil(self) -> bool:
        return self.known == "nil"

    def headline(self) -> str:
        return "Not known to them" if self.is_nil else "Summary given"


class RapidReview(StepRecord):
    """The review meeting: the facts gathered, what must be done at once, and what could be learnt."""

    to_do = "Write the rapid review"
    facts = models.TextField("what are the facts, as agencies' summaries give them?")
    child = models.TextField("what was the child's life like, day by day?")
    immediate = models.TextField("what must be done at once, and by whom?")
    themes = models.TextField("what could be learnt from it?")
    adults = models.TextField("what is known of the mother, the father and other adults in the child's life?")
    family = models.TextField("what did the child and the family say?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "rapid review"


class ReviewDecision(StepRecord):
    """Whether there is to be a local child safeguarding practice review, and why."""

    to_do = "Decide on a local review"
    notice_words = "A rapid review waits for the lead partners to sign it"
    told_as = {"decision": "Decided", "reason": "Why", "national": "A national review", "other": "Another way to learn"}
    DECISIONS = [("lcspr", "Yes: a local child safeguarding practice review"), ("no", "No local review")]
    decision = models.CharField("is there to be a local review?", max_length=8, choices=DECISIONS)
    reason = models.TextField("why?")
    national = models.TextField("does this raise what a national review should look at?")
    other = models.TextField("in which other way will you learn from it?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "decision on a local review"
        verbose_name_plural = "decisions on a local review"

    def headline(self) -> str:
        return self.get_decision_display()


class PartnerComment(StepRecord):
    """What a lead partner wants changed before signing."""

    to_do = "Say what must change first"
    wanted = models.TextField("what must change before you sign?")

    class Meta(StepRecord.Meta):
        verbose_name = "what a partner wants changed"
        verbose_name_plural = "what partners want changed"


class PartnerSignOff(StepRecord):
    """A lead safeguarding partner signs the rapid review and its decision; two different ones must."""

    to_do = "Sign as a lead partner"
    partner = models.CharField("for which safeguarding partner do you sign?", max_length=200,
                               help_text="Two people must sign, each for a different partner.")
    comment = models.TextField("anything you want recorded", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "signature of a lead partner"
        verbose_name_plural = "signatures of lead partners"

    def headline(self) -> str:
        return f"Signed for {self.partner}"


class SentToPanel(StepRecord):
    """The rapid review goes to the national panel, with the decision on a local review or without it."""

    to_do = "Send it to the national panel"
    happened_at = models.DateTimeField("when was it sent?")
    WITH = [("both", "The review with the decision and its reasons"), ("review", "The review; the decision follows")]
    sent = models.CharField("what was sent?", max_length=8, choices=WITH)
    why_late = models.TextField("if it was sent late, why?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "sending to the national panel"

    def headline(self) -> str:
        return self.get_sent_display()


class DecisionSent(StepRecord):
    """The decision on a local review and its reasons go to the national panel."""

    to_do = "Send the decision"
    happened_at = models.DateTimeField("when was it sent?")

    class Meta(StepRecord.Meta):
        verbose_name = "sending of the decision"


class PanelReply(StepRecord):
    """What the national panel answered."""

    to_do = "Record the panel's reply"
    REPLIES = [("agrees", "It agrees with the decision"), ("questions", "It asks to think again"),
               ("national", "It takes the case up nationally")]
    happened_at = models.DateTimeField("when did it answer?")
    reply = models.CharField("what does the panel say?", max_length=10, choices=REPLIES)
    text = models.TextField("in its own words")
    response = models.TextField("what do the partners do about it?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "the panel's reply"
        verbose_name_plural = "the panel's replies"

    def headline(self) -> str:
        return self.get_reply_display()
