"""The attacker before a release: held against every table that could have been, and against the rule without it."""
from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import pytest

from goldthread.measure.indicators import Count
from goldthread.measure.protecting import DEFAULT, EXACT, Rule, Shown
from goldthread.measure.release.attack import Pinned, attack
from goldthread.measure.release.figures import Figure, TooFine
from goldthread.measure.release.mending import mend
from goldthread.measure.release.together import Asked, AskedShare, together

ROWS, COLUMNS = ("under 5", "5 to 9", "10 to 15", "16 and 17"), ("police", "school", "health")
CONTACTS = Count("happened", "step = 'contact'", "records")
SUPPRESS_ONLY = Rule(nearest=1)  # small numbers left out and nothing else done, as most boards do by hand
Table = dict[tuple[str, str], int]


def figure(name: str, count: int, rule: Rule, *, out: str = "", own: bool = True, of: Count = CONTACTS,
           months: tuple[int, int] = (202604, 202606), **where: str | Sequence[str]) -> Asked:
    """How many contacts of some months fall within, said by a rule; `out`: where it was let out."""
    within = tuple((key, frozenset([value] if isinstance(value, str) else value)) for key, value in where.items())
    listed = product(*([(key, frozenset({each})) for each in {"age": ROWS, "source": COLUMNS}[key]] for key in where))
    return Asked(Figure(name, "contacts", rule.shown(count), out, own), of, *months, within,
                 frozenset(listed) if where else frozenset(), "Contacts")


def leaks(figures: Sequence[Asked], rule: Rule, shares: Sequence[AskedShare] = ()) -> list[Pinned]:
    """What they give away together."""
    return [pinned for parts in together(figures, shares) for pinned in attack(parts, rule).pinned]


def figures_of(table: Table, rule: Rule) -> list[Asked]:
    """A table with its totals, each count made safe by itself."""
    made = [figure(f"{row}, {column}", n, rule, age=row, source=column) for (row, column), n in table.items()]
    for row in dict.fromkeys(row for row, _ in table):
        made.append(figure(row, sum(n for (r, _), n in table.items() if r == row), rule, age=row))
    for column in dict.fromkeys(column for _, column in table):
        made.append(figure(column, sum(n for (_, c), n in table.items() if c == column), rule, source=column))
    return [*made, figure("all", sum(table.values()), rule)]


def tables(many: int, seed: int, rows: Sequence[str] = ROWS, columns: Sequence[str] = COLUMNS) -> Iterator[Table]:
    """Invented tables such as a partnership prints: many small counts, a few large ones."""
    chance = random.Random(seed)
    for _ in range(many):
        yield {cell: chance.choice((0, chance.randint(1, 7), chance.randint(3, 15), chance.randint(10, 90)))
               for cell in product(rows, columns)}


def test_a_hidden_number_beside_a_total_is_found_and_said_how() -> None:
    table = dict.fromkeys(product(ROWS, COLUMNS), 20) | {("5 to 9", "police"): 3}
    [found, *more] = leaks(figures_of(table, SUPPRESS_ONLY), SUPPRESS_ONLY)
    assert not more and (found.what, found.low, found.high) == ("5 to 9, police", 3, 3)
    words = found.words()
    assert words.startswith("5 to 9, police is exactly 3. It follows from ") and ": 20" in words
    total = sum(int(each.shown.text) for each in found.known if each.name in ("5 to 9", "police"))
    assert total in (43, 63), "the row's total or the column's"


def test_a_part_that_nobody_names_is_found_between_two_releases() -> None:
    """All, and all but one: what is left is somebody."""
    before = figure("Contacts", 120, EXACT, out="Yearly report", own=False)
    now = figure("Contacts but the police's", 118, EXACT, out="Board paper", source=("school", "health"))
    assert leaks([before], SUPPRESS_ONLY) == leaks([now], SUPPRESS_ONLY) == []
    [found] = leaks([before, now], SUPPRESS_ONLY)
    assert "source “Police”" in found.what and (found.low, found.high) == (2, 2)
    assert "Yearly report" in found.words() and "Board paper" in found.words()


MONTHS = ((202604, 202606), (202607, 202609), (202610, 202612), (202701, 202703))


def of_a_year(rule: Rule) -> list[Asked]:
    quarters = [figure(f"Quarter {n}", count, rule, out=f"Board, quarter {n}", own=n == 4, months=months)
                for n, (count, months) in enumerate(zip((30, 41, 28, 5), MONTHS, strict=True), start=1)]
    return [*quarters, figure("Year", 104, rule, out="Yearly report", own=False, months=(202604, 202703))]


def test_quarters_against_the_year() -> None:
    year = of_a_year(SUPPRESS_ONLY)
    assert leaks(year[:-1], SUPPRESS_ONLY) == [], "without the year nothing can be worked out"
    [found] = leaks(year, SUPPRESS_ONLY)
    assert (found.what, found.low, found.high) == ("Quarter 4", 5, 5)
    assert leaks(of_a_year(DEFAULT), DEFAULT) == [], "rounded each by itself, they leave enough room"


def test_months_quarters_and_years_that_overlap() -> None:
    """A quarter let out in spring, its first two months in summer: the third month is what is left."""
    before = figure("Quarter", 40, SUPPRESS_ONLY, out="Board paper, spring", own=False)
    now = figure("April and May", 37, SUPPRESS_ONLY, months=(202604, 202605))
    assert leaks([now], SUPPRESS_ONLY) == []
    [found] = leaks([before, now], SUPPRESS_ONLY)
    assert found.what.endswith("June 2026") and (found.low, found.high) == (3, 3)


def test_what_is_open_at_an_end_is_the_same_by_month_quarter_and_year() -> None:
    plans = Count("spans", "span = 'child-protection-plan'", "open")
    hidden = figure("Plans at the end of June", 3, SUPPRESS_ONLY, of=plans, months=(202606, 202606))
    told = figure("Plans at the end of quarter 1", 3, EXACT, of=plans, own=False, out="Report")
    assert leaks([hidden], SUPPRESS_ONLY) == []
    assert [(each.low, each.high) for each in leaks([hidden, told], SUPPRESS_ONLY)] == [(3, 3)]


def test_different_children_of_a_year_are_no_more_than_those_of_its_parts() -> None:
    children = Count("happened", "step = 'contact'", "different")
    parts = [figure(f"Quarter {n}", count, SUPPRESS_ONLY, of=children, months=months, own=n == 4)
             for n, (count, months) in enumerate(zip((9, 8, 9, 6), MONTHS, strict=True))]
    year = figure("Year", 32, EXACT, of=children, months=(202604, 202703), own=False, out="Report")
    hidden = figure("Quarter 4", 6, SUPPRESS_ONLY, of=children, months=MONTHS[3])
    assert leaks([hidden, year], SUPPRESS_ONLY) == []
    found = leaks([*parts[:3], hidden, year], SUPPRESS_ONLY)
    assert ("Quarter 4", 6, 7) in [(each.what, each.low, each.high) for each in found], "32 less 26, and hidden from 1 to 7"


def test_two_breakdowns_beside_each_other_tell_of_each_other() -> None:
    """A hidden total that the ages add up to, so that by source what is left is somebody."""
    ages = [figure(age, 10, SUPPRESS_ONLY, age=age) for age in ROWS]
    sources = [figure("police", 25, SUPPRESS_ONLY, source="police"), figure("school", 12, SUPPRESS_ONLY, source="school"),
               figure("health", 3, SUPPRESS_ONLY, source="health")]
    assert leaks(ages, SUPPRESS_ONLY) == leaks(sources, SUPPRESS_ONLY) == [], "each way by itself tells nothing"
    assert [(each.what, each.low, each.high) for each in leaks([*ages, *sources], SUPPRESS_ONLY)] == [("health", 3, 3)]


SCHOOLS = Count("happened", "step = 'contact' and source = '2A'", "records")
POLICE = Count("happened", "step = 'contact' and source = '6'", "records")
EITHER = Count("happened", "step = 'contact' and source in ('2A', '6')", "records")


def test_indicators_that_count_the_same_rows_tell_of_each_other() -> None:
    """One's numerator is another's part: what both add up to is let out by a third."""
    hidden = figure("From schools", 4, SUPPRESS_ONLY, of=SCHOOLS)
    police = figure("From the police", 30, SUPPRESS_ONLY, of=POLICE)
    either = figure("From either", 34, SUPPRESS_ONLY, of=EITHER)
    assert leaks([hidden, police], SUPPRESS_ONLY) == leaks([hidden, either], SUPPRESS_ONLY) == []
    found = leaks([hidden, police, either], SUPPRESS_ONLY)
    assert [(each.what, each.low, each.high) for each in found] == [("From schools", 4, 4)]


def test_a_breakdown_by_source_tells_what_an_indicator_of_one_source_hides() -> None:
    """The same contacts, as a category of one indicator and as the numerator of another."""
    hidden = figure("From schools", 4, SUPPRESS_ONLY, of=SCHOOLS)
    named = Asked(Figure("School, of all contacts", "contacts", EXACT.shown(4), "Board paper", own=False), CONTACTS, 202604,
                  202606, (("source", frozenset({"2A"})),))
    assert leaks([hidden], SUPPRESS_ONLY) == []
    assert {(each.low, each.high) for each in leaks([hidden, named], SUPPRESS_ONLY)} == {(4, 4)}


def test_nobody_is_left_beside_the_categories_that_were_listed() -> None:
    """Negative control: could there be others, the hidden one could be smaller."""
    sources = [figure("police", 25, SUPPRESS_ONLY, source="police"), figure("school", 12, SUPPRESS_ONLY, source="school"),
               figure("health", 3, SUPPRESS_ONLY, source="health"), figure("all", 40, SUPPRESS_ONLY)]
    assert [each.what for each in leaks(sources, SUPPRESS_ONLY)] == ["health"]
    assert leaks([replace(each, listed=frozenset()) for each in sources], SUPPRESS_ONLY) == []


def test_a_percentage_published_elsewhere_gives_away_what_rounding_hid() -> None:
    part, whole = figure("From schools", 4, DEFAULT, of=SCHOOLS), figure("Contacts", 61, DEFAULT)
    elsewhere = Figure("From schools, England's statistics", "contacts", Shown("6.6%", 0, None), "Statistics", own=False)
    share = AskedShare(elsewhere, SCHOOLS, CONTACTS, 202604, 202606, .0655, .0665)
    assert leaks([part, whole], DEFAULT) == []
    [found] = leaks([part, whole], DEFAULT, [share])
    assert (found.what, found.low, found.high) == ("From schools", 4, 4) and "Statistics" in found.words()


def test_what_cannot_be_true_beside_the_rest_is_left_out_and_named() -> None:
    """Records change: what was let out before is no longer what is counted."""
    now = [figure("police", 25, SUPPRESS_ONLY, source="police"), figure("school", 3, SUPPRESS_ONLY, source="school"),
           figure("health", 9, SUPPRESS_ONLY, source="health")]
    old = figure("all", 20, EXACT, own=False, out="Old report")
    also = figure("all of it", 37, EXACT, own=False, out="New report")
    [parts] = together([*now, also, old])
    found = attack(parts, SUPPRESS_ONLY)
    assert [each.source for each in found.aside] == ["Old report"]
    assert [(each.what, each.low, each.high) for each in found.pinned] == [("school", 3, 3)], "the other is still used"


def possible(shown: list[Asked], cells: list[tuple[str, str]]) -> Iterator[tuple[int, ...]]:
    """Every table of whole numbers that would be printed just so: found by trying all, with no arithmetic of ours."""
    bounds = [next(f.figure.shown for f in shown if f.figure.name == f"{row}, {column}") for row, column in cells]
    for values in product(*(range(b.low, (b.high if b.high is not None else 40) + 1) for b in bounds)):
        trial = dict(zip(cells, values, strict=True))
        if all(f.figure.shown.low <= sum(trial[c] for c in cells if _in(f, c)) and
               (f.figure.shown.high is None or sum(trial[c] for c in cells if _in(f, c)) <= f.figure.shown.high)
               for f in shown):
            yield values


def _in(asked: Asked, cell: tuple[str, str]) -> bool:
    return all(cell[("age", "source").index(name)] in wanted for name, wanted in asked.where)


@pytest.mark.parametrize(("rule", "at_least"), [(SUPPRESS_ONLY, 5), (Rule(small=3, nearest=3, least=2), 1)],
                         ids=["left out", "rounded"])
def test_it_finds_all_that_can_be_found_and_nothing_else(rule: Rule, at_least: int) -> None:
    """Oracle: all tables tried. What the true figures could be is what the attacker says, to the number."""
    cells = list(product(ROWS[:2], COLUMNS[:2]))
    found_some = 0
    for table in tables(40, 11, ROWS[:2], COLUMNS[:2]):
        table = {cell: min(n, 12) for cell, n in table.items()}
        there = {*ROWS[:2], *COLUMNS[:2]}
        shown = [replace(each, listed=frozenset(w for w in each.listed if all(some <= there for _, some in w)))
                 for each in figures_of(table, rule)]
        every = list(possible(shown, cells))
        assert tuple(table[cell] for cell in cells) in every
        wanted = set()
        for f in shown:
            sums = {sum(v for v, c in zip(values, cells, strict=True) if _in(f, c)) for values in every}
            if 1 <= min(sums) and max(sums) <= rule.small and max(sums) - min(sums) + 1 < rule.least:
                wanted.add((f.figure.name, min(sums), max(sums)))
        got = {(each.what, each.low, each.high) for each in leaks(shown, rule)}
        assert got == wanted, table
        found_some += bool(wanted)
    assert found_some >= at_least


def test_leaving_out_small_numbers_alone_leaks_and_a_mended_release_does_not() -> None:
    """The negative control that the reference asks for: without the gate, most tables give somebody away."""
    leaking = mended_leaks = 0
    for table in tables(60, 7):
        shown = figures_of(table, SUPPRESS_ONLY)
        leaking += bool(leaks(shown, SUPPRESS_ONLY))
        [parts] = together(shown)
        mended = mend(parts, SUPPRESS_ONLY)
        assert not mended.left
        mended_leaks += bool(attack(mended.parts, SUPPRESS_ONLY).pinned)
    assert leaking >= 20, leaking
    assert mended_leaks == 0


def test_the_rule_of_the_reference_leaks_far_less() -> None:
    loose = [bool(leaks(figures_of(table, SUPPRESS_ONLY), SUPPRESS_ONLY)) for table in tables(30, 7)]
    strict = [bool(leaks(figures_of(table, DEFAULT), DEFAULT)) for table in tables(30, 7)]
    assert sum(strict) * 5 <= sum(loose)


def test_mending_hides_little_and_only_its_own() -> None:
    table = dict.fromkeys(product(ROWS, COLUMNS), 20) | {("5 to 9", "police"): 3}
    [parts] = together(figures_of(table, SUPPRESS_ONLY))
    mended = mend(parts, SUPPRESS_ONLY)
    assert 1 <= len(mended.hidden) <= 4 and mended.left == ()
    assert [f.name for f in mended.parts.figures] == [f.name for f in parts.figures]
    left = mend(replace(parts, figures=tuple(replace(f, own=False) for f in parts.figures)), SUPPRESS_ONLY)
    assert left.hidden == () and [each.what for each in left.left] == ["5 to 9, police"], "what is out cannot be taken back"


def test_negative_control_an_attacker_who_sees_one_release_at_a_time_finds_nothing() -> None:
    year = of_a_year(SUPPRESS_ONLY)
    assert leaks(year, SUPPRESS_ONLY)
    assert leaks([each for each in year if each.figure.own], SUPPRESS_ONLY) == []


def test_figures_that_cannot_all_be_true_are_named() -> None:
    with pytest.raises(ValueError, match="contradict each other"):
        leaks([figure("Part", 9, EXACT, age=ROWS[0]), figure("All", 5, EXACT)], DEFAULT)
    wide = {name: tuple(map(str, range(40))) for name in ("age", "sex", "ethnicity", "area")}
    every = frozenset((name, frozenset({c})) for name in wide for c in wide[name])
    with pytest.raises(TooFine, match="fewer"):
        together([Asked(Figure("x", "m", EXACT.shown(9)), CONTACTS, 202604, 202604,
                        tuple((name, frozenset({"1"})) for name in wide), frozenset((one,) for one in every))])


def test_what_is_small_and_not_asked_for_is_left_alone() -> None:
    police = figure("police", 30, SUPPRESS_ONLY, own=False, source="police")
    assert together([police]) == [], "nothing of one's own is let out"
    assert Pinned("x", "m", 1, 2, ()).words().startswith("x is from 1 to 2")
