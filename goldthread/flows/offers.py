"""All offers, checked, and those open on a case."""
from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from goldthread.access.actor import Actor
from goldthread.flows.declared import OFFERS
from goldthread.flows.offer import Carried, Offer
from goldthread.process import registry
from goldthread.process.definition import Process
from goldthread.process.models import Case, CasePerson
from goldthread.process.rights import may_start


@cache
def every_offer() -> tuple[Offer, ...]:
    """All offers there are. Raises ValueError for one that names a process, step or outcome that is not there.

    Asked for at the start (`web.apps`), so that no server runs with such an offer.
    """
    faults = [fault for offer in OFFERS for fault in faults_of(offer)]
    if faults:
        raise ValueError("; ".join(faults))
    return OFFERS


def faults_of(offer: Offer) -> list[str]:
    """What is wrong with an offer, in words."""
    try:
        step, _ = registry.get(offer.after).step(offer.step), registry.get(offer.starts)
    except KeyError as missing:
        return [f"The offer “{offer.words}” names {missing}, which is not there"]
    record: Any = step.record
    known = set(record.outcomes_of(step.outcome)) if step.outcome else set()
    return [f"The offer “{offer.words}”: {step.name} cannot come out {outcome!r}"
            for outcome in sorted(offer.outcomes - known)]


def offers_on(actor: Actor, case: Case, begun: Collection[str]) -> list[Offer]:
    """The offers open on a case for somebody who may take them up. begun: the processes it led to, as far as they see."""
    found = []
    for offer in every_offer():
        if offer.after == case.process_key and offer.starts not in begun and may_start(actor, registry.get(offer.starts)):
            last = case.last(offer.step)
            if (last is not None and (not offer.outcomes or last.outcome in offer.outcomes)
                    and all(offer.starts != other.starts for other in found)
                    and (offer.when is None or offer.when(case))):
                found.append(offer)
    return found


def carried(case: Case, process: Process, offer: Offer | None = None) -> Carried:
    """What a case of `process` begun from this one starts with: the same people, and what the offer carries."""
    model: Any = next((line for line in process.first.lines if line.involves), None)  # type: ignore[attr-defined]
    people = CasePerson.objects.filter(case=case).select_related("person").order_by("pk") if model else []
    lines = tuple(model(person=each.person, capacity=each.capacity)
                  for each in sorted(people, key=lambda each: CasePerson.RANK[each.capacity]))
    return Carried(offer.carry(case) if offer and offer.carry else {}, lines)
