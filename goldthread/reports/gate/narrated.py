"""Names told of in running text, where neither a title nor a relation stands before them: by what is said of them."""
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldthread.base.text import given_names
from goldthread.reports.gate.found import Ground, Hit
from goldthread.reports.gate.names import COUNTED, WITHOUT, in_post
from goldthread.reports.gate.vocabulary import Vocabulary, is_title, words

if TYPE_CHECKING:
    from goldthread.reports.gate.gate import Passage

BELONGS = Ground("name", "what is theirs", "a school, a home or a family is told to be somebody's, by name", WITHOUT)
BEFALLS = Ground("name", "what befell them", "what happens to one person is told of somebody by name", WITHOUT)
CALLED = Ground("name", "a child is named", "children are told of, and a first name stands beside", WITHOUT)
GIVEN = Ground("name", "a given name", "a given name stands alone in running text", WITHOUT)
SHORTENED = Ground("name", "first name and letter", "a first name and the letter of a surname name somebody", WITHOUT)
FAMILY = Ground("name", "of a family", "a family is told of by its name", WITHOUT)
_KIN = "|".join(sorted(words("kin"), key=len, reverse=True))
_WORD = r"(?P<name>[A-ZÀ-ÞŁŚŠŻŽČĆ][^\W\d_A-Z]{0,14}(?:['’-][A-Z][^\W\d_A-Z]+)?)"
_ALONE = rf"(?<![A-Z][a-z] )(?<![\w'’.-]){_WORD}"
_BELONGS = re.compile(rf"{_ALONE}['’]s\s+(?:new |own |primary |secondary |foster |social )?(?:school|home|house"
                      rf"|{_KIN}|parents?|family"
                      r"|placement|bedroom|needs|death|injuries|bruises|body|worker|teacher|future|wishes|life)\b")
_BEFALLS = re.compile(rf"{_ALONE}(?:\s[A-Z][\w'’-]+)?,?\s+(?:was|were|had been|has been)\s+(?:\w+ly\s+|again\s+"
                      rf"|then\s+|first\s+)?"
                      r"(?:known to (?:early|social|children|the police|us|services|mash)|excluded|arrested|removed"
                      r"|adopted|born"
                      r"|admitted|sectioned|convicted|exploited|trafficked|groomed|assaulted|neglected|bullied|seen alone"
                      r"|not seen|found (?:with|in|by|at|dead|alone|safe)|taken (?:into|to)|placed (?:with|in|for)"
                      r"|made (?:the )?subject|\d{1,2}\b|in care)")
_DOES = re.compile(rf"{_ALONE}(?:\s[A-Z][\w'’-]+)?\s+(?:ran away|went missing|disclosed|flinched|cried"
                   rf"|self-harmed|died|drowned"
                   r"|absconded|overdosed|had been (?:at|in|seen|hit|hurt|left)|stopped (?:eating|going|speaking|attending)"
                   r"|lived with|told (?:his|her|their) (?:teacher|mother|mum|worker|carer|school))\b")
_DIED = re.compile(r"(?P<name>[A-Z][^\W\d_]+\s[A-Z][\w'’-]+)\s(?:had\s)?(?:died|drowned|was (?:killed|murdered"
                   r"|stabbed|drowned))\b")
_CALLED = re.compile(rf"(?:\b(?:(?:{_KIN})s?|children|boys|girls|siblings|young person|described|considered|named"
                     rf"|called)[,:(\s]+"
                     rf"|,\s)(?-i:{_WORD})(?P<more>\s+and\s+[A-Z][a-z]+)?(?=[,)\s.]|$)")
_SHORTENED = re.compile(r"(?<![\w'’.-])(?P<name>[A-Z][^\W\d_]{2,14})\s[A-HJ-Z](?:\.(?!\w)|(?![\w.'’-]))")
_FAMILY = re.compile(rf"\bthe\s(?-i:{_WORD})\s(?:family|children|siblings|brothers|sisters|household)\b(?:['’]s?)?"
                     r"(?!\s(?:hubs?|centres?|support|groups?|services?|court|information|nurs\w+|help|first|network|safeguarding"
                     r"|commissioner|act|society|trust|fund|hospital|partnership|board|home|homes|and)\b)", re.IGNORECASE)
_TELLS = re.compile(rf"\b[Aa]s\s{_WORD}\s(?:told us|told the|put it|said|says|wrote)\b")
_LONE = re.compile(rf"(?<=[a-z,] )(?<!\bthe )(?<!\b[Ii]n )(?-i:{_WORD})(?:['’]s)?(?=\s[a-z]|[,.;])(?!\s(?:and|or|&)\s[A-Z])")
_NATION = re.compile(r"(?:ian|ish|ese|ani|ean|ic|can)$")


def narrated(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    """First names with what is theirs or what befell them, families by name, and a first name with one letter."""
    text = passage.text
    if is_title(text):
        return
    for found in _DIED.finditer(text):
        name = found["name"]
        if all(map(vocabulary.is_name_word, name.split())) and not vocabulary.may_be_named(name):
            yield Hit(*found.span("name"), BEFALLS)
    for found in _LONE.finditer(text):
        if _is_given(found["name"]) and _names(passage, vocabulary, found) and not _placed(text, found):
            yield Hit(*found.span("name"), GIVEN)
    for pattern, ground in ((_BELONGS, BELONGS), (_BEFALLS, BEFALLS), (_DOES, BEFALLS), (_TELLS, BEFALLS)):
        for found in pattern.finditer(text):
            if _names(passage, vocabulary, found) and not _placed(text, found):
                yield Hit(*found.span("name"), ground)
    for found in _CALLED.finditer(text):
        if _names(passage, vocabulary, found) and _is_given(found["name"]) and re.search(rf"\b(?:{_KIN}|children)\b", text):
            yield Hit(found.start("name"), found.end("more") if found["more"] else found.end("name"), CALLED)
    for found in _SHORTENED.finditer(text):
        if _names(passage, vocabulary, found) and not COUNTED.search(text[:found.end("name") + 1]):
            yield Hit(*found.span(), SHORTENED)
    for found in _FAMILY.finditer(text):
        capital = found["name"][0].isupper() and not _NATION.search(found["name"])
        if capital and _names(passage, vocabulary, found):
            yield Hit(*found.span("name"), FAMILY)


def _names(passage: "Passage", vocabulary: Vocabulary, found: re.Match) -> bool:
    name = found["name"]
    return vocabulary.is_name_word(name) and not vocabulary.may_be_named(name) and (
        passage.is_spoken(found.start("name")) or not in_post(passage, *found.span("name")))


def _placed(text: str, found: re.Match) -> bool:
    """“In Ashwell's schools”: a place."""
    return bool(re.search(r"\b(?:in|at|across|throughout|near|around|from)\s+$", text[:found.start("name")], re.IGNORECASE))


def _is_given(name: str) -> bool:
    """Whether the table of names has it as a given name."""
    return len(given_names(name)) > 1
