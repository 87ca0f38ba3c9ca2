"""The consistency check of any report: `check_document(document)`. Pure: the same document gives the same findings."""
from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.reports.checking.explained import explained
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Finding, finding
from goldthread.reports.checking.rules import RULES
from goldthread.reports.document import Document


@dataclass(frozen=True)
class Checked:
    """What was found, in the order of the document, in how many numbers, and the year the report is on ("" if untold)."""

    findings: tuple[Finding, ...]
    numbers: int
    year: str


def check_document(document: Document, earlier: Sequence[Document] = ()) -> Checked:
    """Hold a report against itself, and against reports of years before where given."""
    facts = Facts(document, tuple(Facts(each) for each in earlier))
    found = [finding(rule, each) for rule in RULES for each in rule.find(facts) if not explained(each, facts)]
    found.sort(key=lambda each: -each.certainty)
    told: dict[tuple, Finding] = {}
    for each in found:
        told.setdefault((each.quote, each.stated), each)
    return Checked(tuple(sorted(told.values(), key=lambda each: (each.at.page or 0, each.at.line))), facts.numbers,
                   facts.year)
