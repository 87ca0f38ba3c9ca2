"""What a contact states of a family, recorded once its people are identified: who is whose, which school, which practice.

Worked out from the case's facts whenever they change, so that a correction or a withdrawal takes back what rested on it.
"""
from __future__ import annotations

import re
from datetime import datetime

from goldthread.base.text import normalise_name
from goldthread.domains.front_door.models import Contact, ContactPerson, Identification, IdentifiedPerson
from goldthread.domains.front_door.naming import practice_named, school_named
from goldthread.orgs.models import Agency
from goldthread.people.actions.places import AGENCY_KINDS
from goldthread.people.actions.stated import Goes, Kin, follow_statement
from goldthread.process.models import Case, Withdrawal

PROCESS = "front-door"
BY_CAPACITY = {"mother": "mother", "father": "father", "sibling": "sibling"}
#: Words as people write them. Only a whole phrase counts: what is said in other words is left to a person.
WORDS = {
    "mother": "mother/mum/mam/mummy", "father": "father/dad/daddy", "parent": "parent/second mother/other mother",
    "adoptive-parent": "adoptive parent/adoptive mother/adoptive father/adoptive mum/adoptive dad",
    "step-parent": "stepmother/stepfather/stepparent/stepmum/stepdad",
    "grandparent": "grandmother/grandfather/grandparent/grandma/grandpa/granny/gran/grandad/granddad/nan/nana",
    "aunt-uncle": "aunt/auntie/aunty/uncle/great aunt/great uncle", "cousin": "cousin",
    "twin": "twin/twin brother/twin sister",
    "sibling": "brother/sister/sibling", "half-sibling": "half brother/half sister/half sibling",
    "step-sibling": "stepbrother/stepsister/stepsibling", "guardian": "guardian/legal guardian",
    "special-guardian": "special guardian", "foster-carer": "foster carer/foster mother/foster father/foster parent",
    "private-foster-carer": "private foster carer", "carer": "carer/main carer", "friend": "family friend/friend",
}
BEFORE = re.compile(r"^((her|his|their|the|a|childs|maternal|paternal|birth|biological|natural|natal|older|elder|younger|"
                    r"big|little|baby) )+")
STEP = re.compile(r"\bstep ")
AFTER = re.compile(r" (of|to) (the )?(child|children|above|both|all)$")


PHRASES = {phrase: kind for kind, phrases in WORDS.items() for phrase in phrases.split("/")}


def kin_of(stated: ContactPerson) -> str:
    """What a stated person is to the child, as a code of the relationships list; "" when that is not plain."""
    said = BEFORE.sub("", AFTER.sub("", STEP.sub("step", normalise_name(stated.relationship))))
    if found := PHRASES.get(said):
        return found
    return "" if stated.capacity == "adult" else BY_CAPACITY.get(stated.capacity, "")


def follow(case: Case, now: datetime) -> None:
    """Keep what is recorded of the family in step with a case, after a step on which it rests."""
    rests_on = {Contact.step_key(), Identification.step_key(), Withdrawal.step_key()}
    if case.process_key != PROCESS or not case.events.filter(pk=case.last_event, step__in=rests_on).exists():
        return
    told = case.standing_events().filter(step=Contact.step_key()).last()
    ties = _ties(case) if told else []
    children = [person for stated, person in ties if stated.capacity == "child"]
    kin = {Kin(person, child, kind) for stated, person in ties if stated.capacity != "child"
           if (kind := kin_of(stated)) for child in children if child != person}
    by = told.record.referrer_agency if told else ""
    source = f"{by or 'A contact'}, {case.reference}"[-200:]
    follow_statement(case.reference, kin=kin, goes=_places(case, ties, now), source=source, now=now)


def _ties(case: Case) -> list[tuple[ContactPerson, int]]:
    """Each identified person with what the contact states of them now, or stated when they were identified.

    A contact corrected later states them anew; the line of the same name and part is taken, and none where it went.
    """
    now = {(line.capacity, line.given, line.family, line.known_as): line for line in
           ContactPerson.objects.filter(case=case, event__replaced_by=None)}
    rows = IdentifiedPerson.objects.filter(case=case, event__replaced_by=None).select_related("stated")
    tied = ((now.get((row.stated.capacity, row.stated.given, row.stated.family, row.stated.known_as)), row.person_id)
            for row in rows.order_by("pk"))
    return [(stated, person) for stated, person in tied if stated is not None]


def _places(case: Case, ties: list[tuple[ContactPerson, int]], now: datetime) -> set[Goes]:
    if not any(stated.setting or stated.practice for stated, _ in ties):
        return set()
    kinds = [kind for kinds in AGENCY_KINDS.values() for kind in kinds]
    agencies = list(Agency.objects.taking_part(case.partnership, now.date()).filter(kind__in=kinds))
    schools = [each for each in agencies if each.kind in AGENCY_KINDS["school"]]
    practices = [each for each in agencies if each.kind in AGENCY_KINDS["gp"]]
    found = set()
    for stated, person in ties:
        school = school_named(stated.setting, schools) if stated.capacity in ("child", "sibling") else None
        practice = practice_named(stated.practice, practices)
        found |= {Goes(person, "school", school.pk)} if school else set()
        found |= {Goes(person, "gp", practice.pk)} if practice else set()
    return found
