"""A body that begins twice: “will meet for the first time in May”, and elsewhere “commenced in June”."""
import re
from collections import defaultdict
from collections.abc import Iterator

from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.periods import Printed, dates_in
from goldthread.reports.checking.rules.acronyms import Shorts
from goldthread.reports.document.sentences import Sentence

_BEGINS = re.compile(r"\b(?:(?:met|meets?|meeting) for the first time|first met|commence[sd]?|commencing|began|begins?"
                     r"|started"
                     r"|(?:was|were|be|been) (?:launched|established|set up|formed|created|introduced)|went live|came "
                     r"into being)\b"
                     r"[^.;,]{0,20}\b(?:in|on|from)\s+(?:early |mid-?|late )?$", re.IGNORECASE)
_FURTHEST = 60


def find(facts: Facts) -> Iterator[Found]:
    written_out = Shorts(facts.document).written_out
    bodies = {short: next((full for full, _ in ways if full), "") for short, ways in written_out.items()}
    begun: dict[str, list[tuple[Sentence, Printed]]] = defaultdict(list)
    for sentence in facts.sentences:
        for printed in dates_in(sentence.text):
            verb = _BEGINS.search(sentence.text[:printed.start])
            if verb and printed.year and (body := _body(sentence.text[:verb.start()], bodies)):
                begun[body].append((sentence, printed))
    for body, told in begun.items():
        first, one = told[0]
        for other, two in told[1:]:
            if (one.year, one.month) != (two.year, two.month) and other.text != first.text:
                yield Found(other.at, other.text, two.words, one.words, f"{body}: “{first.text}”", "same body",
                            str(first.at))


def _body(before: str, bodies: dict[str, str]) -> str:
    """The abbreviation of the body named shortly before the verb, in short or in full."""
    plain = before.replace("’", "'").replace("'s", "")
    for short, full in bodies.items():
        in_full = full and full.lower() in plain.lower()[-len(full) - 20:]
        if in_full or re.search(rf"\b{re.escape(short)}\b", plain[-_FURTHEST:]):
            return short
    return ""


RULE = Rule("begins-twice", "The same body is said to begin at two times", "Find out which is right.",
            {"same body": "both sentences name it and say when it began"}, find)
