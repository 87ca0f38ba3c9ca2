"""Which areas can have given a pupil a number: characters 2 to 4 of it, as the children in need census checks them."""
from __future__ import annotations

from functools import cache

from goldthread.rules.data_files import table

FILE = "pupil_number_areas.csv"


def known_area(upn: str) -> bool:
    """Whether a pupil number (of any form) names an area of the list. Raises BadData."""
    return upn[1:4] in areas()


@cache
def areas() -> frozenset[str]:
    """The areas of the list, three figures each. Raises BadData."""
    return frozenset(f"{area:03}" for row in table(FILE) for area in range(int(row["first"]), int(row["last"]) + 1))
