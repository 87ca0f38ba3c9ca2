"""Which capitalised words of a document are no names: those that it also writes small, and those of bodies and places."""
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from goldthread.reports.document import Document
from goldthread.reports.words import stem
from goldthread.rules.glossary import terms

MOSTLY = 0.6
LETTERS = re.compile(r"[A-Za-zÀ-ÿ][\w'’-]*")


@cache
def data() -> dict[str, Any]:
    """The word lists. Callers must not change them."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def words(topic: str) -> frozenset[str]:
    return frozenset(data()[topic])


@cache
def _sector() -> frozenset[str]:
    """The words that the sector's glossary explains its abbreviations with."""
    told = " ".join(f"{term.full} {term.meaning}" for term in terms())
    return frozenset(re.findall(r"[a-z][\w'’-]+", told))


def is_title(text: str) -> bool:
    """Whether most longer words begin with a capital: a title or a list of headings, where capitals tell nothing."""
    found = [word for word in LETTERS.findall(text) if len(word) > 3]
    return len(found) > 2 and sum(word[0].isupper() for word in found) > MOSTLY * len(found)


@dataclass(frozen=True)
class Vocabulary:
    """`known`: names of people on record; `allowed`: names that may be there, in small letters."""

    document: Document
    known: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()

    @cached_property
    def _texts(self) -> list[str]:
        return [each.text for each in self.document.paragraphs] + [cell for table in self.document.tables
                                                                  for row in table.rows for cell in row]

    @cached_property
    def small(self) -> frozenset[str]:
        """Words written with a small letter somewhere."""
        return frozenset(word.replace("’", "'") for text in self._texts for word in re.findall(r"\b[a-z][\w'’-]+", text))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of those words and of the sector's own, so that “Fostered” is known from “fostering”."""
        return frozenset(stem(word) for word in self.small | _sector())

    @cached_property
    def shorts(self) -> frozenset[str]:
        """Abbreviations used outside quotes."""
        return frozenset(short for each in self.document.paragraphs if not each.quote
                         for short in re.findall(r"\b[A-Z]{2,}\b", each.text))

    @cached_property
    def shorts_twice(self) -> frozenset[str]:
        """Abbreviations that the document uses more than once: initials of a child are not."""
        often = Counter(short for text in self._texts for short in re.findall(r"\b[A-Z]{2,}\b", text))
        return frozenset(short for short, times in often.items() if times > 1)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Words that stand in the name of a body or place somewhere: “Brunel University” makes Brunel none of a person."""
        found = set()
        texts = [*self._texts, *(each.title for each in self.document.headings), self.document.title]
        for text in texts:
            for run in re.findall(r"[A-Z][\w'’-]*(?:\s+(?:of|and|&|for|the)?\s*[A-Z][\w'’-]*)+", text):
                parts = [part.casefold() for part in LETTERS.findall(run)]
                if any(part in words("things") for part in parts):
                    found.update(parts)
        return frozenset(found)

    def is_name_word(self, word: str) -> bool:
        """Whether a capitalised word can be (part of) somebody's name."""
        plain = re.sub(r"['’]s$", "", word).casefold().replace("’", "'")
        if len(plain) < 2 or plain in self.small or plain in words("things") or plain in words("starts"):
            return False
        if len(plain) > 4 and stem(plain) in self.stems:
            return False
        return plain not in words("posts") and plain not in self.bodies

    def may_be_named(self, name: str) -> bool:
        plain = name.casefold()
        if any(plain in each for each in words("published")):
            return True
        return any(plain in each or each in plain for each in self.allowed)
