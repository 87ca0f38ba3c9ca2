"""Queries of every request, written by the ORM once and asked again and again with other values.

Working out the SQL of a query costs several times what sending it does, and planning it several times what running it
does. What is asked is the same, the filter of guarded tables included: a prepared query is compiled for an actor, and
asked with the partnership and tokens of whoever acts; the server plans it once for each connection.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connections
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators
from psycopg.types.numeric import Int8

from goldthread.access import authority
from goldthread.access.actor import SYSTEM_TOKEN, current
from goldthread.access.authority import Authority
from goldthread.access.models import filter_is_off

_PLACE = -987_654_321_001  # stands for the partnership while compiling: a value that no query holds otherwise


class Prepared:
    """A query over rows, models or `values_list`. make: builds it from named values; likes: a stand-in for each, unlike
    any real value.

    guarded: it reads guarded tables and is asked as whoever acts. The system, which sees all, asks without preparing; so
    does whoever has the application's filter off, which must be off here too and never be prepared.

    anew: the server plans it each time for the values given, because some find few rows and others thousands.

    once: the server does not look at the values when it plans, so that it keeps its first plan. For a query whose rows are
    found the same way whatever the values are; left to choose, the server plans anew where it thinks these find few rows.
    """

    def __init__(self, make: Callable[..., Any], *, guarded: bool = True, anew: bool = False, once: bool = False,
                 **likes: Any) -> None:
        self._make, self._guarded, self._anew, self._once, self._likes = make, guarded, anew, once, likes
        self._known: dict[int, tuple[str, str, list[Any], Callable[[Any], Any]]] = {}

    def rows(self, **values: Any) -> list[Any]:
        """The rows, as the query itself would give them. Raises NoActor for a guarded query when nobody is acting."""
        tokens: list[str] = []
        if self._guarded:
            who = current()
            if SYSTEM_TOKEN in who.tokens or filter_is_off():
                return list(self._make(**values))
            tokens = sorted(who.tokens)
            values |= {"_place": who.partnership, **{f"_token{n}": token for n, token in enumerate(tokens)}}
        if len(tokens) not in self._known:
            self._known[len(tokens)] = self._compile(len(tokens))
        db, sql, params, made = self._known[len(tokens)]
        values = {name: Int8(value) if type(value) is int else value for name, value in values.items()}  # one plan for all
        with connections[db].cursor() if self._anew else connections[db].planned_cursor() as cursor:
            cursor.execute(sql, [values[p.name] if isinstance(p, _Named) else p for p in params])
            return made(cursor.fetchall())

    def _compile(self, held: int) -> tuple[str, str, list[Any], Callable[[Any], Any]]:
        """The query for somebody who holds so many tokens. Raises ValueError where a value is not asked for,
        or rows are wanted of another kind than models and tuples."""
        likes = dict(self._likes)
        token = None
        if self._guarded:
            tokens = {f"_token{n}": f"\ue000 token {n:04}" for n in range(held)}
            likes |= {"_place": _PLACE, **tokens}
            token = authority._current.set(Authority(_PLACE, frozenset(tokens.values())))
        try:
            query = self._make(**self._likes)
        finally:
            if token is not None:
                authority._current.reset(token)
        compiler = query.query.get_compiler(using=query.db)
        sql, found = compiler.as_sql()
        params = [_named(value, likes) for value in found]
        if missing := sorted(set(likes) - {p.name for p in params if isinstance(p, _Named)}):
            raise ValueError(f"The query does not ask for {', '.join(missing)}")
        if self._once:
            sql = _unseen(sql, params)
        return query.db, sql, params, _maker(compiler, query.db, query._iterable_class)


class Among:
    """A prepared query over the rows of several numbers. make: builds it from a list of them.

    Compiled for 1, 2, 4, 8 … numbers; asked of so many with the last one named again. anew: as of `Prepared`.
    """

    def __init__(self, make: Callable[[list[int]], Any], *, anew: bool = False) -> None:
        self._make, self._anew = make, anew
        self._known: dict[int, Prepared] = {}

    def rows(self, numbers: Iterable[int]) -> list[Any]:
        """The rows of these numbers; none for none."""
        wanted = list(numbers)
        if not wanted:
            return []
        size = 1 << (len(wanted) - 1).bit_length()
        if size not in self._known:
            likes = {f"n{place}": _PLACE - 1 - place for place in range(size)}
            self._known[size] = Prepared(lambda **values: self._make(list(values.values())), anew=self._anew, **likes)
        wanted += wanted[-1:] * (size - len(wanted))
        return self._known[size].rows(**{f"n{place}": each for place, each in enumerate(wanted)})


class _Named(str):
    """The place of a value in a query."""

    @property
    def name(self) -> str:
        return str(self)


def _named(value: Any, likes: dict[str, Any]) -> Any:
    return next((_Named(name) for name, like in likes.items() if type(value) is type(like) and value == like), value)


def _unseen(sql: str, params: list[Any]) -> str:
    """The query with every named value asked for by a query of its own, which the server does not look into to plan."""
    places = iter(params)
    return re.sub(r"(?<!%)%s", lambda _: "(select %s)" if isinstance(next(places), _Named) else "%s", sql)


def _maker(compiler: Any, db: str, kind: type[Any]) -> Callable[[Sequence[Any]], list[Any]]:
    """What turns rows into models with those that were selected with them, as a query set does; values stay tuples."""
    select, info, more = compiler.select, compiler.klass_info, compiler.annotation_col_map
    kept = compiler.get_converters([column[0] for column in select])

    def converted(rows: Sequence[Any]) -> Any:
        return compiler.apply_converters(rows, kept) if kept else rows

    if kind is ValuesListIterable:
        return lambda rows: [tuple(row) for row in converted(rows)]
    if kind is not ModelIterable:
        raise ValueError(f"Only models and plain value lists can be prepared, not {kind.__name__}")
    begin, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[begin:end]]
    others = get_related_populators(info, select, db)

    def made(rows: Sequence[Any]) -> list[Any]:
        found = []
        for row in converted(rows):
            each = info["model"].from_db(db, names, row[begin:end])
            for other in others:
                other.populate(row, each)
            for name, at in more.items():
                setattr(each, name, row[at])
            found.append(each)
        return found

    return made
