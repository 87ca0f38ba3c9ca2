"""What the worry is about, how serious it looks, and which stream it belongs to (``data/concerns.csv``)."""
from dataclasses import dataclass
from functools import cache

from goldthread.borough.chance import Draw, Weighted
from goldthread.borough.files import table

#: kind of source -> column of weights in concerns.csv
COLUMNS = {"police": "police", "school": "school", "education-service": "school", "gp": "health",
           "health-visitor": "health", "school-nurse": "health", "other-health": "health", "hospital": "health",
           "midwife": "health"}
RATING = {"high": Weighted((("red", 30), ("amber", 45), ("green", 25))),
          "medium": Weighted((("red", 5), ("amber", 37), ("green", 58))),
          "low": Weighted((("red", 0.4), ("amber", 15), ("green", 84.6)))}
EARLY_HELP = {"high": 0.03, "medium": 0.25, "low": 0.68}
SENT_BY_POLICE, SENT_BY_OTHERS = 0.65, 1.25
MORE = Weighted(((0, 55), (1, 33), (2, 12)))
UNBORN_AGE = -1


@dataclass(frozen=True, slots=True)
class Concern:
    """One worry: ``key`` names its sentences, ``code`` is its presenting concern in the code list.

    ``youngest`` to ``oldest`` are ages in years; -1 is unborn.
    """

    key: str
    code: str
    label: str
    severity: str
    youngest: int
    oldest: int


@cache
def concerns() -> dict[str, Concern]:
    """Every worry by key."""
    return {row["key"]: Concern(row["key"], row["code"], row["label"], row["severity"], int(row["youngest"]),
                                 int(row["oldest"])) for row in table("concerns.csv")}


@cache
def _choice(column: str, age: int) -> Weighted:
    every = concerns()
    return Weighted((every[row["key"]], float(row[column])) for row in table("concerns.csv")
                    if every[row["key"]].youngest <= age <= every[row["key"]].oldest)


def worries(kind: str, age: int, draw: Draw) -> list[Concern]:
    """One to three concerns that a source of this kind may have about a child of this age, main one first."""
    if age == UNBORN_AGE:
        return [concerns()["unborn"]]
    choice = _choice(COLUMNS.get(kind, "other"), age)
    found = [choice.pick(draw)]
    for _ in range(MORE.pick(draw)):
        another = choice.pick(draw)
        if another not in found:
            found.append(another)
    return found


def first_rating(concern: Concern, draw: Draw) -> str:
    """Red, amber or green at first sight."""
    return RATING[concern.severity].pick(draw)


def stream(kind: str, concern: Concern, rating: str, draw: Draw) -> str:
    """Safeguarding or early-help; nothing rated red is early help."""
    chance = EARLY_HELP[concern.severity] * (SENT_BY_POLICE if kind == "police" else SENT_BY_OTHERS)
    if rating == "amber":
        chance *= 0.5
    return "early-help" if draw() < chance and rating != "red" else "safeguarding"
