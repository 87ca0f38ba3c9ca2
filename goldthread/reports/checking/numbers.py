"""Numbers as they are printed: with signs, scales, units, and the words that say how exactly they are meant."""
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from goldthread.reports.checking.spelled import spell_out
from goldthread.reports.checking.statements import Bound, Kind, Statement

_BOUNDS = (
    (Bound.AT_LEAST, r"at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum|min|>=|≥"),
    (Bound.AT_MOST, r"at most|no more than|not more than|up to|a maximum of|maximum|max|<=|≤"),
    (Bound.JUST_OVER, r"just over|just above|rather more than|rather over|somewhat more than|a shade over"
                      r"|slightly over|slightly more than|slightly above|a little over"
                      r"|a little more than|just more than"),
    (Bound.NEARLY, r"nearly|almost|just under|just below|slightly under|slightly less than|slightly below|approaching"
                   r"|a little under|just short of|close on|not quite"),
    (Bound.ABOUT, r"about|around|approximately|approx|approximate|roughly|circa|ca|c|some|an estimated|estimated|~|≈"
                  r"|close to|in the region of|in the order of|broadly|or so"),
    (Bound.OVER, r"over|more than|above|exceeding|exceeded|in excess of|upwards of|greater than|higher than"
                 r"|well over|>"),
    (Bound.UNDER, r"under|fewer than|less than|below|lower than|<"),
)
_BEFORE = [(bound, re.compile(rf"(?:^|[^a-z])(?:{words})\.?\s*(?:a|an|the|of)?\s*$")) for bound, words in _BOUNDS]
_AFTER = ((Bound.AT_LEAST, re.compile(r"^\s*(?:\+|or (?:more|over|above|higher)\b)")),
          (Bound.AT_MOST, re.compile(r"^\s*or (?:fewer|less|under|below)\b")),
          (Bound.ABOUT, re.compile(r"^\s*(?:or so\b|approx|\(approx|or thereabouts)")))
_NUMBER = re.compile(r"""
    (?P<sign>(?<![\w.])[-+−]\s*)? (?P<money>£|gbp\s)?\s*(?P<minus>[-−])?
    (?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)
    (?:\s*(?P<scale>k|m|mn|bn|thousand|million|billion|hundred)(?![a-z]))?
    (?:\s*(?P<unit>%[\s-]*points?|percentage[\s-]points?|per\s?cent(?:age)?[\s-]points?|ppts?\b|pp\b|p\.p\.
        |points?\b|pct\b|%|per\s?cent\b))?
    (?P<money_after>\s*(?:pounds|gbp)\b)?""", re.VERBOSE)
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000,
           "bn": 1_000_000_000, "billion": 1_000_000_000, "hundred": 100, None: 1}
_YEAR = r"(?:19[5-9]\d|20(?:0[1-9]|[1-4]\d))"
_PERIODS = re.compile(rf"\b{_YEAR}\s*[-/–]\s*(?:{_YEAR}|\d\d)\b")
_DATES = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\s+(?:19|20)\d\d)?\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(?:19|20)\d\d\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s*(?:and|to|-|–)\s*(?=\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
    rf"|\b(?:in|since|during|by|on|from|year|for|than|with|to|of)\s+{_YEAR}\b(?![,.]?\d|\s*(?:%|per)|\s+to\s+(?!{_YEAR}\b)\d)"
    rf"|\(\s*{_YEAR}\s*[):]|\b{_YEAR}:"
    r"|\bq[1-4]\b|\bquarter [1-4]\b|\blevels? \d\b|\bages?d? \d+\b|\(\s*(?:page|p\.)\s*\d+\s*\)"
    r"|\b(?:category|stage|grade|tier|band|phase|recommendation|step) \d{1,2}\b(?!,\d|\.\d|\s*(?:%|per))"
    r"|\b(?:by|at|on|before|after|until|from|to) (?:day|week) \d{1,2}\b(?!,\d|\.\d|\s*(?:%|per))"
    r"|(?<=[a-z]-)\d+(?=-[a-z])")  # “post-16-provision”: a name
_MAY = re.compile(r"(?<=\d )may(?= [a-z])")  # the verb, not the month: “this year's 44 may change”
# “3 times as many”, “rose 3 times”, “2.5 times”; but “was used 420 times” counts.
TIMES = re.compile(r"(?<![\d,.])(?P<n>\d+\.\d+)[\s-]*(?:x|times|fold)\b|(?<![\d,.])(?P<whole>\d+)[\s-]*(?:(?:x|fold)\b"
                   r"|times\b(?=\s+(?:as|more|higher|greater|larger|that|what"
                   r"|the (?:number|rate|level|figure|size|average|national))\b))"
                   r"|\b(?:rose|risen|grew|grown|increased|up|multiplied)\s(?:by\s)?(?P<by>\d+)[\s-]*times\b")


@dataclass(frozen=True)
class Piece:
    """A number found in the text, with the words on either side that belong to it."""

    start: int
    end: int
    before: str
    after: str
    statement: Statement


def clean(printed: str) -> str:
    """The text in small letters, number words as figures, and dates and years masked with “#”, which are no amounts."""
    text = _MAY.sub("might", printed).casefold().replace("\u00a0", " ").replace("’", "'").replace("—", " ")
    text = text.replace("→", " changed to ").replace("->", " changed to ")
    text = re.sub(r"\s+", " ", text).strip().rstrip(".")
    whole = re.fullmatch(r"\((£?[\d,.]+[km]?)\)", text)
    text = f"-{whole[1]}" if whole else text
    text = _PERIODS.sub(lambda found: "#" * len(found[0]), text)
    text = _DATES.sub(lambda found: re.sub(r"[\w]", "#", found[0]), text)
    return spell_out(text)


def figures_in(text: str) -> list[Piece]:
    """The numbers of a cleaned text, in order."""
    pieces = []
    taken = [(found.start(), found.end()) for found in TIMES.finditer(text)]
    matches = [found for found in _NUMBER.finditer(text)
               if not any(start <= found.start("digits") < end for start, end in taken)]
    for at, found in enumerate(matches):
        left = matches[at - 1].end() if at else 0
        right = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        before, after = text[left:found.start()], text[found.end():right]
        pieces.append(Piece(found.start(), found.end(), before, after, _amount(found, before, after)))
    return pieces


def _amount(found: re.Match, before: str, after: str) -> Statement:
    scale = Decimal(_SCALES[found["scale"]])
    digits = found["digits"].replace(",", "")
    places = len(digits.partition(".")[2])
    unit_text = found["unit"] or ""
    money = bool(found["money"] or found["money_after"])
    unit = "money" if money else "count"
    if unit_text:
        unit = "percent" if unit_text in ("%", "pct") or re.fullmatch(r"per\s?cent", unit_text) else "points"
    sign = (found["sign"] or found["minus"] or "").strip()
    direction = {"": 0, "+": 1}.get(sign, -1)
    return Statement(Kind.VALUE, found[0].strip(), Decimal(digits) * scale, unit, scale.scaleb(-places),
                     bound_of(before, after), direction, fraction="\u2044" in after[:1])


def bound_of(before: str, after: str) -> Bound:
    """How exactly a number is meant, by the words on either side."""
    for bound, pattern in _BEFORE:
        if pattern.search(before):
            return bound
    return next((bound for bound, pattern in _AFTER if pattern.search(after)), Bound.EXACT)


def join(text: str, pieces: list[Piece], change: bool) -> list[Piece]:
    """Put “907 of 1,167” and “between 300 and 320” together again."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        gap = text[last.end:piece.start] if last else ""
        first, second = (last.statement, piece.statement) if last else (None, None)
        plain = first and first.unit == "count" and second.unit == "count" and first.base is None
        if plain and re.fullmatch(r"\s*(?:out of|of(?: the| their| our| its| these| those| all| a total of)?|/)\s*", gap):
            new = replace(first, base=second.number)
        elif first and re.search(r"\bbetween\s*$", last.before) and re.fullmatch(r"\s*and\s*", gap):
            new = replace(first, high=second.number, bound=Bound.BETWEEN, unit=second.unit)
        elif plain and re.fullmatch(r"\s*(?:[-–]|to)\s*", gap) and not change and second.number > first.number:
            new = replace(first, high=second.number, bound=Bound.BETWEEN)
        else:
            joined.append(piece)
            continue
        joined[-1] = Piece(last.start, piece.end, last.before, piece.after,
                           replace(new, words=text[last.start:piece.end]))
    return joined


def without_bound(before: str) -> str:
    """The words before a number without those that only say how exactly it is meant."""
    for _, pattern in _BEFORE:
        found = pattern.search(before)
        if found:
            return before[:found.start()] + " "
    return before
