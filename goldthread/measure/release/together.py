"""Figures of many indicators, periods and breakdowns over the smallest parts of the rows they have in common.

What adds up is cut by month, by kind of row and, beside that, by each way it was broken down: two ways of which no figure
names both at once are not crossed, since knowing each by itself and what both add up to is all that is known of the two.
Different people do not add up: of them it is known who is among whom, and that a year has no more than its quarters.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from goldthread.measure.facts import BY
from goldthread.measure.indicators import Count
from goldthread.measure.periods import Period, months_between
from goldthread.measure.protecting import Shown
from goldthread.measure.release.figures import MOST_PARTS, Figure, Parts, Ratio, TooFine
from goldthread.measure.release.rows import OTHER, Kind, clusters, kinds, within
from goldthread.measure.words import category_words

SUMS = {"records", "children", "numbers", "last", "open"}
NOBODY = Shown("0", 0, 0)
Where = tuple[tuple[str, frozenset[str]], ...]  # a column and the categories of it; several columns at once


@dataclass(frozen=True)
class Asked:
    """A figure, and which rows it counts: those of `count` from one month to another, within `where`.

    listed: the categories let out beside it; of others there is nobody. called: what the rows are, in words.
    """

    figure: Figure
    count: Count
    first: int
    last: int
    where: Where = ()
    listed: frozenset[Where] = frozenset()
    called: str = ""

    @property
    def months(self) -> tuple[int, ...]:
        """Those whose rows it adds up; of how something stands at an end, that month's alone."""
        return (self.last,) if self.count.at_end else tuple(months_between(self.first, self.last))


@dataclass(frozen=True)
class AskedShare:
    """A percentage let out elsewhere: so much of `part` is of `whole`, from `low` to `high` of it."""

    figure: Figure
    part: Count
    whole: Count
    first: int
    last: int
    low: float
    high: float

    @property
    def months(self) -> tuple[int, ...]:
        return (self.last,) if self.part.at_end else tuple(months_between(self.first, self.last))


def together(asked: Sequence[Asked], shares: Sequence[AskedShare] = ()) -> list[Parts]:
    """Everything that tells of each other and of a figure of one's own, in groups. Raises TooFine."""
    families: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for each in asked:
        families[each.count.table, _family(each.count)].append(each)
    found = []
    for (table, family), those in families.items():
        related = [share for share in shares if (share.part.table, _family(share.part)) == (table, family)
                   == (share.whole.table, _family(share.whole))]
        wheres = [each.count.where for each in those]
        wheres += [count.where for share in related for count in (share.part, share.whole)]
        for conditions in clusters(wheres):
            here = [each for each in those if each.count.where in conditions]
            if any(each.figure.own for each in here):
                build = _Adding if family in SUMS else _Different
                found.append(build(here, conditions, [
                    share for share in related if {share.part.where, share.whole.where} <= set(conditions)]).parts())
    return found


def _family(count: Count) -> str:
    """Counts whose numbers tell of each other: the number of a month is that of its period's last month too."""
    return {"last": "numbers", "thrice": "different"}.get(count.counts, count.counts)


@dataclass
class _Building:
    """Parts as they are put together."""

    asked: list[Asked]
    conditions: list[str]
    shares: list[AskedShare]
    names: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    members: list[tuple[int, ...]] = field(default_factory=list)
    links: list[tuple[tuple[int, ...], str, tuple[int, ...]]] = field(default_factory=list)

    def part(self, name: str) -> int:
        if len(self.names) >= MOST_PARTS:
            raise TooFine(f"These figures cut the whole into more than {MOST_PARTS:,} parts, which is all that can be "
                          "checked: let out fewer periods or breakdowns at once")
        self.names.append(name)
        return len(self.names) - 1

    def told(self, figure: Figure, members: Iterable[int]) -> None:
        self.figures.append(figure)
        self.members.append(tuple(members))

    def called(self, condition: str) -> str:
        return next((each.called or each.figure.name for each in self.asked if each.count.where == condition), condition)


class _Adding(_Building):
    """Rows that add up over months, kinds and categories."""

    def parts(self) -> Parts:
        self._cut_months()
        base = {(month, kind): self.part(f"{self._kind_words(kind)}, {self.month_words[month]}")
                for month in self.month_words for kind, _ in sorted(kinds(self.conditions), key=str)}
        for each in self.asked:
            if not each.where:
                self.told(each.figure, self._of(base, each.count, each.months))
        for columns in self._ways():
            self._block(columns, base)
        ratios = tuple(Ratio(share.figure, self._of(base, share.part, share.months),
                             self._of(base, share.whole, share.months), share.low, share.high) for share in self.shares)
        return Parts(tuple(self.names), tuple(self.members), tuple(self.figures), tuple(self.links), ratios)

    def _cut_months(self) -> None:
        """Months that no figure tells apart are one."""
        spans = list(dict.fromkeys([each.months for each in self.asked]
                                   + [share.months for share in self.shares]))
        groups: dict[tuple[bool, ...], list[int]] = defaultdict(list)
        for month in sorted({month for span in spans for month in span}):
            groups[tuple(month in span for span in spans)].append(month)
        self.group_of = {month: those[0] for those in groups.values() for month in those}
        self.month_words = {those[0]: Period(tuple(those)).words for those in groups.values()}

    def _of(self, base: Mapping[tuple[int, Kind], int], count: Count, months: Iterable[int]) -> tuple[int, ...]:
        at, groups = self.conditions.index(count.where), {self.group_of[month] for month in months}
        return tuple(part for (month, kind), part in base.items() if month in groups and at in kind)

    def _kind_words(self, kind: Kind) -> str:
        names = [self.called(condition) for condition in self.conditions]
        inside = [names[at] for at in sorted(kind)]
        outside = [name for at, name in enumerate(names) if at not in kind and name not in inside]
        return " and ".join(dict.fromkeys(inside)) + (f", but not {' nor '.join(dict.fromkeys(outside))}" if outside else "")

    def _ways(self) -> list[tuple[str, ...]]:
        """The columns figures are broken down by; those that one figure names at once together."""
        found: list[set[str]] = []
        for each in self.asked:
            if columns := {column for column, _ in each.where}:
                near = [those for those in found if those & columns]
                found = [those for those in found if those not in near] + [columns.union(*near)]
        return [tuple(sorted(columns)) for columns in found]

    def _block(self, columns: tuple[str, ...], base: Mapping[tuple[int, Kind], int]) -> None:
        """The same rows cut by some columns, each kind of a month adding up to what it is without."""
        those = [each for each in self.asked if {column for column, _ in each.where} & set(columns)]
        texts = {column: [text for each in those for where in (each.where, *each.listed) for name, some in where
                          if name == column for text in sorted(some)] for column in columns}
        asked_of = {self.conditions.index(each.count.where) for each in those}
        cells = sorted(((kind, cell) for kind, cell in kinds(self.conditions, texts) if kind & asked_of), key=str)
        made = {(month, kind, cell): self.part(f"{self._kind_words(kind)}, {self.month_words[month]}, "
                                               f"{_cell_words(columns, cell)}")
                for month in self.month_words for kind, cell in cells}
        sums: dict[tuple[int, Kind], list[int]] = defaultdict(list)
        for (month, kind, _), part in made.items():
            sums[month, kind].append(part)
        self.links += [(tuple(those), "=", (base[key],)) for key, those in sums.items()]
        place = {column: at for at, column in enumerate(columns)}
        empty = set()
        for each in those:
            at, groups = self.conditions.index(each.count.where), {self.group_of[month] for month in each.months}
            rows = [(cell, part) for (month, kind, cell), part in made.items() if month in groups and at in kind]
            self.told(each.figure, [part for cell, part in rows if _meets(cell, each.where, place)])
            beside = (each.count, each.months, each.listed, each.figure.source)
            if each.listed and beside not in empty:
                empty.add(beside)
                none = Figure(f"{each.called or each.figure.name}: nobody but those listed", each.figure.measure, NOBODY,
                              each.figure.source, each.figure.own, fixed=True)
                self.told(none, [part for cell, part in rows if not any(_meets(cell, w, place) for w in each.listed)])


def _cell_words(columns: Sequence[str], cell: Sequence[str]) -> str:
    return " and ".join(f"{BY.get(column, column).lower()} “{'other' if text == OTHER else category_words(column, text)}”"
                        for column, text in zip(columns, cell, strict=True))


def _meets(cell: Sequence[str], where: Where, place: Mapping[str, int]) -> bool:
    return all(cell[place[column]] in texts for column, texts in where)


class _Different(_Building):
    """Different people of a period: those of a narrower condition or a shorter period are among the others."""

    def parts(self) -> Parts:
        made: dict[tuple[Count, tuple[int, ...]], int] = {}
        for each in self.asked:
            if each.where:
                continue  # one person may come under two categories
            key = each.count, each.months
            if key not in made:
                made[key] = self.part(each.figure.name)
            self.told(each.figure, [made[key]])
        for narrow, one in made.items():
            for wide, other in made.items():
                if one != other and _among(narrow, wide):
                    rest = self.part(f"{self.names[other]}, but not {self.names[one]}")
                    self.links.append(((one, rest), "=", (other,)))
        self._cover(made)
        return Parts(tuple(self.names), tuple(self.members), tuple(self.figures), tuple(self.links))

    def _cover(self, made: Mapping[tuple[Count, tuple[int, ...]], int]) -> None:
        """A period has no more different people than the periods it is made of have together."""
        for (count, months), whole in made.items():
            inside = sorted((m for c, m in made if c == count and len(m) < len(months) and set(m) <= set(months)),
                            key=lambda m: (m[0], -len(m)))
            taken: list[tuple[int, ...]] = []
            for each in inside:
                if not taken or each[0] > taken[-1][-1]:
                    taken.append(each)
            if count.counts != "thrice" and sum(map(len, taken)) == len(months):
                self.links.append(((whole,), "<=", tuple(made[count, m] for m in taken)))


def _among(narrow: tuple[Count, tuple[int, ...]], wide: tuple[Count, tuple[int, ...]]) -> bool:
    """Whether everybody counted by the first is counted by the second."""
    (one, short), (other, long) = narrow, wide
    kinds_agree = one.counts == other.counts or (one.counts, other.counts) == ("thrice", "different")
    return kinds_agree and set(short) <= set(long) and within(one.where, other.where)
