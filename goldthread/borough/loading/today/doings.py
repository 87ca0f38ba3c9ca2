"""What is done about a contact in the scene: one function a kind of doing, each through the actions of the casework."""
from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from goldthread.borough.loading import screening
from goldthread.borough.loading.today.moments import ago, later
from goldthread.domains.front_door import models as m
from goldthread.domains.front_door.encompass import due_for
from goldthread.domains.front_door.outcomes import answer_words, national
from goldthread.domains.front_door.outcomes import words as usual
from goldthread.people import actions as people
from goldthread.process import confining, mending
from goldthread.process.actions import Writing, record
from goldthread.process.drafts import DraftStore
from goldthread.process.models import Ask, Disagreement

if TYPE_CHECKING:
    from goldthread.borough.loading.today.cast import Cast
    from goldthread.borough.loading.today.scene import Stage

WORKER, MANAGER = "mash-worker's colleague", "mash-manager's colleague"
DRAFT = UUID(int=7)  # any number: a draft is known by its owner and this


def _do(stage: Stage, who: str, at: datetime, made: Any, lines: tuple[Any, ...] = (), ask: Ask | None = None) -> Any:
    made.happened_at = at
    step = stage.case.process.step(made.step_key())
    actor = stage.cast.answering(ask.agency_id, at) if ask else stage.cast.actor(who, at)
    return record(actor=actor, case=stage.case, step=step, writing_=Writing(made, lines), now=at, ask=ask)


def allocate(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    _do(stage, MANAGER, at, m.Allocation(worker_id=stage.cast.user(doing["to"]), reason=doing.get("why", "")))


def rate(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    _do(stage, WORKER, at, m.Rating(rag=doing["rag"], reason=doing["why"]))


def identify(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    """Everybody the contact names, tied to their records."""
    rows = m.ContactPerson.objects.filter(case=stage.case).order_by("pk")
    lines = tuple(m.IdentifiedPerson(stated=line, person_id=stage.door.person(said.true_id), capacity=line.capacity,
                                     reason="Name, date of birth and family agree with the record")
                  for said, line in zip(stage.contact.people, rows, strict=True))
    _do(stage, WORKER, at, m.Identification(), lines)


def ask(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    due = later(doing["within"], at)
    lines = tuple(m.RequestedAgency(agency_id=stage.cast.agency(name), due=due) for name in doing["agencies"])
    _do(stage, WORKER, at, m.InformationRequest(
        purpose=usual()["purpose"]["screening"], lawful_basis="public-task", about=screening.about(stage.contact),
        needed=usual()["needed"]["screening"]), lines)


def answer(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    """A partner's answer: with `text`, or that nothing is known."""
    found = Ask.objects.get(case=stage.case, agency=stage.cast.agency(doing["agency"]), step="partner-reply")
    text = doing.get("text", "")
    _do(stage, "", at, m.PartnerReply(answer="known" if text else "nil", information=text,
                                      may_share="professionals" if text else "desk"), ask=found)


def message(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    text = doing.get("text") or usual()[doing["about"]]
    _do(stage, doing.get("who", WORKER), at, m.Message(about=doing["about"], text=text))


def more(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    _do(stage, doing["who"], at, m.NewInformation(information=doing["text"]))


def decide(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    detail, asked = doing["detail"], Ask.objects.filter(case=stage.case).exists()
    children = tuple(m.ChildOutcome(person_id=stage.door.person(said.true_id), detail=detail, outcome=national(detail))
                     for said in stage.contact.people if said.part == "subject")
    _do(stage, MANAGER, at, m.Decision(
        level=doing["level"], detail=detail, outcome=national(detail), rationale=doing["why"], partners_asked=asked,
        without_partners="" if asked else "What the referrer told us was enough to decide."), children)


def tell(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    _do(stage, WORKER, at, m.AnswerToReferrer(told=answer_words([doing["detail"]])))


def disagree(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    _do(stage, doing["who"], at, Disagreement(stage="1", about=doing["why"], wanted=doing["wanted"]))


def tell_school(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    """An Operation Encompass notice to the school persona's school, due before its next day begins."""
    said = stage.contact.people[0]
    due = due_for(stage.case.partnership, at).at
    line = m.EncompassSchool(agency_id=stage.cast.agency("school-lead"), child_name=f"{said.given} {said.surname}".strip(),
                             born_on=said.born, due=due)
    _do(stage, doing["who"], at, m.EncompassNotice(
        incident_at=stage.contact.received_at, child_present="yes", circumstances=doing["text"]), (line,))


def restrict(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    named = [stage.cast.user(name) for name in doing["named"]]
    confining.restrict(actor=stage.cast.actor(MANAGER, at), case=stage.case, named=named, reason=doing["why"], now=at)


def deny(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    """Keep one person of staff from everybody the contact is about."""
    user = stage.cast.user(doing["user"])
    for said in stage.contact.people:
        people.deny(actor=stage.cast.actor(MANAGER, at), now=at, person=stage.door.person(said.true_id), user=user,
                    reason=doing["why"])


def break_glass(stage: Stage, doing: dict[str, Any], at: datetime) -> None:
    mending.break_glass(actor=stage.cast.actor(doing["who"], at), reference=stage.case.reference, reason=doing["why"],
                        now=at)


Doing = Callable[["Stage", dict[str, Any], datetime], None]
DOINGS: dict[str, Doing] = {
    "allocate": allocate, "rate": rate, "identify": identify, "ask": ask, "answer": answer, "message": message,
    "more": more, "decide": decide, "tell": tell, "disagree": disagree, "tell-school": tell_school,
    "restrict": restrict, "deny": deny, "break-glass": break_glass,
}


def half_written(cast: Cast, draft: dict[str, Any], now: datetime) -> None:
    """A contact somebody began and has not sent."""
    at = ago(draft["ago"], now)
    actor = cast.actor(draft["by"], at)
    typed = {name: [value] for name, value in (m.Contact.known_of(actor) | draft["typed"]).items() if value}
    DraftStore(actor, f"start/front-door/{DRAFT}", f"user:{actor.user.pk}", at).save(
        {"typed": typed, "visited": draft["visited"]})
