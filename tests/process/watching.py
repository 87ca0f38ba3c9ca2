"""What stands on a case, taken down so that two moments or two ways of getting there can be compared."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from goldthread.access.actor import Actor, acting, system, writing
from goldthread.process import readers
from goldthread.process.models import Ask, Case, CasePerson, ClockRow, Event
from goldthread.process.settling import settle
from tests.process.walking import World

CLOCK = ("name", "started", "due", "stopped", "paused", "party", "step", "rule", "edition")


def tables(world: World) -> list[Any]:
    return [Event, Ask, CasePerson, *(m for s in world.process.steps for m in (s.record, *s.lines))]


def derived(world: World, case: Case) -> dict[str, Any]:
    """All that follows from the facts of a case: where it stands, its clocks, its people, whose it is."""
    with acting(system(world.partnership.pk)):
        now = Case.with_void.get(pk=case.pk)
        return {"stage": now.stage, "closed": now.closed_at, "mark": now.mark, "kind": now.kind, "title": now.title,
                "next": (now.next_due, now.next_clock), "worker": now.allocated_to_id, "readers": (now.readers, now.denied),
                "people": set(CasePerson.objects.filter(case=case).values_list("person", "capacity")),
                "asked": sorted(case.asks.filter(withdrawn_at=None).values_list("agency", "step", "answered_at"), key=str),
                "clocks": sorted(ClockRow.objects.filter(case=case).values_list(*CLOCK), key=str)}


def access(world: World, case: Case) -> dict[Any, Any]:
    """Who reads each row that hangs off a case."""
    with acting(system(world.partnership.pk)):
        return {(table, pk): (may, denied) for table, pk, may, denied in rows(world, case, "readers::text, denied::text")}


def rows(world: World, case: Case, columns: str) -> list[Any]:
    """The table, the number and some columns of every row that hangs off a case, as the database shows them, in one go."""
    names = (m._meta.db_table for m in tables(world))
    parts = [f"select '{t}', id, {columns} from {t} t where case_id = {case.pk}" for t in names]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts))
        found: list[Any] = cursor.fetchall()
    return found


def visible(actor: Actor, world: World, case: Case) -> set[Any]:
    """Every row of a case that somebody sees."""
    with acting(actor):
        found = {("Case", pk) for pk in Case.objects.filter(pk=case.pk).values_list("pk", flat=True)}
        for model in tables(world):
            found |= {(model.__name__, pk) for pk in model.objects.filter(case_id=case.pk).values_list("pk", flat=True)}
        return found


def settled(world: World, case: Case) -> None:
    """Deriving all of it again changes no row; what the last action left is what there is to see."""
    before, may = derived(world, case), access(world, case)
    with acting(system(world.partnership.pk)), writing(), transaction.atomic():
        again = Case.with_void.get(pk=case.pk)
        settle(again, world.now + world.behind)
        readers.rewrite(again)
    assert derived(world, case) == before
    assert access(world, case) == may


@contextmanager
def supposing() -> Iterator[None]:
    """What is done within is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
