"""Numbers in sentences: what each states, and what it is about."""
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from goldthread.reports.checking.claims import moves, placed
from goldthread.reports.checking.numbers import Piece, clean, figures_in, join, without_bound
from goldthread.reports.checking.periods import MONTHS, before, years_in
from goldthread.reports.checking.statements import Kind, Statement
from goldthread.reports.checking.years_beside import years_beside
from goldthread.reports.document.sentences import Sentence
from goldthread.reports.words import idle, tokens, wording

# No amounts: references, levels, ages, clock times, law, telephone numbers, addresses of the web.
_NO_AMOUNT = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+"
    r"|^\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?-i:(?=[A-Z“\"‘(]))"  # the number of a paragraph
    r"|\b(?:sections?|tables?|figures?|charts?|appendix|annex|pages?|chapters?|parts?|paragraphs?|regulations?|steps?|items?|rows?|columns?|lines?"
    r"|key stages?|levels?|tiers?|bands?|phases?|priority|strand|objective|domain|standard|version|schedule|unit"
    r"|articles?|recommendations?|question|category|stage|operation|act|s\.|ks|grade)\s*"
    r"\d{1,3}(?:\.\d+)*(?:\s*(?:,|and|to|&|-|–|/)\s*\d{1,3}(?:\.\d+)*)*(?!\d|,\d|\s*(?:%|per cent|[a-z]))"
    r"|\b(?:sections?|tables?|figures?|appendix|annex|pages?|chapters?|paragraphs?|regulations?|key stages?|levels?|s\.)\s*"
    r"\d{1,3}(?:\.\d+)*(?:\s*(?:,|and|to|&|-|–)\s*\d{1,2}\b(?:\.\d+)*)*"
    r"|\b\d{1,2}\s?(?:[-–/]|to|and|or)\s?\d{1,2}[\s-]*(?:years?|yrs?|year[- ]olds?|month[- ]olds?)\b"
    r"|\b\d{1,2}[\s-]*(?:years?|yrs?|months?|weeks?|days?|hours?|minutes?)(?:[\s-]*(?:old|of age)s?)\b"
    r"|\b(?:aged?|ages|turn(?:ed|s|ing)?)\s+(?:between\s+)?\d{1,2}(?:\s?(?:[-–/]|to|and|or)\s?\d{1,2})?\b"
    r"|\b(?:under|over)\s+\d{1,2}(?=\s*(?:years?|yrs?|s\b|living))|\bage of \d{1,2}\b"
    r"|\b(?:were|was|are|is) (?:under|over) (?:the age of )?\d{1,2}(?= \()|(?<=\bwere )\d{1,2} (?:or|and|to) \d{1,2}(?= \()"
    r"|(?:19[5-9]\d|20[0-4]\d)\s?[-–‑/]\s?(?:(?:19|20)\d\d|\d\d)(?![\d%])"
    r"|(?<![\d,.£])(?:19[5-9]\d|20[0-4]\d)(?![\d,]*\d|\s*(?:%|per cent))|\b\d{1,2}\s?(?:-|–|to)\s?\d{1,2}(?= population)"
    r"|\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)\b|\b\d{1,2}:\d\d\b"
    r"|(?-i:\bYears?)\s(?:1[0-3]|[1-9])(?:\s?(?:,|and|to|-|–|&)\s?(?:1[0-3]|[1-9]))*\b(?!,\d|%)"
    r"|\b\d{1,2}/\d{1,2}/(?:19|20)?\d\d\b|\b24/7\b|\bcovid-19\b|\b0\d{2,4}\s?\d{3}\s?\d{3,4}\b|\b\d[\d.]*\.\d+\.\d+\b|\b\d{3}-\d{3}-\d{4}\b"
    r"|\b[a-z]{1,3}\d+[a-z\d]*\b|\b\d+(?:st|nd|rd|th)\b|\b\d+-(?:year|month|week|day|hour|minute|point|page|part|step)\b",
    re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;:]|,\s+(?=(?:and|while|whereas|but|which|with|who|of|down|up|an?|compared|against|representing|leading|making)\b)"
    r"|\b(?=while\b|whereas\b|of (?:whom|which|these|those|them)\b|compared (?:with|to)\b|leading to\b|representing\b"
    r"|excluding\b|including\b)"
    r"|\s(?=and\s(?:over |about |around |nearly |almost |some |just |a further |at least )*[£\d])|\s-\s|\(|\)")
_BASE = re.compile(r"(?:compar\w+\s+(?:with|to)|than(?:\s+in)?|\bon|\bfrom|against|since)\s+(?:the\s+)?(?:year\s+)?"
                   r"(?:£?[\d,.]+%?\s+(?:[a-z]+\s+)?(?:in|for|during)\s+)?20\d\d\s?[-/–‑]\s?(?:20)?\d\d", re.IGNORECASE)
# “Made up of”, “take-up”: an “up” that is no increase.
_UP_IN_NAME = re.compile(r"\b(?:made|makes?|set|sign(?:ed)?|tak(?:e|en|ing)|follow(?:ed)?|join(?:ed)?|start(?:ed)?|catch|"
                         r"look(?:ed)?|pick(?:ed)?|back(?:ed)?|speak(?:ing)?|step(?:ped)?|sum(?:med)?|grow(?:ing|n)?|write|"
                         r"wr[ai]t\w+)[\s-]up\b|\bup(?=[\s-]to[\s-]date\b)", re.IGNORECASE)
_LEAD_IN = re.compile(r"#|\b(?:took|takes?|taking) place\b|\b(?:leading to|resulting in|representing|making)\b")
_A_CHANGE = re.compile(r"^\s+(?:change|rise|fall|increase|decrease|drop|reduction|growth|decline)\b")
_A_RATE, _RATE_BASE = re.compile(r"^\s*(?:[a-z]+\s+){0,2}per\s*$"), re.compile(r"\bper\s*$")
_YEAR_BEFORE = re.compile(r"\bhad been\s*$|\b(?:last year|the (?:previous year|year before)),?\s+(?:it|there|this|that"
                          r"|the \w+|we)"
                          r"\s+(?:are|had)\s*$")
_FROM = re.compile(r"\bfrom\s*(?:the\s+)?$")
_PART = re.compile(r"^\s*(?:and\s+)?(?:of (?:whom|which|these|those|them)|including|excluding|within (?:this|these))\b")
_ELSEWHERE = re.compile(r"\b(?:england|english|national(?:ly)?|london|regional(?:ly)?|region|statistical neighbours?|target|"
                        r"targets|forecast|assum(?:e|es|ed|ing)|expected|planned|projected|ambition|aim|aims|want|wish|goal|neighbour(?:ing|s)?|average|"
                        r"limit|threshold|maximum|minimum|capacity|similar authorities)\b")
THOUSAND, ROUND_FROM = Decimal(1000), Decimal(10_000)
_WAS = re.compile(r"\b(?:was|were)\b")  # which beside a label mean the year before, but not in a sentence
_LAST_YEAR = re.compile(r"\b(?:last year|(?:the )?previous year|(?:the )?year before|(?:the )?prior year|a year (?:ago"
                        r"|earlier))\b")
_PARTS_OF_YEAR = re.compile(rf"\b(?:{'|'.join(MONTHS)}|q[1-4]|quarters?|first half|second half|autumn|spring|summer|winter|"
                            r"term|weekly|monthly|each month|each week|per month|a month|a week|per week|each year"
                            r"|every year|"
                            r"so far|to date|since|once|twice|again)\b")


_HERE = "£"
# What frames a statement and says nothing of what is counted: “we know that …”, “over the year, …”, “…, according to …”.
_FRAMES = re.compile(
    r"^[^\d£%]{0,90}?\b(?:know|see|saw|shows?|showed|tells? us|told us|evidence|clear|worth (?:recording|noting)|note"
    r"|noted|report"
    r"|record(?:ed|s)?|indicates?|confirms?|appears|fact|data|year)\s(?:is\s|us\s)?(?:that|in which|when)\s"
    r"|^(?:in|over|during|across|for(?= (?:the )?(?:#|year|period|first))"
    r"|throughout|within|by|at|as at|as of|looking|between|from|taking|to"
    r"|until)\b[^,\d£%]{0,70},\s"
    r"|,?\s(?:according to|as (?:shown|recorded|reported|noted|set out|measured|at|of)|based on|on the basis "
    r"of)\b[^,\d£%]*$")
_RELATIVE = re.compile(r"^\W*which\s(?:stands|stood|is|are|amounts|amounted|came|comes)\b")
# The whole year, and no part of it.
WHOLE_YEAR = re.compile(r"\b(?:year|months) (?:to|ending|ended)(?: in)? (?:the )?(?:31(?:st)? )?(?:of )?march\b"
                         r"|\b(?:between|from)\s(?:\S+\s)?(?:1st\s|1\s)?april\b.{0,24}?\b(?:and|to|until)\b.{0,30}?\bmarch\b"
                         r"|\b(?:to|by|at|on|ending|ended|until)\s(?:the\s)?31(?:st)?\s(?:of\s)?march\b")
# How often a number is looked at, which is no part of a year that it counts.
_HOW_OFTEN = re.compile(r"\b(?:looked|discussed|reviewed|reported|considered|monitored|scrutinised|read|seen|met|meets?)\s"
                        r"(?:[a-z]+\s){0,3}?(?:each|every)\s(?:month|quarter|week|term)\b")


@dataclass(frozen=True)
class Mention:
    """A number of a sentence. `about`: the meaningful word stems of its clause; `noun`: the first after the number.

    `year` is the financial year it is of, "" where nothing says; `scope`: words that make it another figure than the
    area's own for the whole year; `part`: it counts some of what was counted before (“of whom 12”). `lead`, `tail`: the
    words of its clause before and after it.
    """

    statement: Statement
    sentence: Sentence
    about: frozenset[str]
    noun: str
    year: str
    scope: frozenset[str]
    part: bool
    clause: str
    start: int
    end: int
    lead: str = ""
    tail: str = ""


@lru_cache(maxsize=8192)
def cleaned(text: str) -> str:
    """A sentence as the numbers are read from it: small letters, years, dates and other no amounts masked with “#”."""
    text = _UP_IN_NAME.sub(lambda found: found[0][:-2] + "##", text)
    return _WAS.sub("are", clean(_NO_AMOUNT.sub(lambda found: re.sub(r"\w", "#", found[0]), text)))


def mentions_in(sentence: Sentence, year: str) -> list[Mention]:
    """The numbers of a sentence of a report on a financial year. Numbers that are no amounts are left out."""
    text = cleaned(sentence.text)
    if not any(letter.isdigit() for letter in text):
        return []
    moving = "from" in text
    pieces = join(text, figures_in(text), moving)
    found: list[Mention] = []
    beside = years_beside(sentence.text, text, pieces, year)
    for at, piece in enumerate(pieces):
        mention = _mention(text, piece, pieces, sentence, year)
        found.append(replace(mention, year=_own_year(mention, beside, at, year)))
    return _with_subjects(found)


def _own_year(mention: Mention, beside: Sequence[str], at: int, year: str) -> str:
    """The year told beside a number; a number beside others with a year of their own is of the report's, or of none sure."""
    if beside[at]:
        return beside[at]
    others = {each for each in beside if each}
    if not others or mention.statement.kind == Kind.PREVIOUS:
        return mention.year
    before_it = [each for each in beside[:at] if each]
    return "" if others == {year} or before_it and before_it[-1] == year else "?"


def _mention(text: str, piece: Piece, pieces: list[Piece], sentence: Sentence, year: str) -> Mention:
    start, end = _stretch(text, piece)
    clause = text[start:end]
    statement = _stated(text, piece, pieces)
    scope = _scope(clause, piece, sentence)
    bare = _FRAMES.sub(" ", WHOLE_YEAR.sub(" ", _without_numbers(clause, pieces, piece))).replace(_HERE, " ")
    about = plain_stems(bare) - plain_stems(" ".join(scope))
    after = [word for word in tokens(piece.after.split(",")[0]) if word not in _idle()]
    return Mention(statement, sentence, about, after[0] if after else "",
                   _year(statement, clause, _clause_as_printed(sentence.text, text, piece), sentence.text, year),
                   scope, bool(_PART.match(clause)), clause, piece.start, piece.end, text[start:piece.start],
                   text[piece.end:end])


def _stated(text: str, piece: Piece, pieces: list[Piece]) -> Statement:
    """What a number states in a sentence, where more is said around it than beside a label."""
    statement = _rounded(placed(text, piece, pieces, False, 0))
    if statement.kind == Kind.PREVIOUS and _FROM.search(without_bound(piece.before)) and not moves(text):
        return replace(statement, kind=Kind.VALUE)  # “answers from 63 pupils”
    if statement.kind == Kind.PREVIOUS and piece.statement.direction and statement.unit == "percent":
        return replace(piece.statement, kind=Kind.CHANGE)  # “166 last year (−27%)”
    if statement.unit in ("percent", "points") and _A_CHANGE.match(piece.after):
        return replace(statement, kind=Kind.CHANGE)  # “a 6% change”
    if statement.kind == Kind.CHANGE and statement.unit == "count" and not moves(_beside(piece)):
        return replace(statement, kind=Kind.VALUE, direction=0)  # “a year of change, and 530 children had a plan”
    if statement.kind == Kind.VALUE and len(pieces) > 1 and _YEAR_BEFORE.search(piece.before):
        return replace(statement, kind=Kind.PREVIOUS)  # “the year before it was 518”
    return statement


def _scope(clause: str, piece: Piece, sentence: Sentence) -> frozenset[str]:
    rate = _A_RATE.search(piece.after) or _RATE_BASE.search(piece.before)
    told = _HOW_OFTEN.sub("", WHOLE_YEAR.sub("", sentence.text.lower()))
    return frozenset([*_ELSEWHERE.findall(clause), *_PARTS_OF_YEAR.findall(told), *(["rate"] if rate else [])])


def _beside(piece: Piece) -> str:
    """The few words right before and after a number."""
    return f"{' '.join(without_bound(piece.before).split()[-4:])} ; {' '.join(piece.after.split()[:3])}"


def _rounded(statement: Statement) -> Statement:
    """In a sentence “£493,000” is a number of thousands, exact to the thousand."""
    round_thousands = statement.number >= ROUND_FROM and statement.number % THOUSAND == 0 and statement.step == 1
    return replace(statement, step=THOUSAND) if round_thousands and statement.unit in ("money", "count") else statement


def _year(statement: Statement, clause: str, printed: str, sentence: str, year: str) -> str:
    if statement.kind == Kind.PREVIOUS:
        named = years_in(printed)
        return named[-1] if named else before(year) if year else "?"
    named = years_in(_BASE.sub("", printed)) or years_in(_BASE.sub("", sentence))
    if not named and _LAST_YEAR.search(clause) and statement.kind == Kind.VALUE and not re.search(
            r"(?:than|on|from|since|with|to)\s+(?:the\s+)?(?:last|previous|prior|year before)", clause):
        return before(year) if year else "?"
    return named[0] if len(set(named)) == 1 else "?" if named else ""


@lru_cache(maxsize=8192)
def plain_stems(text: str) -> frozenset[str]:
    """The meaningful word stems of a text, those idle in sentences left out."""
    return frozenset(tokens(_LEAD_IN.sub(" ", _NO_AMOUNT.sub(" ", text)))) - _idle()


@cache
def _idle() -> frozenset[str]:
    return idle("sentence") | frozenset(wording()["idle"]["sentence"])


def _bounds(text: str, piece: Piece) -> tuple[int, int]:
    marks = [found.end() if text[found.start():found.end()].strip() else found.start() for found in _CLAUSE.finditer(text)]
    return max((each for each in marks if each <= piece.start), default=0), min(
        (each for each in marks if each >= piece.end), default=len(text))


def _stretch(text: str, piece: Piece) -> tuple[int, int]:
    """Where the clause of a number begins and ends: “, which stands at 12” and “(326 in 2023-24)” go with what is before,

    “326: that is how many” with what comes after.
    """
    start, end = _bounds(text, piece)
    bare = not plain_stems(re.sub(r"[\d#]", " ", text[start:end]))
    before_it, after_it = text[:start].rstrip(",(: "), text[end:]
    if bare and text[:end].endswith(":") and not re.search(r"[\d;:]", after_it):
        return start, len(text)
    leans = bare and text[:start].rstrip().endswith(("(", ":")) or _RELATIVE.match(text[start:end])
    return (0 if leans and before_it and not re.search(r"[\d;:()]", before_it) else start), end


def _clause_as_printed(printed: str, text: str, piece: Piece) -> str:
    """About the same stretch of the sentence before its years were masked; lengths differ by a few letters at most."""
    start, end = _bounds(text, piece)
    return printed[max(0, start - 2):end + 4]


def _without_numbers(clause: str, pieces: list[Piece], own: Piece) -> str:
    """A clause without its numbers; where the one asked about stood, a sign that no frame goes beyond."""
    for piece in pieces:
        here = _HERE if piece.statement.words == own.statement.words else " "
        clause = re.sub(rf"(?<![\d.,]){re.escape(piece.statement.words)}(?![.,]?\d)", here, clause)
    return _LEAD_IN.sub(" ", clause)


def _with_subjects(found: list[Mention]) -> list[Mention]:
    """A change or an earlier value without words of its own is about what stands before it in the sentence."""
    for at, each in enumerate(found):
        if each.statement.kind in (Kind.CHANGE, Kind.PREVIOUS) and at and len(each.about) < 2:
            found[at] = replace(each, about=found[at - 1].about | each.about, noun=each.noun or found[at - 1].noun)
    return found
