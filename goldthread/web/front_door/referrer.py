"""What whoever got in touch sees of their contact, and what the front door is reminded of."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access.actor import Refused
from goldthread.access.policy import May
from goldthread.domains.front_door.advice import (
    asked_about_consent,
    before_deciding,
    school_not_told,
    unverified,
)
from goldthread.domains.front_door.models import (
    AnswerToReferrer,
    Contact,
    Decision,
    EncompassNotice,
    HandOver,
    Message,
    NewInformation,
)
from goldthread.domains.front_door.outcomes import following, words
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.models import Case, Disagreement, DisagreementReply
from goldthread.process.rights import Work
from goldthread.web.casework.case import framed, line_tables, only_referred, opened
from goldthread.web.casework.forms import submission_of
from goldthread.web.casework.special import Advice
from goldthread.web.casework.words import answers
from goldthread.web.components import Link, Row
from goldthread.web.front_door.dressing import conversation
from goldthread.web.middleware import needs

ACTIONS = ((NewInformation, "Add information"), (Message, "Send a message"))


def summary(request: Any, case: Case) -> HttpResponse | None:
    """The contact as its referrer sees it: what has become of it, what was answered, and what they can do."""
    if not only_referred(request.actor, case):
        return None
    work = Work.on(case)
    event, told = case.last(Contact.step_key()), case.last(AnswerToReferrer.step_key())
    due = case.clockrows.filter(step=AnswerToReferrer.step_key(), stopped=None).order_by("due").first()
    can = [(model.step_key(), words_) for model, words_ in ACTIONS
           if work.may_record(request.actor, case.process.step(model.step_key()))]
    disagree = bool(work.may_record(request.actor, case.process.step(Disagreement.step_key())))
    asked, mine = asked_about_consent(case), conversation(case)
    waiting = asked is not None and not any(m.event.agency_id == case.started_by_id and m.event_id > asked.pk
                                            for m in mine)
    return render(request, "front_door/referrer.html", framed(
        request, case, status=status(case), told=told.record if told else None, due=due, can=can, disagree=disagree,
        disputes=_disputes(case), messages_before=mine, consent_wanted=waiting and can,
        record=[Row(k, v) for k, v in answers(event.record)], lines=line_tables(case, event), event=event))


def status(case: Case) -> str:
    """Where the contact stands, in a referrer's words: nothing of ratings or of what partners said."""
    if case.recorded(AnswerToReferrer.step_key()):
        return "We have decided and answered you."
    if case.closed_at or case.stage == "Telling and handing over":
        return "We have decided and will answer you next."
    if case.allocated_to_id:
        return f"{case.allocated_to} at the front door is working on it."
    return "The front door has it and is reading it." if case.stage == "Screening" else "The front door is working on it."


def _disputes(case: Case) -> list[tuple[Any, list[Row]]]:
    """Disagreements and the answers to them, oldest first."""
    keys = (Disagreement.step_key(), DisagreementReply.step_key())
    return [(event, [Row(k, v) for k, v in answers(event.record)]) for event in case.recorded(*keys)]


def advice(request: Any, case: Case) -> list[Advice]:
    """What is worth doing on a contact now. For those who work it."""
    if not request.actor.may(May.WORK_FRONT_DOOR):
        return []
    decision = Decision.last_of(case)
    found = _decided(request, case, decision) if decision else _undecided(request, case)
    if school_not_told(case) and _may(request, case, EncompassNotice):
        found.append(Advice("Police were called to domestic abuse and no school has been told.",
                            _step(case, EncompassNotice, "Tell the school")))
    return found


def _undecided(request: Any, case: Case) -> list[Advice]:
    links = {"people": ("identification", "Identify them"), "referrer": ("referrer-check", "Record the check"),
             "rating": ("rating", "Consider the rating again")}
    found = []
    for item in before_deciding(case, request.now):
        if item.key in links:
            step, said = links[item.key]
            found.append(Advice(item.words, Link(said, reverse("record", args=[case.reference, step]))))
        elif item.key == "consent" and not unverified(case):
            found.append(Advice(item.words, post=reverse("ask_consent", args=[case.reference]),
                                button="Ask the referrer about consent"))
        elif item.key in ("consent-asked", "replies"):
            found.append(Advice(item.words))
    return found


def _decided(request: Any, case: Case, decision: Decision) -> list[Advice]:
    found = []
    if _may(request, case, AnswerToReferrer) and not _done(case, AnswerToReferrer):
        found.append(Advice("The referrer has not been told yet.", _step(case, AnswerToReferrer, "Tell them")))
    if _may(request, case, HandOver) and not _done(case, HandOver) and any(
            following()[each].passes_on for each in decision.details()):
        found.append(Advice("What was decided is taken up elsewhere.", _step(case, HandOver, "Hand it over")))
    return found


def _done(case: Case, model: Any) -> bool:
    return bool(case.recorded(model.step_key()))


def _may(request: Any, case: Case, model: Any) -> bool:
    return bool(Work.on(case).may_record(request.actor, case.process.step(model.step_key())))


def _step(case: Case, model: Any, said: str) -> Link:
    return Link(said, reverse("record", args=[case.reference, model.step_key()]))


@needs(May.WORK_FRONT_DOOR)
def ask_consent(request: Any, reference: str) -> HttpResponse:
    """One button: ask the referrer whether the family knows and agrees."""
    case = opened(request, reference)
    if request.method != "POST":
        raise Http404
    writing = Writing(Message(about="consent", text=words()["consent"]), submission=submission_of(request.POST))
    try:
        with transaction.atomic():
            actions.record(actor=request.actor, case=case, step=case.process.step(Message.step_key()),
                           writing_=writing, now=request.now)
        messages.success(request, "The referrer has been asked about consent")
    except (Refused, ValidationError) as refused:
        messages.error(request, str(refused))
    return redirect("case", case.reference)
