"""What is said of a number: a comment that explains it, a challenge, and the answer to one."""
from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, Refused, acting, system_for, writing
from goldthread.access.policy import May, figures_token
from goldthread.measure.indicators import Indicator
from goldthread.measure.models import Said


def comment(*, actor: Actor, each: Indicator, period: str, text: str, now: datetime) -> Said:
    """Explain a number. Raises Refused for who neither keeps the scorecard nor answers for it; ValidationError."""
    insist_answers(actor, each)
    return _say(actor, each, "comment", period, text, now)


def challenge(*, actor: Actor, each: Indicator, period: str, text: str, now: datetime) -> Said:
    """Ask about a number: anybody who sees it may. Raises Refused, ValidationError."""
    actor.require(May.SEE_FIGURES)
    return _say(actor, each, "challenge", period, text, now)


def answer(*, actor: Actor, each: Indicator, question: Said, text: str, now: datetime) -> Said:
    """Answer a challenge. Raises as `comment`."""
    insist_answers(actor, each)
    if question.kind != "challenge" or question.indicator != each.key:
        raise ValidationError({"text": "That is no challenge of this number"})
    return _say(actor, each, "answer", question.period, text, now, question)


def answers_for(actor: Actor, each: Indicator) -> bool:
    """Whether somebody keeps the scorecard, or is of the kind of agency that answers for the indicator."""
    return actor.may(May.KEEP_SCORECARD) or actor.may(May.SEE_FIGURES) and actor.agency.kind == each.owner


def insist_answers(actor: Actor, each: Indicator) -> None:
    if not answers_for(actor, each):
        raise Refused("Only those who keep the scorecard, and the agency that answers for the number, can do this")


@transaction.atomic
def _say(actor: Actor, each: Indicator, kind: str, period: str, text: str, now: datetime, to: Said | None = None) -> Said:
    if not text.strip():
        raise ValidationError({"text": "Write what you want to say"})
    with acting(system_for(actor)), writing():
        return Said.objects.create(
            partnership=actor.partnership, readers=[figures_token(actor.partnership.pk)], indicator=each.key, kind=kind,
            period=period, text=text.strip(), answers=to, by=actor.user, agency=actor.agency, at=now)
