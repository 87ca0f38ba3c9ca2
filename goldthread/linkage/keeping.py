"""What the last linkage knew, kept so that the next compares only what is new. Derived: when it is lost, all is linked anew.

Files that only the service opens, beside the documents; those of one linkage at a time. Whoever was restricted since is left
out by the next linkage, and the files then no longer hold them.
"""
from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from goldthread.files.private import private_folder
from goldthread.linkage.linking import Outcome
from goldthread.linkage.model import Model

MADE_AS = 2  # of what `preparing` and the files hold; raise it when either changes, and all is linked anew
FRAMES = ("people", "places", "prepared", "clusters", "scored")
Answers = frozenset[tuple[str, str, str]]  # two marks and what a person answered


@dataclass(frozen=True)
class Kept:
    """people: every description, `unique_id`, mark, source, list, person and what is said; places: the rows that say it.

    versions: returns that were read. decided: what people had answered. Of the outcome without what was asked.
    """

    people: pl.DataFrame
    places: pl.DataFrame
    outcome: Outcome
    versions: frozenset[int]
    decided: Answers


def last(partnership: int, name: str, model: Model) -> Kept | None:
    """What a linkage left by that name, None when it left nothing or was made by another model."""
    place = _folder(partnership) / name
    try:
        told = json.loads((place / "told.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if told["made"] != _made(model):
        return None
    people, places, prepared, clusters, scored = (pl.read_parquet(place / f"{name}.parquet") for name in FRAMES)
    decided = frozenset((one, other, answer) for one, other, answer in told["decided"])
    return Kept(people, places, Outcome(prepared, clusters, scored.clear(), scored), frozenset(told["versions"]), decided)


def keep(partnership: int, name: str, model: Model, known: Kept) -> None:
    """Keep what a linkage knew, by a name never used before, in the place of what was kept."""
    folder = _folder(partnership)
    made = folder / f"{name}.part"
    made.mkdir(mode=0o700)
    found = known.outcome
    frames = (known.people, known.places, found.prepared, found.clusters, found.scored)
    for file, frame in zip(FRAMES, frames, strict=True):
        frame.write_parquet(made / f"{file}.parquet", compression="lz4")
    told = {"made": _made(model), "versions": sorted(known.versions), "decided": sorted(known.decided)}
    (made / "told.json").write_text(json.dumps(told), encoding="utf-8")
    for old in folder.iterdir():
        if old != made:
            shutil.rmtree(old)
    made.rename(folder / name)


def _made(model: Model) -> list[str | int]:
    """By what it was made: an edition whose numbers were put right is another model."""
    return [MADE_AS, model.version, hashlib.sha256(repr(model).encode()).hexdigest()]


def _folder(partnership: int) -> Path:
    return private_folder("linkage", str(partnership))
