"""A share told with part and whole: “42 of the 50 places (99%)”, and parts larger than their whole."""
import re
from collections.abc import Iterator
from decimal import Decimal

from goldthread.reports.arithmetic import percent, plain, shown
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.fits import fits
from goldthread.reports.checking.mentions import Mention, cleaned
from goldthread.reports.checking.statements import Bound, Kind

_MARK = " ‹{}› "
_WORDS = r"(?:[\s,]+(?![.;:])[a-z'’#-]+){0,%d}"
_NEAR = r"[\s,(–-]*(?:or |that is,? |i\.e\.,? )?(?:about |around |just over |just under |nearly |over |only )*"
_FORMS = tuple(re.compile(each) for each in (
    rf"\bof (?:the |these |all |our )*<whole>{_WORDS % 9},?\s*<part>{_WORDS % 3}\s*\({_NEAR}<share>",
    rf"<share>\s+of (?:the |these |all |our )*<whole>{_WORDS % 6}\s*\(\s*<part>",
    r"<part>\s*\(\s*<share>\s*\)\s*of (?:the |these |all |our )*<whole>",
    rf"\bout of (?:the |these |all |our )*<whole>{_WORDS % 9},?\s*<part>{_WORDS % 2}{_NEAR}<share>",
    rf"<whole>{_WORDS % 12}[;,]?\s*<share> of (?:them|these|those|which)\s*\(\s*<part>",
    rf"<part>{_WORDS % 3}\s+out of (?:the |a total of )?<whole>{_WORDS % 3}{_NEAR}<share>",
    rf"\b(?:sampled|read|looked at|reviewed|audited|examined|checked|saw"
    rf"|studied)\s+<whole>{_WORDS % 10}\s+<part> of (?:them|these|"
    rf"those){_NEAR}<share>"))
FAR, FARTHER = 50, 90


def find(facts: Facts) -> Iterator[Found]:
    for mentions in facts.mentions:
        for part, whole, share in _shares(mentions):
            worked = percent(part.statement.number, whole)
            if worked is None or fits(share.statement, worked.value):
                continue
            yield Found(share.sentence.at, share.sentence.text, share.statement.words, shown(worked.value, "percent"),
                        worked.how, "side by side")
        for each in mentions:
            base = each.statement.base
            if base is not None and each.statement.number > base and each.statement.bound == Bound.EXACT:
                yield Found(each.sentence.at, each.sentence.text, each.statement.words, f"at most {plain(base)}",
                            f"{plain(each.statement.number)} cannot be a part of {plain(base)}", "part above whole")


def _shares(mentions: list[Mention]) -> Iterator[tuple[Mention, Decimal, Mention]]:
    """Part, whole and percentage that are told as such, and no doubt which is which."""
    for each in mentions:
        with_base = [m for m in mentions if m.statement.base is not None and _exact(m)]
        if _is_share(each):
            beside = [m for m in with_base if _gap(m, each) <= (FAR if len(_percents(mentions)) > 1 else FARTHER)]
            if len(beside) == 1:
                yield beside[0], beside[0].statement.base, each
    yield from _as_told(mentions)


def _as_told(mentions: list[Mention]) -> Iterator[tuple[Mention, Decimal, Mention]]:
    """“Of the 50 places, 42 were taken (84%)”, “84% of the 50 cases (42)”, “42 cases out of 50 (84%)”."""
    plain = [m for m in mentions if _is_share(m) or m.statement.unit == "count"]
    for at in range(len(plain) - 2):
        three = plain[at:at + 3]
        shares = [m for m in three if _is_share(m)]
        counts = [m for m in three if m.statement.unit == "count" and _exact(m) and m.statement.base is None]
        if len(shares) != 1 or len(counts) != 2:
            continue
        told = _skeleton(three, at and plain[at - 1].end)
        part, whole = sorted(counts, key=lambda m: m.statement.number)
        for each, mark in ((part, "<part>"), (whole, "<whole>"), (shares[0], "<share>")):
            told = told.replace(_MARK.format(three.index(each)), f" {mark} ")
        marked = " ".join(told.split())
        if any(form.search(marked) for form in _FORMS):
            yield part, whole.statement.number, shares[0]


def _skeleton(three: list[Mention], start: int) -> str:
    """The sentence from here to shortly after the last of three numbers, each a mark."""
    text = cleaned(three[0].sentence.text)
    parts, at = [], start
    for number, each in enumerate(three):
        parts += [text[at:each.start], _MARK.format(number)]
        at = each.end
    return "".join([*parts, text[at:at + FAR]])


def _is_share(mention: Mention) -> bool:
    stated = mention.statement
    return stated.unit == "percent" and stated.kind == Kind.VALUE and not stated.fraction and stated.bound != Bound.BETWEEN


def _percents(mentions: list[Mention]) -> list[Mention]:
    return [each for each in mentions if each.statement.unit == "percent"]


def _exact(mention: Mention) -> bool:
    return mention.statement.kind == Kind.VALUE and mention.statement.bound == Bound.EXACT


def _gap(one: Mention, other: Mention) -> int:
    first, second = sorted((one, other), key=lambda each: each.start)
    return second.start - first.end


RULE = Rule("share", "A percentage does not follow from the part and the whole beside it",
            "Work the percentage out again, or mend the number that is mistyped.",
            {"side by side": "part, whole and percentage stand together in the sentence",
             "part above whole": "the part is larger than the whole"}, find)
