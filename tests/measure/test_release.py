"""The attacker before a release: held against every table that could have been, and against the rule without it."""
from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from goldthread.measure.protecting import DEFAULT, EXACT, Rule, Shown
from goldthread.measure.release import attack as attacking
from goldthread.measure.release.attack import Pinned, attack
from goldthread.measure.release.figures import Figure, Share, TooFine, parts_of
from goldthread.measure.release.mending import mend

ROWS, COLUMNS = ("under 5", "5 to 9", "10 to 15", "16 and 17"), ("police", "school", "health")
CUTS = {"contacts": {"age": ROWS, "source": COLUMNS}}
SUPPRESS_ONLY = Rule(nearest=1)  # small numbers left out and nothing else done, as most boards do by hand
Table = dict[tuple[str, str], int]


def figure(name: str, count: int, rule: Rule, *, out: str = "", own: bool = True, **where: str | Sequence[str]) -> Figure:
    """How many contacts fall within, said by a rule; `out`: where it was let out."""
    within = {key: frozenset([value] if isinstance(value, str) else value) for key, value in where.items()}
    return Figure(name, "contacts", within, rule.shown(count), out, own)


def figures_of(table: Table, rule: Rule) -> list[Figure]:
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
    [found, *more] = attack(figures_of(table, SUPPRESS_ONLY), CUTS, SUPPRESS_ONLY)
    assert not more and (found.what, found.low, found.high) == ("5 to 9, police", 3, 3)
    words = found.words()
    assert words.startswith("5 to 9, police is exactly 3. It follows from ") and ": 20" in words
    total = sum(int(each.shown.text) for each in found.known if each.name in ("5 to 9", "police"))
    assert total in (43, 63), "the row's total or the column's"


def test_a_part_that_nobody_names_is_found_between_two_releases() -> None:
    """All, and all but one: what is left is somebody."""
    before = figure("Contacts", 120, EXACT, out="Yearly report", own=False)
    now = figure("Contacts but the police's", 118, EXACT, out="Board paper", source=("school", "health"))
    assert attack([before], CUTS, SUPPRESS_ONLY) == attack([now], CUTS, SUPPRESS_ONLY) == []
    [found] = attack([before, now], CUTS, SUPPRESS_ONLY)
    assert (found.what, found.low, found.high) == ("police", 2, 2)
    assert "Yearly report" in found.words() and "Board paper" in found.words()


def test_quarters_against_the_year() -> None:
    cuts = {"contacts": {"quarter": ("1", "2", "3", "4")}}
    quarters = [Figure(f"Quarter {n}", "contacts", {"quarter": frozenset(n)}, SUPPRESS_ONLY.shown(count),
                       f"Board, quarter {n}", own=n == "4") for n, count in (("1", 30), ("2", 41), ("3", 28), ("4", 5))]
    assert attack(quarters, cuts, SUPPRESS_ONLY) == []
    year = Figure("Year", "contacts", {}, SUPPRESS_ONLY.shown(104), "Yearly report", own=False)
    [found] = attack([*quarters, year], cuts, SUPPRESS_ONLY)
    assert (found.what, found.low, found.high) == ("Quarter 4", 5, 5)
    rounded = [Figure(f.name, f.measure, f.where, DEFAULT.shown(count), f.source, f.own)
               for f, count in zip([*quarters, year], (30, 41, 28, 5, 104), strict=True)]
    assert attack(rounded, cuts, DEFAULT) == [], "rounded each by itself, they leave enough room"


def test_an_exact_percentage_gives_away_what_rounding_hid() -> None:
    part, whole = figure("Decided late", 4, DEFAULT, source="school"), figure("Decided", 61, DEFAULT)
    share = Share("Late", part, whole, 100 * 4 / 61, places=1)
    assert attack([part, whole], CUTS, DEFAULT) == []
    [found] = attack([part, whole], CUTS, DEFAULT, [share])
    assert (found.what, found.low, found.high) == ("Decided late", 4, 4)
    assert mend([part, whole], CUTS, DEFAULT, [share]).hidden, "the share goes with the figure that is hidden"


def possible(table: Table, shown: list[Figure], cells: list[tuple[str, str]]) -> Iterator[tuple[int, ...]]:
    """Every table of whole numbers that would be printed just so: found by trying all, with no arithmetic of ours."""
    bounds = [next(f.shown for f in shown if f.name == f"{row}, {column}") for row, column in cells]
    for values in product(*(range(b.low, (b.high if b.high is not None else 40) + 1) for b in bounds)):
        trial = dict(zip(cells, values, strict=True))
        if all(f.shown.low <= sum(trial[c] for c in cells if _in(f, c)) and
               (f.shown.high is None or sum(trial[c] for c in cells if _in(f, c)) <= f.shown.high) for f in shown):
            yield values


def _in(figure: Figure, cell: tuple[str, str]) -> bool:
    return all(cell[("age", "source").index(name)] in wanted for name, wanted in figure.where.items())


@pytest.mark.parametrize(("rule", "at_least"), [(SUPPRESS_ONLY, 5), (Rule(small=3, nearest=3, least=2), 1)],
                         ids=["left out", "rounded"])
def test_it_finds_all_that_can_be_found_and_nothing_else(rule: Rule, at_least: int) -> None:
    """Oracle: all tables tried. What the true figures could be is what the attacker says, to the number."""
    cells = list(product(ROWS[:2], COLUMNS[:2]))
    cuts = {"contacts": {"age": ROWS[:2], "source": COLUMNS[:2]}}
    found_some = 0
    for table in tables(40, 11, ROWS[:2], COLUMNS[:2]):
        table = {cell: min(n, 12) for cell, n in table.items()}
        shown = figures_of(table, rule)
        every = list(possible(table, shown, cells))
        assert tuple(table[cell] for cell in cells) in every
        wanted = set()
        for f in shown:
            sums = {sum(v for v, c in zip(values, cells, strict=True) if _in(f, c)) for values in every}
            if 1 <= min(sums) and max(sums) <= rule.small and max(sums) - min(sums) + 1 < rule.least:
                wanted.add((f.name, min(sums), max(sums)))
        got = {(each.what, each.low, each.high) for each in attack(shown, cuts, rule)}
        assert got == wanted, table
        found_some += bool(wanted)
    assert found_some >= at_least


def test_leaving_out_small_numbers_alone_leaks_and_a_mended_release_does_not() -> None:
    """The negative control that the reference asks for: without the gate, most tables give somebody away."""
    leaking = mended_leaks = 0
    for table in tables(60, 7):
        shown = figures_of(table, SUPPRESS_ONLY)
        leaking += bool(attack(shown, CUTS, SUPPRESS_ONLY))
        mended = mend(shown, CUTS, SUPPRESS_ONLY)
        assert not mended.left
        mended_leaks += bool(attack(mended.figures, CUTS, SUPPRESS_ONLY))
    assert leaking >= 20, leaking
    assert mended_leaks == 0


def test_the_rule_of_the_reference_leaks_far_less() -> None:
    loose = [bool(attack(figures_of(table, SUPPRESS_ONLY), CUTS, SUPPRESS_ONLY)) for table in tables(60, 7)]
    strict = [bool(attack(figures_of(table, DEFAULT), CUTS, DEFAULT)) for table in tables(60, 7)]
    assert sum(strict) * 5 <= sum(loose)


def test_mending_hides_little_and_only_its_own() -> None:
    table = dict.fromkeys(product(ROWS, COLUMNS), 20) | {("5 to 9", "police"): 3}
    shown = figures_of(table, SUPPRESS_ONLY)
    mended = mend(shown, CUTS, SUPPRESS_ONLY)
    assert 1 <= len(mended.hidden) <= 4 and mended.left == ()
    assert [f.name for f in mended.figures] == [f.name for f in shown]
    old = [Figure(f.name, f.measure, f.where, f.shown, "Out already", own=False) for f in shown]
    left = mend(old, CUTS, SUPPRESS_ONLY)
    assert left.hidden == () and [each.what for each in left.left] == ["5 to 9, police"], "what is out cannot be taken back"


def test_negative_control_an_attacker_who_sees_one_release_at_a_time_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    quarters = [Figure(n, "contacts", {"source": frozenset({n})}, SUPPRESS_ONLY.shown(c), n) for n, c in
                (("police", 30), ("school", 41), ("health", 5))]
    year = Figure("all", "contacts", {}, SUPPRESS_ONLY.shown(76), "Year", own=False)
    assert attack([*quarters, year], CUTS, SUPPRESS_ONLY)
    real = attacking.parts_of
    monkeypatch.setattr(attacking, "parts_of", lambda figures, cuts: real([f for f in figures if f.own], cuts))
    assert attack([*quarters, year], CUTS, SUPPRESS_ONLY) == []


def test_figures_that_cannot_all_be_true_are_named() -> None:
    with pytest.raises(ValueError, match="contradict each other"):
        attack([Figure("Part", "contacts", {"age": frozenset(ROWS[:1])}, Shown("9", 9, 9)),
                Figure("All", "contacts", {}, Shown("5", 5, 5))], CUTS, DEFAULT)
    with pytest.raises(ValueError, match="there is no breakdown by ward"):
        parts_of([Figure("Part", "contacts", {"ward": frozenset({"x"})}, EXACT.shown(1))], CUTS["contacts"])
    with pytest.raises(ValueError, match="age has no 99"):
        parts_of([Figure("Part", "contacts", {"age": frozenset({"99"})}, EXACT.shown(1))], CUTS["contacts"])
    wide = {str(n): tuple(map(str, range(40))) for n in range(4)}
    with pytest.raises(TooFine, match="fewer breakdowns"):
        parts_of([Figure(f"{n}{c}", "m", {n: frozenset({c})}, EXACT.shown(9)) for n in wide for c in wide[n]], wide)


def test_what_no_figure_tells_apart_is_one_part() -> None:
    parts = parts_of(figures_of(dict.fromkeys(product(ROWS[:2], COLUMNS), 9), DEFAULT), CUTS["contacts"])
    assert len(parts.names) == 3 * 3 and "10 to 15 or 16 and 17, police" in parts.names
    assert isinstance(attack([], CUTS, DEFAULT), list) and Pinned("x", "m", 1, 2, ()).words().startswith("x is from 1 to 2")
