"""What a decided contact leads to: the story that begins where the front door handed it over."""
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from goldthread.borough.chance import whole
from goldthread.borough.contacts.desk import after
from goldthread.borough.plan import LONDON
from goldthread.borough.records.contacts import Contact
from goldthread.borough.records.people import household_of
from goldthread.borough.stories.scene import Scene
from goldthread.borough.stories.telling import Begins
from goldthread.process.bulk import PlannedCase

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat

#: What a contact is handed over to -> the process that begins.
FOLLOWS = {"assessment": "assessment", "pre-birth-assessment": "assessment", "strategy-discussion": "section-47",
           "other-council": "transfer", "exploitation-panel": "exploitation", "private-fostering": "private-fostering"}
#: Working minutes from the hand-over until it is taken up.
TAKEN_UP = (20, 150)
PASSED_ON = timedelta(minutes=11)


def after_contact(scene: Scene, contact: Contact, case: PlannedCase, manager: Seat | None) -> Begins | None:
    """The story a contact leads to; None for one that leads to none. manager: who decided."""
    decision = contact.decision
    if decision is None or manager is None or decision.outcomes[0].local not in FOLLOWS:
        return None
    main = decision.outcomes[0].local
    family = scene.borough.family(household_of(contact.people[0].true_id))
    wanted = [each.true_id for each in decision.outcomes]
    people = {person.person_id: person for person in family.people}
    children = tuple(people[each] for each in wanted if each in people)
    told = after((decision.at + PASSED_ON).astimezone(LONDON), whole(*TAKEN_UP, scene.draw("taken-up", contact.contact_id)))
    values: dict[str, Any] = {}
    fixed: dict[str, Any] = {}
    at = told
    if FOLLOWS[main] == "assessment":
        at, values = contact.received_at, {"why": contact.narrative}
        fixed = {"kind": "pre-birth" if main == "pre-birth-assessment" else "family"}
    elif FOLLOWS[main] == "section-47":
        at, values = decision.at, {"concern": contact.narrative, "child_voice": contact.child_said}
    elif FOLLOWS[main] == "private-fostering":
        at, values = contact.received_at, {"about": contact.narrative}
        values["told_by"] = contact.referrer.name or "Somebody who did not give a name"
    elif FOLLOWS[main] == "transfer":
        fixed = {"direction": "in"}
    elif FOLLOWS[main] == "exploitation":
        values, fixed = {"worry": contact.narrative, "child_voice": contact.child_said}, {"subject": "child"}
        values["referred_by"] = f"{contact.referrer.name or 'Name not given'}, by the front door"
    return Begins(FOLLOWS[main], at, manager, family, children, told_at=told, values=values, fixed=fixed, came_from=case)
