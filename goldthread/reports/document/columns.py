"""Which column a cell of a drawn page stands in, by where it is on the line: empty cells leave no mark of their own."""
import re
from collections.abc import Sequence
from dataclasses import dataclass

CELLS_APART = re.compile(r"\s{3,}")


@dataclass(frozen=True)
class Cell:
    """Words and where on the line they begin and end, in characters."""

    text: str
    start: int = 0
    end: int = 0


def cells_of(line: str) -> list[Cell]:
    """The cells of a line: words parted by three spaces or more."""
    found, at = [], len(line) - len(line.lstrip())
    for part in CELLS_APART.split(line.strip()):
        start = line.index(part, at)
        at = start + len(part)
        found.append(Cell(part, start, at))
    return found


def evened(rows: Sequence[Sequence[Cell]]) -> list[tuple[str, ...]]:
    """Rows of equal width, short ones filled up at the right."""
    width = max(map(len, rows))
    return [tuple(cell.text for cell in row) + ("",) * (width - len(row)) for row in rows]


def merged(row: Sequence[Cell], below: Sequence[Cell]) -> list[Cell]:
    """A row with a second line: words go to the cell they stand under, or are a cell of their own."""
    found = list(row)
    for cell in below:
        over = [n for n, each in enumerate(found) if cell.start < each.end and each.start < cell.end]
        if over:
            each = found[over[0]]
            found[over[0]] = Cell(f"{each.text} {cell.text}", min(each.start, cell.start), max(each.end, cell.end))
        else:
            found.append(cell)
    return sorted(found, key=lambda each: each.start)


def aligned(rows: Sequence[Sequence[Cell]]) -> list[tuple[str, ...]]:
    """Rows of equal width: each cell put below the cells of the fullest rows that it stands under."""
    width = max(map(len, rows))
    full = [row for row in rows if len(row) == width]
    spans = [(min(row[n].start for row in full), max(row[n].end for row in full)) for n in range(width)]
    return [tuple(cell.text for cell in row) if len(row) == width else _placed(row, spans) for row in rows]


def _placed(row: Sequence[Cell], spans: list[tuple[int, int]]) -> tuple[str, ...]:
    found = [""] * len(spans)
    free = 0
    for left, cell in enumerate(row):
        last = len(spans) - (len(row) - left)
        column = min(range(free, last + 1), key=lambda n: (_apart(cell, spans[n]), abs(cell.end - spans[n][1])))
        found[column] = cell.text
        free = column + 1
    return tuple(found)


def _apart(cell: Cell, span: tuple[int, int]) -> int:
    """How far a cell is from a column; 0 where they overlap."""
    return max(0, cell.start - span[1], span[0] - cell.end)
