"""The borough's data files: word lists and small tables."""
import csv
from functools import cache
from importlib.resources import files


@cache
def lines(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of each line of ``data/<name>``; blank lines and lines starting with # are left out."""
    text = files("goldthread.borough").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line.strip() and line[0] != "#")


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>``, a CSV file with a heading row."""
    with files("goldthread.borough").joinpath("data", name).open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """Sentences under each ``[heading]`` of ``data/<name>``, one a line."""
    found: dict[str, list[str]] = {}
    text = files("goldthread.borough").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[] "), [])
        elif line.strip() and not line.startswith("#"):
            current.append(line.strip())
    return {heading: tuple(sentences) for heading, sentences in found.items()}
