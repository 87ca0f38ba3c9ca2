"""What children said and what changed because of it, out of a report, for the page that everybody reads.

Only what somebody wrote in the section on children's voice, and nothing of it that the text gate stops at, even where it
was answered: what may stand in a report that adults read is not put at the top of a page for children.
"""
from __future__ import annotations

from typing import Any

from goldthread.reports.writing.blocks import Heading, Listed, Quote, Rich, words
from goldthread.reports.yearly import findings
from goldthread.reports.yearly.composing import Composed
from goldthread.reports.yearly.findings import Names

SECTION = "voice"


def voice(made: Composed, names: Names) -> list[dict[str, Any]]:
    """Headings, paragraphs, lists and quotes in order, each as plain words; empty where the section says nothing.

    A heading that nothing follows is left out.
    """
    sections = [each for each in made.written if each.id == SECTION]
    stopped = [each.quote for each in findings.given_away(made, sections, names)]
    found: list[dict[str, Any]] = []
    for block in (block for each in sections for block in each.blocks):
        told = _told(block)
        if told is None or any(quote in text for quote in stopped for text in told["texts"]):
            continue
        if told["kind"] == "heading" and found and found[-1]["kind"] == "heading":
            found.pop()
        found.append(told)
    return found[:-1] if found and found[-1]["kind"] == "heading" else found


def _told(block: Any) -> dict[str, Any] | None:
    if isinstance(block, Heading):
        return {"kind": "heading", "texts": [block.text]}
    if isinstance(block, Quote):
        return {"kind": "quote", "texts": [words(each) for each in block.paragraphs], "by": block.by}
    if isinstance(block, Listed):
        return {"kind": "list", "texts": [words(each) for each in block.items]}
    if isinstance(block, Rich):
        return {"kind": "text", "texts": [words(block.runs)]}
    return None  # tables and drawings are in the report
