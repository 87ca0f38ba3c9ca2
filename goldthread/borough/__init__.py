"""An invented borough with its truth kept: what demos, tests and benchmarks are filled with.

``Borough(Plan(scale=1, seed=7, today=date(2026, 11, 20)))`` gives partnerships, agencies, families and
contacts as iterators of frozen records (``goldthread.borough.records``). Nothing here touches a database.
"""
from goldthread.borough.borough import Borough
from goldthread.borough.plan import Plan

__all__ = ["Borough", "Plan"]
