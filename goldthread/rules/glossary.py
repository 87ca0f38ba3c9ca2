"""The sector's abbreviations, in plain words: rules/data/glossary.csv. A partnership adds its own in the database."""
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from goldthread.rules.data_files import BadData, table


@dataclass(frozen=True)
class Term:
    """An abbreviation, what it stands for, and what that means in a sentence."""

    short: str
    full: str
    meaning: str


class UnknownTerm(LookupError):
    """The glossary does not have this abbreviation."""


@cache
def terms() -> tuple[Term, ...]:
    """Every abbreviation, in alphabetical order. Raises BadData."""
    read = tuple(Term(**row) for row in table("glossary.csv"))
    for line, each in enumerate(read, start=2):
        if not (each.short and each.full and each.meaning):
            raise BadData(f"glossary.csv line {line}: an abbreviation, its words and its meaning are all needed.")
    if len(_by_short(read)) != len(read):
        raise BadData("glossary.csv: an abbreviation is there twice.")
    return tuple(sorted(read, key=lambda each: each.short.casefold()))


def expand(short: str) -> str:
    """What an abbreviation stands for; capitals do not matter. Raises UnknownTerm."""
    found = _index().get(short.strip().casefold())
    if found is None:
        raise UnknownTerm(f"“{short}” is not in the glossary. Add it to your partnership's own list.")
    return found.full


def terms_in(text: str, extra: Iterable[Term] = ()) -> tuple[Term, ...]:
    """The abbreviations used in a text as written, for the glossary of a report. `extra` wins over ours."""
    known = {each.short: each for each in (*terms(), *extra)}
    used = (short for short in known if re.search(rf"(?<![\w&-]){re.escape(short)}s?(?![\w&-])", text))
    return tuple(known[short] for short in sorted(used, key=str.casefold))


@cache
def _index() -> Mapping[str, Term]:
    return _by_short(terms())


def _by_short(every: Iterable[Term]) -> Mapping[str, Term]:
    return MappingProxyType({each.short.casefold(): each for each in every})
