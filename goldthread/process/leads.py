"""Who answers for an agency where all of its staff would be too many: its leads, or whoever may write for it."""
from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from goldthread.access.policy import ROLES, Reads
from goldthread.orgs.models import Agency, Appointment, Partnership
from goldthread.process.definition import Process

ANSWERERS = {Reads.LEADS: "safeguarding lead", Reads.CONTRIBUTES: "safeguarding lead, senior officer or appointed writer"}


def with_answerers(partnership: Partnership, today: date, reads: Reads = Reads.LEADS) -> QuerySet[Agency]:
    """The agencies taking part in a partnership that have somebody seated today who reads so, by name."""
    roles = [key for key, role in ROLES.items() if reads in role.reads]
    seats = Appointment.objects.current(today).filter(partnership=partnership, role__in=roles)
    return Agency.objects.taking_part(partnership, today).filter(pk__in=seats.values("agency"))


def insist_on_answerers(process: Process, partnership: Partnership, agencies: set[int], today: date) -> None:
    """Raises ValidationError naming each agency where nobody could read what it is asked by such a process."""
    if process.asked not in ANSWERERS:
        return
    met = set(with_answerers(partnership, today, process.asked).filter(pk__in=agencies).values_list("pk", flat=True))
    alone = list(Agency.objects.filter(pk__in=agencies - met).order_by("name").values_list("name", flat=True))
    if alone:
        raise ValidationError(f"Nobody is seated as {ANSWERERS[process.asked]} at {', '.join(alone)}, and nobody else would "
                              "read this. Ask your administrator to invite one, or speak with them and record it yourself")
