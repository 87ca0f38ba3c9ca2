"""What agencies wrote of people, made comparable: one line a record, the same columns for DuckDB and for Spark.

Names are worked out once for each different spelling, not for each record: a million records hold a few thousand.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from goldthread.base.identifiers import is_nhs_number, is_upn
from goldthread.base.text import full_names, normalise_name, sound_keys
from goldthread.people.keys import forms_of, home_key, postcode_key

#: What is said of a person, as text; `born` a date. Whatever is not known is null or empty.
SAID = {"given": pl.String, "family": pl.String, "born": pl.Date, "sex": pl.String, "line": pl.String,
        "postcode": pl.String, "nhs": pl.String, "upn": pl.String}
WORDS = pl.List(pl.String)
_PET = re.compile("(ie|ey|y|i)$")


def prepare(said: pl.DataFrame, on: date) -> pl.DataFrame:
    """`unique_id`, `source` (whose list it stands in) and the columns of SAID, made comparable.

    Numbers that fail their check are left out, for they say nothing; a name is kept whole, by its first word, its other
    forms, how it begins and how it sounds.

    on: the day that tells children from adults.
    """
    made = said.with_columns(
        *(pl.col(name).fill_null("").str.strip_chars() for name, kind in SAID.items() if kind == pl.String))
    given, family = (made[name] for name in ("given", "family"))
    return pl.DataFrame({
        "unique_id": made["unique_id"], "source": made["source"],
        "given": _each(given, normalise_name), "first": _each(given, _first),
        "forms": _each(given, _forms, WORDS), "given_sound": _each(given, _sound),
        "full": _each(given, lambda name: sorted(full_names(_first(name))), WORDS), "stem": _each(given, _stem),
        "family": _each(family, normalise_name), "parts": _each(family, lambda name: normalise_name(name).split(), WORDS),
        "family_sound": _each(family, _sound),
        "born": made["born"].dt.strftime("%Y%m%d"), "age": _age(made, on),
        "sex": made["sex"].replace_strict({"F": "F", "M": "M"}, default=None),
        "postcode": _each(made["postcode"], postcode_key), "home": _each(made["line"], home_key),
        "nhs": _each(made["nhs"], lambda text: _number(text) if is_nhs_number(text) else ""),
        "upn": _each(made["upn"], lambda text: _number(text) if is_upn(text) else ""),
    })


def counted(some: pl.DataFrame, prepared: pl.DataFrame) -> pl.DataFrame:
    """Some of the records with `often`: how many of all bear that first name. A name that hardly any other record bears is a
    short form or a slip of the pen."""
    theirs = pl.col("first").is_in(some["first"].unique().implode(), nulls_equal=True)
    often = prepared.select("first").filter(theirs)["first"].value_counts(name="often")
    return some.join(often, on="first", how="left", nulls_equal=True)


def _age(made: pl.DataFrame, on: date) -> pl.Series:
    """Child or adult, by the date of birth."""
    of_age = date(on.year - 18, on.month, min(on.day, 28))
    return made.select(pl.when(pl.col("born") > of_age).then(pl.lit("child")).when(
        pl.col("born").is_not_null()).then(pl.lit("adult")).alias("age"))["age"]


def _each(column: pl.Series, make: Callable[[str], Any], kind: Any = pl.String) -> pl.Series:
    """A function of the text, worked out once for each text; null where it gives nothing."""
    texts = column.unique()
    table = pl.DataFrame({"text": texts, "made": pl.Series([make(text) or None for text in texts], dtype=kind)})
    return column.to_frame("text").join(table, on="text", how="left", maintain_order="left")["made"]


def _first(name: str) -> str:
    return next(iter(normalise_name(name).split()), "")


def _forms(name: str) -> list[str]:
    """Every form of the first given name, itself included, in an order that is always the same."""
    return sorted(forms_of(_first(name)))


def _stem(name: str) -> str:
    """How a short form of a name may begin it: without the ending of pet names (harpi: harp), three letters at least."""
    stem = _PET.sub("", _first(name))
    return stem if len(stem) >= 3 else ""


def _sound(name: str) -> str:
    """One sound of the first word; of several the first, for blocking and comparing alike."""
    return min(sound_keys(_first(name)), key=lambda key: (-len(key), key), default="")


def _number(text: str) -> str:
    return "".join(each for each in text if each.isalnum()).upper()
