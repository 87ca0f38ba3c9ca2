"""Words that exist nowhere else, planted in whatever must not be seen, and looked for in whatever is sent out."""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.db import models

from goldthread.process.fields import CodeField

WORD = re.compile(rb"zq[a-z]{6}", re.IGNORECASE)
REFERENCE = re.compile(rb"\b(?:FD|PE)-[0-9A-Z]{4}-[0-9A-Z]{2,6}\b")
NUMBER = re.compile(rb"\b999[ ]?\d{3}[ ]?\d{4}\b")
ASKED = re.compile(rb"/asked/(\d+)/")
_C, _V = "bdfgklmnprstvz", "aeiou"


@dataclass(frozen=True)
class Fact:
    """Something planted: what it is, on which record, and the name of the audience the table gives it.

    about: the key of the case or person it belongs to. by: the agency it was asked of or came from, where that counts.
    """

    what: str
    about: str
    audience: str
    by: int | None = None


@dataclass
class Planted:
    """Everything planted so far: marked words, numbers, references and asks, each with the facts it stands for."""

    facts: dict[str, list[Fact]] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(1))

    def word(self, fact: Fact) -> str:
        """A new word for a fact, looking like a name: "Zqbakelo"."""
        number, letters = next(self._numbers) * 7919, ""
        for place in range(6):
            kind = _C if place % 2 == 0 else _V
            number, letter = divmod(number, len(kind))
            letters += kind[letter]
        word = f"Zq{letters}"
        assert word.lower() not in self.facts, "two facts must not share a word"
        self.know(word, fact)
        return word

    def know(self, text: str, fact: Fact) -> None:
        self.facts.setdefault(text.lower(), []).append(fact)

    def found(self, body: bytes) -> dict[str, list[Fact]]:
        """Everything planted that is in some bytes."""
        texts = {w.lower().decode() for w in WORD.findall(body)} | {r.decode().lower() for r in REFERENCE.findall(body)}
        texts |= {n.decode().replace(" ", "") for n in NUMBER.findall(body)}
        texts |= {f"/asked/{n.decode()}/" for n in ASKED.findall(body)}
        return {text: self.facts[text] for text in texts if text in self.facts}


def filled(model: Any, planted: Planted, fact: Fact, now: datetime, **given: Any) -> Any:
    """A row of a record or line, unsaved: a marked word in every field that is written freely, the rest as given."""
    values: dict[str, Any] = {}
    for name in model.own_fields():
        column = model._meta.get_field(name)
        values[name] = given[name] if name in given else _value(column, planted, fact, now)
    return model(**values)


def _value(column: Any, planted: Planted, fact: Fact, now: datetime) -> Any:
    if isinstance(column, CodeField):
        return column.every_code()[0]
    if column.choices:
        return column.choices[0][0]
    if isinstance(column, models.EmailField):
        return f"{_word(column, planted, fact)}@example.org"
    if isinstance(column, models.BooleanField):
        return False
    if isinstance(column, models.DateTimeField):
        return now + timedelta(hours=4) if column.name == "due" else now - timedelta(hours=1)
    if isinstance(column, models.DateField):
        return date(2016, 5, 3) if column.name == "born_on" else None
    if isinstance(column, models.CharField | models.TextField):
        return "" if column.name in ("nhs", "upn", "postcode") else _word(column, planted, fact)
    return None


def _word(column: Any, planted: Planted, fact: Fact) -> str:
    return planted.word(Fact(f"{column.model.__name__}.{column.name}", fact.about, fact.audience, fact.by))


def fields_planted(facts: Iterable[list[Fact]]) -> set[str]:
    return {fact.what for each in facts for fact in each}
