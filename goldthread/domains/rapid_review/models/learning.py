"""The local review and its report, and what is learnt: findings, recommendations, actions and whether they helped."""
from __future__ import annotations

from django.db import models

from goldthread.process.models import AgencyLine, StepLine, StepRecord


class ReviewerAppointed(StepRecord):
    """Who writes the local review, by which terms and method."""

    to_do = "Appoint the reviewer"
    reviewer = models.CharField("who is the reviewer?", max_length=200)
    terms = models.TextField("what is the reviewer to look at?")
    method = models.TextField("by which method?")
    involved = models.TextField("how will the child, the family and practitioners take part?")

    class Meta(StepRecord.Meta):
        verbose_name = "appointment of the reviewer"
        verbose_name_plural = "appointments of the reviewer"


class ReviewProgress(StepRecord):
    """The partners look at how the review goes on and how good it is."""

    to_do = "Check the review's progress"
    progress = models.TextField("how does the review go on, and is it good enough?")
    asked = models.TextField("what was asked of the reviewer in writing?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "check of the review's progress"
        verbose_name_plural = "checks of the review's progress"


class PublicationPlan(StepRecord):
    """The day on which the report is to be published."""

    to_do = "Plan the publication"
    publish_at = models.DateTimeField("when is it to be published?")
    readied = models.TextField("who is told before, and how are the child and the family prepared?")

    class Meta(StepRecord.Meta):
        verbose_name = "plan for publication"
        verbose_name_plural = "plans for publication"


class FinalReportSent(StepRecord):
    """The final report goes to the panel and the Secretary of State before it is published."""

    to_do = "Send the final report"
    happened_at = models.DateTimeField("when was it sent?")
    sent_to = models.TextField("to whom was it sent?")

    class Meta(StepRecord.Meta):
        verbose_name = "sending of the final report"


class Publication(StepRecord):
    """The report is published, or why it is not."""

    to_do = "Publish the review"
    reveals = {"result": {"published": ("where",), "withheld": ("why",)}}
    required_when_shown = ("where", "why")
    told_as = {"result": "What became of the report", "where": "Where it is published", "why": "Why it is withheld",
               "why_late": "Why it was late"}
    RESULTS = [("published", "It is published"), ("withheld", "It is not published: only its improvements are")]
    result = models.CharField("is the report published?", max_length=10, choices=RESULTS)
    where = models.CharField("where can it be read?", max_length=300, blank=True)
    why = models.TextField("why is it not published?", blank=True)
    why_late = models.TextField("if it took longer than six months, why, and when was the panel told?", blank=True)

    def headline(self) -> str:
        return self.get_result_display()


class LearningAgreed(StepRecord):
    """What was found and what is recommended, or why nothing more is to be done."""

    to_do = "Write down what was learnt"
    notice_words = "Learning from a review was agreed"
    RESULTS = [("actions", "There is something to do"), ("none", "Nothing more is to be done")]
    result = models.CharField("is there something to do?", max_length=8, choices=RESULTS)
    summary = models.TextField("what was learnt, in short?")

    class Meta(StepRecord.Meta):
        verbose_name = "what was learnt"
        verbose_name_plural = "what was learnt"

    def headline(self) -> str:
        return self.get_result_display()


class ReviewFinding(StepLine):
    """One finding and what is recommended because of it."""

    spoken = ("finding", "findings")
    told_as = {"finding": "Finding", "recommendation": "Recommendation"}
    finding = models.TextField("what was found?")
    recommendation = models.TextField("what is recommended because of it?")


class ActionsAgreed(StepRecord):
    """Actions given to agencies; each sees its own and reports when it is done."""

    to_do = "Give actions to agencies"
    told_as = {"note": "What to know"}
    note = models.TextField("what should every agency know?")

    class Meta(StepRecord.Meta):
        verbose_name = "actions given to agencies"
        verbose_name_plural = "actions given to agencies"


class ReviewAction(AgencyLine):
    """One action of one agency, from one recommendation."""

    spoken = ("action", "actions")
    recommendation = models.TextField("from which recommendation?")
    what = models.TextField("what is to be done?")
    owner = models.CharField("who sees to it at the agency?", max_length=200)


class ReviewActionDone(StepRecord):
    """An agency has done what it was given, what shows it, and what difference it makes."""

    notice_words, asked_words = "An agency has done its actions", "Your agency has actions from a review"
    told_as = {"evidence": "What shows it", "impact": "What is different"}
    evidence = models.TextField("what was done, and what shows it?")
    impact = models.TextField("what is different for children now?")

    class Meta(StepRecord.Meta):
        verbose_name = "actions done"
        verbose_name_plural = "actions done"


class ImpactSeen(StepRecord):
    """The partners look at whether it helped."""

    to_do = "Look at what changed"
    looked_at = models.TextField("what did you look at, and what is different for children?")
    more = models.TextField("what is still to be done, and where is that followed up?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "look at what changed"
        verbose_name_plural = "looks at what changed"
