"""References to sections, tables, figures and appendices that are not there."""
import re
from collections.abc import Iterator

from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.document import Heading, Paragraph

_POINTS = (r"(?:see|in|at|by|under|from|to|of this report|refer(?:red)?(?: to)?|described in|set out in|shown in"
           r"|given in|listed in|"
           r"detailed in|outlined in|and|or|as|as per|\()\s+(?:also\s+)?|\(\s*(?:see\s+)?")
_REFERENCE = re.compile(rf"(?:{_POINTS}|^)(?P<kind>section|chapter|table|figure|fig\.?|chart|appendix|annex|page)s?\s+"
                        r"(?P<number>\d{1,3}(?:\.\d{1,2}){0,3}[A-H]?(?!\w)|[A-H]\.?\d{1,2}(?!\w)|[A-H](?![\w.]))",
                        re.IGNORECASE)
_LAW = re.compile(r"^\s*(?:\(\d+\)|of the\b|of that\b|and \d+ of the|,? (?:CA|Children Act|Act)\b|\w* ?(?:Act"
                  r"|Regulations|audit|"
                  r"enquir|assessment|inquir|duty|duties|compliance|return|self|agreement|order|notice|referral|strategy|"
                  r"investigation|accommodat|plan|process|power|statement|report|submission|standard|arrangement|peer))",
                  re.IGNORECASE)
_BROKEN = re.compile(r"Error!\s*(?:Bookmark|Reference|Hyperlink|No text|Unknown)[^.]*\.?|\bREF _\w+|#REF!|\[(?:insert"
                     r"|TBC|xx+)[^\]]*\]"
                     r"|(?<!\bas )\ba % of\b"
                     r"|(?-i:\bX{3,}|\bXX?%|£X+)", re.IGNORECASE)
_CAPTION = re.compile(r"^\W*[A-Za-z.]+\s+[\dA-H][\d.]*[A-H]?\s*(?:[:–-]|$|\.\s)")
# Sections of Acts that reports name without their Act.
LAW = frozenset("8 11 14 16 17 20 22 23 24 25 26 31 33 34 37 38 42 43 44 46 47 48 50 53 58 64 72 76 85 86 117 136 157 175 "
                "177 251".split())


def find(facts: Facts) -> Iterator[Found]:
    numbered = {kind: _numbers(facts, kind) for kind in ("section", "table", "figure", "appendix", "page")}
    for sentence in facts.sentences:
        for found in _REFERENCE.finditer(sentence.text):
            kind = _kind(found["kind"])
            number = found["number"].upper()
            there = numbered[kind]
            begins = found.start() == 0 and kind == "section" and "." not in number
            if begins or not there or number in there or kind == "section" and _is_law(sentence.text, found):
                continue
            yield Found(sentence.at, sentence.text, f"{found['kind']} {found['number']}", _nearest(kind, there),
                        f"the document has no {kind} {number}", "numbered throughout" if len(there) > 2 else "few numbered")


def find_broken(facts: Facts) -> Iterator[Found]:
    """References that the word processor lost, and gaps never filled."""
    for block in facts.document.blocks:
        text = block.text if isinstance(block, Paragraph) else block.title if isinstance(block, Heading) else ""
        for found in _BROKEN.finditer(text):
            yield Found(block.at, text, found[0], "", "this stands for something that is missing", "left by the program")


def _kind(word: str) -> str:
    word = word.lower().rstrip(".")
    return {"chapter": "section", "fig": "figure", "chart": "figure", "annex": "appendix"}.get(word, word)


def _is_law(text: str, found: re.Match) -> bool:
    number, after = found["number"], text[found.end():]
    return bool(_LAW.match(after)) or "." not in number and number in LAW


def _numbers(facts: Facts, kind: str) -> frozenset[str]:
    """The numbers that are there, as they may be referred to. None: the document numbers no such thing."""
    document = facts.document
    if kind == "page":
        return frozenset(map(str, range(1, document.pages + 1))) if document.pages else frozenset()
    if kind == "section":
        there = {each.number for each in document.headings if each.number[:1].isdigit()}
        return frozenset(there | {number.removesuffix(".0") for number in there})
    words = r"appendix|annex" if kind == "appendix" else r"figure|fig\.?|chart" if kind == "figure" else "table"
    pattern = re.compile(rf"^\W*(?:\d[\d.]*\s*[-–:]?\s*)?(?:{words})\s+(\d{{1,2}}(?:\.\d+)?[A-H]?|[A-H]\.?\d{{1,2}}"
                         rf"|[A-H])\b", re.IGNORECASE)
    captions = [each.text for each in document.paragraphs if _CAPTION.match(each.text)]
    texts = captions + [each.caption for each in document.tables] + [
        f"{each.number} {each.title}" for each in document.headings] + [
        f"{each.number} {each.title}" for each in document.contents]
    return frozenset(found[1].upper() for text in texts if (found := pattern.match(text.strip())))


def _nearest(kind: str, there: frozenset[str]) -> str:
    ordered = sorted(there, key=lambda each: [int(part) if part.isdigit() else ord(part[0]) for part in each.split(".")])
    return f"{kind}s run from {ordered[0]} to {ordered[-1]}"


RULE = Rule("reference", "It refers to something that is not there", "Point to the right place, or leave the reference out.",
            {"numbered throughout": "the document numbers three or more of them",
             "few numbered": "the document numbers one or two of them"}, find)
BROKEN = Rule("unfinished", "A reference is broken, or a gap was never filled", "Fill it in, or update the fields in Word.",
              {"left by the program": "these words are put there by a program or as a note to oneself"}, find_broken)
