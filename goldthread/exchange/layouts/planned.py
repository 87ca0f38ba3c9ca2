"""What rows become before anything is saved: contacts with their people, and where in the files each came from."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from goldthread.access.actor import Actor
from goldthread.base.text import normalise_name
from goldthread.domains.front_door.models import Contact, ContactPerson
from goldthread.orgs.models import Agency, Participation
from goldthread.process.bulk import Planned, PlannedCase
from goldthread.process.engine import CARRIED_OVER

COUNCIL = "childrens-services"  # of the agency-kinds list


@dataclass(frozen=True)
class Setting:
    """Where contacts are loaded: by whom, when, and which agencies take part."""

    user: int
    partnership: int
    now: datetime
    council: Agency
    by_name: dict[str, Agency | None]
    by_code: dict[str, Agency]

    @classmethod
    def of(cls, actor: Actor, now: datetime) -> Setting:
        agencies = list(Agency.objects.taking_part(actor.partnership, now.date()))
        by_name: dict[str, Agency | None] = {}
        for agency in agencies:
            key = normalise_name(agency.name)
            by_name[key] = None if key in by_name else agency  # two of one name: only the code tells which
        return cls(actor.user.pk, actor.partnership.pk, now, _council(actor, agencies, now.date()), by_name,
                   {a.code.casefold(): a for a in agencies if a.code})

    @property
    def today(self) -> date:
        return self.now.date()

    def agency(self, named: str) -> Agency | None:
        """The agency of a national code or a name; None when none, or more than one, is called so."""
        return self.by_code.get(named.casefold()) or self.by_name.get(normalise_name(named))


def _council(actor: Actor, agencies: list[Agency], today: date) -> Agency:
    """The council's children's services, else the importer's own agency."""
    first = Participation.objects.filter(Q(until=None) | Q(until__gte=today), partnership=actor.partnership,
                                         agency__kind=COUNCIL).order_by("-statutory_partner", "pk").first()
    return next((a for a in agencies if first and a.pk == first.agency_id), actor.agency)


@dataclass
class PlannedContact:
    """A contact to be: its number, its place in the files, the agency it is kept under, its record and people.

    outcome: how it came out in the system it was finished in; "" for work that is still to be done.
    person: the council's own number of the child, where the layout has one.
    """

    number: str
    sheet: str
    row: int
    agency: int
    record: Contact
    lines: list[ContactPerson]
    outcome: str = ""
    person: str = ""

    def case(self, setting: Setting) -> PlannedCase:
        first = Planned(self.record, setting.user, self.agency, self.lines, recorded_at=setting.now,
                        about=CARRIED_OVER if self.outcome else "")
        return PlannedCase(self.agency, [first])


@dataclass
class Plan:
    """Everything a set of files would make. columns: a field's heading, for findings. notes: worth knowing, not wrong."""

    contacts: list[PlannedContact] = field(default_factory=list)
    people: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    rows: int = 0

    def counts(self) -> dict[str, int]:
        """How many of what, for people to recognise their file by."""
        lines = Counter(line.capacity for each in self.contacts for line in each.lines)
        children = lines["child"] + lines["sibling"]
        return {"rows": self.rows, "contacts": len(self.contacts), "children": children,
                "adults": sum(lines.values()) - children, "finished": sum(bool(c.outcome) for c in self.contacts)}
