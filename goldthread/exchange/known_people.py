"""Children that a dataset names by the council's own number: matched to the people known by it, or recorded anew."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from goldthread.access.actor import Actor, acting
from goldthread.access.policy import desk_token
from goldthread.domains.front_door.models import Identification, IdentifiedPerson
from goldthread.domains.front_door.process import FRONT_DOOR
from goldthread.exchange.layouts.planned import Plan, PlannedContact, Setting
from goldthread.files.tables.findings import Findings
from goldthread.people.bulk import NewPerson, copy_people, new_ids
from goldthread.people.models import Identifier, Person
from goldthread.process import readers
from goldthread.process.bulk import Planned, PlannedCase
from goldthread.process.models import Case

SCHEME = "council"
SOURCE = "Standard Safeguarding Dataset"


@dataclass
class People:
    """Who is who: the id of each council number's person, which were made for this import, which not all may see."""

    ids: dict[str, int] = field(default_factory=dict)
    made: set[int] = field(default_factory=set)
    guarded: set[int] = field(default_factory=set)


def _known(numbers: Sequence[str]) -> dict[str, int]:
    """The person of each council number, the record kept where two were merged. People hidden from all are not known."""
    rows = Identifier.objects.filter(scheme=SCHEME, value__in=numbers).exclude(readers=[]).order_by("-pk")
    return dict(rows.values_list("value", "person__search_key__kept_id"))


def check(actor: Actor, plan: Plan, findings: Findings) -> None:
    """A number that belongs to somebody born on another day is a mistake in one of the two systems."""
    wanted = {number: person for number, person in plan.people.items() if person.born_on}
    known = _known(list(wanted))
    with acting(actor):  # what the importer may not see is not told by a finding
        born = dict(Person.objects.filter(pk__in=known.values()).exclude(born_on=None).exclude(born_estimated=True)
                    .values_list("pk", "born_on"))
    by_number = {each.person: each for each in plan.contacts}
    for number, pk in known.items():
        if pk in born and born[pk] != wanted[number].born_on and number in by_number:
            at = by_number[number]
            findings.add(at.sheet, at.row, "cont_person_id", number,
                         "the child known by this number was born on another day than ssd_person says",
                         "Find out which is right before loading, so that no two children become one.")


def match(plan: Plan, partnership: int, now: datetime) -> People:
    """The people the contacts are about; those not known yet are recorded. Within an action, as the system."""
    numbers = sorted({each.person for each in plan.contacts if each.person})
    found = People(_known(numbers))
    new = [number for number in numbers if number not in found.ids]
    with connection.cursor() as cursor:
        ids = new_ids(cursor.cursor, len(new)) if new else []
        copy_people(cursor.cursor, [(pk, _new_person(plan, number)) for pk, number in zip(ids, new, strict=True)],
                    partnership=partnership, readers=[desk_token(FRONT_DOOR.desk, partnership)], now=now, source=SOURCE)
    found.ids |= dict(zip(new, ids, strict=True))
    found.made = set(ids)
    guarded = Person.objects.filter(pk__in=found.ids.values()).filter(Q(restricted=True) | ~Q(denied=[]))
    found.guarded = set(guarded.values_list("pk", flat=True))
    return found


def _new_person(plan: Plan, number: str) -> NewPerson:
    return plan.people.get(number) or NewPerson(numbers=((SCHEME, number, True),))


def with_identification(case: PlannedCase, contact: PlannedContact, people: People, setting: Setting) -> PlannedCase:
    """The case with its child identified by the council's number, where the layout has one."""
    if contact.person:
        pk = people.ids[contact.person]
        line: Any = IdentifiedPerson(stated=contact.lines[0], person_id=pk, capacity="child", newly_made=pk in people.made,
                                     reason=f"Council number {contact.person}")
        record = Identification(note="Known by the council's number", happened_at=contact.record.happened_at)
        case.steps.append(Planned(record, setting.user, setting.council.pk, [line], recorded_at=setting.now))
    return case


def hide_where_hidden(cases: Any, people: People) -> None:
    """Cases about people whom not everybody may see are seen by as few."""
    if people.guarded:
        for case in cases.filter(casepersons__person__in=people.guarded).distinct():
            readers.rewrite(Case.objects.get(pk=case.pk))
