"""Which table a sheet is, and which column of it each heading names: as declared, or in other words for the same."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from goldthread.dataset.specification.definition import Column, Specification, Table
from goldthread.files.tables.findings import Findings
from goldthread.files.tables.sheets import LOOK_FOR_HEADINGS, Row, blank, plain

MOST_COLUMNS = 500
# Words that systems use for each other in headings, and those that carry nothing.
SAME = {"id": "number", "identifier": "number", "no": "number", "ref": "number", "reference": "number", "num": "number",
        "dob": "date birth", "born": "date birth", "started": "start", "begin": "start", "began": "start", "from": "start",
        "ended": "end", "finish": "end", "to": "end", "pupil": "child", "person": "child", "client": "child",
        "childs": "child", "children": "child", "gender": "sex", "ethnic": "ethnicity", "org": "agency",
        "organisation": "agency", "referred": "referral", "surname": "last name", "forename": "first name",
        "firstname": "first name", "lastname": "last name", "postcode": "postcode", "yn": "", "type": "kind",
        "authorised": "authorisation", "completed": "completion", "reviewed": "review", "dates": "date", "la": "council"}
EMPTY = frozenset({"the", "of", "a", "an", "was", "is", "were", "for", "in", "on", "at", "by", "and", "or", "if", "please",
                   "field", "column", "value", "y", "n", "optional", "required", "mandatory", "code", "s", "unique"})
ASIDE = re.compile(r"[(\[][^)\]]*[)\]]|[*#:?]|\b(dd|d)[/.-](mm|m)[/.-]y+\b|\by/n\b", re.IGNORECASE)


@dataclass(frozen=True)
class Headed:
    """A sheet whose headings were understood: the table, the place of each column, and which row they stand in
    (`number` as a spreadsheet counts, `place` among the rows read)."""

    table: Table
    places: tuple[tuple[int, Column], ...]
    number: int
    place: int
    wide: int


@lru_cache(maxsize=20_000)
def meaning(heading: str) -> tuple[str, ...]:
    """The words of a heading that carry it, in one order: "Child's D.O.B. (dd/mm/yyyy)" and "date of birth" meet."""
    text = unicodedata.normalize("NFKC", heading).casefold().replace("’", "'")
    text = re.sub(r"\b(?:[a-z]\.){2,}", lambda found: found[0].replace(".", ""), ASIDE.sub(" ", text))
    words = [re.sub(r"\W", "", each) for each in re.split(r"[\s_/.\-,]+", text)]
    found = " ".join(SAME.get(word, word) for word in words if word not in EMPTY)
    return tuple(sorted(set(found.split())))


def find(spec: Specification, sheet: str, rows: Sequence[Row], found: Findings) -> Headed | None:
    """The table a sheet is and its headings, looked for in its first rows; None, with findings, when they do not hold."""
    best: tuple[float, int, Table] | None = None
    for place, (_, cells) in enumerate(rows[:LOOK_FOR_HEADINGS]):
        for table in spec.tables:
            score = _score(table, cells, sheet)
            if score and (best is None or score > best[0]):
                best = score, place, table
    if best is None:
        names = ", ".join(each.title for each in spec.tables[:6]) + (" …" if len(spec.tables) > 6 else "")
        found.add(sheet, rows[0][0] if rows else 0, "", "",
                  "there are no headings that are known" if rows else "there is nothing in it",
                  f"Put the template's headings into the first row. This return has: {names}")
        return None
    _, place, table = best
    number, cells = rows[place]
    places = _places(table, sheet, number, cells, found)
    return None if places is None else Headed(table, places, number, place, len(cells))


def _score(table: Table, cells: Sequence[object], sheet: str) -> float:
    """How well headings fit a table: the share that is known, more where the sheet bears its name; 0 when they do not."""
    texts = [str(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
    fit = len({column.name for text in texts if (column := which(table, text)) is not None})
    named = any(plain(name) and plain(name) in plain(sheet) for name in (table.key, *table.also))
    if fit < min(2, len(table.columns)) and not (named and fit):
        return 0
    return fit / max(len(texts), 1) + fit / len(table.columns) + (2 if named else 0)


@dataclass(frozen=True)
class _Known:
    """The columns of a table by their headings in plain form, by what those mean, and by that without "child", which
    lists of children leave out or put in; None where two columns would mean the same."""

    exact: dict[str, Column]
    alike: dict[tuple[str, ...], Column | None]
    bare: dict[tuple[str, ...], Column | None]


@lru_cache(maxsize=1_000)
def _known(table: Table) -> _Known:
    exact = {plain(name): each for each in table.columns for name in (each.title, *each.also, each.name)}
    exact |= {plain(each.name): each for each in table.columns}
    found = _Known(exact, {}, {})
    for each in table.columns:
        words = {meaning(name) for name in (each.title, *each.also, each.name)}
        for ways, kept in ((words, found.alike), ({_bare(way) for way in words}, found.bare)):
            for way in ways:
                kept[way] = each if kept.get(way, each) is each else None
    return found


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word != "child")


def which(table: Table, heading: str) -> Column | None:
    """The column a heading names, None for none."""
    known, words = _known(table), meaning(heading)
    return known.exact.get(plain(heading)) or known.alike.get(words) or (
        known.bare.get(_bare(words)) if _bare(words) and words not in known.alike else None)


def _places(table: Table, sheet: str, number: int, cells: Sequence[object], found: Findings
            ) -> tuple[tuple[int, Column], ...] | None:
    before = found.many
    taken: dict[str, int] = {}
    places = []
    if len(cells) > MOST_COLUMNS:
        found.add(sheet, number, "", f"{len(cells):,} columns", f"there are more than {MOST_COLUMNS} columns",
                  "Take out those that are not in the template.")
        return None
    for place, cell in enumerate(cells):
        if blank(cell):
            continue
        column = which(table, str(cell))
        if column is None:
            _strange(table, sheet, number, str(cell), found)
        elif column.name in taken:
            found.add(sheet, number, column.title, cell, "this column is there twice", "Keep one of them.")
        else:
            taken[column.name] = place
            places.append((place, column))
    for column in _lacking(table.columns, taken):
        found.add(sheet, number, column.title, "", "this column is missing", f"Add it, with the heading “{column.name}”.")
    return None if found.many > before else tuple(places)


def _lacking(columns: Iterable[Column], taken: dict[str, int]) -> list[Column]:
    return [each for each in columns if each.required and not each.from_parent and each.name not in taken]


def _strange(table: Table, sheet: str, number: int, heading: str, found: Findings) -> None:
    titles = {plain(name): each.name for each in table.columns for name in (each.name, each.title)}
    near = get_close_matches(plain(heading), list(titles), 1, 0.75)
    hint = f"Did you mean “{titles[near[0]]}”? " if near else ""
    found.add(sheet, number, heading[:60], "", f"there is no such column in “{table.title}”",
              hint + "Headings are those of the template; take out columns that are not.")
