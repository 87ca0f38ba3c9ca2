"""A change told with both its ends: which number of a sentence is the earlier, which the later, which the change."""
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldthread.reports.checking.periods import before
from goldthread.reports.checking.statements import Bound, Statement
from goldthread.reports.checking.told import BASES, DOWN, UP, Told, joined
from goldthread.reports.document.sentences import Sentence

UNITS = ("count", "money", "percent")
CHANGES = {"count": ("count", "percent"), "money": ("money", "percent"), "percent": ("percent", "points")}
_GOES_ON = re.compile(r"(?:the (?:year before|previous|prior|figure|number)|in (?:20|19)\d\d|last year|this|that|it"
                      r"|compared|up|down|an?"
                      r" (?:rise|fall|increase|drop|decrease|reduction))\b", re.IGNORECASE)
_BY = re.compile(r"\bby\s$")
_ON = re.compile(r"\b(?:from|on|than|compar\w+ (?:with|to)|against|the|last|previous)\b")
_BREAK = re.compile(r"[;:]|,\s(?:though|but|and|while|whereas|although)\s")
_SEVERAL_TIMES = re.compile(r"\b(?:twice|\w+ times)\b(?! (?:as|the|that|what|more|higher|over)\b)")
# “17% more, which lifts their share from 21% to 23%”
_OF_ANOTHER = re.compile(r"\bwhich\b|\btheir (?:share|rate|proportion)\b")
_INTO = re.compile(r"\bto\s$")
_SPAN = re.compile(r"\s*(?:years?|months?|weeks?|days?)\b")
_AGO = re.compile(r"^\s*(?:years?|months?|weeks?|days?)\s(?:ago|earlier|before|later|previously)\b")
_PART_OF = re.compile(r"^[\s)]*(?:out )?of (?:the |its |our |all )?$")
# Words that tell what happened, and none of what is hoped for: “to reduce” is no fall.
_A = r"(?:an?|the|this|slight|small|sharp|significant|marked|steady|further|% )\s"
RISE = re.compile(rf"\b(?:rose|risen|increased|grew|grown|climbed|jumped|swelled|gone up|went up|up (?:from|on)"
                  rf"|{_A}(?:increase|rise|growth))\b")
FALL = re.compile(rf"\b(?<!been )(?<!was )(?<!were )(?:fell|fallen|decreased|dropped|reduced|declined|slipped|dipped|shrank"
                  rf"|gone down|went down"
                  rf"|came down|down (?:from|on)"
                  rf"|{_A}(?:decrease|fall|drop|reduction|decline))\b")
# “…, and reports are up by 18 points”: another thing moves.
_ANOTHER = re.compile(r",?\s(?:and|while|but|whereas|though|although)\s(?!(?:it|this|that|they|these|now|so|thus|hence|an?"
                      rf"|is|are|was|were|by|or|of|in|the (?:{UP}|{DOWN}|change|difference)|{UP}|{DOWN}|represents"
                      r"|equivalent)\b)"
                      r"(?:[a-z'-]+\s){2}")
# “…, which is a small fall”, and no further: what follows is of something else.
_THEN_WAY = re.compile(r"^(?:(?! and | but | while )[^.;:,()]){0,40}(?:[,(–-]\s*(?:which |this |that |so |it )?"
                       r"(?:is |was |are |represents |means )?(?:an?|the) (?:[a-z]+ )?[a-z]+)?")
_FROM = re.compile(r"(?:\bfrom|\bup on|\bdown on|\bfrom a (?:base|level|low|high|figure|total) of)\s+(?:the |a |last "
                   r"year's |just )*$")
_TO = re.compile(r"^[^.;]{0,60}?(?:\bto|\bbecame|\bchanged to|\bnow|\bto reach)\s+(?:the |a |just |some )*$")
_BASE = re.compile(r"(?:\bfrom|compar\w+ (?:with|to)|\bthan|\bagainst"
                   r"|\b(?:up|down|increase|rise|fall|drop|decrease|improvement) on"
                   r"|\bin place of|instead of)\s+(?:the\s+)?"
                   r"(?:(?:last|previous|prior|preceding) year's\s+|#{4}[-–/]#+'s\s+|(?:figure|total|number) of\s+"
                   r"|just\s+|a\s+)*$")


@dataclass(frozen=True)
class Ends:
    """The places of the earlier and the later number, and of the change, None where only its direction is told.

    `sure`: the sentence says which is which; else either may be the earlier.
    """

    told: Told
    earlier: int
    later: int
    change: int | None
    sure: bool

    @property
    def unit(self) -> str:
        return self.told.stated(self.later).unit

    @property
    def together(self) -> bool:
        """Whether no other number stands between them; a change between both must be told “on” or “from” the earlier."""
        told, three = self.told, sorted(at for at in (self.earlier, self.later, self.change) if at is not None)
        apart = [at for at in range(three[0], three[-1]) if at not in three and told.number(at) not in BASES]
        beside = not apart or len(apart) == 1 and told.is_change(apart[0])
        return beside and (self.change != three[1] or bool(_ON.search(told.gap(three[2]))))

    @property
    def from_to(self) -> bool:
        """“From 310 to 290”."""
        return self.later == self.earlier + 1 and self.told.gap(self.later).strip() == "to" and bool(
            _FROM.search(self.told.lead(self.earlier)))

    @property
    def spanned(self) -> bool:
        """Whether one is told right after the other, and neither is a change: “went up £19,000 from £529,000”."""
        first, last = sorted((self.earlier, self.later))
        amount = self.told.gap(last).strip() == "from" and not _INTO.search(self.told.lead(first))
        return last == first + 1 and not amount

    @property
    def way(self) -> int:
        """+1 for a rise, −1 for a fall, as told up to the later of both ends, or right after it; 0 where it is not."""
        last = self.told.pieces[max(self.earlier, self.later)].end
        after = _THEN_WAY.match(self.told.text[last:])
        return polarity(f"{self.told.text[:last]} {after[0] if after else ''}")

    @property
    def clause(self) -> str:
        """The words around both ends, up to where another thing is told; without “visited twice” and the like."""
        first, last = (self.told.pieces[at] for at in sorted((self.earlier, self.later)))
        lead = _BREAK.split(self.told.text[:first.start])[-1]
        tail = _BREAK.split(self.told.text[last.end:])[0]
        return _SEVERAL_TIMES.sub(" ", lead + self.told.text[first.start:last.end] + tail)

    @property
    def numbers(self) -> tuple[Decimal, Decimal]:
        return self.told.number(self.earlier), self.told.number(self.later)


def ends_of(told: Told) -> Iterator[Ends]:
    """At most one pair of ends: the two numbers of one unit that are no change, told as of two times.

    With several changes (“120 more, or 9%”) each is of that pair, where the sentence has no other.
    """
    changes = [at for at in range(len(told.pieces)) if told.is_change(at)]
    if any(_BY.search(told.lead(at)) for at in range(len(told.pieces)) if at not in changes):
        return  # “down (by 126) and up again by 193”
    rest = [at for at in range(len(told.pieces)) if at not in changes and not told.is_base(at) and not told.is_rate(at)
            and not _AGO.match(told.gap(at + 1))]
    pairs = [pair for unit in UNITS if (pair := _pair([at for at in rest if told.stated(at).unit == unit], told))]
    if len(changes) > 1 and (len(pairs) != 1 or len(rest) != 2):
        return
    for pair in pairs:
        order = order_of(told, *pair)
        if order:
            own = [at for at in changes if told.stated(at).unit in CHANGES[told.stated(pair[0]).unit]
                   and not _moves_otherwise(told, at, pair[0])]
            yield from (Ends(told, *order[0], at, order[1]) for at in own or [None])


def _pair(values: list[int], told: Told) -> list[int]:
    """The only two values of a unit; of more, the only two beside one another that are told as “from … to …”."""
    if len(values) > 2:
        beside = [(one, two) for one, two in zip(values, values[1:], strict=False) if two == one + 1
                  and _FROM.search(told.lead(one)) and told.gap(two).strip() == "to"]
        values = [*beside[0]] if len(beside) == 1 else []
    exact = len(values) == 2 and all(_exact(told.stated(at)) for at in values)
    return values if exact and not _PART_OF.match(told.gap(values[1])) else []


def _moves_otherwise(told: Told, change: int, first: int) -> bool:
    """“Rose by a third, having fallen from 240 to 234”: between the change and an end another movement begins."""
    if change > first + 1 and _ANOTHER.match(told.gap(change)) or change < first and _ANOTHER.match(told.gap(change + 1)):
        return True
    between = " ".join(told.gap(at) for at in range(change + 1, first + 1))
    return bool(_OF_ANOTHER.search(between) or RISE.search(between) or FALL.search(between))


def all_ends(sentences: Sequence[Sentence], told_in: Sequence[Told], year: str) -> Iterator[Ends]:
    """The ends of every change told in a sentence of two numbers or more, or over two sentences."""
    for told in told_in:
        cut = [ends for clause in told.clauses for ends in ends_of(clause)]
        yield from cut if any(each.change is not None for each in cut) else ends_of(told)
    yield from _over_two(sentences, year)


def _over_two(sentences: Sequence[Sentence], year: str) -> Iterator[Ends]:
    """The later value in one sentence, the earlier with the change in the next: read as one."""
    for first, second in zip(sentences, sentences[1:], strict=False):
        if first.block == second.block and _GOES_ON.match(second.text):
            one, two = Told(first, first.text, year), Told(second, second.text, year)
            if len(one.pieces) == 1 and len(two.pieces) == 2 and _tells_change(two):
                yield from ends_of(joined(one, second))
            elif two.pieces and all(two.is_change(at) for at in range(len(two.pieces))):
                yield from (each for each in ends_of(joined(one, second)) if list(ends_of(one)) and each.change is not None)


def _tells_change(two: Told) -> bool:
    """Whether one of two numbers is a change, and neither a time such as “two years”."""
    return any(two.is_change(at) for at in (0, 1)) and not any(_SPAN.match(two.gap(at + 1)) for at in (0, 1))


def _exact(stated: Statement) -> bool:
    return stated.bound == Bound.EXACT and not stated.fraction and not stated.direction


def order_of(told: Told, first: int, second: int) -> tuple[tuple[int, int], bool] | None:
    """Which is earlier, and whether that is said; None where nothing shows that they are of two times."""
    years = told.years[first], told.years[second]
    gap = told.lead(second)
    if all(years) and years[0] != years[1]:
        return ((first, second) if years[0] < years[1] else (second, first)), True
    if _FROM.search(told.lead(first)) and (_TO.match(gap) or gap.strip() in ("to", "changed to")):
        return (first, second), True
    if second == first + 1 and gap.strip() in ("changed to", "became", "to"):
        return (first, second), True
    if (_BASE.search(gap) or _BASE.search(told.gap(second))) and not _BASE.search(told.lead(first)):
        return (second, first), True
    last = before(told.year)
    if second == first + 1 and last and last in years and years[0] != years[1]:
        return ((first, second) if years[0] == last else (second, first)), True
    return None


def polarity(text: str) -> int:
    """+1 or −1 where a text tells of a rise or of a fall and not of both."""
    up, down = bool(RISE.search(text)), bool(FALL.search(text))
    return up - down
