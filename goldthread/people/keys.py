"""The key a person is found by, worked out of plain values so that actions and bulk loading make the same one."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from goldthread.base.text import given_names, normalise_name, sound_keys


@dataclass(frozen=True)
class Key:
    """The columns of people.SearchKey that tell one person from another."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    sounds: tuple[str, ...]
    text: str
    born_on: date | None
    born_estimated: bool
    sex: str
    postcodes: tuple[str, ...]
    homes: tuple[str, ...]
    numbers: tuple[str, ...]


def key_of(*, given: Iterable[str], family: Iterable[str], born_on: date | None = None, born_estimated: bool = False,
           sex: str = "U", addresses: Iterable[tuple[str, str]] = (), numbers: Iterable[tuple[str, str]] = ()) -> Key:
    """The key of one person.

    given, family: every given (known-as too) and family name they have or had. addresses: (first line, postcode),
    safe ones left out by the caller. numbers: (scheme, stored value).
    """
    givens, families = _normal(given), _normal(family)
    words = sorted({word for name in (*givens, *families) for word in name.split()})
    places = list(addresses)
    return Key(
        givens, families, tuple(sorted({key for word in words for key in sounds_of(word)})), " ".join(words), born_on,
        born_estimated, sex, _distinct(postcode_key(code) for _, code in places),
        _distinct(home_key(line) for line, _ in places), _distinct(number_key(*number) for number in numbers))


def postcode_key(text: str) -> str:
    """A postcode without spaces, in capitals; whatever was written when it is no postcode."""
    return re.sub(r"[\s\-.]", "", text).upper()


def home_key(line: str) -> str:
    """The first line of an address for comparing: "12 station rd" and "12, Station Road" are the same home."""
    return " ".join(_SHORT.get(word, word) for word in normalise_name(line).split())


def number_key(scheme: str, value: str) -> str:
    """A number with its scheme, as it is kept in the key: "nhs:9990000018"."""
    return f"{scheme}:{re.sub(r'[^0-9A-Za-z]', '', value).upper()}"


@lru_cache(maxsize=200_000)
def sounds_of(name: str) -> frozenset[str]:
    """The sound keys of every word of a name."""
    return sound_keys(name)


@lru_cache(maxsize=50_000)
def forms_of(given: str) -> frozenset[str]:
    """A given name, each of its words, and every other form of them (Bill: William, Will)."""
    plain = normalise_name(given)
    return frozenset().union(given_names(plain), *(given_names(word) for word in plain.split())) - {""}


def sounds_of_forms(given: str) -> list[str]:
    """Sound keys of a given name in all its forms."""
    return sorted({key for form in forms_of(given) for key in sounds_of(form)})


_SHORT = {"rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "cl": "close", "ln": "lane", "dr": "drive",
          "ct": "court", "gdns": "gardens", "cres": "crescent", "pl": "place", "sq": "square", "ter": "terrace"}


def _normal(names: Iterable[str]) -> tuple[str, ...]:
    return _distinct(normalise_name(name) for name in names)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    found: Sequence[str] = [value for value in values if value]
    return tuple(dict.fromkeys(found))
