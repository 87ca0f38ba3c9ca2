"""The table of contents against the headings."""
import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.document import Heading
from goldthread.reports.document.model import Entry

ALIKE = 0.55


def find(facts: Facts) -> Iterator[Found]:
    headings = facts.document.headings
    numbered = {each.number: each for each in headings if each.number}
    last = 0
    for entry in facts.document.contents:
        heading = _by_title(entry, headings) or numbered.get(entry.number)
        if heading is not None and heading.number and entry.number and heading.number != entry.number and (
                _plain(entry.number) not in _plain(heading.title)):
            yield _found(entry, heading.number, f"the heading “{heading.title}” has the number {heading.number}",
                         "other number")
        elif heading is None and entry.number and len(numbered) > 2:
            yield _found(entry, "no such heading", f"no heading of the document has the number {entry.number}", "missing")
        elif heading is not None and entry.number == heading.number and not _alike(entry.title, heading.title):
            yield _found(entry, heading.title, f"the heading {heading.number} reads “{heading.title}”", "other words")
        if entry.page is not None:
            if entry.page < last:
                yield _found(entry, f"page {last} or later", f"the entry before it is on page {last}", "pages fall")
            last = max(last, entry.page)
            if facts.document.pages and entry.page > facts.document.pages:
                yield _found(entry, f"at most page {facts.document.pages}", f"the document has {facts.document.pages} pages",
                             "beyond the end")


def _by_title(entry: Entry, headings: tuple[Heading, ...]) -> Heading | None:
    words = _plain(f"{entry.number} {entry.title}")
    same = [each for each in headings if _plain(f"{each.number} {each.title}").endswith(words)
            or _plain(entry.title) == _plain(each.title)]
    return next((each for each in same if each.number == entry.number), same[0] if len(same) == 1 else None)


def _alike(one: str, other: str) -> bool:
    first, second = _plain(one), _plain(other)
    return first.startswith(second) or second.startswith(first) or SequenceMatcher(None, first, second).ratio() >= ALIKE


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold().replace("&", " and ").replace("programme", "program")))


def _found(entry: Entry, recomputed: str, how: str, ground: str) -> Found:
    return Found(entry.at, f"{entry.number} {entry.title}".strip(), f"page {entry.page}" if "page" in how else entry.title,
                 recomputed, how, ground)


RULE = Rule("contents", "The table of contents does not match the headings", "Make the contents again from the headings.",
            {"other number": "the heading with these words has another number",
             "missing": "no heading has this number", "other words": "the heading of this number reads quite differently",
             "pages fall": "pages of contents never go back", "beyond the end": "the document has fewer pages"}, find)
