"""A partnership's words: the glossary everybody has, and its own beside it or in its place."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldthread.orgs.models import LocalTerm, Partnership
from goldthread.rules.glossary import Term, terms


@dataclass(frozen=True)
class Entry:
    """A word as it is used here. `local`: the partnership's own row; `usual`: what the word means elsewhere, if anything."""

    term: Term
    local: LocalTerm | None = None
    usual: Term | None = None


def glossary_of(partnership: Partnership | None, today: date) -> list[Entry]:
    """Every word of a partnership on a day, in alphabetical order; of none, the words everybody has."""
    usual = {each.short.casefold(): each for each in terms()}
    found = {key: Entry(term) for key, term in usual.items()}
    if partnership is not None:
        for row in LocalTerm.objects.filter(partnership=partnership).current(today).order_by("valid_from", "pk"):
            key = row.short.casefold()
            found[key] = Entry(Term(row.short, row.full, row.meaning), row, usual.get(key))
    return [found[key] for key in sorted(found)]
