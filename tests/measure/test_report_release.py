"""A report's counts of people pass the gate that every release passes, and stand in its register afterwards."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import acting, system, system_for, writing
from goldthread.measure import gate, periods, public
from goldthread.measure.actions.releasing import earlier
from goldthread.measure.models import Counted, Release, ReleasedFigure
from goldthread.measure.protecting import DEFAULT
from goldthread.measure.release.attack import Found
from goldthread.measure.store import Store
from goldthread.reports.yearly import actions, casework, release
from goldthread.reports.yearly.casework import grave, meaning
from goldthread.reports.yearly.figures import WITHHELD, Asked, Figure
from goldthread.reports.yearly.models import FrozenFigure
from tests.access.separate import undone
from tests.measure.test_yearly_report import Desk
from tests.measure.world import World

pytestmark = pytest.mark.django_db
QUARTERS = (202506, 202509, 202512, 202603)
TELLING = (7, 6, 0, 0)  # said as c, c, 0, 0 of 15: each of the first two can only be 6 or 7
ALL = "{{figure:contacts}} in the year: " + ", ".join(f"{{{{figure:contacts.q{at}}}}}" for at in range(1, 5))
YEAR = "There were {{figure:contacts}} contacts in the year."


@pytest.fixture(scope="module")
def desk(world: World, django_db_blocker: Any) -> Iterator[Desk]:
    """A report of a year in which there were few contacts, all of it counted."""
    with django_db_blocker.unblock(), undone(), patch.object(
            Store, "begun", lambda _, by="recorded": {"front-door": 202504} if by == "recorded" else {}):
        actor = world.seat("business-manager")
        with transaction.atomic(), acting(system_for(actor)), writing():
            Counted.objects.filter(indicator="contacts").delete()
            numbers = [("year", 202603, sum(TELLING)), *(("quarter", *each) for each in zip(QUARTERS, TELLING, strict=True))]
            Counted.objects.bulk_create([Counted(partnership=world.partnership, indicator="contacts", kind=kind, end=end,
                                                 numerator=many, value=many) for kind, end, many in numbers])
        yield Desk(world, actor, actions.begin(None, actor, world.now))


def frozen(desk: Desk, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures are those of the fixture: what is counted anew before a freeze would take their place."""
    monkeypatch.setattr("goldthread.reports.yearly.figures.before_counting", [])
    desk.only(text)
    desk.freeze()


def used(desk: Desk) -> tuple[Figure, ...]:
    found: tuple[Figure, ...] = desk.composed().used
    return found


def test_what_figures_give_away_together_is_named_and_held_back_with_how_to_mend_it(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen(desk, ALL, monkeypatch)
    with pytest.raises(ValidationError) as raised:
        desk.publish()
    said = " ".join(raised.value.messages)
    assert "April 2025 to June 2025 is from 6 to 7" in said and "It follows from" in said and release.HOW_TO_MEND in said
    monkeypatch.setattr(gate, "found_out", lambda *_: Found((), ()))
    assert desk.publish(), "the control: with the gate off it would be out"


def test_what_must_be_hidden_is_hidden_wherever_it_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen(desk, ALL + "\n\n{{table:contacts}}", monkeypatch)
    assert actions.withhold(desk.document, desk.actor, desk.world.now)
    hidden = [each for each in used(desk) if each.text == WITHHELD]
    assert hidden and all(each.said is None and not any(char.isdigit() for char in each.how) for each in hidden)
    page = repr(desk.composed().written[0].blocks)
    assert "a number that is not told" in page and "Not told, since" in page.replace("not told, since", "Not told, since")
    version = desk.publish()
    with transaction.atomic(), acting(system(desk.world.partnership.pk)):
        names = {(each.indicator, each.first, each.last) for each in ReleasedFigure.objects.filter(release=version.release)}
        kept = FrozenFigure.objects.filter(freeze=version.freeze, key__in=[each.key for each in hidden])
        assert all(each.text != WITHHELD for each in kept), "what was frozen stays as it was"
    gone = {(one.indicator, one.first, one.last) for each in hidden if len(each.tells) == 1 for one in each.tells}
    assert names and gone and not gone & names, "and it is not in the register"


def test_what_is_published_is_held_against_all_that_is_let_out_after_it(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen(desk, YEAR, monkeypatch)
    version = desk.publish()
    with transaction.atomic(), acting(system(desk.world.partnership.pk)):
        entered = Release.objects.get(pk=version.release_id)
        assert entered.title == desk.document.title and entered.published_at == desk.world.now
        quarters = [ReleasedFigure(indicator="contacts", part="count", first=end - 2, last=end, text=shown.text,
                                   low=shown.low, high=shown.high)
                    for end, many in zip(QUARTERS, TELLING, strict=True) for shown in [DEFAULT.shown(many)]]
        known = earlier()
        later = gate.found_out(gate.figures_together(quarters, known, public.known()), DEFAULT)
        without = gate.found_out(gate.figures_together(
            quarters, [each for each in known if each[1].release_id != entered.pk], public.known()), DEFAULT)
    assert any(desk.document.title in each.words() for each in later.pinned)
    assert not without.pinned, "the control: nobody would know, were the report not in the register"


def test_a_report_is_held_against_what_was_let_out_before(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen(desk, YEAR, monkeypatch)
    desk.publish()
    quarters = ALL.removeprefix("{{figure:contacts}} in the year: ")
    desk_after = Desk(desk.world, desk.actor, actions.begin(None, desk.actor, desk.world.now))
    frozen(desk_after, quarters, monkeypatch)
    with pytest.raises(ValidationError, match="from 6 to 7"):
        desk_after.publish()


def test_our_own_work_is_held_against_the_records_it_is_counted_in(desk: Desk) -> None:
    figures = {each.key: each for each in _all(desk)}
    begun = figures["process.front-door.begun"]
    assert begun.tells[0].indicator == begun.key and (begun.tells[0].first, begun.tells[0].last) == (202504, 202603)
    declared = meaning(begun.key)
    assert declared and declared.numerator.table == "happened" and "step = 'contact'" in declared.numerator.where
    assert meaning("contacts") is None and not figures["process.yearly-report.begun"].tells


def test_what_was_open_begun_and_ended_is_held_against_each_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = next(each for each in _all(desk) if each.key == "process.front-door.begun")
    counts = {"begun": 13, "ended": 7, "open": 6}  # nothing was open before: what ended and what is open are 6 or 7
    told = [replace(begun, key=f"process.front-door.{moment}", tells=tuple(
        replace(one, indicator=f"process.front-door.{moment}", text=shown.text, low=shown.low, high=shown.high)
        for one in begun.tells for shown in [DEFAULT.shown(many)])) for moment, many in counts.items()]
    with transaction.atomic(), acting(system(desk.world.partnership.pk)):
        found, hidden = release.leaks(told), release.to_withhold(told)
        assert any("ended in the year" in each.what and "6 to 7" in each.words for each in found) and hidden
        monkeypatch.setattr(release, "balances", lambda *_: [])
        assert not release.leaks(told), "the control"


def test_what_is_told_over_years_only_is_not_told_of_one_year_by_another_way(desk: Desk) -> None:
    figures = {each.key: each for each in _all(desk)}
    assert {"allegations", "private-fostering", "rapid-review"} <= grave()
    for process in grave():
        for moment in ("begun", "ended", "open"):
            each = figures[f"process.{process}.{moment}"]
            assert each.said is None and "Only over several years" in each.text and not each.tells


def _all(desk: Desk) -> list[Figure]:
    with transaction.atomic(), acting(system(desk.world.partnership.pk)):
        return list(casework.figures(Asked(desk.world.partnership, periods.read("2025-2026"), desk.world.now)))
