"""Time limits as effective-dated data: which limit, in which edition of the law, on which day.

Data: rules/data/limits/*.toml, one file an area. Each `[[limit]]` is a limit; each line of its `edition` list
is one edition of the rule, with its own dates and source."""
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from goldthread.base.spans import Span
from goldthread.rules.data_files import BadData, names, toml

CONFIDENCE = {
    "V": "verified in a source that was read",
    "S": "stated in a partnership's own report",
    "K": "well established, not re-read",
    "K?": "wording or number unsure, or different from place to place: confirm locally",
}
AREAS = "limits"
_TEXTS = ("name", "starts", "stops", "who")
_FIELDS = {"key", *_TEXTS, "local", "before", "by_choice", "note", "edition"}
_EDITION_FIELDS = {"edition", "span", "cite", "confidence", "from", "to", "note"}


@dataclass(frozen=True)
class Limit:
    """One limit as it stood on one day. `span` is None where the law sets a duty without a number.

    `before` is True where the span is counted back from the event ("at least 2 working days before").
    `by_choice` is True for a protocol of some places that counts only where a partnership has set it for itself."""

    key: str
    name: str
    span: Span | None
    starts: str
    stops: str
    who: str
    cite: str
    edition: str
    confidence: str
    local: bool
    valid_from: date
    valid_to: date | None
    note: str = ""
    area: str = ""
    before: bool = False
    by_choice: bool = False

    @property
    def local_counted(self) -> bool:
        """Whether a partnership sets this length for itself and counts it forward: it may then also let it stand still."""
        return self.local and not self.before

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class UnknownLimit(LookupError):
    """No such limit, or none in force on that day."""


def limit(key: str, on: date, local: Mapping[str, Span] | None = None) -> Limit:
    """The edition of a limit in force on a day, with the partnership's own span where the limit is local.

    Raises UnknownLimit; ValueError when a local span is given for a limit that law fixes."""
    editions = _by_key().get(key)
    if editions is None:
        near = [each for each in _by_key() if each[:3] == key[:3]] or ["T01 … T143"]
        raise UnknownLimit(f"There is no time limit “{key}”. Near it: {', '.join(near)}.")
    found = next((each for each in editions if each.in_force(on)), None)
    if found is None:
        known = "; ".join(f"{each.edition} from {each.valid_from:%d %B %Y}" for each in editions)
        raise UnknownLimit(f"Time limit “{key}” ({editions[0].name}) was not in force on {on:%d %B %Y}. "
                           f"Editions: {known}.")
    if not local or key not in local:
        return found
    if not found.local:
        raise ValueError(f"Time limit “{key}” ({found.name}) is set by {found.cite}, not locally.")
    return replace(found, span=local[key])


def all_limits(on: date) -> tuple[Limit, ...]:
    """Every limit in force on a day, in the order of the files."""
    return tuple(each for editions in _by_key().values() for each in editions if each.in_force(on))


def editions(key: str) -> tuple[Limit, ...]:
    """Every edition of one limit, oldest first. Raises UnknownLimit."""
    if key not in _by_key():
        limit(key, date.max)
    return _by_key()[key]


@cache
def by_choice() -> frozenset[str]:
    """The limits that count only where a partnership has set them for itself."""
    return frozenset(key for key, found in _by_key().items() if found[0].by_choice)


def faults() -> list[str]:
    """What is wrong with the data files, in words; empty when all is well. Run at start-up."""
    found, seen = [], {}
    for name in names(".toml", AREAS):
        try:
            rows = toml(AREAS, name).get("limit", [])
        except BadData as wrong:
            found.append(str(wrong))
            continue
        for row in rows:
            key = row.get("key", "a limit without a key")
            if key in seen:
                found.append(f"{name}: {key} is also in {seen[key]}.")
            seen[key] = name
            found += [f"{name}: {key}: {fault}" for fault in _faults_of(row)]
    return found


@cache
def _by_key() -> Mapping[str, tuple[Limit, ...]]:
    every = {}
    for name in names(".toml", AREAS):
        for row in toml(AREAS, name)["limit"]:
            every[row["key"]] = tuple(sorted(_read(row, name), key=lambda each: each.valid_from))
    return every


def _read(row: dict, file: str) -> list[Limit]:
    common = {field: row[field] for field in _TEXTS}
    return [Limit(
        key=row["key"], **common, area=file.removesuffix(".toml"),
        span=Span.parse(edition["span"]) if "span" in edition else None,
        cite=edition["cite"], edition=edition["edition"], confidence=edition["confidence"],
        local=row.get("local", False), before=row.get("before", False),
        by_choice=row.get("by_choice", False),
        valid_from=edition["from"], valid_to=edition.get("to"),
        note=edition.get("note", row.get("note", "")),
    ) for edition in row["edition"]]


def _faults_of(row: dict) -> list[str]:
    found = [f"“{field}” is missing." for field in ("key", *_TEXTS) if not row.get(field)]
    found += [f"“{field}” is not a field of a limit." for field in row if field not in _FIELDS]
    if row.get("by_choice") and not row.get("local"):
        found.append("it is by choice, so it must be local.")
    if not row.get("edition"):
        return [*found, "it has no edition."]
    for edition in row["edition"]:
        found += _edition_faults(edition)
    return found or _overlaps(row["edition"])


def _overlaps(editions: list[dict]) -> list[str]:
    ordered = sorted(editions, key=lambda each: each["from"])
    return [f"editions {one['edition']} and {two['edition']} overlap." for one, two in pairwise(ordered)
            if one.get("to", date.max) >= two["from"]]


def _edition_faults(edition: dict) -> list[str]:
    called = edition.get("edition", "without a name")
    found = [f"edition {called}: “{field}” is missing."
             for field in ("edition", "cite", "confidence", "from") if not edition.get(field)]
    found += [f"edition {called}: “{field}” is not a field of an edition."
              for field in edition if field not in _EDITION_FIELDS]
    found += [f"edition {called}: “{field}” must be a date, such as 2026-03-31 without quotes."
              for field in ("from", "to") if not isinstance(edition.get(field, date.max), date)]
    if edition.get("confidence") and edition["confidence"] not in CONFIDENCE:
        found.append(f"edition {called}: confidence “{edition['confidence']}” is not one of {', '.join(CONFIDENCE)}.")
    if not found and edition.get("to", date.max) < edition["from"]:
        found.append(f"edition {called} ends before it begins.")
    try:
        Span.parse(edition.get("span", "1 day"))
    except ValueError as wrong:
        found.append(f"edition {called}: {wrong}")
    return found
