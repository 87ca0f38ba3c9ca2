"""Cells asked and held against the table, for the modules that share them out."""
from __future__ import annotations

from collections.abc import Iterable

from tests.matrix.asking import Asking, Cell
from tests.matrix.cells import FULL
from tests.matrix.world import World


def hold(world: World, cells: Iterable[Cell]) -> None:
    """Ask, and fail with every cell that is not as the table says. Prints how many were asked."""
    tally = Asking(world).run(cells, every=1 if FULL else 4)
    print(tally.says())
    assert not tally.faults, f"{len(tally.faults)} of {tally.cells} cells:\n" + "\n".join(tally.faults[:200])
