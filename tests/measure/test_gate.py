"""A release is held back while something small can be worked out of it, mended, signed by two people and kept for good."""
from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting
from goldthread.measure import actions, gate
from goldthread.measure.gate import Chosen
from goldthread.measure.indicators import all_indicators, indicator
from goldthread.measure.models import Release, ReleasedFigure, ReleaseState
from goldthread.measure.periods import Period, period_of
from goldthread.measure.protecting import DEFAULT, Rule
from tests.measure.world import World

pytestmark = pytest.mark.django_db
PRIMARY_ONLY = Rule(small=7, nearest=1)
YEAR = tuple(period_of(month, "quarter") for month in (202603, 202606, 202609))


def chosen(*keys: str, by: tuple[str, ...] = ("age", "sex"), periods: tuple[Period, ...] = YEAR) -> Chosen:
    return Chosen(tuple(indicator(key) for key in keys), periods, by)


def prepared(world: World, what: Chosen, rule: Rule = DEFAULT, title: str = "Quarters") -> Release:
    return actions.prepare(actor=world.seat("analyst"), title=title, chosen=what, now=world.now, rule=rule)


def findings(world: World, release: Release) -> list[str]:
    with acting(world.seat("board-member")):
        return [each.words for each in release.releasefindings.all()]


def test_leaving_out_small_numbers_alone_is_caught_and_said_in_words(world: World) -> None:
    release = prepared(world, chosen("contacts", "contacts-from-police"), PRIMARY_ONLY)
    words = findings(world, release)
    assert release.state == ReleaseState.BLOCKED and words
    assert all("It follows from" in each for each in words)


def test_what_the_gate_mends_can_no_longer_be_worked_out(world: World) -> None:
    release = prepared(world, chosen("contacts", "contacts-from-police"), PRIMARY_ONLY)
    mended = actions.mend(actor=world.seat("analyst"), release=release, now=world.now)
    assert mended.state == ReleaseState.CLEAR and findings(world, mended) == []
    with acting(world.seat("analyst")):
        figures = list(mended.releasedfigures.all())
    assert any(figure.hidden for figure in figures) and any(not figure.hidden for figure in figures)
    assert gate.found_out(figures, [], PRIMARY_ONLY) == []


def test_two_different_people_sign_and_the_register_keeps_it(world: World) -> None:
    release = prepared(world, chosen("contacts", by=()))
    one, other = world.seat("analyst"), world.seat("lead-partner")
    assert release.state == ReleaseState.CLEAR
    assert actions.sign(actor=one, release=release, now=world.now).state == ReleaseState.CLEAR
    with pytest.raises(ValidationError, match="Somebody else"):
        actions.sign(actor=one, release=release, now=world.now)
    assert actions.sign(actor=other, release=release, now=world.now).state == ReleaseState.PUBLISHED
    with pytest.raises(ValidationError, match="cannot be taken back"):
        actions.drop(actor=one, release=release)


def test_negative_control_one_signature_publishes_where_one_is_enough(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldthread.measure.actions.releasing.SIGNATURES", 1)
    release = prepared(world, chosen("contacts", by=()), title="Signed once")
    signed = actions.sign(actor=world.seat("analyst"), release=release, now=world.now)
    assert signed.state == ReleaseState.PUBLISHED


def test_who_may_not_sign_or_prepare_is_refused(world: World) -> None:
    release = prepared(world, chosen("contacts", by=()))
    with pytest.raises(Refused):
        actions.sign(actor=world.seat("board-member"), release=release, now=world.now)
    with pytest.raises(Refused):
        actions.prepare(actor=world.seat("lead-partner"), title="x", chosen=chosen("contacts"), now=world.now)


def test_a_difference_between_two_releases_is_caught() -> None:
    def figure(first: int, last: int, low: int) -> ReleasedFigure:
        return ReleasedFigure(indicator="contacts", part="count", first=first, last=last, text=str(low), low=low, high=low)
    quarter, month_less = figure(202604, 202606, 20), figure(202604, 202605, 18)
    assert gate.found_out([month_less], [], PRIMARY_ONLY) == []  # it gives nothing away by itself
    [pinned] = gate.found_out([month_less], [("Quarter 1", quarter)], PRIMARY_ONLY)
    assert (pinned.low, pinned.high) == (2, 2) and "Quarter 1" in pinned.words()


def test_what_is_rare_and_grave_is_only_let_out_over_years(world: World) -> None:
    with pytest.raises(ValidationError, match="3 years"):
        prepared(world, chosen("allegations"))


def test_a_numerator_lies_in_its_denominator_only_where_it_must() -> None:
    assert gate.nested(indicator("decided-in-a-day")) and gate.nested(indicator("contacts-from-police"))
    assert gate.nested(indicator("strategy-with-police-and-health")) and gate.nested(indicator("missing-again"))
    assert not gate.nested(indicator("suspensions")) and not gate.nested(indicator("referrer-told"))
    assert not gate.nested(indicator("contacts"))
    assert sum(gate.nested(each) for each in all_indicators()) > 40
