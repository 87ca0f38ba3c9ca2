"""Returns that take records of several desks: each is read from the seat of somebody who works there, and from no other."""
from __future__ import annotations

from collections.abc import Sequence

from goldthread.access.actor import Actor, Refused
from goldthread.access.policy import May


def seat_with(seats: Sequence[Actor], right: May) -> Actor:
    """The first of these seats that has the right. Raises Refused where none has, and where they are not of one
    partnership."""
    if len({each.partnership.pk for each in seats}) > 1:
        raise Refused("A return is made for one partnership")
    for each in seats:
        if each.may(right):
            return each
    raise Refused(f"Somebody must make this with you who may {right.value}")
