"""Which rows conditions have in common: the kinds of row that some conditions tell apart, worked out from their words alone.

A kind is a set of conditions that a row can satisfy at once and no others. Every count of rows is a sum over kinds.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from math import prod

from goldthread.measure.conditions import Compared, comparisons, tree
from goldthread.measure.release.figures import MOST_PARTS, TooFine

OTHER = "\0"  # stands for every text that no condition and no figure names
MOST_LIKE = 8  # patterns of one column that are told apart together
Kind = frozenset[int]  # the numbers of the conditions that a row satisfies


def disjoint(one: str, other: str) -> bool:
    """Whether no row can satisfy both conditions, as far as their words tell."""
    texts = _must(other)
    return any(column in texts and not found & texts[column] for column, found in _must(one).items())


def within(one: str, other: str) -> bool:
    """Whether every row of the first condition is one of the second, as far as their words tell."""
    texts = _must(one)
    return one == other or all(each.must and bool(texts.get(each.column)) and texts[each.column] <= set(each.texts)
                               for each in comparisons(other))


def _must(condition: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in comparisons(condition):
        if each.must:
            found[each.column] = found.get(each.column, set(each.texts)) & set(each.texts)
    return found


def clusters(conditions: Iterable[str]) -> list[list[str]]:
    """Conditions that may have rows in common, directly or by way of others, together."""
    found: list[list[str]] = []
    for condition in dict.fromkeys(conditions):
        near = [those for those in found if not all(disjoint(condition, each) for each in those)]
        found = [those for those in found if those not in near] + [[*(each for those in near for each in those), condition]]
    return found


def kinds(conditions: Sequence[str],
          told_apart: Mapping[str, Iterable[str]] | None = None) -> set[tuple[Kind, tuple[str, ...]]]:
    """The kinds of row that satisfy at least one condition, each with the text it has in every column to be told apart by
    its named texts (OTHER: none of them). Raises TooFine.
    """
    wanted = {column: list(dict.fromkeys(texts)) for column, texts in (told_apart or {}).items()}
    compared: dict[str, list[Compared]] = defaultdict(list)
    for condition in conditions:
        for each in comparisons(condition):
            compared[each.column].append(each)
    columns = list(dict.fromkeys([*wanted, *compared]))
    values = [_values(compared[column], wanted.get(column, [])) for column in columns]
    if prod(map(len, values)) > MOST_PARTS:
        raise TooFine(f"These figures tell {prod(map(len, values)):,} kinds of row apart, of which {MOST_PARTS:,} can be "
                      "checked: let out fewer indicators or breakdowns at once")
    trees, found = [tree(condition) for condition in conditions], set()
    for row in product(*values):
        told = dict(zip(columns, row, strict=True))
        kind = frozenset(at for at, each in enumerate(trees) if each.holds(told))
        if kind:
            found.add((kind, tuple(text if text in wanted[column] else OTHER
                                   for column, text in list(told.items())[:len(wanted)])))
    return found


def _values(compared: Sequence[Compared], wanted: Sequence[str]) -> list[str]:
    """Texts of a column of which no two are alike: each of those wanted, and one for each way to satisfy comparisons."""
    likes = [each.texts[0].replace("%", "") for each in compared if each.like]
    likes = list(dict.fromkeys(likes))[:MOST_LIKE]
    texts = [text for each in compared if not each.like for text in each.texts]
    joined = ["".join(those) for many in range(1, len(likes) + 1) for those in combinations(likes, many)]
    found: dict[tuple[object, ...], str] = {}
    for text in [*wanted, *texts, *joined, OTHER]:
        alike = (text if text in wanted else None, *(each.holds({each.column: text}) for each in compared))
        found.setdefault(alike, text)
    return list(found.values())
