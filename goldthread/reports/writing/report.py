"""The whole report as sections, before it takes any form."""
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from goldthread.reports.arithmetic import rows_text
from goldthread.reports.checking.consistency import Consistency, check_consistency
from goldthread.reports.reading.records import Inputs, SourceFile
from goldthread.reports.writing.blocks import (
    Bullets,
    Card,
    Cards,
    Cell,
    Column,
    Findings,
    Heading,
    Section,
    Table,
    Terms,
    Text,
)
from goldthread.reports.writing.budget_part import budget_section
from goldthread.reports.writing.checklist import edition_on, glossary, items
from goldthread.reports.writing.figures import Figure, Figures
from goldthread.reports.writing.indicators_part import indicators_section
from goldthread.reports.writing.training_part import training_section

TABLES = {"training-courses": "Training courses", "budget": "Budget", "indicators": "Indicators",
          "printed-totals": "Printed totals"}
DUTIES = {"must": "Must", "should": "Should", "custom": "By custom"}


@dataclass(frozen=True)
class Report:
    """Everything the report says. Forms (web page, PDF, Word) only lay it out."""

    title: str
    name: str
    made_at: datetime
    inputs: Inputs
    consistency: Consistency
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]

    @property
    def origin(self) -> str:
        return f"from the files in “{self.inputs.name}”"

    @property
    def foot(self) -> str:
        return "Every figure here can be traced to a file and a row. See “How the figures were made”."


class Written(Protocol):
    """What forms lay out: a title, whose it is, when and from what it was made, and its sections."""

    @property
    def title(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def origin(self) -> str: ...
    @property
    def foot(self) -> str: ...
    @property
    def sections(self) -> tuple[Section, ...]: ...


def make_report(inputs: Inputs, *, now: datetime, title: str | None = None) -> Report:
    """Work out figures, check the printed ones and put the sections together. Pure."""
    name = readable_name(inputs.name)
    consistency = check_consistency(inputs)
    figures = Figures()
    training, training_head = training_section(inputs, figures, list(consistency.checks))
    budget, budget_head = budget_section(inputs, figures)
    indicators = indicators_section(inputs, figures)
    sections = [_glance(inputs, consistency, training_head, budget_head), training, budget, indicators,
                _consistency(consistency), _how(figures), _sources(inputs), _checklist(inputs, now)]
    terms = glossary(" ".join(_words(sections)))
    if terms:
        sections.append(Section("glossary", "What the words mean", "", [Terms(terms)]))
    return Report(title or f"Yearly report: {name}", name, now, inputs, consistency, tuple(figures.all),
                  tuple(sections))


def readable_name(folder: str) -> str:
    """“hillingdon-2017-18” → “Hillingdon 2017-18”."""
    kept = re.sub(r"(?<=\d{4})[-_](?=\d\d(?!\d))", "\u2011", folder)
    words = re.sub(r"[-_]+", " ", kept).replace("\u2011", "-").strip()
    return words[:1].upper() + words[1:] if words else "Partnership"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _glance(inputs: Inputs, checked: Consistency, training: dict[str, Figure], budget: dict[str, Figure]) -> Section:
    section = Section("glance", "At a glance")
    cards = []
    for head, key, label, note in ((training, "attendees", "Training places taken up", "all courses together"),
                                   (training, "takeup", "Take-up", "where places were counted"),
                                   (budget, "income", "Income", ""), (budget, "expenditure", "Expenditure", "")):
        if key in head:
            cards.append(Card(label, head[key].text, note, head[key]))
    if "variance" in budget:
        over = budget["variance"].value < 0
        cards.append(Card("Overspend" if over else "Underspend", budget["variance"].text.lstrip("−"),
                          "income less expenditure", budget["variance"], "look" if over else "plain"))
    wrong, total = len(checked.findings), len(checked.checks)
    if total:
        cards.insert(0, Card("Printed figures that do not hold", f"{wrong} of {total}",
                             f"{len(checked.holding)} hold, {len(checked.unchecked)} could not be checked",
                             tone="look" if wrong else "good"))
    section.lead = _opening(checked)
    section.blocks.append(Cards(tuple(cards)))
    gaps = [each for each in inputs.sources.values() if each.state != "read"]
    if gaps:
        section.blocks.append(Bullets(tuple(_gap(each) for each in gaps)))
    return section


def _opening(checked: Consistency) -> str:
    wrong, total = len(checked.findings), len(checked.checks)
    if not total:
        return "The files print no totals, percentages or changes, so there was nothing to check."
    if not wrong:
        return f"We worked out again {_count(total, 'printed figure', 'printed figures')} and found none that is wrong."
    return (f"We worked out again {_count(total, 'printed figure', 'printed figures')}. "
            f"{_count(wrong, 'does', 'do')} not hold: put {'it' if wrong == 1 else 'them'} right before you publish.")


def _gap(source: SourceFile) -> str:
    table = TABLES[source.kind]
    if source.state == "missing":
        return f"{table}: there is no file {source.name}, so the report leaves this part out."
    return f"{table}: the file {source.name} has no rows, so the report leaves this part out."


def _consistency(checked: Consistency) -> Section:
    section = Section("consistency", "Figures that do not hold", _opening(checked))
    if checked.findings:
        section.blocks.append(Findings(tuple(checked.findings)))
        section.blocks.append(Text(
            "“Certain” is plain arithmetic within one table. “Likely” compares two places in the report that seem to "
            "speak of the same thing. “Possible” is literally true but likely to mislead."))
    if checked.unchecked:
        section.blocks += [Heading("Could not be checked", "unchecked"),
                           Text("We do not call these wrong: nothing in the files tells us enough."),
                           _unchecked(checked)]
    if checked.holding:
        section.blocks += [Heading("Figures that hold", "holding"), _holding(checked)]
    return section


def _unchecked(checked: Consistency) -> Table:
    return Table("unchecked-table", "Printed figures that could not be checked",
                 (Column("Where"), Column("Printed"), Column("Why")),
                 tuple((Cell(each.where), Cell(each.stated), Cell(_sentence(each.reason)))
                       for each in checked.unchecked))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _holding(checked: Consistency) -> Table:
    return Table("holding-table", "Printed figures that were worked out again and hold",
                 (Column("Where"), Column("Printed"), Column("Worked out"), Column("Arithmetic")),
                 tuple((Cell(each.where), Cell(each.stated), Cell(each.recomputed), Cell(each.arithmetic))
                       for each in checked.holding))


def _how(figures: Figures) -> Section:
    derived = [each for each in figures.all if each.derived]
    section = Section("how", "How the figures were made",
                      f"{len(figures.all) - len(derived)} figures stand as they are in the files; "
                      f"{len(derived)} were worked out from them, as shown here. Percentages are shown to one decimal.")
    if derived:
        rows = tuple((Cell(each.label), Cell(each.text), Cell(each.how), Cell(_source(each))) for each in derived)
        section.blocks.append(Table("how-table", "Figures that were worked out",
                                    (Column("Figure"), Column("Value", True), Column("How"), Column("From")), rows))
    return section


def _source(figure: Figure) -> str:
    return f"{figure.file}, {rows_text(figure.rows)}"


def _sources(inputs: Inputs) -> Section:
    states = {"read": "Read", "empty": "No rows", "missing": "No such file"}
    rows = tuple((Cell(TABLES[kind]), Cell(each.name), Cell(states[each.state]), Cell(str(each.rows)),
                  Cell(each.sha256[:16] or "–"), Cell(" ".join(each.notes))) for kind, each in inputs.sources.items())
    section = Section("sources", "Sources", "Row numbers count as a spreadsheet does: the header is row 1.", [
        Table("sources-table", "Files the report is made from",
              (Column("Table"), Column("File"), Column("State"), Column("Rows", True), Column("Fingerprint"),
               Column("Remarks")), rows)])
    if inputs.notes:
        section.blocks.append(Bullets(tuple(inputs.notes)))
    section.blocks.append(Text("The fingerprint is the start of the file's SHA-256 sum: "
                               "it changes if the file changes."))
    return section


def _checklist(inputs: Inputs, now: datetime) -> Section:
    edition = edition_on(now.date())
    section = Section("checklist", "What a yearly report should hold")
    if edition is None:
        section.lead = "No list of contents was in force on the day this report was made."
        return section
    found = items(edition, inputs)
    without = [each for each in found if not each.evidence]
    section.lead = (f"{edition.name}, in force on {now.day} {now:%B %Y}, asks for more than numbers. The files give "
                    f"some evidence for {len(found) - len(without)} of {len(found)} items; the other {len(without)} "
                    "have to be written.")
    rows = tuple((Cell(each.id), Cell(each.text), Cell(DUTIES[each.duty]),
                  Cell("Some evidence" if each.evidence else "Missing"),
                  Cell("; ".join(each.evidence) or "Nothing in these files")) for each in found)
    section.blocks.append(Table("checklist-table", "Contents of the yearly report, and what these files give",
                                (Column("Item"), Column("What it is"), Column("Duty"), Column("State"),
                                 Column("Evidence in the files")), rows))
    section.blocks.append(Text(f"Source: {edition.source}. {edition.note}".strip()))
    return section


def _words(sections: list[Section]):
    for section in sections:
        yield section.lead
        for block in section.blocks:
            if block.kind == "table":
                yield from (cell.text for row in block.rows for cell in row)
                yield from (column.label for column in block.columns)
            elif block.kind in ("text", "heading"):
                yield block.text
