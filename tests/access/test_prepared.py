"""Queries compiled once give what the ORM gives, to each who asks what is theirs, and refuse what they cannot keep."""
from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from goldthread.access.actor import Actor, NoActor, acting, system, writing
from goldthread.access.models import GuardedQuerySet, without_application_filter
from goldthread.access.prepared import Among, Prepared
from goldthread.access.seats import seats_of
from goldthread.people.models import Person
from tests.support import NOW, TODAY, make_actor, make_appointment, make_partnership

BY_FAMILY = {"family": "\ue000 family"}
ways = pytest.mark.parametrize("way", [{}, {"anew": True}, {"once": True}], ids=["free", "anew", "once"])


def by_family(family: str) -> Any:
    return Person.objects.filter(family=family).select_related("partnership").order_by("pk")


@pytest.fixture
def two(db: None) -> tuple[Actor, Actor]:
    """Workers of two boroughs, each with a person of the same name that only they may see."""
    return _with_person("PE-2222-2A"), _with_person("PE-2222-2B")


def _with_person(reference: str) -> Actor:
    actor = make_actor("mash-worker", partnership=make_partnership())
    with transaction.atomic(), acting(system(actor.partnership.pk)), writing():
        Person.objects.create(partnership=actor.partnership, reference=reference, given="Amira", family="Sample",
                              readers=[f"desk:{actor.partnership.pk}:front-door"], created_at=NOW)
    return actor


@ways
def test_each_who_asks_gets_their_own_rows_with_those_selected_beside_them(
        two: tuple[Actor, Actor], way: dict[str, bool]) -> None:
    asked = Prepared(by_family, **way, **BY_FAMILY)
    for actor in (*two, *two):
        with transaction.atomic(), acting(actor):
            found, plain = asked.rows(family="Sample"), list(by_family("Sample"))
            assert found == plain and len(found) == 1
            with CaptureQueriesContext(connection) as seen:
                assert found[0].partnership == actor.partnership
            assert len(seen) == 0
            assert {f.attname: getattr(found[0], f.attname) for f in Person._meta.concrete_fields} == {
                f.attname: getattr(plain[0], f.attname) for f in Person._meta.concrete_fields}
            assert asked.rows(family="Sampel") == []


@ways
def test_the_application_filter_is_in_the_query_and_not_only_the_databases_net(
        two: tuple[Actor, Actor], way: dict[str, bool]) -> None:
    """Negative control: a query compiled without the filter is refused, since it asks for nobody's tokens."""
    with transaction.atomic(), acting(two[0]):
        with CaptureQueriesContext(connection) as seen:
            Prepared(by_family, **way, **BY_FAMILY).rows(family="Sample")
        assert '"people_person"."readers" &&' in seen[-1]["sql"] and '"people_person"."denied" &&' in seen[-1]["sql"]
        with pytest.raises(ValueError, match="_place, _token0"):
            Prepared(lambda family: GuardedQuerySet(Person).filter(family=family), **BY_FAMILY).rows(family="Sample")


def test_where_the_filter_is_off_it_is_off_here_too_and_nothing_is_prepared_without_it(two: tuple[Actor, Actor]) -> None:
    asked = Prepared(by_family, **BY_FAMILY)
    with transaction.atomic(), acting(two[0]), CaptureQueriesContext(connection) as seen:
        for off in (nullcontext(), without_application_filter(), nullcontext()):
            with off:
                assert [each.reference for each in asked.rows(family="Sample")] == ["PE-2222-2A"]
    filtered = ['"people_person"."readers" &&' in each["sql"] for each in seen if '"people_person"' in each["sql"]]
    assert filtered == [True, False, True]


def test_more_tokens_than_before_are_all_asked_with(two: tuple[Actor, Actor]) -> None:
    asked = Prepared(by_family, **BY_FAMILY)
    one, other = two
    partner = make_actor("gp", partnership=one.partnership)
    with transaction.atomic(), acting(partner):
        assert asked.rows(family="Sample") == [] and len(partner.authority.tokens) != len(one.authority.tokens)
    with transaction.atomic(), acting(one):
        assert len(asked.rows(family="Sample")) == 1


def test_the_system_sees_its_partnership_and_nobody_sees_nothing(two: tuple[Actor, Actor]) -> None:
    asked = Prepared(by_family, **BY_FAMILY)
    with transaction.atomic(), acting(system(two[0].partnership.pk)):
        assert [each.reference for each in asked.rows(family="Sample")] == ["PE-2222-2A"]
    with pytest.raises(NoActor):
        asked.rows(family="Sample")


def test_a_value_the_query_does_not_ask_for_is_refused(db: None) -> None:
    lost = Prepared(lambda family, given: Person.objects.filter(family=family), family="\ue000 a", given="\ue000 b")
    with transaction.atomic(), acting(make_actor("mash-worker")), pytest.raises(ValueError, match="ask for given"):
        lost.rows(family="a", given="b")


def test_seats_come_with_what_they_are_given_in_one_statement(db: None) -> None:
    from goldthread.access.models import BreakGlass
    seat, away = make_appointment("mash-worker"), make_appointment("mash-manager")
    make_appointment("social-worker", user=seat.user, starts=TODAY + timedelta(days=1))
    type(away).objects.filter(pk=away.pk).update(covered_by=seat, cover_until=TODAY)
    grant = {"partnership": seat.partnership, "user": seat.user, "found": True, "about": "FD", "reason": "At risk"}
    open_now = BreakGlass.objects.create(**grant, at=NOW, until=NOW + timedelta(hours=1))
    BreakGlass.objects.create(**grant, at=NOW - timedelta(hours=3), until=NOW - timedelta(hours=2))
    seats_of(seat.user_id, now=NOW)
    with CaptureQueriesContext(connection) as seen:
        found = seats_of(seat.user_id, now=NOW)
        assert found[0].agency.name and found[0].partnership.name and found[0].user.email
    assert len(seen) == 1 and found == [seat]
    assert found[0].grants == [open_now.pk] and found[0].covered == [away.user_id]


def test_plain_values_come_in_the_order_they_are_named(two: tuple[Actor, Actor]) -> None:
    def values(family: str) -> Any:
        return by_family(family).values_list("given", "partnership__name", "id", "readers")
    asked = Prepared(values, **BY_FAMILY)
    for actor in two:
        with transaction.atomic(), acting(actor):
            found = asked.rows(family="Sample")
            assert found == list(values("Sample")) and found[0][:2] == ("Amira", actor.partnership.name)


def test_rows_of_another_kind_are_refused(two: tuple[Actor, Actor]) -> None:
    with transaction.atomic(), acting(two[0]), pytest.raises(ValueError, match="Only models and plain"):
        Prepared(lambda family: by_family(family).values("given"), **BY_FAMILY).rows(family="Sample")


@pytest.mark.parametrize("anew", [False, True])
def test_rows_of_several_numbers_are_those_the_actor_may_see(two: tuple[Actor, Actor], anew: bool) -> None:
    asked = Among(lambda people: Person.objects.filter(pk__in=people).order_by("pk"), anew=anew)
    with transaction.atomic(), acting(system()):
        every = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    assert len(every) == 2
    for actor in two:
        with transaction.atomic(), acting(actor):
            for numbers in ([], every[:1], every, [*every, 999_999_999], [*every, *range(900, 920)]):
                assert asked.rows(numbers) == list(Person.objects.filter(pk__in=numbers).order_by("pk"))
            assert len(asked.rows(every)) == 1
            with CaptureQueriesContext(connection) as seen:
                assert asked.rows([]) == []
            assert len(seen) == 0


def test_the_server_plans_once_for_all_and_each_gets_their_own_rows(two: tuple[Actor, Actor]) -> None:
    """By both nets: with the application's filter, and (`bare`) by row-level security alone."""
    asked, bare = Prepared(by_family, **BY_FAMILY), "select partnership_id from people_person where family = %s"
    for _ in range(connection.connection.prepare_threshold + 6):  # from the sixth run on, one plan serves all values
        for actor in two:
            with transaction.atomic(), acting(actor):
                assert [each.partnership_id for each in asked.rows(family="Sample")] == [actor.partnership.pk]
                with connection.planned_cursor() as cursor:
                    cursor.execute(bare, ["Sample"])
                    assert cursor.fetchall() == [(actor.partnership.pk,)]
    with connection.cursor() as cursor:
        cursor.execute("select statement, generic_plans from pg_prepared_statements where generic_plans > 0")
        planned = [statement for statement, _ in cursor.fetchall() if "people_person" in statement]
        cursor.execute("select count(*) from pg_prepared_statements")
        [before] = cursor.fetchone()
    assert len(planned) == 2 and any(statement.startswith("select partnership_id") for statement in planned)
    anew = Prepared(by_family, anew=True, **BY_FAMILY)
    with transaction.atomic(), acting(two[0]), connection.cursor() as cursor:
        assert len(anew.rows(family="Sample")) == 1
        cursor.execute("select count(*) from pg_prepared_statements")
        assert cursor.fetchone() == (before,), "planned for these values, and not kept"


class Skewed(models.Model):
    """Nearly all rows are of one kind."""

    kind = models.BigAutoField(primary_key=True)

    class Meta:
        managed, app_label, db_table = False, "tests", "skewed"


@pytest.mark.parametrize("once", [False, True])
def test_a_query_planned_once_keeps_its_plan_where_the_server_would_plan_for_the_values(db: None, once: bool) -> None:
    """The server sees in the value that it finds few rows, and plans for that; without it, it need not plan again."""
    asked = Prepared(lambda kind: Skewed.objects.filter(kind=kind).values_list("kind"), guarded=False, once=once,
                     kind=-987_654_321_001)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("create temporary table skewed on commit drop as "
                       "select greatest(n - 4990, 0)::bigint as kind from generate_series(1, 5000) n")
        cursor.execute("create index on skewed (kind); analyze skewed")
        for _ in range(connection.connection.prepare_threshold + 8):
            assert asked.rows(kind=7) == [(7,)]
        cursor.execute("select generic_plans from pg_prepared_statements where statement like '%skewed%'")
        assert (cursor.fetchone()[0] > 0) == once
