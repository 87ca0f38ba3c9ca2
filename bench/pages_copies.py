"""A borough made several times as large in minutes: its rows copied in SQL, each time as other people.

Copied is every row that hangs, however far, off a person or a case. Each copy has new row numbers, new valid references,
other names (each word exchanged for one about as common, the same one everywhere), fresh NHS and pupil numbers, birthdays
three days earlier and other postcodes, so that searching meets several populations and not one person ten times; search
keys are worked out anew by the code that makes them. As they were stay times, agencies and staff (each of whom then has
so many times the work), streets, and whatever was written in sentences; names misspelt on a contact stay as misspelt.

Triggers do not fire, as they do not while a borough is loaded for measuring: no history is written, and references
between rows are checked afterwards, all of them. Checks and unique constraints hold as for every row.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from goldthread.access.copying import array_text
from goldthread.base.identifiers import new_reference
from goldthread.base.text import normalise_name
from goldthread.borough.identifiers import NHS_CAPACITY, nhs_number, upn
from goldthread.people.keys import sounds_of

ROOTS, KEYS = ("people_person", "process_case"), "people_searchkey"
#: Whole numbers that name a row of a copied table though no foreign key says so; the last is a list of them.
UNSAID = {("process_event", "record_id"), ("process_case", "last_event"), ("jobs_reminder", "ask")}
LIST = ("people_address", "hidden_from")
EXCHANGED = {"given", "family", "known_as", "child_name", "title", "value", "nhs", "upn"}
FIRST_PUPIL = 2_000_000  # in the middle of a pupil number
BLOCK = 20  # words about as common as each other; more than there are copies
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class Table:
    """A table to copy: its columns in order, and of those the ones that name a row of a table that is copied too."""

    name: str
    columns: tuple[str, ...]
    kinds: dict[str, str]
    pointing: frozenset[str]


def multiply(connection: Any, times: int) -> None:
    """Add `times - 1` copies of the borough there. connection: psycopg's own, as the owner, each statement for itself.

    Raises RuntimeError where a copied row names one that is not there.
    """
    connection.execute("set session_replication_role = replica; set work_mem = '256MB'; set maintenance_work_mem = '1GB'")
    tables = _tables(connection)
    stride = 1 + max(_one(connection, f"select coalesce(max(id), 0) from {table.name}") for table in tables)
    indexes = _drop_indexes(connection, [table.name for table in tables])
    exchange = _Exchange(connection, tables)
    connection.execute("create temporary table exchange (old text primary key, new text not null); create temporary table "
                       "numbered (of text, id bigint, reference text not null, primary key (of, id))")
    for copy in range(1, times):
        exchange.fill(copy, copy * stride)
        for table in (each for each in tables if each.name != KEYS):
            connection.execute(_statement(table, copy, copy * stride, stride))
        exchange.write_keys(copy, copy * stride)
    connection.execute("delete from people_identifier where value = ''")
    for made in indexes:
        connection.execute(made)
    for table in tables:
        connection.execute(f"select setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) from {table.name}")
    connection.execute("drop table exchange, numbered; set session_replication_role = origin")
    _insist_sound(connection, [table.name for table in tables])


# -- which rows, and how each column is copied ------------------------------------------------------------

_REACHED = """
with recursive key as (select distinct conrelid as t, confrelid as r from pg_constraint where contype = 'f'),
reached as (select unnest(%s::text[])::regclass::oid as t union select key.t from key join reached on key.r = reached.t)
select t::regclass::text, array(select attname::text from pg_attribute where attrelid = t and attnum > 0
    and not attisdropped and attgenerated = '' order by attnum),
  array(select format_type(atttypid, null) from pg_attribute where attrelid = t and attnum > 0
    and not attisdropped and attgenerated = '' order by attnum),
  array(select attname::text from pg_constraint c join pg_attribute a on attrelid = conrelid and attnum = conkey[1]
    where contype = 'f' and conrelid = t and confrelid in (select t from reached))
from reached order by 1
"""


def _tables(connection: Any) -> list[Table]:
    found = connection.execute(_REACHED, [list(ROOTS)]).fetchall()
    tables = [Table(name, tuple(columns), dict(zip(columns, kinds, strict=True)), frozenset(pointing))
              for name, columns, kinds, pointing in found]
    return [table for table in tables if _one(connection, f"select exists (select from {table.name})")]


def _statement(table: Table, copy: int, shift: int, stride: int) -> str:
    values = [_value(table, column, copy, shift) for column in table.columns]
    names = ", ".join(f'"{column}"' for column in table.columns)
    return (f"insert into {table.name} ({names}) overriding system value select {', '.join(values)} "
            f"from {table.name} t where t.id < {stride} order by t.id")


def _value(table: Table, column: str, copy: int, shift: int) -> str:
    """The SQL of one column of a copy, out of the row `t` that it is a copy of."""
    own, kind = f't."{column}"', table.kinds[column]
    if column == "id" or column in table.pointing or (table.name, column) in UNSAID:
        return f"{own} + {shift}"
    if (table.name, column) == LIST:
        return f"array(select each + {shift} from unnest({own}) each)"
    if column == "reference" and table.name in ROOTS:
        return f"(select n.reference from numbered n where n.of = '{table.name}' and n.id = t.id + {shift})"
    if column in EXCHANGED and kind in ("character varying", "text"):
        return f"coalesce((select new from exchange where old = {own}), {own})"
    if column == "postcode":
        return _moved(own, copy)
    if column == "born_on":
        return f"{own} - {3 * copy}"
    return "null" if kind == "uuid" else own


def _moved(own: str, copy: int) -> str:
    """The postcode of a made-up district with another first digit of its second half; anything else as it is."""
    return (f"case when {own} ~ '^ZZ.*[0-9][A-Z][A-Z]$' then left({own}, -3) || "
            f"(left(right({own}, 3), 1)::int + {copy}) % 10 || right({own}, 2) else {own} end")


# -- other people -----------------------------------------------------------------------------------------

class _Exchange:
    """What each copy's names, numbers and references are, and its people's search keys."""

    def __init__(self, connection: Any, tables: Iterable[Table]) -> None:
        self._connection = connection
        self._texts = sorted({row[0] for table in tables for column in table.columns
                              if column in EXCHANGED - {"value", "nhs", "upn"} and table.name != KEYS
                              for row in connection.execute(f"select distinct {column} from {table.name}")})
        self._people = connection.execute("select id, reference from people_person order by id").fetchall()
        self._cases = connection.execute("select id, reference from process_case order by id").fetchall()
        self._first_case = _one(connection, "select last_value + 1 from process_case_number")
        self._numbers = connection.execute("select distinct scheme, value from people_identifier "
                                           "where scheme in ('nhs', 'upn') order by 1, 2").fetchall()
        self._free = map(nhs_number, range(NHS_CAPACITY))
        self._classes = _words_by_use(connection)

    def fill(self, copy: int, shift: int) -> None:
        """Put what this copy exchanges into the two temporary tables."""
        words = self._words(copy)
        texts = ((text, _reworded(text, words)) for text in self._texts)
        self._new_numbers = dict(self._renumbered(copy))
        with self._connection.cursor() as cursor:
            cursor.execute("truncate exchange, numbered")
            _copy(cursor, "exchange", [pair for pair in texts if pair[0] != pair[1]])
            _copy(cursor, "exchange", self._new_numbers.items())
            _copy(cursor, "numbered", ((ROOTS[0], pk + shift, new_reference(reference[:2], pk + shift))
                                       for pk, reference in self._people))
            first = self._first_case + (copy - 1) * len(self._cases)
            _copy(cursor, "numbered", ((ROOTS[1], pk + shift, new_reference(reference[:2], first + place))
                                       for place, (pk, reference) in enumerate(self._cases)))
            cursor.execute("select setval('process_case_number', %s)", [first + len(self._cases)])
            cursor.execute("analyze exchange, numbered")

    def write_keys(self, copy: int, shift: int) -> None:
        """The search keys of a copy: names exchanged word for word, their sounds by the code that makes every key."""
        plain = {normalise_name(old): normalise_name(new) for old, new in self._words(copy).items()}
        numbers = {f"{scheme}:{old}": (new := self._new_numbers[old]) and f"{scheme}:{new}" for scheme, old in self._numbers}
        asked = _KEYS.format(code=_moved("code", copy), shift=shift, days=3 * copy, last=self._people[-1][0])
        rows = self._connection.execute(asked).fetchall()
        with self._connection.cursor() as cursor:
            _copy(cursor, f"{KEYS} ({_KEY_COLUMNS})", (_key(row, plain, numbers) for row in rows))

    def _words(self, copy: int) -> dict[str, str]:
        """Each word of a name, and the word so many places on among those of its kind that are about as common."""
        found = {}
        for words in self._classes:
            for start in range(0, len(words) - BLOCK + 1, BLOCK):
                block = words[start:start + BLOCK] if start + 2 * BLOCK <= len(words) else words[start:]
                found |= {word: block[(place + copy) % len(block)] for place, word in enumerate(block)}
        return found

    def _renumbered(self, copy: int) -> Iterator[tuple[str, str]]:
        """Each number and one that nobody has; none ("") when the numbers kept for trying things out have run out."""
        known = {value for _, value in self._numbers}
        pupils = 1 + max((int(value[4:11]) for scheme, value in self._numbers if scheme == "upn"), default=0) - FIRST_PUPIL
        for scheme, value in self._numbers:
            if scheme == "upn":
                yield value, upn(int(value[4:11]) - FIRST_PUPIL + copy * pupils, int(value[11:13]))
            else:
                yield value, next((new for new in self._free if new not in known), "")


_KEY_COLUMNS = ("partnership_id, readers, denied, person_id, kept_id, born_on, born_estimated, sex, homes, postcodes, "
                "given, family, numbers, sounds, text")
_KEYS = """
select partnership_id, readers::text, denied::text, person_id + {shift}, kept_id + {shift}, born_on - {days},
  born_estimated, sex, homes::text, (select coalesce(array_agg({code}), '{{}}') from unnest(postcodes) code)::text,
  given, family, numbers
from people_searchkey where person_id <= {last} order by id
"""


def _key(row: tuple[Any, ...], words: dict[str, str], numbers: dict[str, str]) -> tuple[Any, ...]:
    *same, given, family, known = row
    given, family = ([" ".join(words.get(word, word) for word in name.split()) for name in names]
                     for names in (given, family))
    parts = sorted({word for name in (*given, *family) for word in name.split()})
    sounds = sorted({sound for word in parts for sound in sounds_of(word)})
    return (*same, array_text(list(dict.fromkeys(given))), array_text(list(dict.fromkeys(family))),
            array_text([new for each in known if (new := numbers.get(each, each))]), array_text(sounds), " ".join(parts))


# -- words, rows, references ------------------------------------------------------------------------------

def _words_by_use(connection: Any) -> list[list[str]]:
    """Words of given names of each sex, and of family names, the commonest first; each word in one of them only."""
    use: dict[str, Counter[str]] = {"F": Counter(), "M": Counter(), "family": Counter()}
    rows = connection.execute("select case sex when 'M' then 'M' else 'F' end, given || ' ' || known_as, count(*) "
                              "from people_person group by 1, 2 union all "
                              "select 'family', family, count(*) from people_person group by 2")
    for kind, text, many in rows:
        for word in (word for word in WORD.findall(text) if word[0].isupper()):
            use[kind][word] += many
    commonest: dict[str, str] = {}  # of the ways to write one word of a search key, only this is exchanged
    for word, _ in sum(use.values(), Counter()).most_common():
        commonest.setdefault(normalise_name(word), word)
    of_kind: dict[str, list[str]] = {kind: [] for kind in use}
    for plain, word in commonest.items():
        if " " not in plain:
            of_kind[max(use, key=lambda kind: use[kind][word])].append(word)
    return list(of_kind.values())


def _reworded(text: str, words: dict[str, str]) -> str:
    return WORD.sub(lambda found: words.get(found[0], found[0]), text)


def _one(connection: Any, asked: str) -> Any:
    return connection.execute(asked).fetchone()[0]


def _copy(cursor: Any, into: str, rows: Iterable[Iterable[Any]]) -> None:
    with cursor.copy(f"copy {into} from stdin") as copy:
        for row in rows:
            copy.write_row(tuple(row))


def _drop_indexes(connection: Any, tables: list[str]) -> list[str]:
    """Drop the indexes no constraint needs; what makes them again is handed back."""
    found = connection.execute("""
        select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
        where indrelid = any(%s::regclass[]) and not exists (select from pg_constraint where conindid = indexrelid)
        order by 1""", [tables]).fetchall()
    for name, _ in found:
        connection.execute(f"drop index {name}")
    return [made for _, made in found]


def _insist_sound(connection: Any, tables: list[str]) -> None:
    """Every foreign key of the tables, looked up for every row."""
    keys = connection.execute("""
        select conrelid::regclass::text, a.attname::text, confrelid::regclass::text, b.attname::text from pg_constraint
        join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1]
        join pg_attribute b on b.attrelid = confrelid and b.attnum = confkey[1]
        where contype = 'f' and conrelid = any(%s::regclass[])""", [tables]).fetchall()
    for table, column, other, key in keys:
        lost = _one(connection, f"select count(*) from {table} t where {column} is not null "
                                f"and not exists (select from {other} o where o.{key} = t.{column})")
        if lost:
            raise RuntimeError(f"{lost} rows of {table} name a row of {other} that is not there")
