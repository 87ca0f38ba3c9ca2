"""Five agencies' lists of the invented borough as records to be linked, with the truth beside, kept between runs."""
from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import gettempdir

import polars as pl

TODAY = date(2026, 11, 20)
COLUMNS = ("source", "local_id", "true_id", "given", "family", "born", "sex", "line", "postcode", "nhs", "upn", "errors")
KINDS = {"true_id": pl.Int64, "born": pl.Date, "errors": pl.List(pl.String)}
CHILDREN = 12  # slots of a household below this are children
PER_SCALE = 338_000  # records of all five lists at scale 1


def records(scale: float, seed: int) -> pl.DataFrame:
    """Every row of the five lists: `unique_id`, what was said, `true_id` and the `errors` made."""
    kept = Path(gettempdir()) / f"goldthread-bench-linkage-{scale:g}-{seed}.parquet"
    if not kept.exists():
        made = invented(scale, seed)
        made.write_parquet(kept.with_suffix(".part"))
        kept.with_suffix(".part").rename(kept)
    return pl.read_parquet(kept)


def invented(scale: float, seed: int) -> pl.DataFrame:
    """The same, made anew."""
    from goldthread.borough.borough import Borough
    from goldthread.borough.plan import Plan
    rows = ((row.source, row.local_id, row.true_id, row.given, row.surname, row.born, row.sex, row.line, row.postcode,
             row.nhs_number, row.upn, list(row.errors)) for row in Borough(Plan(scale, seed, TODAY)).agency_extracts())
    frame = pl.DataFrame(list(rows), orient="row", schema={name: KINDS.get(name, pl.String) for name in COLUMNS})
    return frame.with_row_index("unique_id").with_columns(pl.col("unique_id").cast(pl.Int64))


def said(frame: pl.DataFrame) -> pl.DataFrame:
    """The records without the truth: what is handed to the linkage."""
    return frame.drop("true_id", "errors", "local_id")
