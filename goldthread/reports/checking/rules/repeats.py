"""The same thing told twice in the text, with two numbers."""
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from goldthread.reports.arithmetic import shown
from goldthread.reports.checking.counted import narrowing
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.fits import fits, look_alike
from goldthread.reports.checking.mentions import Mention
from goldthread.reports.checking.statements import Bound, Kind
from goldthread.reports.words import tokens, wording

_ITS_OWN = re.compile(r"\b(?:their(?! (?:views?|answers?|voices?|replies|thoughts|time)\b)|its own|they|them"
                      r"|the (?:trust|service|team|school|agency|hospital|college"
                      r"|force)(?:'s)?)\b")
_NEW = re.compile(r"\ban? (?!total|sum)[a-z]+(?: [a-z]+)? of\s*(?:[a-z]+ )?$")
LARGE = 20
SELDOM = 6
FAR_WORDS, LEAST_WORDS, LEAST_SHARED, SMALLEST = 3, 2, 3, 10


def find(facts: Facts) -> Iterator[Found]:
    groups: dict[tuple, list[Mention]] = defaultdict(list)
    for mentions in facts.mentions:
        for mention in mentions:
            if _telling(mention, mentions):
                groups[mention.statement.unit, mention.year or facts.year, mention.scope].append(mention)
    for group in groups.values():
        known = [_core(mention) for mention in group]
        for first, second in combinations(group, 2):
            if first.sentence.text == second.sentence.text or _of_different_bodies(first, second):
                continue
            ground = _ground(first, second, known)
            if ground and not _agree(first, second):
                exact = first if first.statement.bound == Bound.EXACT else second
                other = second if exact is first else first
                yield Found(other.sentence.at, other.sentence.text, other.statement.words,
                            shown(exact.statement.number, exact.statement.unit),
                            f"“{exact.sentence.text}” says {exact.statement.words}", ground, str(exact.sentence.at),
                            facts.spot(other))


def _telling(mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a mention is of one thing only, told by words of its own."""
    stated = mention.statement
    alone = sum(each.about == mention.about and each.statement.unit == stated.unit
                and each.statement.kind == Kind.VALUE for each in mentions) == 1
    share = stated.unit == "percent" and any(each.statement.base is not None for each in mentions)
    plain = stated.kind == Kind.VALUE and stated.base is None and stated.high is None and not stated.fraction
    return (alone and not share and plain and stated.bound not in (Bound.AT_MOST, Bound.UNDER) and not mention.part
            and mention.year != "?" and not mention.sentence.quote and len(mention.about) >= LEAST_WORDS)


def _of_different_bodies(first: Mention, second: Mention) -> bool:
    """Whether each may speak of its own: parts of one chapter do, and so does “a survey” or “their staff”."""
    one, other = first.sentence.at.section, second.sentence.at.section
    siblings = one != other and "." in one and one.split(".")[0] == other.split(".")[0] and not one.endswith(
        ".0") and not other.endswith(".0")
    if siblings or one != other and any(_ITS_OWN.search(each.clause) for each in (first, second)):
        return True
    return any(_NEW.search(each.clause[:each.clause.find(each.statement.words)]) for each in (first,
                                                                                              second)) and one != other


def _ground(first: Mention, second: Mention, known: list[frozenset[str]]) -> str:
    bounds = {first.statement.bound, second.statement.bound}
    numbers = first.statement.number, second.statement.number
    if Bound.EXACT not in bounds or max(numbers) < SMALLEST or not _same_noun(first, second):
        return ""
    if any(narrowing(one) - other.about - _light() for one, other in ((first, second), (second, first))):
        return ""  # “for teenagers alone, 112 …” is not told twice
    if not first.scope and _core(first) == _core(second) and _seldom_told(_core(first), known):
        if look_alike(*numbers) or len(_core(first)) >= FAR_WORDS:
            return "same thing, other verb"
    beside = first.sentence.at.section == second.sentence.at.section and not first.scope and min(numbers) >= LARGE
    least = LEAST_WORDS if beside and look_alike(*numbers) else FAR_WORDS
    if len(first.about & second.about) < least:
        return ""
    if first.about == second.about:
        return "same words" if look_alike(*numbers) else "same words, far apart"
    apart = first.about ^ second.about
    shared = first.about & second.about
    if len(apart) == 1 and len(shared) >= LEAST_SHARED and look_alike(*numbers):
        return "nearly the same words"
    return ""


def _same_noun(first: Mention, second: Mention) -> bool:
    """Whether both count the same; a number at the end (“… was 14”) counts what its clause is about."""
    return first.noun == second.noun or all(not one.noun or one.noun in other.about for one, other in (
        (first, second), (second, first)))


def _core(mention: Mention) -> frozenset[str]:
    """What it is about, without verbs of answering, taking part and notifying, which one may put for another."""
    return mention.about - _light()


@cache
def _light() -> frozenset[str]:
    return frozenset(token for word in wording()["idle"]["telling"] for token in tokens(word))


def _seldom_told(core: frozenset[str], known: list[frozenset[str]]) -> bool:
    """Whether these words, two or more, are so seldom among the report's numbers that both must mean one thing."""
    return len(core) >= LEAST_WORDS and sum(core <= each for each in known) <= SELDOM


def _agree(first: Mention, second: Mention) -> bool:
    return fits(first.statement, second.statement.number) or fits(second.statement, first.statement.number)


RULE = Rule("told-twice", "The text tells the same thing twice, differently",
            "Find out which is right. If they are different things, say in each sentence what is counted.",
            {"same thing, other verb": "both count the same thing, and no other number of the report is about it",
             "same words": "both sentences use the same words, and the numbers look alike",
             "same words, far apart": "both sentences use the same words",
             "nearly the same words": "all words but one are the same, and the numbers look alike"}, find)
