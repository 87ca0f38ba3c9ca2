"""From the decision to the last word with whoever got in touch, as records."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from goldthread.borough.contacts.desk import DAY, after
from goldthread.borough.loading import recording as r
from goldthread.borough.loading.recording import FrontDoor
from goldthread.borough.records.contacts import Contact, Decision, Disagreement
from goldthread.borough.stories.planning import recorded
from goldthread.domains.front_door import models as m
from goldthread.domains.front_door.outcomes import answer_words, following
from goldthread.process.bulk import Planned
from goldthread.process.models import Disagreement as Raised
from goldthread.process.models import DisagreementReply
from goldthread.process.rows import made

#: Minutes after the decision until it is passed on, and until it is noted that nobody can be told.
PASSED_ON, NOTED = 10, 20
#: An answer that was forgotten is found in the looking through of overdue ones, so many working days on.
FOUND_AFTER, FOUND_SPREAD = 3, 12


def steps(contact: Contact, door: FrontDoor) -> Iterator[Planned]:
    """The decision and what follows from it; nothing for a contact not decided yet."""
    if contact.decision is None:
        return
    yield _decision(contact, contact.decision, door)
    detail = contact.decision.outcomes[0].local
    manager = door.hub(contact.decision.staff_id, contact)
    if following()[detail].passes_on:
        yield recorded(m.HandOver, contact.decision.at + timedelta(minutes=PASSED_ON), manager, to=detail,
                         note=contact.decision.rationale)
    yield _answer(contact, contact.decision, door)
    if contact.disagreement:
        yield from _disagreement(contact, contact.disagreement, door)


def _decision(contact: Contact, decision: Decision, door: FrontDoor) -> Planned:
    main = decision.outcomes[0]
    children = [made(m.ChildOutcome, person_id=door.person(each.true_id), detail=each.local, outcome=each.code)
                for each in decision.outcomes]
    asked = bool(contact.requests)
    return recorded(m.Decision, decision.at, door.hub(decision.staff_id, contact), children, level=str(decision.level),
                      detail=main.local, outcome=main.code, rationale=decision.rationale, partners_asked=asked,
                      without_partners="" if asked else r.words("without-partners", contact))


def _answer(contact: Contact, decision: Decision, door: FrontDoor) -> Planned:
    """What the referrer was told; noted where nobody could be, and late where it had been forgotten."""
    told, reply, who = answer_words([each.local for each in decision.outcomes]), contact.reply, contact.referrer
    if reply is not None:
        at, worker = reply.at, door.hub(reply.staff_id, contact)
        told += f"\n\n{r.words('by-phone', contact)}" if reply.how == "phone" else ""
    elif not (who.phone or who.email):
        at, worker = after(decision.at, NOTED), door.hub(decision.staff_id, contact)
        told = r.words("unreachable", contact)
    else:
        days = FOUND_AFTER + contact.contact_id % FOUND_SPREAD
        at, worker = after(decision.at, DAY * days), door.hub(None, contact)
        told += f"\n\n{r.words('found-late', contact)}"
    return recorded(m.AnswerToReferrer, at, worker, told=told)


def _disagreement(contact: Contact, found: Disagreement, door: FrontDoor) -> Iterator[Planned]:
    """Each stage raised and answered in turn; the last is settled, or still open."""
    raised_by = door.referrer(contact)
    moments = 2 * found.stage
    span = ((found.settled_at or door.now) - found.raised_at) / moments
    for stage in range(1, found.stage + 1):
        raised, answered = (_moment(found.raised_at, span, 2 * stage - part) for part in (2, 1))
        yield recorded(Raised, raised, raised_by, stage=str(stage), about=found.reason,
                         wanted=r.words("wanted", contact))
        last = stage == found.stage
        if last and found.settled_at is None:
            return
        result, heading = ("settled", "changed" if found.changed else "settled") if last else ("next-stage", "unsettled")
        yield recorded(DisagreementReply, found.settled_at if last else answered, door.hub(None, contact),
                         result=result, answer=r.words(heading, contact))


def _moment(begun: datetime, span: timedelta, number: int) -> datetime:
    return (begun + span * number).replace(microsecond=0)


def closes(planned: list[Planned]) -> bool:
    """Whether these records leave nothing to be done."""
    return any(isinstance(step.record, m.AnswerToReferrer) for step in planned)
