"""“Four priorities:” followed by three."""
import re
from collections.abc import Iterator
from functools import cache

from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.mentions import Mention, cleaned
from goldthread.reports.checking.statements import Bound, Kind
from goldthread.reports.document import Heading, Paragraph, Table
from goldthread.reports.words import wording

MOST = 20
FURTHEST = 8
_TIME = re.compile(r"\b(?:month|week|year|day|hour|%)")
_WORD = r"(?!which\b|that\b|were\b|was\b|will\b|have\b|who\b)[\w’'-]+"
_ITEM = rf"{_WORD}(?:\s{_WORD}){{0,7}}\s?"  # a space between any two words, or matching takes for ever
_NAMED = re.compile(rf"(?:\b(?:are|were|will be|remain|are to be)(?: now)?\s+|\s[–—-]\s+)"
                    rf"(?P<list>{_ITEM}(?:,\s+{_ITEM})+,?\s*\band\s+{_ITEM})(?:\s?[–—-]\s|\.?$)")
_BRACKETED = re.compile(rf"(?:\(|\bnamely\s+)(?P<list>{_ITEM}(?:,\s+{_ITEM})+,?\s*\band\s+{_ITEM})(?:\)|\.?$)")
# “…: these are our two priorities”, and “They were:” after the sentence with the number.
_THESE_ARE = re.compile(r"^(?P<list>[^.:;()]{8,240}?)\s?[:–—]\s?(?:these|those|they)\s(?:are|were)\b", re.IGNORECASE)
_THESE = re.compile(r"^(?:these|they|those|the following|this)\s(?:\w+\s?){1,5}:-?$", re.IGNORECASE)
# “… were published, on 11 June and 23 January”: when, and no second thing.
_WHEN = re.compile(r",\s+(?:on|in|by|since|from|between|at)\s+(?:\w+\s)?\d")
_ON = re.compile(r",\s+(?:on|in|for|about|into)\s")  # “were made, on neglect, domestic abuse and babies”
_WHICH = re.compile(r",\s(?:which|who|where|whose)\b")
_INLINE = re.compile(r"[^:]*:\s+(?P<list>[^:.]+)\.?$")


def find(facts: Facts) -> Iterator[Found]:
    led_on = {first: second for first, second in zip(facts.sentences, facts.sentences[1:], strict=False)
              if first.block == second.block and _THESE.match(second.text)}
    for mentions in facts.mentions:
        sentence = led_on.get(mentions[-1].sentence, mentions[-1].sentence)
        counted = [each for each in mentions if _counts(each)]
        if len(counted) != 1 or len(mentions) != 1:
            continue
        number = int(counted[0].statement.number)
        if sentence.text.rstrip().endswith((":", ":-", ": -")):
            items = _items(facts, sentence.block)
            if items and items != number:
                yield _found(counted[0], items, f"{items} points follow", "points below")
        elif named := _THESE_ARE.match(sentence.text):
            least, most = _inline(named["list"])
            if least >= 2 and counted[0].start >= named.end("list") - 2 and not least <= number <= most:
                yield _found(counted[0], least, f"{least} are named: {named['list']}", "named in the sentence")
        elif inline := _INLINE.match(sentence.text) or _BRACKETED.search(
                sentence.text) or _NAMED.search(sentence.text):
            least, most = _inline(_WHICH.split(inline["list"])[0])
            if least >= 2 and counted[0].end <= inline.start("list") and not _WHEN.search(
                    inline["list"]) and not _ON.search(inline["list"]) and not least <= number <= most:
                yield _found(counted[0], least, f"{least} are named: {inline['list']}", "named in the sentence")


def _counts(mention: Mention) -> bool:
    stated = mention.statement
    return (stated.kind == Kind.VALUE and stated.unit == "count" and stated.bound == Bound.EXACT and stated.base is None
            and 2 <= stated.number <= MOST and stated.number == int(stated.number) and bool(mention.noun)
            and not _TIME.match(mention.noun) and not mention.part and _leads_to_list(mention))


def _leads_to_list(mention: Mention) -> bool:
    """Whether what is counted are things that lists are made of, named right after the number."""
    rest = cleaned(mention.sentence.text)[mention.end:]
    after = re.split(r":|\s[–—-]\s|\(|\b(?:are|were|namely|will be|remain)\b", rest)[0].split()
    return len(after) <= FURTHEST and any(word.strip(",()") in _listed() for word in after)


@cache
def _listed() -> frozenset[str]:
    return frozenset(wording()["listed"]["nouns"])


def _items(facts: Facts, block: int) -> int:
    """How many points follow; 0 where it is not plain, because other text stands between points."""
    items, after, sign = 0, False, ""
    for each in facts.document.blocks[block + 1:]:
        if isinstance(each, Heading | Table):
            break
        if not isinstance(each, Paragraph) or not each.item:
            after = bool(items)
            if not items:
                return 0
            continue
        kind = re.sub(r"[\da-z]+", "1", each.marker)
        if not items:
            sign = kind
        if after and kind == sign:
            return 0
        items += kind == sign and not after
    return items


def _inline(text: str) -> tuple[int, int]:
    """The fewest and the most things that a list in a sentence may name."""
    parts = [part for part in re.split(r"[,;]", text) if part.strip()]
    if len(parts) == 1:
        return (1, 1 + len(re.findall(r"\band\b|&", text)))
    joined = len(re.findall(r"\band\b|&", text))
    last = 1 if re.match(r"\s*and\b", parts[-1]) else 0
    names = sum(bool(re.match(r"\s*(?:the )?[A-Z]", part)) for part in parts) > 1  # “Policy and Procedures” may be one
    pair = 0 if last or names else min(1, len(re.findall(r"\s(?:and|&)\s", parts[-1])))
    return len(parts) + pair, len(parts) + joined


def _found(mention: Mention, items: int, how: str, ground: str) -> Found:
    return Found(mention.sentence.at, mention.sentence.text, mention.statement.words, str(items), how, ground)


RULE = Rule("list", "A list has more or fewer points than is said", "Count again, or add the point that is missing.",
            {"points below": "the number stands right before the list",
             "named in the sentence": "the sentence names them itself"}, find)
