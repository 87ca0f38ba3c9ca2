"""A body that begins twice: “will meet for the first time in May”, and elsewhere “commenced in June”.

Held to are only sentences in which it is the body itself that begins, or that somebody begins; “the Hub began an audit in
June” and “the Hub launched its website” are others.
"""
import re
from collections import defaultdict
from collections.abc import Iterator

from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.periods import Printed, dates_in
from goldthread.reports.checking.rules.acronyms import Shorts
from goldthread.reports.document.sentences import Sentence

BODY, DAY = "§", "¶"  # stand for the body and for the date while a sentence is looked at
_MADE = r"(?:launched|established|set up|formed|created|introduced|founded|inaugurated|convened|constituted)"
_START = (r"(?:launch|start|beginning|establishment|creation|formation|inception|introduction"
          r"|(?:first|inaugural|opening) meeting)")
_ITSELF = r"(?:\s(?:its|their)?\s?(?:work|working|meetings?|meeting|operation|operating|life|to meet))?"
_BETWEEN = (r"[\s,(–-]+(?:(?:panel|group|board|forum|committee|team|hub|meetings?|unit|service) )?"
            r"(?:(?:is|are) (?:due|planned|set|expected) to |is to |which |that |it |also |then |formally |first |will "
            r"|would |to be |itself )*")
_BE = r"(?:was|were|be|been|being) (?:formally |first |newly )?"
# What the body does or has done to it; not asked where it is only named beside something (“training on the Hub began”).
_AS_SUBJECT = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"(?:{BODY}{_BETWEEN}|\bit ){_BE}{_MADE}\b", rf"{BODY}\s?[(,–-]\s?(?:newly |first )?{_MADE}\b",
    rf"{BODY}{_BETWEEN}(?:met|meets?|meeting|came together|came into being|gathered|sat) for the first time\b",
    rf"{BODY}{_BETWEEN}(?:(?:first|initially) met\b|(?:commence[sd]?|commencing|beg[aiu]n|begins?|start(?:s|ed)?){_ITSELF}"
    rf"(?=\s(?:in|on|from)\b|\s?[.,;)]|\s?$|\s{DAY})|went live\b|came into (?:being|force|existence)\b)",
    rf"{BODY}{_BETWEEN}(?:held|had|has had|holds?) (?:its|the|their|a) {_START}\b",
    rf"{BODY}{_BETWEEN}(?:has|have|had) (?:now )?(?:been )?(?:in (?:place|existence|operation)|up and running|running"
    rf"|operating|operational|active|existed|established|live) since\b",
))
# What others do to it, and its beginning told as a thing.
_AS_OBJECT = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"\b{_MADE}\s(?:the |a |an |our |its |new |this )*{BODY}", rf"\b{_START} of (?:the |a |our )*{BODY}",
    rf"{BODY} {_START}\b",
))
_BESIDE = re.compile(rf"\b(?:of|on|by|in|with|from|for|to|at|about) (?:the |a |our |this |new )*{BODY}", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:re-?launch|re-?establish|re-?form|restart|again|new phase|second|re-?start|renewed|until|before"
                    r"|would have|postponed|was (?:due|planned|meant) to)\w*", re.IGNORECASE)


def find(facts: Facts) -> Iterator[Found]:
    written_out = Shorts(facts.document).written_out
    bodies = {short: next((_plain(full) for full, _ in ways if full), "") for short, ways in written_out.items()}
    begun: dict[str, list[tuple[Sentence, Printed]]] = defaultdict(list)
    for sentence in facts.sentences:
        days = [each for each in dates_in(sentence.text) if each.year]
        if len(days) == 1 and (body := begins(sentence.text, days[0], bodies)):
            begun[body].append((sentence, days[0]))
    for body, told in begun.items():
        first, one = told[0]
        for other, two in told[1:]:
            if (one.year, one.month) != (two.year, two.month) and other.text != first.text:
                yield Found(other.at, other.text, two.words, one.words, f"{body}: “{first.text}”", "same body",
                            str(first.at))


def begins(text: str, day: Printed, bodies: dict[str, str]) -> str:
    """The abbreviation of the one body of which a sentence says that it begins on a day; "" where it says no such thing."""
    if _AGAIN.search(text):
        return ""
    masked = _plain(f"{text[:day.start]}{DAY}{text[day.end:]}")
    begun = [short for short, full in bodies.items() if _begun(masked, _name(short, full))]
    return begun[0] if len(begun) == 1 else ""


def _begun(text: str, name: str) -> bool:
    plain = re.sub(name, BODY, text, flags=re.IGNORECASE)
    plain = re.sub(rf"{BODY}\s*\(\s*{BODY}\s*\)", BODY, plain)
    subject = _BESIDE.sub(" ", plain)
    return BODY in plain and any(each.search(plain) for each in _AS_OBJECT) or BODY in subject and any(
        each.search(subject) for each in _AS_SUBJECT)


def _plain(text: str) -> str:
    """A text without the endings of possession, which names are written with and without."""
    return re.sub(r"['’]s\b|(?<=s)['’](?=\s)", "", text)


def _name(short: str, full: str) -> str:
    """A body by either of its names, not as a part of another's."""
    either = rf"{re.escape(full)}|(?-i:{re.escape(short)})" if full else rf"(?-i:{re.escape(short)})"
    return rf"\b(?:{either})\b"


RULE = Rule("begins-twice", "The same body is said to begin at two times", "Find out which is right.",
            {"same body": "both sentences name it and say when it began"}, find)
