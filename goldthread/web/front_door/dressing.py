"""What stands around the generic forms of the front door: what a rating means, what may be missing, what is told."""
from __future__ import annotations

from typing import Any

from django.urls import reverse

from goldthread.domains.front_door.advice import before_deciding, since_rating, unverified
from goldthread.domains.front_door.asking import due_if_rated, limits
from goldthread.domains.front_door.identifying import contact_of
from goldthread.domains.front_door.models import (
    AnswerToReferrer,
    Decision,
    HandOver,
    Message,
    PartnerReply,
    Rating,
)
from goldthread.domains.front_door.outcomes import following, words
from goldthread.process.models import Case, Disagreement, DisagreementReply
from goldthread.process.rights import Work
from goldthread.process.settling import law_of
from goldthread.rules.codes import codes, label
from goldthread.web.casework.special import Dress
from goldthread.web.casework.words import COLOURS
from goldthread.web.components import Column, Row, Table, Tag


def rating(request: Any, case: Case) -> dict[str, Any]:
    """What each rating means, the time it gives here, and how this contact was rated before."""
    law, due = limits(case, request.now), due_if_rated(case, request.now)
    own = {rule.key for rule in law_of(case.partnership).local if rule.in_force(request.now.date())}
    meanings = []
    for code in codes("rag", request.now.date()):
        found = law.get(code.code)
        span = f"{found.span}{', set here' if found.key in own else ''}" if found else "No time limit"
        meanings.append([Tag(code.label.split(":")[0], COLOURS[code.code]), words()["rag"].get(code.code, code.label),
                         span, due.get(code.code, "")])
    table = Table("What each rating means", [Column("Rating"), Column("What it means"), Column("Time to decide"),
                                             Column("Due, if first rated now", "when")], meanings)
    return {"meanings": table, "history": ratings(case), "new": since_rating(case)}


def ratings(case: Case) -> Table:
    """Every rating of a contact, newest first, with its reason."""
    rows: Any = Rating.objects.filter(case=case, event__replaced_by=None).select_related(
        "event", "event__recorded_by").order_by("-happened_at", "-pk")
    lines = [[Tag(label("rag", row.rag).split(":")[0], COLOURS[row.rag]), row.happened_at, row.reason,
              f"Yes: {row.restart_reason}" if row.restart else "No", str(row.event.recorded_by)] for row in rows]
    return Table("Ratings so far", [Column("Rating"), Column("When", "ago"), Column("Why"),
                                    Column("Time limit started again"), Column("Who")], lines, nothing="Not rated yet.")


def answer(request: Any, case: Case) -> dict[str, Any]:
    """Whom to tell and how: somebody without an account is rung or written to."""
    contact, decision = contact_of(case), Decision.last_of(case)
    rows = [Row("Who got in touch", contact.referrer_name or "Gave no name"),
            Row("What was decided", decision.headline().removeprefix("Decided: ").capitalize() if decision else "")]
    return {"rows": rows, "by_hand": unverified(case) or not contact.referrer_name, "contact": contact,
            "nobody": not (contact.referrer_phone or contact.referrer_email)}


def after_answer(request: Any, case: Case) -> str:
    """On to the hand-over when what was decided is taken up elsewhere and nobody handed it over yet."""
    decision = Decision.last_of(case)
    onward = decision and any(following()[each].passes_on for each in decision.details())
    handed = case.standing_events().filter(step=HandOver.step_key()).exists()
    return reverse("record", args=[case.reference, HandOver.step_key()]) if onward and not handed else \
        reverse("case", args=[case.reference])


def disagreement(request: Any, case: Case) -> dict[str, Any]:
    """The stages and how long each may take here."""
    limit = law_of(case.partnership).limit("T29", request.now.date())
    asked = case.standing_events().filter(step__in=(Disagreement.step_key(), DisagreementReply.step_key()))
    return {"stages": [words for _, words in Disagreement.STAGES], "span": str(limit.span), "law": limit,
            "before": list(asked.select_related("agency").order_by("-happened_at", "-pk"))}


def message(request: Any, case: Case) -> dict[str, Any]:
    return {"messages_before": conversation(case)}


def conversation(case: Case) -> list[Any]:
    """The messages on a contact the reader may see, oldest first, each with its event."""
    rows: Any = Message.objects.filter(case=case, event__replaced_by=None)
    return list(rows.select_related("event", "event__agency", "event__recorded_by").order_by("happened_at", "pk"))


def deciding(request: Any, case: Case) -> dict[str, Any]:
    """What to think of before deciding, what partners said, and how each outcome is counted nationally."""
    replies: Any = PartnerReply.objects.filter(case=case, event__replaced_by=None)
    return {"missing": before_deciding(case, request.now), "contact": contact_of(case), "counted": counted(request),
            "replies": list(replies.select_related("event__agency").order_by("-happened_at", "-pk")),
            "may_ask": bool(Work.on(case).may_record(request.actor, case.process.step("information-request")))}


def counted(request: Any) -> Table:
    """How each outcome is proposed to be counted."""
    today = request.now.date()
    national = {code.code: code.label for code in codes("contact-outcomes", today)}
    lines = [[code.label, national[following()[code.code].national], following()[code.code].source]
             for code in codes("contact-outcome-details", today)]
    return Table("How outcomes are counted nationally", [Column("What happens next"), Column("Counted as"),
                                                        Column("Source")], lines, caption_hidden=True)


def after_decision(request: Any, case: Case) -> str:
    return reverse("record", args=[case.reference, AnswerToReferrer.step_key()])


DRESSES = {
    Rating.step_key(): Dress("front_door/rating.html", rating),
    Message.step_key(): Dress("front_door/message.html", message),
    AnswerToReferrer.step_key(): Dress("front_door/answer.html", answer, after_answer),
    Disagreement.step_key(): Dress("front_door/disagreement.html", disagreement),
}
DECIDING = Dress("front_door/decision.html", deciding, after_decision)
