"""Events so rare that, with a detail or two, everybody in the area knows who is meant."""
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldthread.reports.checking.periods import dates_in
from goldthread.reports.gate.found import Ground, Hit
from goldthread.reports.gate.vocabulary import Vocabulary, data, words

if TYPE_CHECKING:
    from goldthread.reports.gate.gate import Passage

MEND = "Leave out the details (when, where, how old), or ask the family and the reviewers whether it may be told."
CERTAIN = Ground("rare", "with two details", "an event that happens once in years is told with details that say whose "
                                             "it was", MEND)
LIKELY = Ground("rare", "with one detail", "an event that happens once in years is told of one child", MEND)
ONLY = Ground("rare", "the only one", "somebody is told to be the only one of their kind here", "Say it without “only”, "
                                                                                                "or leave it out.")
_EVENT = re.compile(r"\b(?:" + "|".join(data()["events"]) + r")\b", re.IGNORECASE)
_KIN = "|".join(sorted(words("kin"), key=len, reverse=True))
_ONE = re.compile(rf"\b(?:an?|the|this|one|my|our|his|her|their|whose)\s+(?:[\w-]+\s+){{0,3}}(?:{_KIN}|family|parent"
                  rf"|year[- ]old"
                  r"|young (?:man|woman))\b|\b(?:he|she)\b", re.IGNORECASE)
_MINE = re.compile(rf"\bmy (?:\w+ )?(?:{_KIN})\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?:\d{1,2}|[a-z]+)[-\s](?:year|month|week|day)s?[-\s]old\b|\baged? \d{1,2}\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:in|at|near|on|outside|from|by)\s+(?:the\s+)?(?:[A-Z][a-z]+\s?)+|\b(?:park|canal|river|railway"
                    r"|station|flat|estate|"
                    r"playground|beach|quarry|lake|pool)\b")
_WHEN = re.compile(r"\b(?:last|this|in|on|over)\s+(?:the\s+)?(?:spring|summer|autumn|winter|christmas|easter|(?:early "
                   r"|late )?(?:january|"
                   r"february|march|april|may|june|july|august|september|october|november|december))\b", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:the|our|your|my) only (?:[\w-]+\s+){0,3}(?:child|family|pupil|student|boy|girl|young person"
                   r"|mother|father|parent|"
                   r"household|couple|teenager|foster carer)\s+(?:in|at|from|of|who|with|on)\b|(?:\b(?:the|was|were|am"
                   r"|is|be)|['’](?:m|re|s)) the (?:only|first) "
                   r"(?:[\w-]+\s+){0,4}(?:in|at|on|from) (?:the |our |this |my )?(?:school|town|borough|village|estate"
                   r"|county|area|street|class|"
                   r"year|city|district)\b", re.IGNORECASE)
_GENERAL = re.compile(r"\b(?:training|course|courses|prevent(?:ion|ing)?|strategy|risk of|awareness|campaign|children who|"
                      r"statistics|rates? of|number of|cases of|incidents of|deaths? (?:by|from|due)|theme|themes"
                      r"|signs of|national)\b", re.IGNORECASE)


def events(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    text = passage.text
    for found in _ONLY.finditer(text):
        yield Hit(*found.span(), ONLY)
    for found in _EVENT.finditer(text):
        if not _ONE.search(text) or _GENERAL.search(text) and not passage.is_spoken(found.start()):
            continue
        told = sum(bool(each) for each in (_AGE.search(text), _PLACE.search(text),
                                           _WHEN.search(text) or any(dates_in(text))))
        if told or passage.is_spoken(found.start()) and _MINE.search(text):
            yield Hit(*found.span(), CERTAIN if told >= 2 else LIKELY)
