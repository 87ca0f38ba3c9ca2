"""What the rules look at: a document's sentences, numbers and tables, read once."""
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from goldthread.reports.checking.ends import Ends, all_ends
from goldthread.reports.checking.finding import Spot
from goldthread.reports.checking.grids import Grid
from goldthread.reports.checking.mentions import Mention, mentions_in
from goldthread.reports.checking.periods import year_of
from goldthread.reports.checking.told import Told, told_on
from goldthread.reports.document import Document
from goldthread.reports.document.sentences import Sentence, sentences
from goldthread.reports.words import tokens

OFTEN = 3
_PLACE = re.compile(r"\b(?:Borough|City|County|Council) of ([A-Z][a-z]{3,})|\b([A-Z][a-z]{3,}) (?:LSC[BP]|SCP|Council"
                    r"|Borough|"
                    r"County|City|Safeguarding Children)\b")
_REPORT_WORDS = frozenset(tokens("annual yearly report safeguarding children partnership board local statement account "
                                 "young "
                                 "people training budget indicators performance"))


@dataclass(frozen=True)
class Facts:
    """A document taken apart; `earlier`: reports of years before, taken apart likewise."""

    document: Document
    earlier: Sequence["Facts"] = ()

    @cached_property
    def year(self) -> str:
        """The financial year the report is on, "" if it cannot be told."""
        return year_of(self.document)

    @cached_property
    def own(self) -> frozenset[str]:
        """The area's own name, which tells nothing apart: words of the title, and what stands often beside “Council”."""
        names = re.findall(r"\b[A-Z][a-z]{3,}\b", self.document.title)
        text = " ".join([*(each.text for each in self.document.paragraphs),
                         *(each.title for each in self.document.headings)])
        beside = Counter(name for pair in _PLACE.findall(text) for name in pair if name)
        names += [name for name, times in beside.items() if times >= OFTEN]
        return frozenset(tokens(" ".join(names))) - _REPORT_WORDS

    @cached_property
    def sentences(self) -> list[Sentence]:
        return list(sentences(self.document))

    @cached_property
    def mentions(self) -> list[list[Mention]]:
        """The numbers of each sentence that has any."""
        found = (mentions_in(each, self.year) for each in self.sentences)
        return [each for each in found if each]

    @cached_property
    def told(self) -> list[Told]:
        """Each sentence with two numbers or more, as numbers with the words between them."""
        return [each for passage in self.passages for each in passage if len(each.pieces) > 1]

    @cached_property
    def ends(self) -> list[Ends]:
        """The two ends of every change that is told with both."""
        return list(all_ends(self.sentences, self.told, self.year))

    @cached_property
    def passages(self) -> list[list[Told]]:
        """Each paragraph, or run of list items, as its sentences taken apart, those without a number left out."""
        first: dict[int, int] = {}
        for each in self.sentences:
            first.setdefault(each.block, first.get(each.block - 1, each.block) if each.item else each.block)
        found = [[told for each in block if (told := Told(each, each.text, self.year)).pieces]
                 for _, block in groupby(self.sentences, key=lambda each: first[each.block])]
        return [each for each in found if each]

    @cached_property
    def places(self) -> dict[Sentence, tuple[int, int]]:
        """For each sentence which passage it is of and its place there; one without a number has that of the one before.

        A paragraph that has no number before a sentence has no place for it.
        """
        found = {told.sentence: (number, place) for number, passage in enumerate(self.passages)
                 for place, told in enumerate(passage)}
        for before, sentence in zip(self.sentences, self.sentences[1:], strict=False):
            if sentence not in found and before in found and before.block == sentence.block:
                found[sentence] = found[before]
        return found

    def spot(self, mention: Mention) -> Spot | None:
        """A mention's number among those of its sentence; None for one of another report."""
        if mention.sentence not in self.places:
            return None
        passage, at = self.places[mention.sentence]
        told = self.passages[passage][at]
        place = next((n for n, each in enumerate(told.pieces) if each.start == mention.start), None)
        return None if place is None else Spot(told, place, mention.statement)

    @cached_property
    def told_on(self) -> list[Told]:
        """Pairs of sentences of which the second goes on with “of these”."""
        return told_on(self.sentences, self.year)

    @cached_property
    def grids(self) -> list[Grid]:
        found = (Grid(each) for each in self.document.tables)
        return [each for each in found if each.columns]

    @cached_property
    def numbers(self) -> int:
        """How many numbers were read: those of sentences and those of tables."""
        return sum(map(len, self.mentions)) + sum(
            cell is not None for grid in self.grids for row in grid.rows for cell in grid.cells[row])
