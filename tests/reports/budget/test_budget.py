"""The partnership's money: exact to the penny, changed by named actions of those who may, and by nobody once closed."""
from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.access.actor import Actor, NotThroughActions, Refused, acting, system, writing
from goldthread.access.audit import changes
from goldthread.access.models import without_application_filter
from goldthread.access.policy import ROLES, May
from goldthread.measure import periods
from goldthread.reports.budget import actions, figures
from goldthread.reports.budget.actions import common
from goldthread.reports.budget.models import BudgetLine, BudgetYear
from goldthread.reports.budget.position import MEASURES, position
from goldthread.reports.reading.errors import ReportInputError
from goldthread.reports.yearly.figures import Asked
from tests.support import NOW, make_actor, make_agency, make_partnership

pytestmark = pytest.mark.django_db
HEAD = "side,line,contributor,kind,restricted,planned,committed,actual,note\n"
FILE = HEAD + """income,Council,Madeup Council,recurring,no,"£100,000.10",100000.10,100000.10,
income,Police,Madeup Police,recurring,no,5000,5000,5000,The same as for nine years
income,Health board,Madeup Health Board,recurring,,61200.40,61200.40,61200.40,
income,Grant for a pilot,Madeup Council,one-off,yes,8000,8000,7999.99,
income,Courses,,recurring,no,20000,0,18762.50,
spend,Staff,,recurring,no,150000,150000,151741.13,
spend,Scrutineer,,recurring,no,18000,18000,17500,
spend,The pilot,,one-off,yes,8000,7500,7500,
"""
VALUES = {"side": "income", "name": "Invented gift", "kind": "one-off", "planned": Decimal("10.01")}


@pytest.fixture
def manager() -> Actor:
    here = make_partnership()
    for name in ("Madeup Council", "Madeup Police", "Madeup Health Board"):
        make_agency("council", partnership=here, name=name)
    return make_actor("business-manager", partnership=here)


def begun(manager: Actor, period: str = "2025-2026", **given: Any) -> BudgetYear:
    return actions.begin_year(actor=manager, period=period, now=NOW, **given)


def loaded(manager: Actor, period: str = "2025-2026", file: str = FILE) -> BudgetYear:
    year = begun(manager, period, carried_in=Decimal("1772.00"))
    actions.load(actor=manager, year=year, data=file.encode(), now=NOW)
    return year


def test_every_amount_is_what_sql_adds_up(manager: Actor) -> None:
    year = loaded(manager)
    with acting(manager):
        found = position(year)
    conditions = {"": "true", "recurring-": "kind = 'recurring'", "one-off-": "kind = 'one-off'",
                  "restricted-": "restricted"}
    with acting(system()), connection.cursor() as cursor:
        for key, condition in conditions.items():
            for measure in MEASURES:
                cursor.execute(f"""select coalesce(sum({measure}) filter (where side = 'income'), 0),
                    coalesce(sum({measure}) filter (where side = 'spend'), 0), array_agg(id order by id)
                    from budget_budgetline where year_id = %s and replaced_at is null and {condition}""", [year.pk])
                came, went, rows = cursor.fetchone()
                assert found.of(f"{key}income", measure).value == came
                assert found.of(f"{key}spend", measure).value == went
                assert found.of(f"{key}balance", measure).value == came - went
                assert sorted(found.of(f"{key}balance", measure).rows) == rows
    assert found.of("balance", "actual").value == Decimal("16221.86")
    assert found.of("recurring-balance", "actual").value == Decimal("15721.87"), "without the pilot and its grant"
    assert found.carried_forward.value == Decimal("17993.86")
    assert found.variance.value == Decimal("741.13") and "−" not in found.variance.how.split("=")[1]
    assert found.of("balance", "actual").how == "£192,962.99 − £176,741.13 = £16,221.86"


def test_shares_are_of_what_agencies_contribute_and_not_of_income_from_courses(manager: Actor) -> None:
    year = loaded(manager)
    with acting(manager):
        found = {each.agency: each for each in position(year).shares}
    assert list(found) == ["Madeup Council", "Madeup Health Board", "Madeup Police"]
    whole = Decimal("174200.50")
    assert found["Madeup Police"].amount.value == 5000 and found["Madeup Police"].share.value == 5000 / whole * 100
    assert abs(sum(each.share.value for each in found.values()) - 100) < Decimal("1e-20")
    actions.close_year(actor=manager, year=year, now=NOW)
    with acting(manager):
        year.refresh_from_db()
        assert position(year).shares[0].amount.value == Decimal("108000.09"), "closed: what came in"


@settings(max_examples=60, deadline=None)
@given(pence=st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_no_penny_is_lost(pence: list[int]) -> None:
    lines = [BudgetLine(pk=at, side="income" if at % 2 else "spend", kind="one-off" if at % 3 else "recurring",
                        planned=Decimal(each) / 100, committed=Decimal(0), actual=Decimal(each) / 100)
             for at, each in enumerate(pence)]
    found = position(BudgetYear(period="2025-2026"), lines)
    balance = sum(each if at % 2 else -each for at, each in enumerate(pence))
    assert found.of("balance", "actual").value * 100 == balance
    parts = (found.of(f"{part}-balance", "actual").value for part in ("recurring", "one-off"))
    assert sum(parts) == Decimal(balance) / 100


@pytest.mark.parametrize("row,column,problem", [
    ("gift,Line,,,,1,,,", "side", "not one of the words"),
    ("income,,,,,1,,,", "line", "needs a name"),
    ("income,Line,Nobody Trust,,,1,,,", "contributor", "no agency of this name"),
    ("spend,Line,Madeup Police,,,1,,,", "contributor", "only income"),
    ("income,Line,,monthly,,1,,,", "kind", "not one of the words"),
    ("income,Line,,,perhaps,1,,,", "restricted", "not one of the words"),
    ("income,Line,,,,,,,", "planned", "there is no amount"),
    ("income,Line,,,,12.345,,,", "planned", "not an amount"),
    ("income,Line,,,,1,(5),,", "committed", "not an amount"),
    ("income,Line,,,,1,,ten,", "actual", "not an amount"),
    ("income,Line,,,,1,,99999999999,", "actual", "not an amount"),
    ("income,Council,,,,1,,,", "line", "in row 2 too")])
def test_a_wrong_file_loads_nothing_and_names_row_and_column(manager: Actor, row: str, column: str, problem: str) -> None:
    year = begun(manager)
    data = f"{HEAD}income,Council,Madeup Council,,,100,,,\n{row}\n".encode()
    with pytest.raises(ReportInputError) as wrong:
        actions.load(actor=manager, year=year, data=data, now=NOW)
    assert [(each.row, each.column) for each in wrong.value.faults] == [(3, column)] and problem in str(wrong.value)
    with acting(manager):
        assert not BudgetLine.objects.exists()


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", HEAD.encode(), b"\xff\xfe\x00", HEAD.encode() + b'"open'])
def test_what_is_no_budget_is_said_to_be_none(manager: Actor, data: bytes) -> None:
    year = begun(manager)
    with pytest.raises(ReportInputError):
        actions.load(actor=manager, year=year, data=data, now=NOW)


def test_loaded_again_the_new_lines_stand_and_the_old_stay_known(manager: Actor) -> None:
    year = loaded(manager)
    again = actions.load(actor=manager, year=year, data=(HEAD + "income,Council,,,,7,,,\n").encode(), now=NOW)
    assert (again.lines, again.replaced) == (1, 8)
    with acting(manager):
        assert position(year).of("income", "planned").value == 7 and BudgetLine.objects.count() == 9


def test_a_line_is_put_right_by_another_in_its_place(manager: Actor) -> None:
    year = begun(manager)
    first = actions.keep_line(actor=manager, year=year, values=dict(VALUES), now=NOW)
    second = actions.keep_line(actor=manager, year=year, values=VALUES | {"planned": Decimal(11)}, now=NOW, instead_of=first)
    assert second.number == first.number
    with pytest.raises(ValidationError, match="changed this line meanwhile"):
        actions.keep_line(actor=manager, year=year, values=dict(VALUES), now=NOW, instead_of=first)
    actions.end_line(actor=manager, year=year, line=second, now=NOW)
    with acting(manager):
        assert position(year).of("income", "planned").value == 0
        written = changes(BudgetLine._meta.db_table, second.pk)
    assert len(written) == 2 and {row["user_id"] for row in written} == {manager.user.pk}, "added, then ended, by name"


def test_what_a_closed_year_left_is_carried_into_the_next(manager: Actor) -> None:
    year = loaded(manager)
    actions.close_year(actor=manager, year=year, now=NOW)
    assert begun(manager, "2026-2027").carried_in == Decimal("17993.86")


def every_write(actor: Actor, year: BudgetYear) -> list[Any]:
    line = BudgetLine(pk=1, number=1)
    return [lambda: actions.keep_line(actor=actor, year=year, values=dict(VALUES), now=NOW),
            lambda: actions.end_line(actor=actor, year=year, line=line, now=NOW),
            lambda: actions.load(actor=actor, year=year, data=FILE.encode(), now=NOW),
            lambda: actions.describe_year(actor=actor, year=year, value_for_money="Good", carried_in=Decimal(0)),
            lambda: actions.close_year(actor=actor, year=year, now=NOW)]


def test_a_closed_year_changes_no_more(manager: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    year = loaded(manager)
    actions.close_year(actor=manager, year=year, now=NOW)
    for write in every_write(manager, year):
        with pytest.raises(ValidationError, match="is closed and changes no more"):
            write()
    monkeypatch.setattr("goldthread.reports.budget.actions.keeping.open_year", lambda actor, year: year)
    every_write(manager, year)[0]()  # the control: without that question it would be written


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_who_runs_the_report_keeps_the_money(manager: Actor, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    year = begun(manager)
    other = make_actor(role, partnership=manager.partnership)
    if May.RUN_REPORTS in ROLES[role].may:
        actions.keep_line(actor=other, year=year, values=dict(VALUES), now=NOW)
        return
    for write in [*every_write(other, year), lambda: begun(other, "2026-2027")]:
        with pytest.raises(Refused):
            write()
    monkeypatch.setattr(Actor, "require", lambda self, right: None)
    actions.keep_line(actor=other, year=year, values=dict(VALUES), now=NOW)  # the control


def test_who_reads_it_and_nobody_next_door(manager: Actor) -> None:
    year = loaded(manager)
    for role in ROLES:
        reads = any(pattern.endswith(f":{common.DESK}") for pattern in ROLES[role].reads)
        with acting(make_actor(role, partnership=manager.partnership)):
            assert BudgetLine.objects.exists() is BudgetYear.objects.exists() is reads, role
            with without_application_filter():
                assert BudgetLine.objects.exists() is reads, f"{role}, by the database alone"
    stranger = make_actor("business-manager")
    with acting(stranger):
        assert not BudgetYear.objects.exists()
    with pytest.raises(BudgetYear.DoesNotExist):
        actions.close_year(actor=stranger, year=year, now=NOW)


def test_lines_cannot_be_changed_even_by_the_system(manager: Actor) -> None:
    year = loaded(manager)
    with acting(system()):
        line = BudgetLine.objects.filter(year=year).first()
        with pytest.raises(NotThroughActions):
            line.save()
        with writing(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            line.actual += 1
            line.save()


def test_a_report_is_offered_every_amount_with_its_rows(manager: Actor) -> None:
    year = loaded(manager)
    asked = Asked(manager.partnership, periods.read(year.period), NOW)
    with acting(manager):
        found, where = {each.key: each for each in figures.figures(asked)}, position(year)
        for (what, measure), amount in where.amounts.items():
            figure = found[f"budget.{what}.{measure}"]
            assert (figure.value, tuple(figure.find_rows())) == (amount.value, amount.rows)
        assert found["budget.balance.actual"].text == "£16,221.86"
        assert found["budget.line-2.planned"].label == "Police: agreed"
        assert found["budget.share.madeup-police-3"].text == "2.9%"
        assert {each.table for each in found.values()} - {""} == set(figures.BUDGET.tables(asked))
        assert not list(figures.figures(Asked(manager.partnership, periods.read("2019-2020"), NOW)))
