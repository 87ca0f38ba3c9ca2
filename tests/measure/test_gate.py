"""A release is held back while something small can be worked out of it, mended, signed by two people and kept for good."""
from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting
from goldthread.measure import actions, gate, public, tasks
from goldthread.measure.computing import counted
from goldthread.measure.engines import DuckDB
from goldthread.measure.facts import BESIDE
from goldthread.measure.gate import Chosen
from goldthread.measure.indicators import Indicator, all_indicators, indicator
from goldthread.measure.models import Release, ReleasedFigure, ReleaseState
from goldthread.measure.periods import Period, period_of
from goldthread.measure.protecting import DEFAULT, Rule
from goldthread.measure.public import NOTHING, Public
from goldthread.measure.release.attack import Pinned
from goldthread.measure.release.figures import TooFine
from goldthread.measure.release.rows import within
from goldthread.measure.store import Store
from tests.measure.world import World
from tests.support import client_for

pytestmark = pytest.mark.django_db
PRIMARY_ONLY = Rule(small=7, nearest=1)
YEAR = tuple(period_of(month, "quarter") for month in (202603, 202606, 202609))


def chosen(*keys: str, by: tuple[str, ...] = ("age", "sex"), periods: tuple[Period, ...] = YEAR) -> Chosen:
    return Chosen(tuple(indicator(key) for key in keys), periods, by)


def prepared(world: World, what: Chosen, rule: Rule = DEFAULT, title: str = "Quarters") -> Release:
    """Prepared and looked at, large or not."""
    return looked(world, actions.prepare(actor=world.seat("analyst"), title=title, chosen=what, now=world.now, rule=rule))


def looked(world: World, release: Release) -> Release:
    return actions.look(release=release, now=world.now)


def found_out(own: list[ReleasedFigure], earlier: list[tuple[str, ReleasedFigure]],
              elsewhere: Public = NOTHING) -> list[Pinned]:
    return list(gate.found_out(gate.figures_together(own, earlier, elsewhere), PRIMARY_ONLY).pinned)


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
    mended = looked(world, actions.mend(actor=world.seat("analyst"), release=release, now=world.now))
    assert mended.state == ReleaseState.CLEAR and findings(world, mended) == []
    with acting(world.seat("analyst")):
        figures = list(mended.releasedfigures.all())
    assert any(figure.hidden for figure in figures) and any(not figure.hidden for figure in figures)
    assert found_out(figures, []) == []


def crossing(by: str, counts: dict[str, int], rule: Rule = PRIMARY_ONLY) -> list[ReleasedFigure]:
    """The contacts of one quarter by one breakdown or two at once, as they would be said."""
    found = []
    for category, count in counts.items():
        shown = rule.shown(count)
        found.append(ReleasedFigure(indicator="contacts", part="count", first=202604, last=202606, breakdown=by,
                                    category=category.replace("/", BESIDE), text=shown.text, low=shown.low, high=shown.high))
    return found


def test_two_breakdowns_at_once_are_attacked_together_with_all_that_is_out() -> None:
    """Negative controls: leaving out small numbers alone is caught; a gate that forgets what is out finds nothing."""
    leaks = crossing("age+sex", {"5-9/F": 3, "5-9/M": 20, "10-15/F": 15, "10-15/M": 30}) + crossing("", {"": 68})
    [pinned] = found_out(leaks, [])
    assert (pinned.low, pinned.high) == (3, 3) and "age and sex “5-9, Female”" in pinned.words()
    [parts] = gate.figures_together(leaks, [])
    assert not gate.mend(parts, PRIMARY_ONLY).left
    safe = crossing("age+sex", {"5-9/F": 3, "5-9/M": 5, "10-15/F": 15, "10-15/M": 30})
    by_age, by_sex = crossing("age", {"5-9": 8, "10-15": 45}), crossing("sex", {"F": 18, "M": 35})
    assert found_out(safe, []) == found_out(safe, [("By age", each) for each in by_age]) == found_out(by_sex, []) == []
    found = found_out(safe, [("By sex", each) for each in by_sex])
    assert {(each.low, each.high) for each in found} == {(3, 3), (5, 5)}
    assert all("By sex" in each.words() for each in found)


def test_two_breakdowns_at_once_add_up_to_each_and_are_mended(world: World) -> None:
    crossed = chosen("contacts", by=("age+sex",))
    release = prepared(world, crossed, title="Age within sex")
    if release.state == ReleaseState.BLOCKED:
        release = looked(world, actions.mend(actor=world.seat("analyst"), release=release, now=world.now))
    assert release.state == ReleaseState.CLEAR
    with DuckDB(Store.of(world.partnership.pk).files()) as duck:
        one, two = (counted(duck, crossed.indicators[0].counts, "quarter", crossed.months, by)[
            crossed.indicators[0].numerator] for by in ("age", "age+sex"))
    assert len(two) > len(one) > 3
    for (end, age), many in one.items():
        assert sum(n for (last, both), n in two.items() if last == end and both.split(BESIDE)[0] == age) == many


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
    assert found_out([month_less], []) == []  # it gives nothing away by itself
    [pinned] = found_out([month_less], [("Quarter 1", quarter)])
    assert (pinned.low, pinned.high) == (2, 2) and "Quarter 1" in pinned.words()


def quarters(*counts: int) -> list[ReleasedFigure]:
    """The quarters of 2025-26 as they would be said when only small numbers are left out."""
    found = []
    for count, last in zip(counts, (202506, 202509, 202512, 202603), strict=True):
        period, shown = period_of(last, "quarter"), PRIMARY_ONLY.shown(count)
        found.append(ReleasedFigure(indicator="contacts", part="count", first=period.months[0], last=last, text=shown.text,
                                    low=shown.low, high=shown.high))
    return found


def published(world: World, lines: str) -> Public:
    analyst = world.seat("analyst")
    actions.load_published(actor=analyst, data=f"series,area,year,value,source,nearest\n{lines}".encode(), now=world.now)
    with acting(analyst):
        return public.known()


def test_a_total_that_others_publish_is_used_by_the_attack(world: World) -> None:
    """National statistics say the year's total; three quarters are let out; the fourth is hidden and is what is left."""
    own, elsewhere = quarters(30, 41, 28, 5), published(world, "contacts,,2026,104,Invented statistics,\n")
    assert found_out(own, []) == [], "negative control: without what is public nothing can be worked out"
    [pinned] = found_out(own, [], elsewhere)
    assert (pinned.low, pinned.high) == (5, 5) and "Invented statistics" in pinned.words()
    rounded = published(world, "contacts,,2026,100,Invented statistics,10\n")
    assert found_out(own, [], rounded) == [], "rounded to ten it leaves room"


def test_a_rate_and_a_percentage_that_others_publish_are_used_too(world: World) -> None:
    rate = published(world, "population-0-17,,2026,10000,Invented estimate,\n"
                            "contacts-rate,,2026,104.0,Invented statistics,\n")
    assert [(each.low, each.high) for each in found_out(quarters(30, 41, 28, 5), [], rate)] == [(5, 5)]
    share = published(world, "contacts-from-police,,2026,6.6,Invented statistics,\n")
    assert [(round(each.low, 4), round(each.high, 4)) for each in share.shares] == [(.0655, .0665)]


def test_indicators_of_one_release_are_held_against_each_other_and_earlier_ones(world: World) -> None:
    """Contacts by source are out; the release has only the police's, hidden, under another indicator."""
    def of(key: str, part: str, count: int, by: str = "", category: str = "") -> ReleasedFigure:
        shown = PRIMARY_ONLY.shown(count)
        return ReleasedFigure(indicator=key, part=part, first=202604, last=202606, breakdown=by, category=category,
                              text=shown.text, low=shown.low, high=shown.high)
    out = [("Board paper", of("contacts", "count", count, "source", source)) for source, count in (("2A", 30), ("3A", 12))]
    own = [of("contacts-from-schools", "whole", 46), of("contacts-from-police", "part", 4)]
    assert found_out(own, []) == found_out(own, out[:1]) == [], "negative control: without them nothing can be worked out"
    out_too = ("Board paper", of("contacts", "count", 4, "source", "6"))
    [first, *_] = found_out(own, [*out, out_too])
    assert (first.low, first.high) == (4, 4) and first.what.startswith("Contacts from the police")


def test_what_went_out_meanwhile_is_looked_at_before_a_signature_counts(world: World) -> None:
    one, other = world.seat("analyst"), world.seat("lead-partner")
    waiting = prepared(world, chosen("contacts", by=()), title="Waiting")
    assert actions.sign(actor=one, release=waiting, now=world.now).state == ReleaseState.CLEAR
    published(world, "contacts,,2026,104,Invented statistics,\n")
    assert actions.sign(actor=other, release=waiting, now=world.now).state == ReleaseState.LOOKING, "something is public now"
    assert tasks.look_or_leave(waiting, world.now).state in (ReleaseState.LOOKING, ReleaseState.CLEAR)
    assert looked(world, waiting).state == ReleaseState.CLEAR
    assert actions.sign(actor=other, release=waiting, now=world.now).state == ReleaseState.PUBLISHED


def test_a_long_attack_is_left_to_the_worker_and_the_page_tells_how_far_it_is(
        world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "LARGE", 0)
    left: list[int] = []
    monkeypatch.setattr(tasks.look_at_release, "defer", lambda release: left.append(release))
    release = tasks.prepare_or_leave(actor=world.seat("analyst"), title="Long", chosen=chosen("contacts", by=()),
                                     now=world.now)
    client = client_for(world.seat("analyst"))
    page = client.get(f"/scorecard/releases/{release.pk}/").content.decode()
    assert left == [release.pk] and "0% done" in page and "Sign that it may go out" not in page
    seen = []
    real = gate.found_out
    monkeypatch.setattr(gate, "found_out", lambda groups, rule, tell: (
        tell(50, 100), seen.append(client.get(f"/scorecard/releases/{release.pk}/").content.decode()),
        real(groups, rule))[-1])
    tasks.look_at_release.func(release.pk)
    assert "50% done" in seen[0]
    assert "waiting for two people" in client.get(f"/scorecard/releases/{release.pk}/").content.decode()
    tasks.look_at_release.func(release.pk)  # killed and run again, it does nothing more
    assert "waiting for two people" in client.get(f"/scorecard/releases/{release.pk}/").content.decode()


def test_what_cannot_be_checked_does_not_go_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_fine(*_: object) -> None:
        raise TooFine("These figures cut the whole into 90,000 parts")
    release = actions.prepare(actor=world.seat("analyst"), title="Fine", chosen=chosen("contacts", by=()), now=world.now)
    monkeypatch.setattr(gate, "found_out", too_fine)
    assert looked(world, release).state == ReleaseState.BLOCKED
    assert findings(world, release) == ["It cannot be checked: These figures cut the whole into 90,000 parts"]


def test_what_is_rare_and_grave_is_only_let_out_over_years(world: World) -> None:
    with pytest.raises(ValidationError, match="3 years"):
        prepared(world, chosen("allegations"))


def nested(each: Indicator) -> bool:
    whole = each.denominator
    return whole is not None and whole.table == each.numerator.table and within(each.numerator.where, whole.where)


def test_a_numerator_lies_in_its_denominator_only_where_it_must() -> None:
    assert nested(indicator("decided-in-a-day")) and nested(indicator("contacts-from-police"))
    assert nested(indicator("strategy-with-police-and-health")) and nested(indicator("missing-again"))
    assert not nested(indicator("suspensions")) and not nested(indicator("referrer-told"))
    assert not nested(indicator("contacts"))
    assert sum(nested(each) for each in all_indicators()) > 40
