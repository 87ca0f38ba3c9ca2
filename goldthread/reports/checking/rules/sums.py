"""A whole told with its parts: “24 children: 14 girls and 10 boys”."""
import re
from collections.abc import Iterator

from goldthread.reports.arithmetic import add, plain
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.mentions import Mention, cleaned
from goldthread.reports.checking.statements import Bound, Kind

_MADE_OF = re.compile(r"(?:made (?:up|##) of|comprising|comprised(?: of)?|consist(?:ing|ed|s) of|composed of|split between|"
                      r"that is,?|namely|broken down (?:as|into)|divided into)\s*(?:[a-z]+\s){0,2}$|:\s*(?:[a-z]+\s){0,3}$|"
                      r"\(\s*(?:[a-z]+\s){0,2}$")
_PAIRS = tuple((re.compile(rf"\b(?:{one})\b"), re.compile(rf"\b(?:{two})\b")) for one, two in (
    ("girls?|female|women", "boys?|male|men"), ("expected", "unexpected|not expected|not")))
_PEOPLE = re.compile(r"\b(?:children|young people|people|deaths|pupils|students|babies|adults|parents|victims|cases)\b")
_IN_ALL = re.compile(r"^\s*(?:[a-z]+\s){0,3}(?:in all|in total|altogether|overall)\b")
_OPEN = re.compile(r"\b(?:includ|some|at least|among|other|rest|remaind|more than one|both|not known|unknown|each)")


def find(facts: Facts) -> Iterator[Found]:
    for mentions in facts.mentions:
        text = cleaned(mentions[0].sentence.text)
        if _OPEN.search(text):
            continue
        for at, whole in enumerate(mentions):
            parts = _parts(mentions, at) or _halves(mentions, at) or _told_before(mentions, at)
            if len(parts) < 2 or not _plain(whole):
                continue
            worked = add((each.statement.number for each in parts), whole.statement.unit)
            if worked.value != whole.statement.number:
                yield Found(whole.sentence.at, whole.sentence.text, whole.statement.words, plain(worked.value), worked.how,
                            "whole and parts")


def _plain(mention: Mention) -> bool:
    stated = mention.statement
    return (stated.kind == Kind.VALUE and stated.bound == Bound.EXACT and stated.base is None and stated.high is None
            and stated.unit in ("count", "money") and not stated.fraction)


def _parts(mentions: list[Mention], at: int) -> list[Mention]:
    """The numbers listed after a whole, up to the end of the sentence or of the brackets; none where it is no list."""
    whole, rest = mentions[at], mentions[at + 1:]
    if len(rest) < 2:
        return []
    sentence = _text_between(whole, rest[0])
    if not _MADE_OF.search(sentence):
        return []
    bracketed = sentence.rstrip().endswith("(") or "(" in sentence
    parts = []
    for each in rest:
        if bracketed and parts and ")" in _text_between(parts[-1], each):
            break
        if not _plain(each) or each.statement.unit != whole.statement.unit:
            return []
        parts.append(each)
    return parts


def _halves(mentions: list[Mention], at: int) -> list[Mention]:
    """Two numbers after a whole that can only be all of it: girls and boys, expected and unexpected."""
    return _paired(mentions[at + 1:at + 3], mentions[at])


def _paired(rest: list[Mention], whole: Mention) -> list[Mention]:
    if len(rest) != 2 or not all(_plain(each) for each in rest) or whole.statement.number < max(
            each.statement.number for each in rest):
        return []
    first, second = (_after(each) for each in rest)
    pairs = any(one.search(first) and two.search(second) or two.search(first) and one.search(second) for one, two in _PAIRS)
    return rest if pairs and _PEOPLE.search(_after(whole)) else []


def _told_before(mentions: list[Mention], at: int) -> list[Mention]:
    """The same with the whole last: “14 girls and 10 boys, 24 children in all”."""
    text = cleaned(mentions[at].sentence.text)[mentions[at].end:]
    return _paired(mentions[at - 2:at], mentions[at]) if at >= 2 and _IN_ALL.match(text) else []


def _after(mention: Mention) -> str:
    """The few words right after a number."""
    return " ".join(re.split(r"[,;:.()]|\band\b", cleaned(mention.sentence.text)[mention.end:])[0].split()[:4])


def _text_between(first: Mention, second: Mention) -> str:
    return cleaned(first.sentence.text)[first.end:second.start]


RULE = Rule("sum", "The parts of a sentence do not add up to its whole", "Add the parts again; one is mistyped or left out.",
            {"whole and parts": "the sentence lists all parts of the whole"}, find)
