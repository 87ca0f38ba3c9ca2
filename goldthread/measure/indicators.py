"""What is measured: indicators as dated declarations of `rules/data/indicators`, read and checked."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from goldthread.measure.conditions import BadCondition, comparisons
from goldthread.measure.facts import TABLES, WORKED_ORIGINS, WORKED_RESULTS
from goldthread.rules.data_files import BadData, names, toml

FOLDER = "indicators"
SPANS_FILE, RETURNED_FILE = "spans.toml", "returned.toml"
UNITS = {"n": "number", "%": "per cent", "rate": "for every 10,000 children", "per-100k": "for every 100,000 people",
         "ratio": "for each", "mean": "on average", "weeks": "weeks", "change": "people"}
POLARITIES = {"higher": "higher is better", "lower": "lower is better", "neutral": "says nothing by itself",
              "target": "has a target"}
PERIODS = {"month": "month", "quarter": "quarter", "year": "year", "term": "school term"}
COUNTS = {"records": "records", "children": "children each time", "different": "different children",
          "thrice": "children with three or more", "hours": "middle of the hours",
          "numbers": "numbers added up", "last": "number of the last month",
          "open": "children for whom it is open at the end", "open-different": "different children open at the end"}
COUNTED_IN = {"records": {"happened", "answered", "limits", "worked"}, "hours": {"limits"}, "numbers": {"returned"},
              "last": {"returned"}, "open": {"spans"}, "open-different": {"spans"}}
RECORDED = {"happened", "answered", "limits"}


@dataclass(frozen=True)
class Count:
    """What is counted: of which table, which rows, and what of them (a key of COUNTS)."""

    table: str
    where: str
    counts: str

    @property
    def additive(self) -> bool:
        """Whether the counts of two months add up to that of both."""
        return self.counts in ("records", "children", "numbers")

    @property
    def at_end(self) -> bool:
        """Whether it is how something stands at a period's end."""
        return self.counts in ("last", "open", "open-different")


@dataclass(frozen=True)
class Indicator:
    """One number with its meaning. numerator of denominator, or of `population` (a published series), or alone.

    reference: number in the list of indicators it follows. owner: kind of agency that answers for it. priority: what the
    partnership wants with it. over_years: only told summed over so many years, because it is rare and grave; 0: as it is.
    target: in the unit. source: guidance and place.
    """

    key: str
    reference: str
    title: str
    meaning: str
    numerator: Count
    denominator: Count | None
    population: str
    unit: str
    polarity: str
    period: str
    owner: str
    source: str
    priority: str
    comparators: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    target: float | None = None
    over_years: int = 0

    @property
    def sensitive(self) -> bool:
        """Whether single periods of it are kept to those who may open its records."""
        return self.over_years > 0

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def counts(self) -> tuple[Count, ...]:
        return (self.numerator, self.denominator) if self.denominator else (self.numerator,)

    @cached_property
    def processes(self) -> tuple[str, ...]:
        """The processes in whose records it counts: those its conditions name, or those of the times they name."""
        of_span = {rule.key: rule.process for rule in spans()}
        named = [text if told.column == "process" else of_span.get(text, "") for count in self.counts
                 for told in comparisons(count.where) if told.column in ("process", "span") for text in told.texts]
        return tuple(dict.fromkeys(filter(None, named)))


@dataclass(frozen=True)
class SpanRule:
    """A time worked out from records: open from a record that begins it (step, outcomes) to one that ends it or the
    case's end. state: the field whose answer it is in meanwhile. after: counted only so many years after it began.
    """

    key: str
    title: str
    process: str
    begins: tuple[tuple[str, tuple[str, ...]], ...]
    ends: tuple[tuple[str, tuple[str, ...]], ...]
    state: str = ""
    after: int = 0


@dataclass(frozen=True)
class Known:
    """The words that conditions may use, from the declarations of processes and returns.

    steps: by process, the outcomes of each step. answers: by process and step, the codes of each field. clocks: by
    process. specifications: by key and table, the codes of each column; a column of numbers has none. agencies: the kinds.
    """

    steps: Mapping[str, Mapping[str, frozenset[str]]]
    answers: Mapping[tuple[str, str], Mapping[str, frozenset[str]]]
    clocks: Mapping[str, frozenset[str]]
    specifications: Mapping[tuple[str, str], Mapping[str, frozenset[str]]]
    agencies: frozenset[str]


@cache
def all_indicators() -> tuple[Indicator, ...]:
    """Every indicator there ever was, in the order of the files. Raises BadData."""
    found = []
    for name in names(".toml", FOLDER):
        if name not in (SPANS_FILE, RETURNED_FILE):
            file = toml(FOLDER, name)
            found += [read(row | {"priority": row.get("priority", file["priority"]), "from": row.get("from", file["from"])},
                           name) for row in file["indicator"]]
    return tuple(found)


def indicators(on: date) -> tuple[Indicator, ...]:
    """Those in force on a day."""
    return tuple(each for each in all_indicators() if each.in_force(on))


def indicator(key: str) -> Indicator:
    """One by its key. Raises KeyError."""
    return next((each for each in all_indicators() if each.key == key), None) or _missing(key)


#: Each says what is counted under a key that is let out and yet none of the scorecard's; filled by rooms above.
others: list[Callable[[str], Indicator | None]] = []


def released(key: str) -> Indicator:
    """What a figure of a release counts: an indicator, or what a report counts besides. Raises KeyError."""
    return next((found for find in others if (found := find(key))), None) or indicator(key)


def _missing(key: str) -> Indicator:
    raise KeyError(key)


@cache
def spans() -> tuple[SpanRule, ...]:
    """The times that are worked out from records. Raises BadData."""
    def ends(row: dict[str, Any], name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((step, tuple(outcomes)) for step, outcomes in row.get(name, {}).items())
    return tuple(SpanRule(row["key"], row["title"], row["process"], ends(row, "begins"), ends(row, "ends"),
                          row.get("state", ""), row.get("after", 0)) for row in toml(FOLDER, SPANS_FILE)["span"])


@cache
def told_steps() -> frozenset[tuple[str, str]]:
    """The steps of processes that returns tell of as well, so that our own records of them are not all that is counted."""
    said = [each["counts"] for each in toml(FOLDER, RETURNED_FILE)["event"]]
    return frozenset((each["process"], each["step"]) for each in said if "step" in each)


_NEEDED = ("key", "reference", "title", "meaning", "numerator", "unit", "polarity", "period", "owner", "source", "priority",
           "from")
_ALLOWED = {*_NEEDED, "denominator", "population", "comparators", "to", "target", "over_years"}


def read(row: Mapping[str, Any], file: str) -> Indicator:
    """One declaration. Raises BadData, naming the indicator and what is wrong."""
    where = f"indicators/{file}, {row.get('key', 'an indicator without a key')}"
    if missing := [name for name in _NEEDED if not row.get(name)]:
        raise BadData(f"{where}: {', '.join(missing)} is missing.")
    if unknown := sorted(set(row) - _ALLOWED):
        raise BadData(f"{where}: {', '.join(unknown)} is nothing that an indicator has.")
    for name, allowed in (("unit", UNITS), ("polarity", POLARITIES), ("period", PERIODS)):
        if row[name] not in allowed:
            raise BadData(f"{where}: {name} is one of {', '.join(allowed)}, not “{row[name]}”.")
    if "denominator" in row and "population" in row:
        raise BadData(f"{where}: it has a denominator and a population; one is enough.")
    if row.get("over_years", 0) not in (0, *range(2, 11)):
        raise BadData(f"{where}: over_years is a number of years from 2 to 10.")
    denominator = _count(row["denominator"], where) if "denominator" in row else None
    return Indicator(row["key"], str(row["reference"]), row["title"], row["meaning"], _count(row["numerator"], where),
                     denominator, row.get("population", ""), row["unit"], row["polarity"], row["period"], row["owner"],
                     row["source"], row["priority"], tuple(row.get("comparators", ())), row["from"], row.get("to"),
                     row.get("target"), row.get("over_years", 0))


def _count(row: Mapping[str, str], where: str) -> Count:
    if set(row) - {"table", "process", "where", "counts"} or not {"table", "counts"} <= set(row):
        raise BadData(f"{where}: a count has table and counts, and may have process and where.")
    if row["counts"] not in COUNTS:
        raise BadData(f"{where}: counts is one of {', '.join(COUNTS)}, not “{row['counts']}”.")
    parts = [f"process = '{row['process']}'"] if "process" in row else []
    parts += [f"({row['where']})" if " or " in row["where"] else row["where"]] if row.get("where") else []
    return Count(row["table"], " and ".join(parts), row["counts"])


def faults(known: Known) -> list[str]:
    """What is wrong with the declarations, in words; empty when all can be counted. Run at the start."""
    try:
        every, times = all_indicators(), spans()
    except (BadData, KeyError) as wrong:
        return [str(wrong)]
    keys = [each.key for each in every]
    found = [f"indicator {key} is declared twice" for key in sorted({key for key in keys if keys.count(key) > 1})]
    found += [f"span {span.key}: {fault}" for span in times for fault in _of_span(span, known)]
    named = {"case", *(span.key for span in times)}
    found += [f"indicator {each.key}: {fault}" for each in every for count in each.counts
              for fault in faults_of(count, known, named)]
    return found + [f"indicator {each.key}: there is no kind of agency “{each.owner}”" for each in every
                    if each.owner not in known.agencies]


def faults_of(count: Count, known: Known, spans: Iterable[str]) -> list[str]:
    """What is wrong with one count."""
    table = TABLES.get(count.table)
    if table is None:
        return [f"there is no table “{count.table}”; there are {', '.join(TABLES)}"]
    try:
        compared = comparisons(count.where)
    except BadCondition as wrong:
        return [f"{wrong}, in: {count.where}"]
    found = [f"{table.key} has no column “{each.column}” to be named; it has {', '.join(table.named)}" for each in compared
             if each.column not in table.named]
    if table.key not in COUNTED_IN.get(count.counts, RECORDED):
        found.append(f"{COUNTS[count.counts]} are not counted in {table.key}")
    if found:
        return found
    named: dict[str, list[str]] = {}
    for each in compared:
        if not each.like:
            named.setdefault(each.column, []).extend(each.texts)
    return [fault for column, texts in named.items() for fault in _unknown(column, texts, _words(named, known, spans))]


def _words(named: Mapping[str, list[str]], known: Known, spans: Iterable[str]) -> dict[str, frozenset[str] | None]:
    """For each column that a declaration gives the words of, those it may be compared with here."""
    processes = named.get("process", list(known.steps))
    steps = named.get("step", [step for process in processes for step in known.steps.get(process, ())])
    words: dict[str, frozenset[str] | None] = {
        "process": frozenset(known.steps), "agency": known.agencies, "span": frozenset(spans), "kept": frozenset(
            {"kept", "late", "running"}), "again": frozenset({"yes", "no"}),
        "step": frozenset(step for process in processes for step in known.steps.get(process, ())),
        "clock": frozenset(clock for process in processes for clock in known.clocks.get(process, ())),
        "recorded": frozenset({"yes", "no"}), "kind": frozenset(WORKED_RESULTS),
        "result": _of_kinds(WORKED_RESULTS, named), "origin": _of_kinds(WORKED_ORIGINS, named),
        "outcome": frozenset(each for process in processes for step in steps
                             for each in known.steps.get(process, {}).get(step, ()))}
    if "specification" in named or "part" in named:
        tables = {key: columns for key, columns in known.specifications.items()
                  if key[0] in named.get("specification", [key[0]]) and key[1] in named.get("part", [key[1]])}
        words["specification"] = frozenset(key for key, _ in known.specifications)
        words["part"] = frozenset(part for key, part in known.specifications
                                  if key in named.get("specification", [key]))
        fields: list[Mapping[str, frozenset[str]]] = list(tables.values())
    else:
        fields = [known.answers.get((process, step), {}) for process in processes for step in steps]
    words["field"] = frozenset(name for each in fields for name in each)
    answers = frozenset(code for each in fields for name, codes in each.items() if name in named.get("field", [name])
                        for code in codes)
    words["answer"] = answers | {""}
    return words


def _of_kinds(words: Mapping[str, Iterable[str]], named: Mapping[str, list[str]]) -> frozenset[str]:
    return frozenset(each for kind in named.get("kind", list(words)) for each in words.get(kind, ()))


def _unknown(column: str, texts: Iterable[str], words: Mapping[str, frozenset[str] | None]) -> list[str]:
    allowed = words.get(column)
    if allowed is None:
        return []
    some = ", ".join(sorted(allowed - {""})[:12]) or "none here"
    return [f"{column} is never “{text}”; there are {some}" for text in texts if text not in allowed]


def _of_span(span: SpanRule, known: Known) -> list[str]:
    steps = known.steps.get(span.process)
    if steps is None:
        return [f"there is no process “{span.process}”"]
    found = []
    for step, outcomes in (*span.begins, *span.ends):
        if step not in steps:
            found.append(f"{span.process} has no step “{step}”")
        found += [f"{step} never comes out “{each}”" for each in outcomes if each not in steps.get(step, ())]
    return found
