"""A sentence as numbers with the words between them, and of which year each number is.

The rules of relations told in one sentence (shares, changes, sums, averages, rates) read this and not one wording each:
which number is part, whole, earlier value or change is told by the short words right beside it.
"""
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from goldthread.reports.checking.mentions import cleaned
from goldthread.reports.checking.numbers import Piece, figures_in, without_bound
from goldthread.reports.checking.spelled import MARK
from goldthread.reports.checking.statements import Bound, Statement
from goldthread.reports.checking.years_beside import years_beside
from goldthread.reports.document.sentences import Sentence

_CONTINUES = re.compile(r"^(?:of (?:these|those|them|which|whom)|this (?:is|was|represents)|that is|these)\b", re.IGNORECASE)
_COMPARED = re.compile(r"^\s*(?:percentage points?\s|points?\s)?"
                       r"(?:(?!rather|slightly|somewhat|little|just)[a-z]+\s)?(?:more|fewer|less|higher|lower|greater"
                       r"|above|below)"
                       r"\s(?:than\s)?(?:the\s|in\s|last year's\s|[a-z]+ year's\s)*(?:figure of\s|total of\s)?$")
_RATE = re.compile(r"^\s*(?:[a-z]+\s+){0,2}per\s*$")
UP = r"(?:rise|rises|rose|risen|increas\w*|grew|grown|growth|climb\w*|up|higher|more|additional|gain\w*|improve\w*|upturn)"
DOWN = r"(?:fall|falls|fell|fallen|decreas\w*|drop\w*|reduc\w*|declin\w*|down|lower|fewer|less|downturn)"
MOVED = r"(?:chang\w*|movement|moved|difference|swing|shift\w*)"
_ROOM = (r"(?:(?:some|about|around|approximately|nearly|almost|over|under|a|an|just|further|roughly|only|therefore|thus|then"
         r"|of)\s+)*")
_CHANGE_BEFORE = re.compile(rf"\b(?:{UP}|{DOWN}|{MOVED})\s+(?:(?:of|by|in the order of|is|are|being)\s+)?{_ROOM}$")
_THEN = (r"(?:(?:on|in|over|during|since|from)\s+)?(?:(?:the|this|last|a)\s+)?(?:(?:previous|past|same)\s+)?"
         r"(?:#[#/–-]*|years?(?:\s(?:before|earlier|ago))?)\s+")
_AMOUNT_BEFORE = re.compile(rf"(?:\b(?:{UP}|{DOWN}|{MOVED})\s+(?:(?:is|are|being)\s+)?(?:(?:therefore|thus|then)\s+)?"
                            rf"(?:{_THEN})?(?:of|by)|\bor by)\s+{_ROOM}$")
_CHANGE_AFTER = re.compile(rf"^[\s-]*(?:year on year |annual |relative |net |overall )?(?:{UP}|{DOWN}"
                           rf"|{MOVED})\b(?!\s+(?:to|with|for)\b)")
_AMOUNT_AFTER = re.compile(r"^\s*(?:(?:days|weeks|months|hours|people|children|cases)\s)?"
                           r"(?:(?:more|fewer)\b(?! (?:serious|deprived|complex|experienced|often))"
                           r"|(?:less|higher|lower)\s*(?:than\b|on\b|were\b|was\b|[,.;:)]|$))")
_UP_FROM = re.compile(rf"\b(?:{UP}|{DOWN})\s(?:from|on)\s(?:the\s)?$")
_SAME_CHANGE = re.compile(r"^(?:\s[a-z]+){0,3}\s?(?:\(\s*|,\s(?:which|that) is\s)$")  # “a rise of 45 (13.6%)”
_OR, _MORE_THAN = re.compile(r"^,?\s(?:or|\()\s*$"), re.compile(r"^\)?\s(?:more|fewer|less|higher|lower) than\b")
_TIME = re.compile(r"^[\s-]*(?:(?:working|school|calendar)\s)?(?:minute|hour|day|week|month|year)s?\b")
_OF = re.compile(r"^\s*(?:out )?of (?:the |our |their |its |all |these |those )*$")
_EITHER_WAY = re.compile(r"\b(?:up or down|rise or fall|increase or decrease|(?:rose|risen|increased) or (?:fell"
                         r"|fallen|decreased))\b")
_BETTER = re.compile(r"\bimprove\w*")  # up or down, as the case may be
_UPS, _DOWNS = re.compile(rf"\b{UP}\b"), re.compile(rf"\b{DOWN}\b")
BASES = frozenset(map(Decimal, (100, 1000, 10_000, 100_000)))


@dataclass(frozen=True)
class Told:
    """One sentence, or two read as one. `pieces`: its numbers in order; `year`: the one the report is on."""

    sentence: Sentence
    printed: str
    year: str
    quoted: str = ""
    text: str = field(init=False)
    pieces: tuple[Piece, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", cleaned(self.printed))
        object.__setattr__(self, "pieces", tuple(
            _of_comparison(each) if at else each for at, each in enumerate(figures_in(self.text))))

    @property
    def quote(self) -> str:
        return self.quoted or self.printed

    def stated(self, at: int) -> Statement:
        return self.pieces[at].statement

    def number(self, at: int) -> Decimal:
        return self.pieces[at].statement.number

    def gap(self, at: int) -> str:
        """The words before a number, since the last one; after the last number with `at` one beyond it."""
        start = self.pieces[at - 1].end if at else 0
        end = self.pieces[at].start if at < len(self.pieces) else len(self.text)
        words = self.text[start:end].replace(MARK, "")
        return f"{words.rstrip()} " if at < len(self.pieces) else words

    def lead(self, at: int) -> str:
        """The same without the words that say only how exactly the number is meant."""
        return without_bound(self.gap(at))

    def plain(self, at: int, *units: str) -> bool:
        """Whether it is an exact amount of one of these units, neither fraction nor signed nor the base of a rate."""
        stated = self.stated(at)
        return (stated.unit in units and stated.bound == Bound.EXACT and not stated.fraction and not stated.direction
                and not self.is_base(at))

    def is_base(self, at: int) -> bool:
        """The 10,000 of “74 per 10,000”."""
        return self.number(at) in BASES and bool(re.search(r"\bper\s*$", self.gap(at)))

    def is_rate(self, at: int) -> bool:
        return at + 1 < len(self.pieces) and self.is_base(at + 1) and bool(_RATE.match(self.gap(at + 1)))

    def is_time(self, at: int) -> bool:
        """Whether a number is a length of time: the two of “two years or more”."""
        return bool(_TIME.match(self.gap(at + 1)))

    def is_part(self, at: int) -> bool:
        """Whether a number and the next are told as nothing but part and whole: “142 of the 165”."""
        return at + 1 < len(self.pieces) and bool(_OF.match(self.gap(at + 1)))

    def is_change(self, at: int) -> bool:
        """Whether a number says by how much something changed: “a fall of 6%”, “+6%”, “6% higher”, “by 26”."""
        stated, before_it, after_it = self.stated(at), self.lead(at), self.gap(at + 1)
        if stated.unit == "points":
            return True
        if stated.unit == "percent" and not stated.fraction:
            if self._in_brackets_after_change(at):
                return True
            return bool(stated.direction or _CHANGE_BEFORE.search(before_it) or _CHANGE_AFTER.match(after_it))
        if at + 1 < len(self.pieces) and _OR.match(self.gap(at + 1)) and self.stated(at + 1).unit == "percent" and (
                _MORE_THAN.match(self.gap(at + 2))):
            return True  # “£71,000 or 17% more than the £415,000”
        return bool(_AMOUNT_BEFORE.search(before_it) or _AMOUNT_AFTER.match(after_it))

    def _in_brackets_after_change(self, at: int) -> bool:
        """“A rise of 45 (13.6%)”, “from 2,318 to 2,176 (6.1%)”."""
        if not at or not _SAME_CHANGE.match(self.gap(at)) or self.stated(at - 1).unit == "percent":
            return False
        spanned = at > 1 and self.gap(at - 1).strip() == "to" and self.lead(at - 2).endswith("from ")
        return spanned or self.is_change(at - 1) or bool(_UP_FROM.search(self.lead(at - 1)))

    def change_way(self, at: int) -> int:
        """+1 for a rise, −1 for a fall, 0 where the words nearest to a change do not say."""
        if _EITHER_WAY.search(self.text):
            return 0
        after_it = " ".join(self.gap(at + 1).split()[:3])
        for words in (_BETTER.sub(" ", after_it), _BETTER.sub(" ", self.lead(at))):
            ups, downs = list(_UPS.finditer(words)), list(_DOWNS.finditer(words))
            if ups or downs:
                last_up, last_down = (found[-1].start() if found else -1 for found in (ups, downs))
                return 1 if last_up > last_down else -1
        return 0

    @cached_property
    def clauses(self) -> tuple["Told", ...]:
        """The sentence as it is cut by semicolons: each part tells of another thing."""
        if ";" not in self.printed or self.quoted:
            return (self,)
        return tuple(Told(self.sentence, part.strip(), self.year, self.printed) for part in self.printed.split(";"))

    @cached_property
    def years(self) -> tuple[str, ...]:
        """For each number the financial year told right beside it, "" where none is."""
        return years_beside(self.printed, self.text, self.pieces, self.year)


def told_on(sentences: list[Sentence], year: str) -> list[Told]:
    """Sentences that go on with “of these”, read with the one before."""
    found = []
    for first, second in zip(sentences, sentences[1:], strict=False):
        if first.block == second.block and _CONTINUES.match(second.text):
            told = joined(Told(first, first.text, year), second)
            if len(told.pieces) > 1:
                found.append(told)
    return found


def joined(first: Told, second: Sentence) -> Told:
    """A sentence, or several already read as one, and the next read as one with it."""
    return Told(second, f"{first.printed.rstrip('.')}; {second.text}", first.year, f"{first.quote} {second.text}")


def _of_comparison(piece: Piece) -> Piece:
    """In “6% lower than the 81%” the 81 is exact: it is what is compared with, not “under 81”."""
    compared = _COMPARED.match(f"{piece.before.replace(MARK, '').rstrip()} ")
    return replace(piece, statement=replace(piece.statement, bound=Bound.EXACT)) if compared else piece
