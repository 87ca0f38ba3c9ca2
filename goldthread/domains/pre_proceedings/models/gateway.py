"""Legal advice asked for and given, and the letter that starts pre-proceedings."""
from __future__ import annotations

from django.db import models

from goldthread.access.policy import May
from goldthread.process.fields import CodeField
from goldthread.process.models import AllocationRecord, PersonLine, StepRecord, WithChildren


class GatewayRequest(WithChildren):
    """The plan does not keep a child safe: legal advice is asked for."""

    notice_words = "A legal gateway meeting is wanted"
    why = models.TextField("why is legal advice needed?")
    tried = models.TextField("what has been tried, and what came of it?")
    father = models.TextField("who is the father, and what part do he and other adults play?",
                              help_text="If he was not spoken with, say why, and what was done to reach him")
    kin = models.TextField("who of the wider family could help or look after the child?")
    child_voice = models.TextField("what does the child say, and want to happen?")

    class Meta(StepRecord.Meta):
        verbose_name = "request for a legal gateway meeting"
        verbose_name_plural = "requests for a legal gateway meeting"


class ProceedingsPerson(PersonLine):
    """Somebody it is about: the children, both parents, those who share parental responsibility."""


class ProceedingsWorker(AllocationRecord):
    """Who works on this."""

    given_to = May.WORK_SOCIAL_CARE


class LegalGateway(StepRecord):
    """What was decided with legal advice. Pre-proceedings start on this day if that was decided."""

    outcome = CodeField("what was decided?", codes="legal-gateway-outcomes")
    threshold = models.BooleanField("is the legal threshold thought to be met?")
    reasons = models.TextField("why?")

    class Meta(StepRecord.Meta):
        verbose_name = "legal gateway meeting"

    def headline(self) -> str:
        return str(self._meta.get_field("outcome").words(self.outcome))


class LetterBeforeProceedings(StepRecord):
    """The letter to the parents that says what must change, sent on this day."""

    sent_to = models.TextField("to whom was it sent, the father included?")
    says = models.TextField("what does it say must change?")

    class Meta(StepRecord.Meta):
        verbose_name = "letter before proceedings"
        verbose_name_plural = "letters before proceedings"
