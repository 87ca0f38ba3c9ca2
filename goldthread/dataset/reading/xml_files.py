"""XML read as it streams by: one record at a time, no entities, nothing fetched, what was read forgotten."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from lxml import etree

from goldthread.dataset.reading.batches import BATCH, ROW, Batch, Source
from goldthread.dataset.reading.text_files import MOST_BYTES
from goldthread.dataset.specification.definition import Specification, Table
from goldthread.files.eicar import EICAR
from goldthread.files.faults import BadFile, need
from goldthread.files.tables.findings import Findings

MOST_STRANGE = 200  # elements that are told of one by one
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
        "remove_pis": True}
ROWS_HELD = BATCH // 4


@dataclass
class Node:
    """What may stand in an element: the place of the column it fills, the table it is a row of, and elements below it."""

    place: int | None = None
    title: str = ""
    table: Table | None = None
    below: dict[str, Node] = field(default_factory=dict)


@dataclass
class Held:
    """Rows of a table that wait to be handed on, the line of each first; `above`: places filled from the row above."""

    table: Table
    above: list[tuple[int, int]]
    rows: list[list[Any]] = field(default_factory=list)

    def batch(self, sheet: str) -> Batch:
        schema = {ROW: pl.UInt32, **dict.fromkeys((each.name for each in self.table.columns), pl.String)}
        found = Batch(self.table, sheet, pl.DataFrame(self.rows, schema=schema, orient="row"))
        self.rows = []
        return found


def read_xml(source: Source, spec: Specification, found: Findings) -> Iterator[Batch]:
    """The rows of an XML file. Raises BadFile for one that is not well-formed, declares entities or is too large."""
    need(source.path.stat().st_size <= MOST_BYTES, f"This file is larger than {MOST_BYTES // 1024 ** 2} MB.")
    _refuse_virus(source)
    try:
        _look_at_outermost(source, spec)
        yield from _Reader(spec, source.name, found).batches(source)
    except etree.XMLSyntaxError as wrong:
        raise BadFile(f"This XML file breaks off or is not well-formed in line {wrong.lineno or 1}. "
                      "Make it anew in the system it comes from.") from wrong


def _refuse_virus(source: Source) -> None:
    begun = b""
    with source.path.open("rb") as handle:
        while chunk := handle.read(1 << 22):
            need(EICAR not in begun + chunk, "A virus was found in this file. It is not taken.")
            begun = chunk[-len(EICAR):]


def _look_at_outermost(source: Source, spec: Specification) -> None:
    """Raises BadFile for definitions of entities, which no return needs, and for another kind of XML."""
    with source.path.open("rb") as handle:
        _, element = next(iter(etree.iterparse(handle, events=("start",), **SAFE)))
        info = element.getroottree().docinfo
        need(not info.doctype and info.internalDTD is None,
             "This XML file declares definitions (DOCTYPE), which no return needs. Take them out.")
        need(element.tag == spec.root, f"This is another kind of XML: its outermost element is “{element.tag}”, "
             f"not “{spec.root}”.")


def tree(spec: Specification) -> Node:
    """The elements a return may have, from the outermost on."""
    root, of_table = Node(), {}
    for table in spec.tables:
        node = _under(of_table[table.within] if table.within else root, table.element)
        node.table = table
        of_table[table.key] = node
        for place, column in enumerate(table.columns, start=1):
            if not column.from_parent:
                at = _under(node, column.at)
                at.place, at.title = place, column.title
    return root


def _under(node: Node, path: str) -> Node:
    for tag in path.split("/"):
        if tag != ".":
            node = node.below.setdefault(tag, Node())
    return node


class _Reader:
    """The reading of one file."""

    def __init__(self, spec: Specification, sheet: str, found: Findings) -> None:
        self.sheet, self.found, self.root, self.strange = sheet, found, tree(spec), 0
        self.held = {table.key: Held(table, _above(spec, table)) for table in spec.tables}
        self.records = {table.element.rpartition("/")[2]: table for table in spec.tables if not table.within}
        self.paths = {table.key: table.element.split("/") for table in self.records.values()}

    def batches(self, source: Source) -> Iterator[Batch]:
        with source.path.open("rb") as handle:
            events = etree.iterparse(handle, events=("end",), tag=list(self.records), **SAFE)
            for _, element in events:
                node = self._node(element)
                if node is None or node.table is None:
                    continue  # the same name elsewhere: told of when what it stands in is read
                self._row(element, node, None)
                self._forget(element)
                if any(len(held.rows) >= ROWS_HELD for held in self.held.values()):
                    yield from self._hand_on()
            if events.root is not None:
                self._leftover(events.root, self.root)
        yield from self._hand_on()

    def _hand_on(self) -> Iterator[Batch]:
        return (held.batch(self.sheet) for held in self.held.values() if held.rows)

    def _node(self, element: Any) -> Node | None:
        """Where a record stands in the tree of the return; None in another place."""
        path = [element.tag, *(each.tag for each in element.iterancestors())][::-1][1:]
        node: Node | None = self.root
        for tag in path:
            node = node.below.get(tag) if node else None
        return node

    def _row(self, element: Any, node: Node, above: list[Any] | None) -> None:
        assert node.table is not None
        held = self.held[node.table.key]
        row: list[Any] = [None] * (len(node.table.columns) + 1)
        row[0] = element.sourceline
        if above is not None:
            for place, there in held.above:
                row[place] = above[there]
        if node.place is not None:
            row[node.place] = _text(element)
        below: list[tuple[Any, Node]] = []
        self._fill(element, node, row, below)
        held.rows.append(row)
        for each, its in below:  # after all of the row's own columns are there to be repeated
            self._row(each, its, row)

    def _fill(self, element: Any, node: Node, row: list[Any], below: list[tuple[Any, Node]]) -> None:
        known = node.below
        for each in element:
            its = known.get(each.tag)
            if its is None:
                self._strange(each, element.tag)
            elif its.table is not None:
                below.append((each, its))
            else:
                if its.place is not None:
                    if row[its.place] is not None:
                        self._add(each, its.title, "this element is there twice", "Keep one of them.")
                    row[its.place] = _text(each)
                if len(each):
                    self._fill(each, its, row, below)

    def _forget(self, element: Any) -> None:
        """Let go of a record and of what stands before it, once that is looked at."""
        element.clear()
        parent = element.getparent()
        node = self._node(parent) if parent.getparent() is not None else self.root
        while (before := element.getprevious()) is not None:
            if node is None or before.tag not in node.below:
                self._strange(before, parent.tag)
            del parent[0]

    def _leftover(self, element: Any, node: Node) -> None:
        """What is left when all records are forgotten: an element there that the return has not is told of."""
        for each in element:
            its = node.below.get(each.tag)
            if its is None:
                self._strange(each, element.tag)
            elif its.table is None:
                self._leftover(each, its)

    def _strange(self, element: Any, inside: str) -> None:
        self.strange += 1
        if self.strange <= MOST_STRANGE:
            self._add(element, str(element.tag), f"there is no such element in “{inside}”",
                      "Take it out, or choose the return it belongs to.")

    def _add(self, element: Any, column: str, rule: str, mend: str) -> None:
        self.found.add(self.sheet, element.sourceline or 0, column, _text(element) or "", rule, mend)


def _above(spec: Specification, table: Table) -> list[tuple[int, int]]:
    """The places of a table's columns that repeat one of the table above, each with its place there."""
    def place(where: Table, name: str) -> int:
        return [each.name for each in where.columns].index(name) + 1
    return [(place(table, each.name), place(spec.table(table.within), each.from_parent))
            for each in table.columns if each.from_parent]


def _text(element: Any) -> str | None:
    text = element.text
    return (text.strip() or None) if text else None
