"""A share told with part and whole: “42 of the 50 places (99%)”, and parts larger than their whole."""
import re
from collections.abc import Iterator

from goldthread.reports.arithmetic import percent, plain, shown
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.fits import fits
from goldthread.reports.checking.mentions import Mention
from goldthread.reports.checking.statements import Bound, Kind

_OF_THE = re.compile(r"^\W*(?:out\s+)?of (?:the |these |those |all |our )*(?:total (?:of )?)?$|"
                     r"^\W*(?:from|among(?:st)?) (?:the |these |a total of )+$")
FAR = 25


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


def _shares(mentions: list[Mention]) -> Iterator[tuple[Mention, object, Mention]]:
    """Part, whole and percentage that stand side by side, with nothing else between."""
    for at, each in enumerate(mentions):
        share = each.statement
        if share.unit != "percent" or share.kind != Kind.VALUE or share.fraction:
            continue
        gaps = [m for m in mentions[max(0, at - 1):at + 2] if m is not each and m.statement.base is not None]
        beside = [m for m in gaps if _close(m, each)]
        if len(beside) == 1 and beside[0].statement.bound == Bound.EXACT and share.bound != Bound.BETWEEN:
            yield beside[0], beside[0].statement.base, each
        elif not gaps and at >= 2:
            whole, part = mentions[at - 2], mentions[at - 1]
            counts = all(m.statement.unit == "count" and m.statement.kind == Kind.VALUE
                         and m.statement.bound == Bound.EXACT and m.statement.base is None for m in (whole, part))
            if counts and _of_the(whole) and _close(part, each) and whole.statement.number >= part.statement.number:
                yield part, whole.statement.number, each


def _close(one: Mention, other: Mention) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    return second.start - first.end <= FAR * 2 and abs(second.start - first.end) >= 0


def _of_the(whole: Mention) -> bool:
    before = whole.clause.split(whole.statement.words)[0]
    return bool(_OF_THE.match(before.lstrip()))


RULE = Rule("share", "A percentage does not follow from the part and the whole beside it",
            "Work the percentage out again, or mend the number that is mistyped.",
            {"side by side": "part, whole and percentage stand together in the sentence",
             "part above whole": "the part is larger than the whole"}, find)
