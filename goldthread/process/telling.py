"""Who is told that something was recorded: notices without personal data, in the same transaction."""
from __future__ import annotations

from dataclasses import replace

from goldthread.access.actor import Actor
from goldthread.notify.actions import Notice, to_agency, to_desk, to_team, to_user
from goldthread.process import readers
from goldthread.process.definition import Standing, Step
from goldthread.process.models import Case, Event


def tell(case: Case, step: Step, event: Event, actor: Actor) -> None:
    """Queue the notices a step's `tells` names, and one to each agency it asks. Nobody hears of what they may not read.

    A record's `notice_words` and `asked_words` say it in plainer words than its name does; `notice_words` may be one text
    for each outcome.
    """
    event.refresh_from_db(fields=["readers", "denied"])  # settling may have let the newly allocated worker in
    about = {"readers": tuple(event.readers), "denied": tuple(event.denied)}
    words = _words(step, "notice_words", event.outcome) or f"{step.name} recorded"
    notice = Notice(case.partnership_id, words, kind=step.key, reference=case.reference, **about)
    who = {"but": actor.user.pk, "now": event.recorded_at}
    for standing in step.tells:
        if standing is Standing.DESK and case.allocated_to_id:
            to_user(case.allocated_to_id, notice, **who)
        elif standing is Standing.DESK:
            to_desk(case.at_desk, notice, **who)
        elif standing is Standing.OFFERED and case.offered_to and not case.offered_team_id:
            to_desk(case.offered_to, notice, **who)
        elif standing is Standing.OFFERED_TEAM and case.offered_team_id:
            to_team(case.offered_team_id, replace(notice, text=_words(step, "team_words") or notice.text), **who)
        elif standing is Standing.AUTHOR:  # of what this answers; they may not read it any more, so nothing is named
            asked = case.events.filter(step__in=[need.key for need in step.needs], pk__lt=event.pk).last()
            to_user(asked.recorded_by_id, replace(notice, reference="", readers=(), denied=()), **who)
        elif standing is Standing.ABOUT and case.about_agency_id:
            to_agency(case.about_agency_id, notice, also=case.process.rights_about, **who)
        elif standing is Standing.STARTER and case.process.sender_only:
            if sent_by := readers.sender(case):
                to_user(sent_by, notice, **who)
        elif standing is Standing.STARTER:
            to_agency(case.started_by_id, notice, **who)
        elif standing is Standing.ALLOCATED and case.allocated_to_id:
            to_user(case.allocated_to_id, notice, **who)
    for ask in event.asks_made.all():
        answer = case.process.step(ask.step)
        words = _words(answer, "asked_words") or f"You are asked: {answer.name.lower()}"
        asked = Notice(case.partnership_id, words, kind=ask.step, ask=ask.pk, due=ask.due,
                       readers=tuple(ask.readers), denied=tuple(ask.denied))
        to_agency(ask.agency_id, asked, reads=case.process.asked, also={seat.right for seat in answer.by}, **who)


def _words(step: Step, name: str, outcome: str = "") -> str:
    found: str | dict[str, str] = getattr(step.record, name, "")
    return found if isinstance(found, str) else found.get(outcome, "")
