"""A child has moved: those who work with the child are told, so that a move to another area is not missed."""
from __future__ import annotations

from datetime import datetime

from goldthread.access.actor import Actor
from goldthread.notify.actions import Notice, to_desk, to_user
from goldthread.orgs.bounds import inside
from goldthread.people.models import Address
from goldthread.process import registry
from goldthread.process.models import Case, CasePerson

#: By whether the new address lies in the partnership's area, None where that is not known.
TOLD = {None: "A child you work with has a new address. Is it in another area?",
        True: "A child you work with has a new address, inside your area",
        False: "A child you work with has moved out of your area. Begin the move to the other area"}
CHILDREN = ("child", "sibling")
NOT_WORK = ("front-door", "transfer")  # nobody works with the child yet, or it is the move itself


def follow_move(home: Address, actor: Actor, now: datetime) -> None:
    """Tell whoever each open case of a child is with, but for whoever recorded the address. On the system's authority,
    within the action that recorded it; the notice names nobody and no place, but says whether it is out of the area."""
    working = [p.key for p in registry.all_processes() if p.area == "children" and p.key not in NOT_WORK]
    rows = CasePerson.objects.filter(person=home.person_id, capacity__in=CHILDREN).values("case")
    words = TOLD[inside(actor.partnership, home.postcode)]
    for case in Case.objects.filter(pk__in=rows, process_key__in=working, closed_at=None, voided_at=None).order_by("pk"):
        notice = Notice(case.partnership_id, words, kind="new-address", reference=case.reference,
                        readers=tuple(case.readers), denied=tuple(case.denied))
        if case.allocated_to_id:
            to_user(case.allocated_to_id, notice, but=actor.user.pk, now=now)
        else:
            to_desk(case.at_desk, notice, but=actor.user.pk, now=now)
