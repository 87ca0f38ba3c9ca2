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
ROLE = Ground("rare", "by a public role", "a calling that few have says whose child, or who, it is", MEND)
SET = Ground("rare", "one of a set", "twins, triplets or a large family of one origin are known to everybody there", MEND)
PRESS = Ground("rare", "in the press", "what the papers told can be looked up, with the name", MEND)
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

_PERSON = (rf"(?:{_KIN}|care leaver|survivor|patient|victim|traveller|refugee|young carer|family|boy|man|woman)(?!ren)")
# “The one deaf pupil …”, “our only care leaver studying …”; but “the first child protection conference”.
_SINGLE = re.compile(rf"\b(?:(?:the|our|your|my) (?:only|one|sole|single)|the first(?=[^.;]*?\b(?:in|at"
                     rf"|from)\s[A-Z]))\s(?:(?!and\b)[\w-]+\s){{0,3}}{_PERSON}\b"
                     r"(?!\s(?:protection|death|deaths|and family|safeguarding|centre|centres|hub|support|services?"
                     r"|poverty|health"
                     r"|benefit|care|voice|sexual|criminal|exploitation|who told|told)\b)(?=\s(?:in|at|to|on|from|of"
                     r"|with|who"
                     r"|whose|placed|studying|living|taken|known|[a-z]+ing|said)\b)", re.IGNORECASE)
_ROLES = "|".join(sorted(words("roles"), key=len, reverse=True))
_ROLE = re.compile(rf"\bthe\s(?:[\w-]+\s){{0,2}}(?:{_ROLES})['’]s\s(?:own\s)?(?:step|foster\s|eldest\s"
                   rf"|youngest\s|only\s)?(?:{_KIN})\b"
                   rf"|\b(?:{_KIN})\sof\s(?:the|a)\s(?:[\w'’-]+\s){{0,3}}(?:{_ROLES})\b"
                   rf"|\b(?:the|a|one|my|our|one of our)\s(?:{_KIN}|care leavers?),\s(?:who is\s|who was\s)?(?:now\s)?an?\s"
                   rf"(?:[\w-]+\s){{0,3}}(?:{_ROLES})\b|\bhead (?:girl|boy)\b", re.IGNORECASE)
_SET = re.compile(r"\b(?:the|a set of|these|our)\s(?:conjoined |identical |newborn )?(?:twins?(?: boys| girls|"
                  r" brothers| sisters)"
                  r"|triplets|quadruplets|conjoined twins)\b"
                  r"|\ba family of (?:six|seven|eight|nine|ten|eleven|twelve|\d+) (?:children )?from [A-Z][a-z]+",
                  re.IGNORECASE)
_PRESS = re.compile(r"\b(?:front page|in (?:all )?the (?:papers?|newspapers?|tabloids?|national press)|on the"
                    r" (?:evening )?news"
                    r"|made (?:the )?headlines|went viral)\b(?! of (?:our|the) (?:website|newsletter|report))",
                    re.IGNORECASE)
_CASE = re.compile(r"\b(?:the case|the one|the man|the woman|the person|sole)\b", re.IGNORECASE)
_SINGULAR = re.compile(r"\b(?:" + "|".join(data()["singular"]) + r")\b", re.IGNORECASE)


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


def singled_out(passage: "Passage", vocabulary: Vocabulary) -> Iterator[Hit]:
    """Somebody told of as the one and only, by a public role of their own or a parent's, by the press, as one of a set."""
    text = passage.text
    for pattern, ground in ((_SINGLE, ONLY), (_ROLE, ROLE), (_SET, SET)):
        for found in pattern.finditer(text):
            yield Hit(*found.span(), ground)
    if _ONE.search(text) or _CASE.search(text):
        for found in _PRESS.finditer(text):
            yield Hit(*found.span(), PRESS)
    for found in _SINGULAR.finditer(text):
        if _ONE.search(text) or _CASE.search(text) or passage.is_spoken(found.start()):
            yield Hit(*found.span(), LIKELY)
