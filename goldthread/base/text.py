"""Names for matching, postcodes, blaming language and identifying details in free text."""
import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import jellyfish

from goldthread.base.identifiers import is_nhs_number

_DATA = files("goldthread.base").joinpath("data")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe",
                          "ı": "i", "ħ": "h", "ŋ": "ng"})
_APOSTROPHES = re.compile("['’‘`ʼʻ´]")


# -- names --------------------------------------------------------------------------------------------

def normalise_name(name: str) -> str:
    """A name for comparing: lower case, no accents or apostrophes, hyphens and other marks as one space."""
    plain = _APOSTROPHES.sub("", name.casefold().translate(_LETTERS))
    letters = (each for each in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(each))
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letters)).split())


def given_names(name: str) -> frozenset[str]:
    """A normalised given name and every other form in its nickname groups ("Bill" gives William, Will …)."""
    plain = normalise_name(name)
    return frozenset({plain}).union(*(group for group in _nicknames().get(plain, ())))


def same_given_name(a: str, b: str) -> bool:
    """True when two given names are equal, or one can be a form of the other."""
    return normalise_name(b) in given_names(a)


def full_names(name: str) -> frozenset[str]:
    """The names that begin a nickname group this one stands in: what it can be short for ("Bill" gives William)."""
    return _full_names().get(normalise_name(name), frozenset())


@cache
def nickname_source() -> str:
    """Of the table of nicknames its edition and where it comes from, in words."""
    text = _DATA.joinpath("nicknames.txt").read_text(encoding="utf-8")
    told = dict(re.findall(r"^# (edition|source): (.+)$", text, re.MULTILINE))
    return f"edition of {told['edition']}, {told['source']}"


@cache
def _nicknames() -> dict[str, tuple[frozenset[str], ...]]:
    """Each name's groups."""
    groups: dict[str, tuple[frozenset[str], ...]] = {}
    for names in _groups():
        for name in set(names):
            groups[name] = (*groups.get(name, ()), frozenset(names))
    return groups


@cache
def _full_names() -> dict[str, frozenset[str]]:
    """The first name of each name's groups."""
    found: dict[str, frozenset[str]] = {}
    for names in _groups():
        for name in names:
            found[name] = found.get(name, frozenset()) | {names[0]}
    return found


def _groups() -> list[list[str]]:
    """data/nicknames.txt: one group a line, the full name first; # begins a comment."""
    lines = _DATA.joinpath("nicknames.txt").read_text(encoding="utf-8").splitlines()
    made = ([normalise_name(each) for each in line.split("#")[0].split(",") if each.strip()] for line in lines)
    return [names for names in made if names]


# Respellings by sound across the languages of English families, tried beside the name as written.
_SOUNDS = tuple((re.compile(pattern), sound) for pattern, sound in (
    (r"^x|sz|sch", "sh"), (r"rz", "sh"), (r"cz|tsch", "ch"), (r"w(?=[aeiou])", "v"), (r"dzh|dj", "j"),
    (r"bh", "b"), (r"[dt]h", "t"), (r"ngh?$", "n"), (r"gh(?=[aeiou])", "g"), (r"kh", "k"), (r"zh", "j"),
    (r"q", "k"), (r"ph", "f"), (r"mp(?=[st])", "m"), (r"a[iy]+[aei]*", "ai"), (r"oo|ou", "u"),
    (r"ee|ea|ie|y(?![aeiou])", "i"), (r"(.)\1", r"\1"),
))


def sound_keys(name: str) -> frozenset[str]:
    """Keys two names share when they can sound alike: metaphone of each word as written and as respelt."""
    keys = set()
    for word in normalise_name(name).split():
        respelt = word
        for pattern, sound in _SOUNDS:
            respelt = pattern.sub(sound, respelt)
        keys |= {jellyfish.metaphone(word), jellyfish.metaphone(respelt)}
    return frozenset(keys - {""})


# -- postcodes ----------------------------------------------------------------------------------------

_AREA = r"(?:[A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)"
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_PSEUDO = r"ZZ[0-9]{1,2}"  # the NHS's stand-ins, such as ZZ99 3VZ for no fixed home; also made-up places
_POSTCODE = re.compile(rf"({_AREA})({_INWARD})|(GIR)(0AA)|({_PSEUDO})([0-9][A-Z]{{2}})")


def normalise_postcode(text: str) -> str:
    """"ub81uw" as "UB8 1UW". Checks the pattern only, not that it is in use. Raises ValueError."""
    found = _POSTCODE.fullmatch(re.sub(r"[\s\-.]", "", text).upper())
    if not found:
        raise ValueError(f"“{text.strip()}” is not a full UK postcode. Write it like AB1 2DE.")
    return " ".join(part for part in found.groups() if part)


def is_postcode(text: str) -> bool:
    try:
        normalise_postcode(text)
    except ValueError:
        return False
    return True


# -- blaming language ---------------------------------------------------------------------------------

class Blaming(NamedTuple):
    """A phrase found: where it is in the text (end not included), as written, and better wording."""

    start: int
    end: int
    phrase: str
    suggestion: str


def find_blaming(text: str) -> list[Blaming]:
    """Words that put harm down to the child, in order, never overlapping (the longest wins)."""
    found: list[Blaming] = []
    hits = sorted(((hit.start(), -hit.end(), suggestion) for pattern, suggestion in _blaming()
                   for hit in pattern.finditer(text)))
    for start, minus_end, suggestion in hits:
        if not found or start >= found[-1].end:
            found.append(Blaming(start, -minus_end, text[start:-minus_end], suggestion))
    return found


@cache
def _blaming() -> tuple[tuple[re.Pattern, str], ...]:
    """data/blaming.csv: `phrase` is words, "/" between alternatives; `…` stands for up to three words."""
    with _DATA.joinpath("blaming.csv").open(encoding="utf-8", newline="") as handle:
        return tuple((_phrase_pattern(row["phrase"]), row["better"]) for row in csv.DictReader(handle))


def _phrase_pattern(phrase: str) -> re.Pattern:
    pattern = ""
    for word in phrase.split():
        if word == "…":
            pattern += r"(?:\W+\w+){0,3}"
            continue
        ways = "|".join(re.escape(way) for way in word.split("/"))
        ways = ways.replace("_", r"[\s\-]+").replace("'", "['’]")
        pattern += (r"[\s\-]+" if pattern else "") + f"(?:{ways})"
    return re.compile(rf"\b{pattern}\b", re.IGNORECASE)


# Two words or more with a capital each: what a name in full looks like, and much else.
_NAME_PART = r"[A-ZÀ-ÖØ-ÞĀŁŚŠŻŽČĆ](?:['’][A-Z])?[a-zß-öø-ÿāăąćčďđęěğīłńňőřśšşťūůźżž'’-]+(?:-[A-Z][a-z]+)?"
NAME = re.compile(rf"\b{_NAME_PART}(?:\s+{_NAME_PART})+\b")

# -- identifying details ------------------------------------------------------------------------------

class Identifying(NamedTuple):
    """A detail that could identify someone: its place, its kind (postcode, phone …) and the text itself."""

    start: int
    end: int
    kind: str
    found: str


_DETAILS = (
    ("e-mail", re.compile(r"\b[\w.+'-]+@[\w-]+(?:\.[\w-]+)+\b"), None),
    ("NHS number", re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])"), is_nhs_number),
    ("phone", re.compile(r"(?<![\w+])(?:\+44[ .-]?(?:\(0\)[ .-]?)?|\(?0)(?:\d[ .()-]{0,2}){8,9}\d(?!\d)"),
     None),
    ("postcode", re.compile(rf"\b(?:{_AREA}[ ]?{_INWARD}|{_PSEUDO}[ ]?[0-9][A-Z]{{2}})\b", re.IGNORECASE), None),
)


def find_identifying(text: str) -> list[Identifying]:
    """Full postcodes, UK telephone numbers, valid NHS numbers and e-mail addresses, in order."""
    found: list[Identifying] = []
    for kind, pattern, check in _DETAILS:
        for hit in pattern.finditer(text):
            free = all(hit.end() <= each.start or hit.start() >= each.end for each in found)
            if free and (check is None or check(hit[0])):
                found.append(Identifying(hit.start(), hit.end(), kind, hit[0]))
    return sorted(found)
