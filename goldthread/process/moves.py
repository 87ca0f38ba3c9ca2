"""A child has moved: those who work with the child are told, so that a move to another area is not missed."""
from __future__ import annotations

from datetime import datetime

from goldthread.access.actor import Actor
from goldthread.notify.actions import Notice, to_desk, to_user
from goldthread.people.models import Person
from goldthread.process import registry
from goldthread.process.models import Case, CasePerson

TOLD = "A child you work with has a new address. Is it in another area?"
CHILDREN = ("child", "sibling")
NOT_WORK = ("front-door", "transfer")  # nobody works with the child yet, or it is the move itself


def follow_move(person: Person, actor: Actor, now: datetime) -> None:
    """Tell whoever each open case of a child is with, but for whoever recorded the address. On the system's authority,
    within the action that recorded it; the notice names nobody."""
    working = [p.key for p in registry.all_processes() if p.area == "children" and p.key not in NOT_WORK]
    rows = CasePerson.objects.filter(person=person, capacity__in=CHILDREN).values("case")
    for case in Case.objects.filter(pk__in=rows, process_key__in=working, closed_at=None, voided_at=None).order_by("pk"):
        notice = Notice(case.partnership_id, TOLD, kind="new-address", reference=case.reference,
                        readers=tuple(case.readers), denied=tuple(case.denied))
        if case.allocated_to_id:
            to_user(case.allocated_to_id, notice, but=actor.user.pk, now=now)
        else:
            to_desk(case.at_desk, notice, but=actor.user.pk, now=now)
