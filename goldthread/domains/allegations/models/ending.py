"""How an allegation ends: its outcome, what the employer does, and to whom the adult is referred."""
from __future__ import annotations

from django.db import models

from goldthread.process.fields import CodeField
from goldthread.process.models import StepRecord


class AllegationOutcome(StepRecord):
    """What was found, by the national words."""

    told_as = {"outcome": "Outcome", "reason": "Why", "learnt": "What was learnt"}
    outcome = CodeField("what is the outcome?", codes="allegation-outcomes")
    reason = models.TextField("on what does it rest?")
    learnt = models.TextField("what can be learnt from it?", blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "outcome"

    def headline(self) -> str:
        return str(self._meta.get_field("outcome").words(self.outcome))  # type: ignore[union-attr]


class OutcomeTold(StepRecord):
    """Whoever reported it, the employer, the adult and the child's family are told of the outcome."""

    to_do = "Tell of the outcome"
    notice_words = "An allegation you reported has been concluded"
    told_as = {"text": "What you are told"}
    text = models.TextField("what do you tell whoever reported it?")

    class Meta(StepRecord.Meta):
        verbose_name = "telling of the outcome"


class EmployerDecision(StepRecord):
    """What the employer decided to do when it knew the outcome."""

    WAYS = [("none", "Nothing more is needed"), ("no-formal", "Something without a formal procedure"),
            ("hearing", "A disciplinary hearing"), ("gone", "They are dismissed, resigned or no longer used")]
    way = models.CharField("what did the employer decide?", max_length=10, choices=WAYS)
    reason = models.TextField("why?")

    class Meta(StepRecord.Meta):
        verbose_name = "employer's decision"

    def headline(self) -> str:
        return self.get_way_display()


class EmployerAction(StepRecord):
    """What the employer did without a formal procedure."""

    what = models.TextField("what was done?")

    class Meta(StepRecord.Meta):
        verbose_name = "employer's action"


class DisciplinaryHearing(StepRecord):
    """The employer's hearing and what it came to."""

    result = models.TextField("what did the hearing decide?")

    class Meta(StepRecord.Meta):
        verbose_name = "disciplinary hearing"


class ReferralDuty(StepRecord):
    """Whether the adult was removed, or would have been, so that the employer must refer them."""

    happened_at = models.DateTimeField("when were they removed, or when was it decided that they would have been?")
    NEEDED = [("yes", "Yes: they were removed, or would have been"), ("no", "No")]
    needed = models.CharField("must the employer refer them?", max_length=4, choices=NEEDED)
    reason = models.TextField("why?")

    class Meta(StepRecord.Meta):
        verbose_name = "duty to refer"
        verbose_name_plural = "duty to refer"

    def headline(self) -> str:
        return self.get_needed_display()


class Referral(StepRecord):
    """A referral made to the barring service or a regulator."""

    BODIES = [("barring", "Disclosure and Barring Service"), ("teaching", "Teaching Regulation Agency"),
              ("ofsted", "Ofsted"), ("other", "Another regulator")]
    body = models.CharField("to whom?", max_length=8, choices=BODIES)
    referred_by = models.CharField("who made it?", max_length=200)
    their_reference = models.CharField("their reference", max_length=60, blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "referral to the barring service or a regulator"
        verbose_name_plural = "referrals to the barring service or a regulator"

    def headline(self) -> str:
        return self.get_body_display()


class OfstedTold(StepRecord):
    """An early years provider has told Ofsted of the allegation."""

    to_do = "Tell Ofsted"
    told_by = models.CharField("who told them?", max_length=200)
    their_reference = models.CharField("their reference", max_length=60, blank=True)

    class Meta(StepRecord.Meta):
        verbose_name = "notice to Ofsted"
