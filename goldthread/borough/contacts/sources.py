"""Who makes contact: shares by kind of day, hours, channels and how consent is handled (``data/sources.csv``)."""
from dataclasses import dataclass
from functools import cache

from goldthread.borough.chance import Weighted
from goldthread.borough.files import table

#: Minutes of the day at which each rhythm has contacts: (hour, weight).
HOURS = {
    "school": ((8, 4), (9, 9), (10, 11), (11, 11), (12, 9), (13, 11), (14, 14), (15, 18), (16, 11), (17, 2)),
    "office": ((8, 3), (9, 12), (10, 15), (11, 14), (12, 9), (13, 10), (14, 13), (15, 12), (16, 10), (17, 2)),
    "day": ((7, 2), (8, 4), (9, 9), (10, 10), (11, 10), (12, 8), (13, 8), (14, 9), (15, 9), (16, 9), (17, 7), (18, 6),
            (19, 5), (20, 4), (21, 3), (22, 2)),
    "night": ((0, 4), (1, 3), (2, 3), (3, 2), (4, 2), (5, 2), (6, 4), (7, 8), (8, 8), (9, 6), (10, 5), (11, 4), (12, 4),
              (13, 4), (14, 4), (15, 5), (16, 5), (17, 5), (18, 5), (19, 5), (20, 5), (21, 5), (22, 5), (23, 5)),
}
RHYTHMS = {name: Weighted(hours) for name, hours in HOURS.items()}


@dataclass(frozen=True, slots=True)
class Source:
    """One national source code: ``kind`` is who sends it, ``care`` the error profile of what they state."""

    code: str
    kind: str
    rhythm: Weighted
    channels: Weighted
    care: str
    consent: Weighted


@cache
def sources() -> dict[str, Source]:
    """Every source by code."""
    return {row["code"]: Source(row["code"], row["kind"], RHYTHMS[row["hours"]], _channels(row["channels"]),
                                row["care"], _consent(row)) for row in table("sources.csv")}


@cache
def by_day(kind: str) -> Weighted:
    """A choice of source for a kind of day: term, holiday or weekend."""
    every = sources()
    return Weighted((every[row["code"]], float(row[kind])) for row in table("sources.csv"))


def _channels(text: str) -> Weighted:
    return Weighted((name, float(weight)) for name, _, weight in (word.partition(":") for word in text.split()))


def _consent(row: dict[str, str]) -> Weighted:
    """Whatever the four recorded answers leave of a hundred is not recorded at all."""
    recorded = [("given", row["given"]), ("refused", row["refused"]), ("not-sought", row["not_sought"]),
                ("dispensed", row["dispensed"])]
    weights = [(status, float(share)) for status, share in recorded]
    return Weighted([*weights, ("", 100 - sum(share for _, share in weights))])
