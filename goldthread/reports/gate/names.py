"""Names and initials of people."""
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldthread.base.text import NAME
from goldthread.reports.checking.rules.acronyms import KNOWN
from goldthread.reports.gate.found import Ground, Hit
from goldthread.reports.gate.vocabulary import LETTERS, Vocabulary, is_title, words
from goldthread.rules.glossary import terms

if TYPE_CHECKING:
    from goldthread.reports.gate.gate import Passage

WITHOUT = "Leave the name out, or say who it is in general: “a mother”, “a worker”."
RECORD = Ground("name", "on record", "it is the name of somebody in the partnership's records", WITHOUT)
TITLED = Ground("name", "with a title", "a title and a surname name somebody", WITHOUT)
FULL_SPOKEN = Ground("name", "in full, in a quote", "a first name and a surname stand in somebody's own words", WITHOUT)
FULL = Ground("name", "in full", "it reads like a first name and a surname, with no post beside it", WITHOUT)
KIN = Ground("name", "of a relation", "a child, a parent or a friend is called by name", WITHOUT)
TOLD = Ground("name", "told of", "somebody is told of by a first name", WITHOUT)
FIRST = Ground("name", "first name in a quote", "a first name stands in somebody's own words", WITHOUT)
HALF = Ground("name", "half hidden", "a name is hidden but for its beginning, which those who know the family can fill in",
              "Leave out the first letter as well.")
INITIALS = Ground("initials", "of a relation", "initials of a child or a relation stand here",
                  "Leave the initials out; write “my child”, or use a letter that is no initial and say so.")
INITIALS_SCHOOL = Ground("initials", "with a school", "initials stand with the name of a school: who goes there knows "
                                                      "the child",
                         "Leave out the initials and the school.")
INITIALS_SPOKEN = Ground("initials", "in a quote", "two letters stand for somebody's name in somebody's own words",
                         "Leave the initials out; write “my child” or “my worker”.")
LETTER = Ground("initials", "single letter in a quote", "a single letter stands for somebody's name",
                "Write “my worker” or the like.")
_TITLE = re.compile(r"\b(?P<title>Mr|Mrs|Ms|Miss|Mx|Master)\.?\s+(?P<name>(?:[A-Z]\.?\s+)?[A-Z][\w'’-]+)")
_KIN = re.compile(rf"\b(?P<kin>{'|'.join(sorted(words('kin'), key=len, reverse=True))})(?:s|'s|’s)?(?:,| called| named"
                  rf"| is| was)?\s+"
                  r"\(?(?P<name>(?-i:[A-Z][a-z'’-]+))(?=\W|$)", re.IGNORECASE)
_OF_SOMEBODY = re.compile(rf"\b(?:parents?|family|story|case|death|memory|words|murder|voice|life"
                          rf"|{'|'.join(sorted(words('kin'), key=len, reverse=True))})s?"
                          r"\s+of\s+(?P<name>[A-Z][a-z'’-]+)(?=\W|$)(?!\s+[A-Z])|\b(?:about|by|with|for|to|from|and)\s+"
                          r"(?P<told>[A-Z][a-z'’-]+),?\s+(?:who|whose|then|now|aged)\b"
                          r"|(?:year|month|week)s?[- ]old\s+(?P<old>[A-Z][a-z'’-]+)\b")
# A single capitalised word outside quotes, with words near it that only people have.
_LONE = re.compile(r"(?<![A-Z][a-z] )(?<![\w'’.-])(?P<name>[A-Z][a-z]{1,14})(?:['’]s)?(?![\w-])(?!\s+(?:(?:of|and|for"
                   r"|the)\s+)?[A-Z])")
_PERSONAL = re.compile(r"\b(?:he|she|his|her|him|hers|(?:who|which) (?:was|is) \d{1,2}|aged (?:\d{1,2}|[a-z]+))\b")
_TOWARDS = re.compile(r"\b(?:with|for|about|by|when|that|found|saw|met|helped|supported|asked|told|and|placed|moved"
                      r"|took|of|because)\s+$")
_AGED = re.compile(r"^\s*[(,]\s*(?:aged\s|\d{1,2}[,)])")
_HALF = re.compile(r"\b[A-Z](?:x{2,}|\*{2,}|_{2,}|-{3,}|…|\.{3})(?!\w)")
_INITIALS = re.compile(r"\b(?:[A-Z]\.\s?[A-Z]\.?|[A-Z]{2})(?![\w.])")
_RELATION = re.compile(rf"\b(?:{'|'.join(words('kin'))})(?:,| called| named)?\s+$", re.IGNORECASE)
_LETTER = re.compile(r"\b(?:from|with|by|to|and|like|thank|thanks|for|that|told|tell|saw|met|love|miss)"
                     r"\s+(?P<letter>[A-HJ-Z])(?=\s+(?:is|was|and"
                     r"|for|has|who|"
                     r"she|he|they|helped|gave|really|always|came|did|made)\b|[,.!?”\"’]|$)")
_DOES = re.compile(r"^(?:['’]s)?\s+(?:has|had|is|was|gets?|got|goes|went|came|comes|loves?|likes?|made|makes|helped|said"
                   r"|told|can|will)\b")
# “My mentor E helped me”: a capital alone among small words, where no list counts by letters.
_LETTER_ALONE = re.compile(r"(?<=[a-z,;] )(?P<letter>[B-HJ-Z]|A(?= (?:is|was|has|had|helped|came|gave|made|said|told"
                           r"|always|never)\b))"
                           r"(?=\s[a-z]|[,.!?”\"])")
COUNTED = re.compile(r"\b(?:grades?|class|plan|block|part|section|option|type|key|vitamin|hepatitis|child|baby|family"
                      r"|case|appendix"
                      r"|annex|table|column|school|group|team|ward|category|level|area|house|room)\s+$", re.IGNORECASE)
_LETTER_FIRST = re.compile(r"(?:^|[\"“‘'.!?]\s*)(?P<letter>[B-HJ-Z])(?=\s+(?:made|is|was|has|helped|came|gave|really"
                           r"|always|never|listened|told|"
                           r"said)\b)")
SCHOOL = re.compile(r"\b[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+)*\s+(?:School|Academy|College|Nursery|Infants|Juniors"
                    r"|(?:Primary|Secondary|High)(?!\s+(?:[Ss]chools|Court|Street|Care|Trust)))\b")
# Two letters that the sector writes, and that are nobody's.
_SUBJECTS = frozenset("PE RE IT DT AP HE FE PD UK EU US TV ID MP GP QA CP AM PM SW NW SE NE".split())
_PUPIL = re.compile(r"^\W{0,2}(?:,|\()?\s*(?:(?:and\s+[A-Z]{2},?\s*)?(?:both|a pupil|a student|who|of|from|at|in"
                    r" Year|attends|Year|Reception)"
                    r"\b|\(?[A-Z][\w'’]+\s)")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|across|throughout|near|around|through|the|on"
                           r"|(?<!spoke )(?<!talked )(?<!listened )(?<!wrote )(?<!grateful )(?<!thanks )(?<!happened )to"
                           r"|(?<!case )(?<!death )(?<!story )(?<!words )"
                           r"(?<!mother )(?<!father )(?<!parents )(?<!murder )(?<!killing )(?<!care )(?<!needs"
                           r" )(?<!abuse )(?<!neglect )of)\s+$", re.IGNORECASE)
_SPEAKS = re.compile(r"^(?:['’]s)?\s+(?:and\s+[A-Z][a-z]+\s+(?:are|were|have)|said|told|says|is|was|has|had|helped|came"
                     r"|gave|made|asked|lives|lived|went|did|really|for|came|started|moved|stopped|wanted|felt|wrote|attended|left|lost|found)\b")
_THANKS = re.compile(r"\b(?:thank(?:s| you)?(?:\s+(?:so much|very much))?(?:,|\s+to)?|with|from|by|when|because|and|like"
                     r"|for|that|"
                     r"worker|to)\s+$", re.IGNORECASE)
_CALLED_AFTER = re.compile(r"['’]s\s")  # “Martha's Rule”, “Clare's Law”: known to everybody
NEARBY = 70


def people(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    """Names on record, with a title, in full, of a relation, and first names in quotes."""
    text = passage.text
    for name in vocabulary.known:
        for found in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
            yield Hit(*found.span(), RECORD)
    for found in _TITLE.finditer(text):
        if not in_post(passage, found.start(), found.end()) and not vocabulary.may_be_named(found[0]):
            yield Hit(*found.span(), TITLED)
    for found in _KIN.finditer(text):
        if vocabulary.is_name_word(found["name"]) and not vocabulary.may_be_named(found["name"]) and not in_post(
                passage, *found.span()):
            yield Hit(*found.span("name"), KIN)
    for found in _OF_SOMEBODY.finditer(text):
        which = str(found.lastgroup)
        name = found[which]
        post = which != "old" and in_post(passage, *found.span())  # nobody in a post is told of as “six-year-old”
        if vocabulary.is_name_word(name) and not vocabulary.may_be_named(name) and not post:
            yield Hit(*found.span(which), TOLD)
    yield from _in_full(passage, vocabulary)
    yield from _first_names(passage, vocabulary)
    yield from _told_of(passage, vocabulary)


def _in_full(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    for found in NAME.finditer(passage.text):
        parts = list(LETTERS.finditer(passage.text, *found.span()))
        while len(parts) > 2 and not vocabulary.is_name_word(parts[0][0]):
            parts = parts[1:]
        if not 2 <= len(parts) <= 3 or not all(vocabulary.is_name_word(part[0]) for part in parts):
            continue
        start, end = parts[0].start(), parts[-1].end()
        name = passage.text[start:end]
        spoken = passage.is_spoken(start)
        if _CALLED_AFTER.search(name) or vocabulary.may_be_named(name) or in_post(passage, start, end) and not spoken:
            continue
        if not spoken and (_PLACE_BEFORE.search(passage.text[:start]) or not _is_told(passage, start, end)):
            continue
        yield Hit(start, end, FULL_SPOKEN if spoken else FULL)


def _is_told(passage: "Passage", start: int, end: int) -> bool:
    """Outside quotes: below a heading, in running text, and at the beginning of a sentence only with a verb of persons."""
    if not (passage.sentence.at.section or passage.sentence.at.title) or is_title(passage.text):
        return False
    begins = not LETTERS.search(passage.text[:start])
    return not begins or bool(_SPEAKS.match(passage.text[end:])) or bool(
        _AGED.match(passage.text[end:])) or passage.text[end:end + 2] in ("'s", "’s", ", ")


def _first_names(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    """Capitalised words inside quotes that no list and no other sentence knows as anything else."""
    for first, last in passage.spoken:
        if is_title(passage.text[first:last]):
            continue
        for found in re.finditer(r"\b[A-Z][a-z]{2,}(?:['’]s)?\b", passage.text[first:last]):
            start, end = first + found.start(), first + found.end()
            before, after = passage.text[first:start], passage.text[end:last]
            begins = not before.strip(" *\"“‘'") or re.search(r"[.!?:]\W*$", before)
            placed = re.search(r"\b(?:in|at|near|around)\s+$", before)
            if placed or not vocabulary.is_name_word(found[0]) or vocabulary.may_be_named(found[0]):
                continue
            if begins and not _SPEAKS.match(after):
                continue
            if _THANKS.search(before) or _SPEAKS.match(after) or not begins:
                yield Hit(start, end, FIRST)


def _told_of(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    """Outside quotes: a lone name beside “his”, “her” or an age: “Practitioners worked with Sol and his mum”."""
    text = passage.text
    if not (passage.sentence.at.section or passage.sentence.at.title) or is_title(text):
        return
    for found in _LONE.finditer(text):
        before, after = text[:found.start()], text[found.end():]
        begins = not LETTERS.search(before)
        after_capital = re.search(r"[A-Z][\w'’-]*(?:\s+(?:of|and|for|the))?\s+$", before) and not begins
        if after_capital and not re.search(r"(?:^|[.!?]\s)[A-Z][a-z]+\s+$", before) or passage.is_spoken(found.start()):
            continue
        if not vocabulary.is_name_word(found["name"]) or vocabulary.may_be_named(found["name"]) or in_post(
                passage, *found.span()):
            continue
        towards = _SPEAKS.match(after) if begins else _TOWARDS.search(before)
        if _AGED.match(after) or towards and _PERSONAL.search(text[max(0, found.start() - NEARBY):found.end() + NEARBY]):
            yield Hit(*found.span("name"), TOLD)


def half_hidden(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    for found in _HALF.finditer(passage.text):
        yield Hit(*found.span(), HALF)


def initials(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    """Two initials of a relation or beside a school, and single letters in quotes that stand for somebody."""
    text = passage.text
    known = KNOWN | {term.short for term in terms()}
    for found in _INITIALS.finditer(text):
        plain = re.sub(r"[\s.]", "", found[0])
        dotted = "." in found[0] and not re.match(r"^[A-Z][a-z]", text[found.end():].lstrip())
        if plain in known and (not dotted or re.search(r"\d\s*$", text[:found.start()])):
            continue  # an abbreviation, or “p.m.”
        if _RELATION.search(text[:found.start()]):
            yield Hit(*found.span(), INITIALS)
        elif SCHOOL.search(text) and (dotted or passage.is_spoken(found.start()) or plain not in _SUBJECTS
                                      and plain not in vocabulary.shorts_twice and _PUPIL.match(text[found.end():])):
            yield Hit(*found.span(), INITIALS_SCHOOL)
        elif passage.is_spoken(found.start()) and _DOES.match(text[found.end():]) and plain not in vocabulary.shorts:
            yield Hit(*found.span(), INITIALS_SPOKEN)
    for found in _LETTER_FIRST.finditer(text):
        if passage.is_spoken(found.start("letter")):
            yield Hit(*found.span("letter"), LETTER)
    for found in _LETTER_ALONE.finditer(text):
        if passage.is_spoken(found.start()) and not COUNTED.search(text[:found.start()]):
            yield Hit(*found.span("letter"), LETTER)
    for found in _LETTER.finditer(text):
        if passage.is_spoken(found.start()):
            yield Hit(*found.span("letter"), LETTER)


def in_post(passage: "Passage", start: int, end: int) -> bool:
    """Whether a post stands close by: then an office holder is named."""
    around = passage.text[max(0, start - NEARBY):start] + " " + passage.text[end:end + NEARBY]
    return any(word.casefold() in words("posts") for word in LETTERS.findall(around))
