"""Which of all the cells an ordinary run asks: few enough to be quick, and every pair is met."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from tests.matrix import oracle
from tests.matrix.asking import Cell
from tests.matrix.cells import FULL, every_record_cell, plain_cells
from tests.matrix.oracle import Expected
from tests.matrix.world import World

# Pages for everybody, and those of the libraries, ask nothing of the role: in an ordinary run these stand for all.
SOME = ("anonymous", "without a seat", "school-lead", "mash-manager", "analyst", "administrator")
Pair = tuple[object, ...]


def record_cells(world: World, viewer: str) -> list[Cell]:
    """The cells about a record that this run asks of one viewer."""
    if not world.planned:
        every = every_record_cell(world, list(world.viewers.values()))
        world.planned = list(every) if FULL else sampled(every)
    return [cell for cell in world.planned if cell.viewer == viewer]


def pairs(cell: Cell) -> frozenset[Pair]:
    """The pairs a cell meets of page, role and relationship; each with what is expected, since a pair that opens says
    nothing about the same pair where it is hidden. A method is met by each role, a part that opens by each of both; a
    part that is refused or hidden by somebody."""
    part = cell.part if cell.expected is Expected.OPEN else ""
    return frozenset((cell.expected, *pair) for pair in (
        ("page and role", cell.page, part, cell.method, cell.viewer),
        ("page and relationship", cell.page, part, cell.relationship),
        ("role and relationship", cell.viewer, cell.relationship),
        ("part", cell.page, cell.part, cell.method)))


def cells_about_no_record(world: World, viewer: str) -> list[Cell]:
    """Of one viewer: every page by GET, those for everybody by some; other methods so that each page and each role
    meets each of them."""
    if not world.planned_plain:
        every = list(plain_cells(world, list(world.viewers.values())))
        reads = [cell for cell in every if cell.method == "GET" and (
            cell.viewer in SOME or oracle.pages()[cell.page]["for"] not in ("everybody", "library"))]
        others = [cell for cell in every if cell.method != "GET"]
        world.planned_plain = every if FULL else reads + sampled(others, spread)
    return [cell for cell in world.planned_plain if cell.viewer == viewer]


def spread(cell: Cell) -> frozenset[Pair]:
    """What a cell of another method than GET about no record meets."""
    return frozenset({(cell.expected, "page", cell.page, cell.method), (cell.expected, "role", cell.viewer, cell.method)})


def sampled(every: Iterable[Cell], pairs: Callable[[Cell], frozenset[Pair]] = pairs) -> list[Cell]:
    """Cells that meet each pair any cell meets, chosen greedily: those first that meet most new ones. The first record
    stands for all to which a role stands alike. The order is drawn, the same on every run."""
    alike: dict[Pair, Cell] = {}
    for c in every:
        alike.setdefault((c.viewer, c.page, c.part, c.relationship, c.method, c.expected), c)
    left = list(alike.values())
    Random(20261128).shuffle(left)
    met: set[Pair] = set()
    chosen = []
    for wanted in (4, 3, 2, 1):
        waiting = []
        for cell in left:
            if len(pairs(cell) - met) >= wanted:
                met |= pairs(cell)
                chosen.append(cell)
            else:
                waiting.append(cell)
        left = waiting
    return sorted(chosen, key=str)
