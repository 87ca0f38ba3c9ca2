"""`python -m bench.linkage_training [--boroughs 0.3:101 0.3:102]`: the chances of the linkage model, estimated anew.

Splink estimates how often each level is seen, of two records of one person (from the generator's truth) and of two taken
at random. Boroughs are named by scale and seed. Only those named here are looked at; `bench linkage` measures on others.
Prints lines to be taken into rules/data/linkage/people.toml, or writes them there with --write.
"""
from __future__ import annotations

import argparse
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import polars as pl

from bench.linkage_data import TODAY, records, said
from bench.linkage_quality import calibration
from goldthread.linkage import splinking
from goldthread.linkage.linking import link
from goldthread.linkage.model import MISSING, Model, model
from goldthread.linkage.preparing import prepare

PLACE = Path(__file__).resolve().parents[1] / "goldthread/rules/data/linkage/people.toml"
LEAST = {"nhs": 0.002, "upn": 0.002}  # numbers are hardly ever wrong in the borough; in life they are now and then
UNSEEN = 0.5  # what Splink leaves where no pair of one person was on a level: such levels stay as they are
MOST_PAIRS = 3e7
HIGHEST = 20  # from this weight pairs are counted together


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--boroughs", nargs="+", type=_borough, default=[(0.3, 101), (0.3, 102)])
    parser.add_argument("--calibrate", action="store_true", help="how often a weight is right, with the chances as they are")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    now = model(TODAY)
    if args.calibrate:
        print("\n".join(calibrated(args.boroughs, now)))
        return 0
    found: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for scale, seed in args.boroughs:
        for key, chances in estimated(records(scale, seed), now, seed).items():
            found[key].append(chances)
    means = {key: (_mean([m for m, _ in each]), _mean([u for _, u in each])) for key, each in found.items()}
    for (part, level), (same, others) in means.items():
        print(f"{part:8} {level:14} same {same:.5f}  others {others:.7f}")
    if args.write:
        PLACE.write_text(_written(PLACE.read_text(encoding="utf-8"), means), encoding="utf-8")
    return 0


def estimated(frame: pl.DataFrame, now: Model, seed: int) -> dict[tuple[str, str], tuple[float, float]]:
    """(same, others) of every level that has chances, as Splink estimates them."""
    prepared = prepare(said(frame), TODAY)
    with splinking.database() as api:
        linker = splinking._linker(api.register(prepared.to_arrow()), now, len(prepared))
        linker.training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=seed)
        linker.training.estimate_m_from_pairwise_labels(api.register(truth(frame).to_arrow()))
        made: dict[str, Any] = linker.misc.save_model_to_json()
    found = {}
    for comparison, trained in zip(now.comparisons, made["comparisons"], strict=True):
        for level, chances in zip(comparison.levels, trained["comparison_levels"], strict=True):
            seen = chances.get("m_probability", UNSEEN)
            if level.key != MISSING and seen != UNSEEN:
                least = LEAST.get(comparison.key, 1e-5)
                same = min(max(seen, least), 1 - least)
                found[comparison.key, level.key] = same, min(max(chances.get("u_probability") or 0, 1e-7), 1 - 1e-7)
    return found


def calibrated(boroughs: list[tuple[float, int]], now: Model) -> list[str]:
    """The lines `measured` and `trusted` of the model: what was counted, and the nearest map that never falls."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for each in boroughs:
        frame = records(*each)
        with splinking.database() as api:
            found = link(said(frame), now, api, TODAY)
        for step, pairs, same in calibration(frame, found, now):
            counts[min(step, HIGHEST)][0] += pairs
            counts[min(step, HIGHEST)][1] += same
    steps = [(step, *counts[step]) for step in sorted(counts)]
    points = [[step + 0.5, round(share, 4)] for (step, _, _), share in zip(steps, rising(steps), strict=True)]
    return [f"measured = {[list(each) for each in steps]}", f"trusted = {points}"]


def rising(steps: list[tuple[int, int, int]]) -> list[float]:
    """The shares of each step, neighbours that fall taken together (isotonic regression by pooling adjacent violators)."""
    pools: list[list[int]] = []  # pairs, of one person, how many steps
    for _, pairs, same in steps:
        pools.append([pairs, same, 1])
        while len(pools) > 1 and pools[-2][1] * pools[-1][0] >= pools[-1][1] * pools[-2][0]:
            last = pools.pop()
            pools[-1] = [mine + theirs for mine, theirs in zip(pools[-1], last, strict=True)]
    return [same / pairs for pairs, same, many in pools for _ in range(many)]


def truth(frame: pl.DataFrame) -> pl.DataFrame:
    """Every pair of records of one person, the smaller number first."""
    ids = frame.select("unique_id", "true_id")
    return ids.join(ids, on="true_id").filter(pl.col("unique_id") < pl.col("unique_id_right")).select(
        pl.col("unique_id").alias(splinking.ONE), pl.col("unique_id_right").alias(splinking.OTHER))


def _borough(text: str) -> tuple[float, int]:
    scale, seed = text.split(":")
    return float(scale), int(seed)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _written(text: str, means: dict[tuple[str, str], tuple[float, float]]) -> str:
    part, lines = "", []
    for line in text.splitlines():
        if key := re.fullmatch(r'key = "(.+)"', line):
            part = key[1]
        level = re.match(r'\s*\{ key = "([\w-]+)"', line)
        if level and (part, level[1]) in means:
            same, others = means[part, level[1]]
            line = re.sub(r", same ?= ?[\d.e-]+, others ?= ?[\d.e-]+", f", same = {same:.3g}, others = {others:.3g}", line)
        lines.append(line)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
