"""Wording: what a label is about, as a set of plain word stems.

Two wordings of one thing (“delegates trained”, “attendees”) come out alike. The lists are data, in wording.toml.
"""
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*[-/–]\s*(?:\d{4}|\d\d))?\b")
_WORD = re.compile(r"[a-z0-9_]+(?:'[a-z]+)?")
_ENDINGS = ("ments", "ment", "ions", "ion", "ings", "ing", "ies", "ied", "ly", "es", "ed", "s", "y", "e")


@cache
def wording() -> dict:
    """The word lists. Callers must not change them."""
    return tomllib.loads(files(__name__).joinpath("wording.toml").read_text(encoding="utf-8"))


@cache
def idle(topic: str = "words") -> frozenset[str]:
    """Stems that carry no meaning in general, or in talk of “training” or “budget”."""
    return frozenset(stem(word) for word in wording()["idle"][topic])


@cache
def stem(word: str) -> str:
    """A crude stem: enough to make “meetings” and “meeting” one, never used for anything people read."""
    if "_" in word:
        return word
    for _ in range(2):
        ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) >= 4), "")
        word = word.removesuffix(ending)
    return word


@cache
def _phrases() -> tuple[re.Pattern, dict[str, str]]:
    pairs = {_plain(phrase): ours for ours, theirs in wording()["same"].items() for phrase in theirs}
    longest_first = sorted(pairs, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b"), pairs


def years(text: str) -> list[str]:
    """Years and financial years named in a text, as written: “2016-17”."""
    return [re.sub(r"\s*[-/–]\s*", "-", found) for found in _YEARS.findall(text)]


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """The meaningful words of a label in order, each as our one word for it or a stem."""
    plain = _plain(_YEARS.sub(" ", text))
    pattern, ours = _phrases()
    marked = pattern.sub(lambda found: " " + " ".join(f"{word}__" for word in ours[found[0]].split()) + " ", plain)
    found = []
    for word in _WORD.findall(marked):
        token = word[:-2] if word.endswith("__") else stem(word.removesuffix("'s"))
        if word.endswith("__") or (token not in idle() and word not in idle()):
            found.append(token)
    return tuple(found)


def _plain(text: str) -> str:
    text = text.casefold().replace("’", "'").replace("&", " and ").replace("–", "-").replace("—", " ")
    text = re.sub(r"\bnon[- ](?=[a-z])", "non_", text)
    text = re.sub(r"\blevel (?=\d)", "level_", text)
    text = re.sub(r"\baged? (\d+)\s*(?:-|to)\s*(\d+)", r"aged_\1_\2", text)
    text = re.sub(r"[-/]", " ", text)
    return " ".join(re.sub(r"[^a-z0-9_' ]+", " ", text).split())
