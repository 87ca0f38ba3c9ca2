"""What a number of a sentence counts: which of the words around it narrow that, and which tell only who, why and when.

“In spite of the weather police logged 326 missing episodes, thanks to better training” counts missing episodes; “In the
north 326 missing episodes were logged” and “326 missing episodes were logged from care homes” count some of them.
"""
import re

from goldthread.reports.checking.mentions import WHOLE_YEAR, Mention, plain_stems

_WHY = (r"(?:despite|in spite of|notwithstanding|because of|owing to|due to|thanks to|as a (?:result|consequence) of"
        r"|following|(?<!looked )after|amid|in the face of|against (?:a|the) background(?: of)?|in line with"
        r"|in (?:the )?light of|in view of|in terms of|given|partly|largely|mainly)")
_BUT = r"(?:although|though|even though|while|whilst|whereas|because|so that|so|but|as)"
# What stands before the statement proper: a circumstance, or somebody who says so. “In the north, …” is none.
_OPENERS = re.compile(rf"^\W*(?:{_WHY}\s(?:[^,\d£%]{{0,90}},|(?:the|a|an|our|these|this|some)\s[a-z]+)"
                      r"|(?!(?:in|at|among|for|from|of|within|across|by|with|on|outside|inside|between|under|near|aged"
                      r"|without)\b)"
                      r"[^,\d£%]{0,90},(?:\s|$)"
                      r"|[^\d£%]{0,110}?\b(?:that|in which|how)\b(?!\s(?:are|is|has|have|had|do|did)\b))\s?")
# Where the statement proper is over: a reason, a remark, a new clause.
_REMARK = re.compile(rf"\b{_WHY}\b|\b{_BUT}\b"
                     r"|\b(?:reflecting|suggesting|showing|which|and (?:each|every|all|many|most|these|this"
                     r"|that|they|it|we|so)|as well as|a (?:figure|number|level|total|picture))\b"
                     r"|,(?!\s(?:of|from|among|for|by|in|at|with|aged|counting|excluding|including|only)\b)")
# When: the whole year, which narrows nothing, as some set phrases do.
_TIME = re.compile(r"\b(?:(?:in|over|during|across|for|throughout|of|by|to|within|at|between|from)\s)?"
                   r"(?:the\s|this\s|our\s|a\s)*(?:end of\s|course of\s|close of\s)?"
                   r"(?:whole\s|full\s|last\s|past\s|reporting\s|financial\s|12\s)*"
                   r"(?:#[#\s/-]*|years?(?:'s end)?\b|months\b|period\b)(?:\s?(?:as a whole|under review|to march))?"
                   r"|\bin (?:place|total|all|operation)\b")
_NARROWS = re.compile(r"\b(?:from|among|for|by|of|with|without|within|in|at|to|on|aged|under|over|about|concerning|involving"
                      r"|relating|where|outside|inside|between|near|counting)\b")
_FEWER = re.compile(r"\b(?:further|another|additional|other|others|remaining|rest|some|repeat|alone|only)\b")
_AGES = re.compile(r"\b(?:under|over|aged)\s(?=\d)"
                   r"|\b(?:child|children|people|babies|boys|girls|those|pupils)\s"
                   r"(?:under|over)\s?$")
_THERE = re.compile(r"\bthere\s*(?:$|[,;])")
_NEXT = re.compile(r"^\s*\d")  # “children under 10 334 …”: another number at once, so this one counts nothing
_DIGITS = re.compile(r"\d")
_FRAME = plain_stems("activity demand pressure workload performance data context interest summary volume terms note "
                     "headline picture scorecard dashboard dataset record work course month twelve fact spite count "
                     "tally how many")


def narrowing(mention: Mention) -> frozenset[str]:
    """The word stems that make what a number counts a part of the thing named; idle and framing words left out."""
    lead, tail = _OPENERS.sub(" ", _untimed(mention.lead)), _untimed(mention.tail)
    remark = _REMARK.search(tail)
    tail = tail[:remark.start()] if remark else tail
    narrows = _NARROWS.search(lead)
    told = plain_stems(_DIGITS.sub(" ", f"{lead[narrows.end():] if narrows else ''} {tail}"))
    few = [*_FEWER.findall(f"{lead[-20:]} {tail}"), *_AGES.findall(lead), *_THERE.findall(tail), *_NEXT.findall(tail)]
    return told - _FRAME | frozenset(few)


def narrowing_words(words: str) -> frozenset[str]:
    """The stems that, after a number, make it count but some of what is named: “298 at the hospital”."""
    remark = _REMARK.search(words)
    told = _untimed(words[:remark.start()] if remark else words)
    narrows = _NARROWS.search(told)
    return plain_stems(told[narrows.end():]) if narrows else frozenset()


def _untimed(words: str) -> str:
    """Words without those that say only that the whole year is meant."""
    return _TIME.sub(" ", WHOLE_YEAR.sub(" ", words))
