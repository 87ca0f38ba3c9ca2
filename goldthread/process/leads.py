"""The safeguarding leads of agencies, who alone answer where all of an agency's staff would be too many."""
from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from goldthread.access.policy import LEADING
from goldthread.orgs.models import Agency, Appointment, Partnership


def with_leads(partnership: Partnership, today: date) -> QuerySet[Agency]:
    """The agencies taking part in a partnership that have somebody seated as safeguarding lead today, by name."""
    seats = Appointment.objects.current(today).filter(partnership=partnership, role__in=LEADING)
    return Agency.objects.taking_part(partnership, today).filter(pk__in=seats.values("agency"))


def insist_on_leads(partnership: Partnership, agencies: set[int], today: date) -> None:
    """Raises ValidationError naming each agency where nobody could read what it is asked."""
    led = set(with_leads(partnership, today).filter(pk__in=agencies).values_list("pk", flat=True))
    alone = list(Agency.objects.filter(pk__in=agencies - led).order_by("name").values_list("name", flat=True))
    if alone:
        raise ValidationError(f"Nobody is seated as safeguarding lead at {', '.join(alone)}, and only a lead would read "
                              "this. Ask your administrator to invite one, or speak with them and record it yourself")
