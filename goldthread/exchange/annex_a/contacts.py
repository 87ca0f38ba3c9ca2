"""List 1: contacts at the front door, a row for each child it was about who has been identified."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from goldthread.base.dates import LONDON
from goldthread.domains.front_door.models import Contact
from goldthread.exchange.annex_a.span import Row, Span, who
from goldthread.exchange.records import local_day
from goldthread.process.models import CasePerson


def contacts(span: Span) -> Iterator[tuple[int, Row]]:
    """Contacts of the six months, each with the child it is about, in the order they came in, as the acting person may see
    them."""
    since = datetime.combine(span.half_year, time(), LONDON)
    until = datetime.combine(span.day + timedelta(days=1), time(), LONDON)
    told = Contact.objects.filter(event__replaced_by=None, happened_at__gte=since, happened_at__lt=until)
    source = {case: (at, code) for case, at, code in told.values_list("case_id", "happened_at", "source")}
    links = CasePerson.objects.filter(case__process_key="front-door", case__voided_at=None, capacity="child",
                                      case__in=source, person__merged_into=None).select_related("person")
    for link in sorted(links, key=lambda each: (source[each.case_id][0], each.pk)):
        at, code = source[link.case_id]
        yield link.person_id, {**who(link.person, span.day), "Date of Contact": local_day(at), "Contact Source": code}
