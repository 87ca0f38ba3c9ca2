"""Linkage of five agencies' lists beside a plain Splink model of the same records: how right, and at what cost.

Scale 1 is 200,000 records, 5 is a million; larger scales are measured as 5. The seed is one on which no chance was estimated
and no limit chosen. `python -m bench.linkage_training` has the others.
"""
from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import polars as pl

from bench import linkage_quality as quality
from bench.linkage_data import TODAY, records, said
from bench.result import Result, peak_mb
from goldthread.borough.borough import Borough
from goldthread.borough.plan import Plan
from goldthread.linkage import splinking
from goldthread.linkage.adding import add
from goldthread.linkage.linking import Outcome, link
from goldthread.linkage.model import model
from goldthread.linkage.preparing import prepare

name = "linkage of five agencies' lists"
SEED, HOUSEHOLDS, LARGEST, ADDED = 90417, 0.6, 5.0, 10_000
TRUSTED = 0.05  # how far the chance a weight stands for may be from what is found
PLAIN_LIMIT = 0.95  # the probability from which the plain model joins: of the usual ones the best here
RECALL, PRECISION, CLUSTERED, BETTER, TWINS = 0.94, 0.99, 0.985, 0.005, 0.001


def run(scale: float) -> list[Result]:
    """Quality, cost and adding, at one scale."""
    borough = HOUSEHOLDS * min(scale, LARGEST)
    frame = records(borough, SEED)
    ours, cost = _timed(lambda: _linked(frame))
    found = quality.judged(frame, ours.clusters)
    plain, plain_cost = _timed(lambda: _plain(frame))
    beside = quality.whole(quality.judged(frame, plain))
    return [*_quality(scale, frame, ours, found, beside, borough), *_adding(scale, frame, cost),
            Result("CPU of linking, beside plain Splink", scale, "s", cost, plain_cost, 1.0,
                   {"records": frame.height, "peak MB": peak_mb()})]


def _quality(scale: float, frame: pl.DataFrame, ours: Outcome, found: pl.DataFrame, beside: quality.Quality, borough: float
             ) -> list[Result]:
    whole = quality.whole(found)
    pairs, joined = quality.twins(frame, ours.clusters, _twins(borough, SEED).get)
    steps = quality.calibration(frame, ours, model(TODAY))
    parts = {key: {"pairs": each.true, "recall": round(each.recall, 4), "wrong": each.wrong,
                   "precision": round(each.precision, 4)}
             for key, each in {**quality.by_agencies(found), **quality.by_kind(found)}.items()}
    return [
        Result("pairs missed of those of one person", scale, "share", 1 - whole.recall, most=1 - RECALL,
               more={"records": frame.height, "pairs of one person": whole.true, "asked": ours.asked.height, **parts}),
        Result("wrong among pairs joined without a person", scale, "share", 1 - whole.precision, most=1 - PRECISION),
        Result("wrong among pairs of a cluster", scale, "share", 1 - whole.precision, most=1 - CLUSTERED),
        Result("1 - F1, beside a plain Splink model", scale, "share", 1 - whole.f1 + BETTER, 1 - beside.f1, 1.0,
               {"ours": round(whole.f1, 4), "plain": round(beside.f1, 4), "plain precision": round(beside.precision, 4),
                "plain recall": round(beside.recall, 4), "ours carries": f"{BETTER} more, the margin asked for"}),
        Result("chance of a weight, beside what is found: farthest off", scale, "share", quality.farthest(
            steps, model(TODAY).chance), most=TRUSTED, more={"weight, pairs, of one person": steps}),
        Result("twins joined, of pairs of their records", scale, "share", joined / max(pairs, 1), most=TWINS,
               more={"pairs of twins' records": pairs, "joined": joined})]


def _adding(scale: float, frame: pl.DataFrame, whole: float) -> list[Result]:
    """Everybody but some linked first; then the rest added. Judged at the million, where they are a hundredth."""
    last = frame.sample(ADDED, seed=1)
    before = frame.join(last, on="unique_id", how="anti")
    with splinking.database() as api:
        known = link(said(before), model(TODAY), api, TODAY)
        after, cost = _timed(lambda: add(known, said(last), model(TODAY), api, TODAY))
    found = quality.whole(quality.judged(frame, after.whole.clusters))
    most = 0.1 if scale >= LARGEST else None
    return [Result(f"CPU of adding {ADDED:,} records, beside all anew", scale, "s", cost, whole, most,
                   {"recall": round(found.recall, 4), "precision": round(found.precision, 4)})]


def _linked(frame: pl.DataFrame) -> Outcome:
    with splinking.database() as api:
        return link(said(frame), model(TODAY), api, TODAY)


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """As Splink's own guide does it: its ready comparisons, chances estimated from the records themselves, one limit."""
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    told = prepare(said(frame), TODAY).select(
        "unique_id", "given", "family", "born", "sex", "postcode", "home", "nhs", "upn")
    blocks = [block_on(*each.by) for each in model(TODAY).blocks if not {"given_sound", "family_sound"} & set(each.by)]
    blocks += [block_on("born", "given"), block_on("born", "family"), block_on("postcode", "given")]
    settings = SettingsCreator(
        link_type="dedupe_only", blocking_rules_to_generate_predictions=blocks, comparisons=[
            cl.JaroWinklerAtThresholds("given", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("family", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("born", [1, 2]), cl.ExactMatch("sex"),
            cl.DamerauLevenshteinAtThresholds("postcode", [1]), cl.DamerauLevenshteinAtThresholds("home", [1]),
            cl.ExactMatch("nhs"), cl.ExactMatch("upn")])
    with splinking.database() as api:
        linker = Linker(api.register(told.to_arrow()), settings, log_level=logging.ERROR, validate_settings=False)
        linker.training.estimate_probability_two_random_records_match([block_on("nhs"), block_on("upn")], recall=0.3)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("born", "family"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("given", "postcode"))
        pairs = linker.inference.predict(threshold_match_probability=PLAIN_LIMIT)
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=PLAIN_LIMIT)
        rows: Any = pl.from_arrow(found.as_pyarrow_table())
    return rows.select("unique_id", pl.col("cluster_id").alias("cluster")).cast(pl.Int64)


def _twins(scale: float, seed: int) -> dict[int, int]:
    """Each twin's twin."""
    found: dict[int, int] = {}
    for family in Borough(Plan(scale, seed, TODAY)).families():
        for each in family.relationships:
            if each.kind == "twin":
                found |= {each.person_id: each.to_id, each.to_id: each.person_id}
    return found


def _timed(call: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.process_time()
    made = call()
    return made, time.process_time() - begun
