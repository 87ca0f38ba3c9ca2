"""Reading the law's data files from the installed package, with errors that name file and line."""
import csv
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


class BadData(ValueError):
    """A data file of ours is wrong. The message names the file, the line and what is expected."""


def folder(*parts: str) -> Traversable:
    return files("goldthread.rules").joinpath("data", *parts)


def names(ending: str, *parts: str) -> tuple[str, ...]:
    """The files in a data folder with this ending, sorted."""
    return tuple(sorted(each.name for each in folder(*parts).iterdir() if each.name.endswith(ending)))


@cache
def table(*parts: str) -> tuple[dict[str, str], ...]:
    """A CSV file as frozen rows; every row must fill exactly the header's columns. Raises BadData."""
    with folder(*parts).open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise BadData(f"{'/'.join(parts)} line {reader.line_num}: the number of columns is not "
                              f"{len(reader.fieldnames)}. Put quotes round text that has a comma in it.")
            rows.append(row)
    return tuple(rows)


@cache
def toml(*parts: str) -> dict:
    """A TOML file. Callers must not change what they get. Raises BadData."""
    try:
        return tomllib.loads(folder(*parts).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise BadData(f"{'/'.join(parts)}: {wrong}.") from wrong


def day(text: str, where: str) -> date | None:
    """An ISO date, or None for an empty cell. Raises BadData naming the place."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadData(f"{where}: “{text}” is not a date. Write it as 2026-03-31.") from wrong
