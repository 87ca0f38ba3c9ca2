"""Invented yearly reports, with planted faults and without: what the consistency check is measured on.

`make(seed, faulty)` gives the text of a report, the report of the year before where one is needed, and what was planted.
The wordings here were written without looking at the recogniser's word lists, and must stay so.
"""
from bench.planted.report import Made, Planted, make

__all__ = ["Made", "Planted", "make"]
