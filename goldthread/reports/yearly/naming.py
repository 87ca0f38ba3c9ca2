"""Whose names a draft may not hold and whose it may: people on record, and the agencies that take part."""
from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower

from goldthread.orgs.models import Agency, Partnership
from goldthread.people.models import Person
from goldthread.reports.document import Document
from goldthread.reports.yearly.findings import Names

_WORD = re.compile(r"[^\W\d_][\w'’-]+")  # small letters too: a child's own words are seldom tidied


def names_in(document: Document, partnership: Partnership, today: date) -> Names:
    """The people on record whom a draft names in full, and the bodies it may name. On the system's authority."""
    pairs = sorted({f"{first} {second}".casefold() for text in _texts(document) for first, second in pairwise(
        _WORD.findall(text))})
    people = Person.objects.annotate(full=Lower(Concat("given", Value(" "), "family")),
                                     called=Lower(Concat("known_as", Value(" "), "family")))
    rows = people.filter(Q(full__in=pairs) | Q(called__in=pairs)).values_list("given", "known_as", "family")
    named = {f"{first} {family}" for given, known_as, family in rows for first in (given, known_as) if first}
    agencies = Agency.objects.taking_part(partnership, today).values_list("name", flat=True)
    return Names(tuple(sorted(named)), (partnership.name, *agencies))


def _texts(document: Document) -> list[str]:
    cells = [cell for table in document.tables for row in table.rows for cell in row]
    return [each.text for each in document.paragraphs] + cells
