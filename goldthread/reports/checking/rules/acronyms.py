"""Abbreviations that are never written out, and those written out in two ways."""
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.document import Document, Heading, Paragraph, Table, Where
from goldthread.rules.glossary import UnknownTerm, expand

OFTEN = 2
# Known to everybody who reads a public report in England.
KNOWN = frozenset("NHS GBH ABH UK GP GPS A&E IT ICT HR PDF CEO MP MPS BBC COVID NSPCC EU UN USA TV AGM FAQ OFSTED URL "
                  "UNICEF CCTV "
                  "OBE MBE "
                  "QC KC BAME PHD BSC MSC CD DVD AM PM ID OK HM HMRC UCAS GCSE DBS NI RE PE SMS DNA HIV AIDS PC II III "
                  "IV VI "
                  "VII VIII IX XI AI QR".split())
_SHORT = re.compile(r"(?<![\w&@.#-])(?<!(?<![A-Z])/)(?:[A-Z]\.?){2,9}s?(?![\w&@-]|/[a-z])|(?<![\w&/@.-])[A-Z]{1,4}(?:&"
                    r"|-)[A-Z]{1,4}(?![\w&-])")
_BRACKETED = re.compile(r"\(\s*(?:the\s+|or\s+|known as\s+|also known as\s+)?"
                        r"[\"“‘']?(?P<short>\(?[A-Z][\w&/.-]{1,9}?)s?[\"”’']?\s*\)")
_OR = re.compile(r",\s(?:or|known as|called)\s(?:the\s)?(?P<short>[A-Z][A-Z&-]{1,9})s?\b")
_AFTER = re.compile(r"(?<![\w&-])(?P<short>[A-Z][A-Z&-]{1,9})s?\s*(?:\(|[-–:=]\s+|means\s+"
                    r"|stands for\s+)(?P<full>[A-Za-z][^()|;]{5,90}?)(?:\)|[.;|]|$)")
# “WE SAID …”, “YOUNG SCRUTINEERS: …”: a line that begins in capitals.
_SHOUTED = re.compile(r"^\W*(?:[A-Z]{2,}|[AI])(?:\s+[A-Z]{2,})+\b")
_CALLED = "programme|project|scheme|model|tool|app|approach|campaign|course"  # what is called so: “the ICON programme”
_POSTCODE = re.compile(r"^[A-Z]{1,2}\d")
_SMALL = frozenset("and of the for in to on a an at by or with from".split())


@dataclass(frozen=True)
class _Use:
    """An abbreviation as used once."""

    short: str
    at: Where
    text: str


@dataclass(frozen=True)
class Shorts:
    """The abbreviations of a document: where each is used, and what it is written out as."""

    document: Document

    @cached_property
    def texts(self) -> list[tuple[str, Where]]:
        """Text that may use or write out abbreviations; a line all in capitals tells nothing."""
        found = []
        for block in self.document.blocks:
            if isinstance(block, Table):
                found += [(cell, block.where(n)) for n, row in enumerate(block.rows) for cell in row]
            else:
                found.append((block.text if isinstance(block, Paragraph) else block.title, block.at))
        return [(text, at) for text, at in found if any(letter.islower() for letter in text)]

    @cached_property
    def used(self) -> list[_Use]:
        paragraphs = [(each.text, each.at) for each in self.document.blocks if isinstance(each, Paragraph)]
        paragraphs += [(each.title, each.at) for each in self.document.blocks if isinstance(each, Heading)]
        return [_Use(_bare(found[0]), at, text) for text, at in paragraphs if any(letter.islower() for letter in text)
                for found in _SHORT.finditer(text) if not _POSTCODE.match(found[0])]

    @cached_property
    def written_out(self) -> dict[str, list[tuple[str, Where]]]:
        """For each abbreviation, the words given for it, "" where the words beside it do not spell it."""
        found: dict[str, list[tuple[str, Where]]] = defaultdict(list)
        for block in self.document.headings:  # also in capitals: “CHILD DEATH OVERVIEW PANEL (CDOP)”
            for each in _BRACKETED.finditer(block.title):
                words = _spelled_before(block.title[:each.start()], _bare(each["short"]))
                found[_bare(each["short"])].append((words, block.at))
        for text, at in self.texts:
            for each in (*_BRACKETED.finditer(text), *_OR.finditer(text)):
                found[_bare(each["short"])].append((_spelled_before(text[:each.start()], _bare(each["short"])), at))
            for each in _AFTER.finditer(text):
                found[_bare(each["short"])].append((_spelled_from(each["full"], _bare(each["short"])), at))
        for table in self.document.tables:
            for number, row in enumerate(table.rows):
                for short, full in zip(row, row[1:], strict=False):
                    if re.fullmatch(r"\(?[A-Z][\w&()/ -]{1,11}", short) and re.search(r"[a-z]{3}", full):
                        found[_bare(short)].append((_spelled_from(full, _bare(short)), table.where(number)))
        return found


def find_never(facts: Facts) -> Iterator[Found]:
    shorts = Shorts(facts.document)
    counts = Counter(each.short for each in shorts.used)
    words = frozenset(re.findall(r"\b[A-Za-z][a-z]+\b", " ".join(text for text, _ in shorts.texts)))
    told = set()
    for use in shorts.used:
        short = use.short
        if short in told or counts[short] < OFTEN and not _seldom(short) or _known(short, shorts):
            continue
        if {short.title(), short.lower()} & words or _SHOUTED.search(use.text):
            continue
        if counts[short] < OFTEN and re.search(rf"\b{re.escape(short)} (?:{_CALLED})\b", use.text):
            continue
        if len(short) > 6 and not _has_glossary(shorts):
            continue
        told.add(short)
        yield Found(use.at, use.text, short, _from_glossary(short),
                    f"{short} is used {_times(counts[short])} and nowhere written out", _never_ground(short, counts[short]))


def _never_ground(short: str, count: int) -> str:
    if count < OFTEN:
        return "used once"
    return "a word of the sector" if _from_glossary(short) else "used often" if count > OFTEN else "used twice"


def _seldom(short: str) -> bool:
    """Whether one use is enough: three to six letters, of which not all are vowels or all a word's."""
    return 3 <= len(short) <= 6 and short.isalpha()


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _known(short: str, shorts: Shorts) -> bool:
    if short in KNOWN or short.upper() in KNOWN:
        return True
    return short in shorts.written_out or short.rstrip("S") in shorts.written_out or f"{short}S" in shorts.written_out


def _has_glossary(shorts: Shorts) -> bool:
    return len(shorts.written_out) > 10


def find_twice(facts: Facts) -> Iterator[Found]:
    for short, ways in Shorts(facts.document).written_out.items():
        spelled = [(full, at) for full, at in ways if full]
        for full, at in spelled[1:]:
            first, where = spelled[0]
            if _stems(full) != _stems(first) and not (_stems(full) <= _stems(first) or _stems(first) <= _stems(full)):
                yield Found(at, f"{full} ({short})", full, first, f"{short} is written out as “{first}” before",
                            "both spell it",
                            str(where))
                break


def find_misplaced(facts: Facts) -> Iterator[Found]:
    """A glossary that gives one abbreviation the words of another: “CSE Hub | Child Sexual Abuse Hub”."""
    shorts = Shorts(facts.document)
    full = {short: next((words for words, _ in ways if words), "") for short, ways in shorts.written_out.items()}
    for table in facts.document.tables:
        for number, row in enumerate(table.rows):
            for short, words in zip(row, row[1:], strict=False):
                first = short.split(" ")[0]
                own = full.get(_bare(first), "")
                other = next((each for each, told in full.items() if told and told != own and len(told.split()) > 2
                              and words.lower().startswith(told.lower())), "")
                if own and other and other != _bare(first) and not _spelled_from(words, _bare(first)):
                    yield Found(table.where(number), f"{short} | {words}", short, f"{other}{short[len(first):]}",
                                f"“{full[other]}” is {other}, and {first} is “{own}”", "words of another")


def _stems(words: str) -> frozenset[str]:
    """The beginnings of the words: “Children's Services” and “Child Service” are no two ways of writing it."""
    return frozenset(word[:4] for word in re.findall(r"[a-z]+", words.lower()) if word not in _SMALL and len(word) > 1)


def _bare(short: str) -> str:
    return re.sub(r"[\s.()-]", "", short).removesuffix("s")


def _from_glossary(short: str) -> str:
    try:
        return expand(short)
    except UnknownTerm:
        return ""


def _spelled_before(before: str, short: str) -> str:
    """The words right before a bracket that spell an abbreviation, longest first."""
    words = re.findall(r"[\w'’&-]+", re.split(r"[.;:!?|]", before)[-1])
    for count in range(min(len(words), len(short) * 2 + 1), 1, -1):
        tail = words[-count:]
        if _spells(tail, short) and tail[0].lower() not in _SMALL:
            return " ".join(tail)
    return ""


def _spelled_from(full: str, short: str) -> str:
    words = re.findall(r"[\w'’&-]+", full)
    for count in range(2, min(len(words), len(short) * 2 + 1) + 1):
        if _spells(words[:count], short) and (count == len(words) or count >= len(short)):
            return " ".join(words[:count])
    return ""


def _spells(words: list[str], short: str) -> bool:
    """Whether the initials of the words, small words left out or not, are the abbreviation."""
    parts = [part for word in words for part in word.split("-") if part]
    letters = re.sub(r"[^A-Z]", "", short.upper())
    heavy = "".join(part[0] for part in parts if part.lower() not in _SMALL and part != "&").upper()
    every = "".join(part[0] for part in parts if part != "&").upper()
    return letters in (heavy, every) and bool(letters)


NEVER = Rule("abbreviation", "An abbreviation is never written out", "Write it out where it is first used.",
             {"a word of the sector": "the sector's glossary has it", "used often": "it is used three times or more",
              "used twice": "it is used twice", "used once": "it is used once"}, find_never)
TWICE = Rule("abbreviation-twice", "An abbreviation is written out in two ways", "Use one of them throughout.",
             {"both spell it": "the initials of both are the abbreviation"}, find_twice)
MISPLACED = Rule("abbreviation-other", "An abbreviation is explained with the words of another",
                 "Put the right abbreviation, or the right words.",
                 {"words of another": "both are written out elsewhere in the document"}, find_misplaced)
