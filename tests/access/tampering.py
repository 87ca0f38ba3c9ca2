"""What somebody with the database's highest rights might do to the log and to the rows it tells of.

Each tampering takes a cursor of a superuser and a source of chance, and returns what it did, or "" when it found nothing
to do. None leaves a trace it could have hidden: row hashes are made to fit, triggers are off.
"""
from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

Tampering = Callable[[Any, Random], str]
COLUMNS = {"change": ("at", "xid", "partnership_id", "user_id", "tbl", "pk", "op", "old", "new"),
           "reading": ("at", "xid", "partnership_id", "user_id", "agency_id", "kind", "ref", "people", "why")}
OTHERS = {"at": "at + interval '1 second'", "xid": "(xid::text::bigint + 1)::text::xid8",
          "partnership_id": "coalesce(partnership_id, 0) + 1", "user_id": "coalesce(user_id, 0) + 1",
          "agency_id": "coalesce(agency_id, 0) + 1", "tbl": "'orgs_team'", "pk": "coalesce(pk, 0) + 1000",
          "op": "op || 'D'", "old": "coalesce(old, '{}') || '{\"forged\": 1}'",
          "new": "coalesce(new, '{}') || '{\"name\": 1}'",
          "kind": "kind || 'x'", "ref": "ref + 1", "people": "people || 99::bigint", "why": "why || '.'"}


def sealed(cursor: Any, stream: str) -> list[int]:
    """The numbers of all sealed rows."""
    cursor.execute(f"select c.id from audit.{stream} c where c.id <= (select max(to_id) from audit.seal where stream = %s)"
                   " order by c.id", [stream])
    return [number for (number,) in cursor.fetchall()]


def _stream(chance: Random) -> str:
    return chance.choice(["change", "reading"])


def rehash(cursor: Any, stream: str, where: str = "true") -> None:
    cursor.execute(f"update audit.{stream} c set hash = audit.{stream}_hash(c) where {where}")


def edit(cursor: Any, chance: Random) -> str:
    """Another value in one column of one row."""
    stream = _stream(chance)
    column, number = chance.choice(COLUMNS[stream]), chance.choice(sealed(cursor, stream))
    cursor.execute(f"update audit.{stream} set {column} = {OTHERS[column]} where id = %s", [number])
    return f"{stream} {number}: {column}"


def edit_and_rehash(cursor: Any, chance: Random) -> str:
    """The same, and the row's hash made to fit."""
    done = edit(cursor, chance)
    stream, number = done.split(":")[0].split()
    rehash(cursor, stream, f"id = {number}")
    return done


def delete(cursor: Any, chance: Random) -> str:
    stream = _stream(chance)
    number = chance.choice(sealed(cursor, stream))
    cursor.execute(f"delete from audit.{stream} where id = %s", [number])
    return f"{stream} {number}"


def insert_between(cursor: Any, chance: Random) -> str:
    """A row with a right hash and a number that a rolled-back transaction left free."""
    stream = _stream(chance)
    have = sealed(cursor, stream)
    free = sorted(set(range(have[0], have[-1])) - set(have)) + [0, -5]
    number, like = chance.choice(free), chance.choice(have)
    return _copy(cursor, stream, like, number)


def _copy(cursor: Any, stream: str, like: int, number: int) -> str:
    names = ", ".join(COLUMNS[stream])
    cursor.execute(f"insert into audit.{stream} (id, {names}, hash) overriding system value"
                   f" select %s, {names}, '' from audit.{stream} where id = %s", [number, like])
    rehash(cursor, stream, f"id = {number}")
    return f"{stream} {number} like {like}"


def replace(cursor: Any, chance: Random) -> str:
    """One row deleted and another put under its number, so that counts stay right."""
    stream = _stream(chance)
    gone, like = chance.sample(sealed(cursor, stream), 2)
    cursor.execute(f"delete from audit.{stream} where id = %s", [gone])
    return _copy(cursor, stream, like, gone)


def reorder(cursor: Any, chance: Random) -> str:
    """Two rows change numbers, their hashes made to fit."""
    stream = _stream(chance)
    one, two = chance.sample(sealed(cursor, stream), 2)
    names = ", ".join(COLUMNS[stream])
    for old, new in ((one, -999), (two, one), (-999, two)):
        cursor.execute(f"with moved as (delete from audit.{stream} where id = %s returning *)"
                       f" insert into audit.{stream} (id, {names}, hash) overriding system value"
                       f" select %s, {names}, hash from moved", [old, new])
    rehash(cursor, stream, f"id in ({one}, {two})")
    return f"{stream} {one} and {two}"


def cut_tail(cursor: Any, chance: Random) -> str:
    """The last rows gone, and every seal that covered them."""
    stream = _stream(chance)
    first = chance.choice(sealed(cursor, stream)[1:])
    cursor.execute(f"delete from audit.{stream} where id >= %s", [first])
    cursor.execute("delete from audit.seal where stream = %s and to_id >= %s", [stream, first])
    return f"{stream} from {first}"


def make_chain_anew(cursor: Any, chance: Random) -> str:
    """A row changed and the whole chain of seals worked out again, so that nothing inside the database is wrong."""
    done = edit_and_rehash(cursor, chance)
    remake(cursor, done.split()[0])
    return f"{done}, chain anew"


def remake(cursor: Any, stream: str) -> None:
    """Work out every seal of a stream again, under the same numbers."""
    cursor.execute("select n, from_id, to_id from audit.seal where stream = %s order by n", [stream])
    previous = None
    for n, lo, hi in cursor.fetchall():
        cursor.execute("select coalesce(%s, audit.first_prev(%s))", [previous, stream])
        before = cursor.fetchone()[0]
        cursor.execute("update audit.seal s set prev = %s, count = t.many,"
                       " hash = audit.seal_hash(%s, %s, %s, t.many, t.body) from audit.stretch(%s, %s, %s) t where n = %s"
                       " returning s.hash", [before, before, lo, hi, stream, lo, hi, n])
        previous = cursor.fetchone()[0]


def one_seal_for_all(cursor: Any, chance: Random) -> str:
    """A row taken out and the chain begun afresh with one long seal."""
    done = delete(cursor, chance)
    stream = done.split()[0]
    cursor.execute("delete from audit.seal where stream = %s", [stream])
    cursor.execute("delete from audit.mark where stream = %s", [stream])
    cursor.execute("insert into audit.seal (stream, from_id, to_id, count, prev, hash) select %s, 1, m.top, t.many,"
                   " audit.first_prev(%s), audit.seal_hash(audit.first_prev(%s), 1, m.top, t.many, t.body)"
                   f" from (select max(id) as top from audit.{stream}) m, audit.stretch(%s, 1, m.top) t", [stream] * 4)
    return f"{done}, one seal"


def spoil_seal(cursor: Any, chance: Random) -> str:
    cursor.execute("select n from audit.seal")
    number = chance.choice([n for (n,) in cursor.fetchall()])
    change = chance.choice(["count = count + 1", "to_id = to_id + 1", "from_id = from_id + 1", "hash = sha256(hash)",
                            "prev = sha256(prev)", "stream = case stream when 'change' then 'reading' else 'change' end",
                            "stream = 'other'"])
    cursor.execute(f"update audit.seal set {change} where n = %s", [number])
    return f"seal {number}: {change}"


def delete_seal(cursor: Any, chance: Random) -> str:
    cursor.execute("delete from audit.seal where n = (select n from audit.seal order by n offset %s limit 1) returning n",
                   [chance.randrange(8)])
    return f"seal {cursor.fetchone()[0]}"


def older_copy(cursor: Any, chance: Random) -> str:
    """Everything put back as it was at some seal: log, seals and the rows themselves."""
    cursor.execute("select to_id, n from audit.seal where stream = 'change' order by n")
    to_id, n = chance.choice(cursor.fetchall()[:-1])
    cursor.execute("select tbl, pk, op, old from audit.change where id > %s order by id desc", [to_id])
    for table, pk, op, old in cursor.fetchall():
        cursor.execute(f"delete from {table} where id = %s", [pk])
        if op != "INSERT":
            cursor.execute(f"insert into {table} overriding system value"
                           f" select * from jsonb_populate_record(null::{table}, %s)", [old])
    cursor.execute("delete from audit.change where id > %s", [to_id])
    cursor.execute("delete from audit.seal where n > %s", [n])
    cursor.execute("delete from audit.reading where id > coalesce((select max(to_id) from audit.seal"
                   " where stream = 'reading'), 0)")
    return f"as at seal {n}"


def change_live_row(cursor: Any, chance: Random) -> str:
    table, column, value = chance.choice([
        ("orgs_partnership", "name", "name || ' x'"), ("orgs_agency", "phone", "'01632 960123'"),
        ("orgs_user", "email", "'x' || email"), ("orgs_user", "is_active", "not is_active"),
        ("orgs_appointment", "role", "'administrator'"), ("orgs_appointment", "ends", "current_date + 900"),
        ("notify_inboxnotice", "text", "text || '.'"), ("notify_inboxnotice", "readers", "readers || 'user:9'::text"),
        ("notify_inboxnotice", "read_at", "now()"), ("access_breakglass", "finding", "'proper'")])
    cursor.execute(f"update {table} set {column} = {value} where id = (select id from {table} order by id offset %s %% "
                   f"(select count(*) from {table}) limit 1)", [chance.randrange(10_000)])
    return f"{table}.{column}" if cursor.rowcount else ""


def delete_live_row(cursor: Any, chance: Random) -> str:
    table = chance.choice(["orgs_user", "orgs_appointment", "orgs_agency", "notify_inboxnotice", "access_breakglass"])
    cursor.execute(f"delete from {table} where id = (select id from {table} order by id offset %s %% "
                   f"(select count(*) from {table}) limit 1)", [chance.randrange(10_000)])
    return table


def insert_live_row(cursor: Any, chance: Random) -> str:
    """A seat nobody gave: the shortest way to other people's records."""
    cursor.execute("insert into orgs_appointment (user_id, partnership_id, agency_id, role, title, starts)"
                   " select user_id, partnership_id, agency_id, 'administrator', '', current_date - %s"
                   " from orgs_appointment limit 1", [chance.randrange(1, 900)])
    return "orgs_appointment"


def forge_history(cursor: Any, chance: Random) -> str:
    """A change that never was, written at the end as if it happened now."""
    cursor.execute("select id from audit.change where op = 'UPDATE'")
    like = chance.choice([number for (number,) in cursor.fetchall()])
    cursor.execute("select max(id) + 1 from audit.change")
    return _copy(cursor, "change", like, cursor.fetchone()[0])


def undo_unsealed(cursor: Any, chance: Random) -> str:
    """A change of the last minute, not sealed yet, taken out of the log."""
    cursor.execute("select id from audit.change where id > (select max(to_id) from audit.seal where stream = 'change')"
                   " and id in (select max(id) from audit.change group by tbl, pk)")
    number = chance.choice([number for (number,) in cursor.fetchall()])
    cursor.execute("delete from audit.change where id = %s", [number])
    return f"unsealed change {number}"


def empty_log(cursor: Any, chance: Random) -> str:
    stream = _stream(chance)
    cursor.execute(f"truncate audit.{stream}")
    if chance.random() < 0.5:
        cursor.execute("delete from audit.seal where stream = %s", [stream])
    return f"all of {stream}"


TAMPERINGS: tuple[Tampering, ...] = (
    edit, edit_and_rehash, delete, insert_between, replace, reorder, cut_tail, make_chain_anew, one_seal_for_all, spoil_seal,
    delete_seal, older_copy, change_live_row, delete_live_row, insert_live_row, forge_history, undo_unsealed, empty_log)
