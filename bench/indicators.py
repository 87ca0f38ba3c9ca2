"""Every indicator by month over seven years of facts, beside a bare read of every column of the same Parquet files, beside
pandas by group-by and by a loop over months; and what follows a delivery of one row in a hundred.

The numbers are compared first. Scale 1: a million records, as many coded answers, a quarter as many time limits. Each three
times in turn, reading the files included; CPU seconds of all threads count, which other work on the machine disturbs least.
"""
from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.result import Result, Spent, middle, spent

name = "All indicators by month over seven years"
ROWS = 1_000_000  # at scale 1
TURNS = 3
DELIVERY = 0.01
LOOPED = 12  # months of the 84 that pandas goes through one by one: more would take it hours
Found = dict[tuple[str, int], tuple[float, float | None]]


def run(scale: float) -> list[Result]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    import django
    django.setup()
    from bench.indicators_data import MONTHS, deliver, folder, raw, write

    with TemporaryDirectory() as place:
        store, source = folder(Path(place) / "facts"), raw(round(ROWS * scale))
        whole_write = spent(lambda: write(source, store, MONTHS))
        insist_equal(ours(store, MONTHS), by_pandas(store, MONTHS, in_groups))
        mine = turns(lambda: ours(store, MONTHS))
        bare = turns(lambda: read_all(store))
        grouped = turns(lambda: by_pandas(store, MONTHS, in_groups))
        looped = turns(lambda: by_pandas(store, MONTHS[-LOOPED:], in_a_loop), 1)
        deliver(source, DELIVERY)
        part_write = spent(lambda: write(source, store, MONTHS[-1:]))
        part = turns(lambda: ours(store, MONTHS[-1:]))
    more = {"indicators": many(), "rows": round(ROWS * scale * 2.25), "months": len(MONTHS), "peak memory MB": mine.peak_mb,
            "wall s": round(mine.wall, 2), "bare wall s": round(bare.wall, 2)}
    return [
        Result("all indicators, CPU, beside a bare read", scale, "s", *both(mine.cpu, bare.cpu), 4.0, more),
        Result("beside pandas by group-by", scale, "s", *both(mine.cpu, grouped.cpu), 1 / 5),
        Result("beside pandas by a loop over twelve of the months", scale, "s", *both(mine.cpu, looped.cpu), 1 / 8),
        Result("after a delivery of 1 %, beside a full run", scale, "s",
               *both(part_write.cpu + part.cpu, whole_write.cpu + mine.cpu), 0.25,
               {"numbers alone": round(part.cpu / mine.cpu, 2), "facts written, CPU s": round(whole_write.cpu, 2)})]


def both(one: float, other: float) -> tuple[float, float]:
    return round(one, 4), round(other, 4)


def turns(call: Callable[[], object], times: int = TURNS) -> Spent:
    return middle([spent(call) for _ in range(times)])


def many() -> int:
    from goldthread.measure.indicators import all_indicators
    return len(all_indicators())


def ours(store: Any, months: list[int]) -> Found:
    from goldthread.measure.computing import compute
    from goldthread.measure.engines import DuckDB
    from goldthread.measure.indicators import all_indicators
    with DuckDB(store.files(months)) as duck:
        return {(n.indicator, n.period.end): (n.numerator, n.denominator)
                for n in compute(duck, all_indicators(), "month", months)}


def read_all(store: Any) -> None:
    """Every column of every file, and nothing done with it but the largest value taken."""
    from goldthread.measure.engines import DuckDB
    from goldthread.measure.facts import TABLES
    with DuckDB(store.files()) as duck:
        for key, table in TABLES.items():
            duck.rows(f"select {', '.join(f'max({column.name})' for column in table.columns)} from {key}")


def by_pandas(store: Any, months: list[int], how: Callable[..., dict[int, float]]) -> Found:
    import pandas as pd

    from goldthread.measure.indicators import all_indicators
    frames = {key: pd.concat([pd.read_parquet(path) for path in paths]) for key, paths in store.files().items()}
    known: dict[Any, dict[int, float]] = {}
    for each in all_indicators():
        for count in each.counts:
            if count not in known:
                known[count] = how(frames[count.table], count, months)
    return {(each.key, month): (known[each.numerator].get(month, 0.0), known[each.denominator].get(month, 0.0)
                                if each.denominator else None) for each in all_indicators() for month in months
            if not each.population}


def mask(frame: Any, condition: str) -> Any:
    """A condition of an indicator as pandas reads it."""
    texts = re.findall(r"'(?:[^']|'')*'", condition)
    words = re.sub(r"'(?:[^']|'')*'", "§", condition)
    words = re.sub(r"\band\b", "&", re.sub(r"\bor\b", "|", words))
    words = re.sub(r"(\w+) not in \(([^)]*)\)", r"(~frame['\1'].isin([\2]))", words)
    words = re.sub(r"(\w+) in \(([^)]*)\)", r"(frame['\1'].isin([\2]))", words)
    words = re.sub(r"(\w+) = §", r"(frame['\1'] == §)", words)
    words = re.sub(r"(\w+) like §", r"(frame['\1'].str.contains(§.strip('%'), regex=False))", words)
    for text in texts:
        words = words.replace("§", repr(text[1:-1].replace("''", "'")), 1)
    return eval(words, {"frame": frame})  # a declaration of ours, checked at the start


def in_groups(frame: Any, count: Any, months: list[int]) -> dict[int, float]:
    rows = frame[mask(frame, count.where)] if count.where else frame
    if count.counts in ("open", "open-different"):
        return stocks(rows, count, months)
    by = rows.groupby("month")
    if count.counts == "thrice":
        often = rows.groupby(["month", "child_id"]).size()
        return {month: float(n) for month, n in often[often >= 3].groupby("month").size().items()}
    found = {"records": lambda: by["once"].sum(), "children": lambda: by["child_id"].count(),
             "different": lambda: by["child_id"].nunique(), "numbers": lambda: by["number"].sum(),
             "last": lambda: by["number"].sum()}[count.counts]()
    return {int(month): float(value) for month, value in found.items()}


def in_a_loop(frame: Any, count: Any, months: list[int]) -> dict[int, float]:
    """The same, a month at a time."""
    if count.counts in ("open", "open-different"):
        return in_groups(frame, count, months)
    found: dict[int, float] = defaultdict(float)
    for month in months:
        found |= in_groups(frame[frame["month"] == month], count, months)
    return found


def stocks(rows: Any, count: Any, months: list[int]) -> dict[int, float]:
    found = {}
    for month in months:
        open_ = rows[(rows["month"] <= month) & (rows["until"].isna() | (rows["until"] > month))]
        found[month] = float(open_["child_id"].nunique() if count.counts == "open-different" else open_["child_id"].count())
    return found


def insist_equal(mine: Found, other: Found) -> None:
    """Raises AssertionError naming the first numbers that differ."""
    wrong = [(key, mine.get(key), value) for key, value in other.items() if mine.get(key, (0.0, None)) != value]
    assert not wrong, f"{len(wrong)} numbers differ, such as {wrong[:3]}"
    assert sum(1 for top, _ in other.values() if top) > len(other) / 2
