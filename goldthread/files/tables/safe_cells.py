"""Cells of files handed out, made so that no spreadsheet program runs them.

Source: OWASP Application Security Verification Standard 5.0, 1.2.10 (CSV and formula injection).
"""
from __future__ import annotations

import re
from typing import Any

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Control characters that no file format keeps, and marks that turn the writing round so that a cell hides what it is.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
LONGEST = 32_767  # characters a spreadsheet's cell holds


def safe(value: Any) -> Any:
    """Text that can start nothing: an apostrophe before a sign that would, unseen characters left out, cut to fit.

    Numbers, dates and None stay as they are.
    """
    if not isinstance(value, str):
        return value
    text = UNSEEN.sub("", value)
    marked = f"'{text}" if text.lstrip(" \u00a0").startswith(STARTS) or text.startswith(STARTS) else text
    return marked[:LONGEST]
