"""When a plan does not keep a child safe: legal advice, the family's own meeting, the letter, the court."""
from __future__ import annotations

from collections.abc import Iterator

from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.pre_proceedings import models as m

GATEWAY = {"B": 66, "A": 24, "C": 10}
OFFER = {"accepted": 65, "declined": 20, "no-answer": 15}
STEPS = {"court": 40, "child-protection": 25, "child-in-need": 20, "kin": 15}
ORDERS = {"care": 40, "supervision": 25, "special-guardianship": 25, "arrangements": 10}


def pre_proceedings(t: Tale) -> Iterator[Begins]:
    """From the request for advice to the court's order, as far as it has got."""
    council = t.scene.council
    manager = t.some(t.scene.seats("team-manager", council))
    t.begin(m.ProceedingsPerson)
    t.given(t.some(t.scene.seats("social-worker", council)), t.after(t.begins.at, 0.1, 0.5), manager)
    met, outcome = t.after(t.begins.at, 4, 9), t.decide("gateway", GATEWAY)
    t.did(m.LegalGateway, met, manager, outcome=outcome, threshold=outcome != "A")
    if outcome == "A":
        return
    assert t.worker
    letter = t.after(met, 1, 4)
    if outcome == "B":
        t.did(m.LetterBeforeProceedings, letter, t.worker)
    answer = t.decide("offer", OFFER)
    t.did(m.FamilyGroupOffer, t.after(met, 2, 6), t.worker, answer=answer,
          reason=t.say("family-group-offer.refused") if answer == "declined" else "")
    if answer == "accepted":
        t.did(m.FamilyGroupMeeting, t.after(met, 12, 25), t.worker, agreed=t.draw() < 0.6)
    if outcome == "B":
        first = t.after(letter, 8, 12)
        t.did(m.PreProceedingsMeeting, first, t.worker,
              [t.line(m.ParentAttendance, agency_id=council)])
        t.did(m.PreProceedingsReview, t.after(first, 25, 32), t.worker)
    stepped, step = t.after(met, 60, 80), "court" if outcome == "C" else t.decide("step", STEPS)
    stepped = t.after(met, 8, 10) if outcome == "C" else stepped
    t.did(m.StepDecision, stepped, manager, outcome=step)
    if step == "court":
        t.did(m.LetterOfIntent, t.after(stepped, 0.2, 1), t.worker)
        applied = t.after(stepped, 2, 6)
        t.did(m.CourtApplication, applied, manager)
        made, order = t.within(applied, 128, late=0.3, soonest=0.8), t.decide("order", ORDERS)
        t.did(m.FinalOrder, made, t.worker, order=order)
        for child in t.children if order == "care" else ():
            if child.born:
                yield Begins("looked-after", made, manager, t.family, (child,), told_at=t.after(made, 0.05, 0.2),
                             values={"status": "C2"}, came_from=t.case)
    elif step == "child-in-need":
        yield Begins("child-in-need", t.after(stepped, 0.1, 0.5), manager, t.family, tuple(t.children), came_from=t.case)
