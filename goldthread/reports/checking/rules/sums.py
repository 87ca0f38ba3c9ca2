"""A whole told with its parts: “24 children: 14 girls and 10 boys”, “schools 40, police 30, health 20: 90 in all”."""
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from goldthread.reports.arithmetic import add, plain
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule, in_sentence
from goldthread.reports.checking.fits import look_alike
from goldthread.reports.checking.periods import years_in
from goldthread.reports.checking.told import Told

_MADE_OF = re.compile(r"\b(?:made (?:up|##) of|compris\w+|consist\w*|composed of|split|breakdown|broken down|divided|namely"
                      r"|that is|of (?:which|whom|these|those|them)|came from|come from|were from|are from|as follows)\b"
                      r"|[:(]\s*(?:[a-z'’]+\s){0,3}$|:")
_IN_ALL = re.compile(r"\b(?:in all|in total|total\w*|altogether|overall|together|made (?:up|##)|giving|making|sum"
                     r"|combined)\b|:\s*$")
_REST = re.compile(r"\b(?:other\w*|elsewhere|rest|remain\w*|the public|unknown|not known|not recorded|anonymous\w*)\b")
_PAIRS = tuple((re.compile(rf"\b(?:{one})\b"), re.compile(rf"\b(?:{two})\b")) for one, two in (
    ("girls?|females?|women|mothers", "boys?|males?|men|fathers"), ("expected", "unexpected|not expected|not"),
    ("children|young people", "adults"), ("new|first", "repeat|re-referrals?")))
_LEFT = re.compile(r"\b(?:remain\w*|outstanding|left|leaving|unresolved|incomplete|pending|overdue|ongoing|in progress|to do"
                   r"|still (?:open|to|under)|not\b|yet to|to be (?:delivered|done|completed)|are open)\b")
_SURELY_LEFT = re.compile(r"\b(?:remain\w*|left|leaving|outstanding|still to)\b")
_SUBSET = re.compile(r"\b(?:more than one|both|each|at least one|including|included|includes|some of|among)\b")
_PEOPLE = re.compile(r"\b(?:children|young people|people|deaths|pupils|students|babies|adults|parents|victims|cases"
                     r"|referrals|requests)\b")
_OF_WHOLE = re.compile(r"(?:^|[;,(])\s*(?:out )?of (?:the |our |these |all |a total of )*$")
_HIDDEN = re.compile(r"(?:^|[\s(])[cx*](?=[\s,;.)]|$)|\b(?:not told|withheld|suppressed|hidden|(?:fewer|less) than"
                     r"|between \d+ and)\b")
_GAP = re.compile(r"^[^.]{0,70}$")
_ONE = re.compile(r"\bone\b(?! of)")  # stays a word, so it is not added
LEAST_PARTS, NEAR, NEAR_OTHERS, NEAR_LEFT = 3, Decimal("0.12"), Decimal("0.35"), Decimal("0.12")


def find(facts: Facts) -> Iterator[Found]:
    for told in [*facts.told, *facts.told_on]:
        whole, parts, ground = _listed(told) or _paired(told) or (0, (), "")
        if not parts:
            continue
        worked = add((told.number(each) for each in parts), told.stated(whole).unit)
        missing = told.number(whole) - worked.value
        if missing and not (0 < missing <= len(_ONE.findall(told.text))):
            yield in_sentence(told, whole, plain(worked.value), worked.how, ground)


def _counts(told: Told) -> list[int]:
    """The numbers that may be added; none where one is only “about”, is kept back, or is of another unit than the rest."""
    if _HIDDEN.search(told.text):
        return []
    every = [at for at in range(len(told.pieces)) if told.stated(at).unit in ("count", "money")
             and not _how_often(told, at) and not told.is_time(at)]
    if years_in(told.printed) and any(told.years[at] not in ("", told.year) for at in every):
        return []  # “38 notices (29 in 2022-23) …”
    units = {told.stated(at).unit for at in every}
    return every if len(units) == 1 and all(told.plain(at, *units) and not told.is_change(at) for at in every) else []


def _how_often(told: Told, at: int) -> bool:
    """Whether it stands right after another number, as the two and the four of “97 two to four times” do."""
    return at > 0 and (not told.gap(at).strip() or at > 1 and told.gap(at).strip() == "to" and not told.gap(at - 1).strip())


def _listed(told: Told) -> tuple[int, Sequence[int], str] | None:
    """Three parts or more that stand in a row, before or after their whole."""
    counts = _counts(told)
    if len(counts) <= LEAST_PARTS or _SUBSET.search(told.text) or any(told.stated(at).unit == "percent" for at in range(
            len(told.pieces))):
        return None
    largest = max(counts, key=told.number)
    for whole, parts in ((counts[0], counts[1:]), (counts[-1], counts[:-1])):
        if largest in (counts[0], counts[-1]) and whole != largest:
            continue
        first = whole == counts[0]
        link = told.gap(parts[0]) if first else f"{told.gap(whole)} {told.gap(len(told.pieces))}"
        cue = (_MADE_OF if first else _IN_ALL).search(link) or first and re.search(
            r"(?:^|[;,(])\s*of (?:the |these |all )*$", told.lead(whole))
        in_row = all(_GAP.match(told.gap(at)) for at in parts[1:])
        rest = _REST.search(told.gap(parts[-1]) + told.gap(parts[-1] + 1))
        if not cue or not in_row or _holds_sooner(told, whole, parts) or (
                told.number(whole) <= max(told.number(at) for at in parts) and not rest):
            continue
        total = sum(told.number(at) for at in parts)
        near = abs(total - told.number(whole)) <= (NEAR_OTHERS if rest else NEAR) * told.number(whole)
        if near or rest and look_alike(total, told.number(whole)):
            return whole, parts, "all parts" if rest else "whole and parts"
    return None


def _holds_sooner(told: Told, whole: int, parts: Sequence[int]) -> bool:
    """Whether fewer of the parts make the whole already, or a semicolon sets some apart: what follows counts otherwise."""
    runs = [parts[at:to] for at in range(len(parts)) for to in range(at + 2, len(parts) + 1) if to - at < len(parts)]
    first = [sum(told.number(at) for at in run) for run in runs]
    first += [sum(told.number(at) for at in parts if at != beside) for beside in parts]  # “nine for the two inquiries”
    marks = {";" in told.gap(at) for at in parts[1:]}
    return told.number(whole) in first or len(marks) > 1


def _paired(told: Told) -> tuple[int, Sequence[int], str] | None:
    """A whole and two parts that can only be all of it: girls and boys, done and left."""
    counts = _counts(told)
    if len(counts) != LEAST_PARTS or _SUBSET.search(told.text):
        return None
    of_whole = next((at for at in counts if _OF_WHOLE.search(told.lead(at))), None)
    largest = max(counts, key=told.number)
    for whole in dict.fromkeys((largest if of_whole is None else of_whole, counts[0])):
        parts = [at for at in counts if at != whole]
        words = [_words(told, whole if whole == at + 1 and at == parts[0] else at) for at in parts]
        if _PEOPLE.search(f"{_words(told, whole)} {told.gap(whole)}") and (_complementary(*words) or _complementary(
                *(told.gap(at) for at in parts))):
            return whole, parts, "whole and parts"
        if _left_over(told, whole, parts, words):
            return whole, parts, "done and left"
    return None


def _complementary(first: str, second: str) -> bool:
    return any(one.search(first) and two.search(second) or two.search(first) and one.search(second) for one, two in _PAIRS)


def _left_over(told: Told, whole: int, parts: Sequence[int], words: Sequence[str]) -> bool:
    left = f"{told.gap(parts[1])[-24:] if _SURELY_LEFT.search(told.gap(parts[1])[-24:]) else ''} {words[1]}"
    if _complementary(_words(told, whole), words[0]):
        return False  # “14 girls, 10 boys and 2 who did not say”: three parts
    total = told.number(parts[0]) + told.number(parts[1])
    near = abs(total - told.number(whole)) <= NEAR_LEFT * told.number(whole)
    if told.number(whole) < max(told.number(at) for at in parts) and not re.search(r"\bof\b", told.gap(whole)):
        return False  # “61 left the panel …; 19 …; for 63 …”: the first is no whole
    return bool(_LEFT.search(left) and not _LEFT.search(words[0]) and _introduced(told, whole, parts[0]) and (
        near or _SURELY_LEFT.search(left)))


def _introduced(told: Told, whole: int, part: int) -> bool:
    """Whether the whole stands right before its first part, or right after it as “20 of the 50”."""
    if whole == part + 1:
        return bool(re.match(r"^[a-z\s]{0,24}\b(?:out of|of)\s(?:the |a |our |all )*(?:total of )?$", told.gap(whole)))
    return whole == part - 1 and bool(re.search(r"\bof (?:the |our |these |all )*$|\b(?:there are|there were|total of"
                                                r"|with)\s$",
                                                told.lead(whole)) or ":" in told.gap(part))


def _words(told: Told, at: int) -> str:
    """The few words that a number counts: after it, or before it where it stands in brackets."""
    after = told.gap(at + 1)
    if after.lstrip().startswith(")"):
        return " ".join(told.gap(at).replace("(", " ").split()[-2:])
    return " ".join(re.split(r"[,;:.()]|\band\b|\bto\b(?= *$)", after)[0].split()[:7])


RULE = Rule("sum", "The parts of a sentence do not add up to its whole", "Add the parts again; one is mistyped or left out.",
            {"whole and parts": "the sentence lists parts of the whole that are near to it",
             "all parts": "the sentence lists all parts, others among them",
             "done and left": "the sentence tells what is done and what is left"}, find)
