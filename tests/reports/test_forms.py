"""The page, the PDF and the Word document: sound structure, nothing left out, and nothing from the input runs."""
import io
import re
import zipfile
from datetime import datetime
from html.parser import HTMLParser

import pikepdf
import pypdfium2
import pytest
from docx import Document

from goldthread.reports import make_report, read_inputs, render_body, render_docx, render_html, render_pdf
from goldthread.reports.document import read_document
from goldthread.reports.writing import pdf as pdf_module
from goldthread.reports.writing.checklist import edition_on, items
from tests.reports.samples import BUDGET, NOW, PUBLISHED, inputs

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
FORMULA = '=HYPERLINK("http://bad.example","click")'
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Outline(HTMLParser):
    """Tags, ids and attributes of a page, and whether every tag is closed in order."""

    def __init__(self, page: str):
        super().__init__()
        self.tags, self.open, self.unbalanced = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def values(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.tags if name in attrs]

    def named(self, tag: str) -> list[dict]:
        return [attrs for found, attrs in self.tags if found == tag]


@pytest.fixture(scope="module")
def report():
    return make_report(read_inputs(PUBLISHED), now=NOW)


@pytest.fixture(scope="module")
def page(report):
    return render_html(report)


@pytest.fixture(scope="module")
def hostile():
    return make_report(inputs(courses=[(HOSTILE, FORMULA, 1, 2, "9%"), ("a\x0bb\u202e", "x", 1, 2, "")],
                              budget=[("income", HOSTILE, 5), *BUDGET],
                              indicators=[(HOSTILE, FORMULA, HOSTILE, 2, 1, HOSTILE, FORMULA)],
                              claims=[(HOSTILE, FORMULA, HOSTILE), ("Total income", "£1", "budget")]),
                       now=NOW, title=f"Report {HOSTILE}")


def test_the_page_is_well_formed(page):
    outline = Outline(page)
    assert not outline.unbalanced and not outline.open
    ids = outline.values("id")
    assert len(ids) == len(set(ids))
    targets = {each[1:] for each in outline.values("href") if each.startswith("#")}
    assert targets and targets <= set(ids)
    named = {each for value in outline.values("aria-labelledby") for each in value.split()}
    assert named <= set(ids)
    assert outline.named("html")[0]["lang"] == "en-GB" and len(outline.named("h1")) == 1
    assert all("scope" in each for each in outline.named("th"))
    assert len(outline.named("caption")) == len(outline.named("table"))


def test_the_page_needs_nothing_from_outside_and_runs_nothing(page):
    outline = Outline(page)
    assert not outline.named("script") and not outline.named("link") and not outline.values("style")
    assert not [each for _, attrs in outline.tags for each in attrs if each.startswith("on")]
    assert not re.search(r"(?:src|href)=\"?(?:https?:)?//", page) and "url(http" not in page


def test_every_figure_can_be_linked_to(report, page):
    ids = set(Outline(page).values("id"))
    assert {f"f-{each.id}" for each in report.figures} <= ids


def test_charts_are_described_and_have_their_table(report, page):
    outline = Outline(page)
    drawings = outline.named("svg")
    assert len(drawings) == 3 and all(each["role"] == "img" for each in drawings)
    charts = [block for section in report.sections for block in section.blocks if block.kind == "chart"]
    assert {each.table for each in charts} <= set(outline.values("id"))
    assert all(f"<title id=\"{each.id}-title\">{each.title}</title>" in page for each in charts)


def test_the_body_for_a_page_of_the_site_brings_no_style_of_its_own(report):
    body = render_body(report)
    assert "<style" not in body and " style=" not in body and "<html" not in body and "<h1" not in body
    assert 'id="consistency"' in body


@pytest.mark.parametrize("render", [render_html, render_body])
def test_hostile_cells_are_only_text_in_the_page(hostile, render):
    outline = Outline(render(hostile))
    assert not outline.named("script") and not outline.named("img") and not outline.unbalanced
    assert not [each for _, attrs in outline.tags for each in attrs if each.startswith("on")]
    assert not [each for each in outline.values("href") if not each.startswith("#")]


def test_hostile_cells_are_only_text_in_word_and_pdf(hostile):
    packed = zipfile.ZipFile(io.BytesIO(render_docx(hostile)))
    body = packed.read("word/document.xml").decode()
    assert "&lt;script&gt;" in body and "HYPERLINK" in body
    assert "w:instrText" not in body and "w:fldSimple" not in body and "w:hyperlink" not in body
    assert "bad.example" not in packed.read("word/_rels/document.xml.rels").decode()
    with pikepdf.open(io.BytesIO(render_pdf(hostile))) as drawn:
        actions = [note.A for sheet in drawn.pages for note in sheet.get("/Annots", []) if "/A" in note]
        assert not [each for each in actions if each.S in ("/URI", "/JavaScript", "/Launch")]


@pytest.fixture(scope="module")
def drawn(report):
    return render_pdf(report)


def test_the_pdf_is_tagged_and_says_so(report, drawn):
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked) and str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1" and meta["dc:title"] == report.title
        kinds = [str(each.S) for each in _elements(pdf)]
        assert kinds.count("/Figure") == 3 and kinds.count("/H1") == 1 and "/Caption" in kinds
        assert all("/Alt" in each for each in _elements(pdf) if each.S == "/Figure")
    assert list(pypdfium2.PdfDocument(drawn).get_toc())


def test_the_pdf_is_read_again_with_its_tables(drawn):
    document = read_document("report.pdf", drawn)
    assert document.pages and document.pages > 5
    courses = next(each for each in document.tables if each.rows[0][0] == "Course")
    row = next(row for row in courses.rows if row[0].startswith("Refresher Working Together"))
    assert row[0].endswith("Children (Level 3)") and row[2:5] == ("142", "200", "71%"), "a name over three lines"
    face = next(row for row in courses.rows if row[0] == "All face to face")
    assert face[1:4] == ("", "907", "1,167"), "an empty cell keeps its place"
    assert courses.at.page == 4 and "Budget" in [each.title for each in document.headings]


def test_every_table_header_of_the_pdf_has_a_scope(drawn):
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        scopes = [str(each.A.Scope) for each in _elements(pdf) if each.S == "/TH"]
    assert scopes.count("/Column") > 20 and scopes.count("/Row") > 60


def test_scopes_are_what_our_own_step_adds(report, monkeypatch):
    """Without it the headers have none: the test above would fail."""
    monkeypatch.setattr(pdf_module, "scope_headers", lambda content: content)
    with pikepdf.open(io.BytesIO(render_pdf(report))) as pdf:
        assert not [each for each in _elements(pdf) if each.S == "/TH" and "/Scope" in each.get("/A", {})]


def _elements(pdf) -> list:
    return [each for kind in ("/TH", "/Figure", "/H1", "/Caption") for each in
            pdf_module._of_kind(pdf.Root.StructTreeRoot, pikepdf.Name(kind))]


def test_the_word_document(report):
    content = render_docx(report)
    document = Document(io.BytesIO(content))
    assert (document.core_properties.title, document.core_properties.language) == (report.title, "en-GB")
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == [each.heading for each in report.sections]
    tables = [block for section in report.sections for block in section.blocks if block.kind == "table"]
    assert len(document.tables) == len(tables)
    assert all(each.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for each in document.tables)
    described = document.element.xpath(".//wp:docPr/@descr")
    assert len(described) == 3 and all(len(each) > 40 for each in described)
    assert document.styles["Normal"].element.xpath(".//w:lang/@w:val") == ["en-GB"]


def test_the_word_document_and_the_page_say_the_same(report, page):
    words = "\n".join(cell.text for table in Document(io.BytesIO(render_docx(report))).tables
                      for row in table.rows for cell in row.cells)
    for each in report.figures:
        assert each.text.replace(" percentage points", "") in words


def test_empty_tables_are_said_to_be_empty():
    made = make_report(inputs(courses=[], budget=[], indicators=[], claims=[("Total income", "£5", "budget")]), now=NOW)
    text = render_html(made)
    assert text.count("so there is nothing to show here") == 3 and "has no rows" in text
    assert "could not be checked" in text and render_pdf(made).startswith(b"%PDF") and render_docx(made)


@pytest.mark.parametrize(("day", "key"), [("2018-07-03", None), ("2018-07-04", "WT18"), ("2023-12-14", "WT18"),
                                          ("2023-12-15", "WT23"), ("2026-03-17", "WT23"), ("2026-03-18", "WT26")])
def test_the_checklist_is_the_edition_in_force(day, key):
    edition = edition_on(datetime.fromisoformat(day).date())
    assert (edition.key if edition else None) == key


def test_the_checklist_says_what_the_files_give():
    full, bare = read_inputs(PUBLISHED), inputs(courses=[], budget=[], indicators=[])
    edition = edition_on(NOW.date())
    given = {each.id: each.evidence for each in items(edition, full)}
    assert given["Y10"] and given["Y17a"] == ("Indicator: Children identified as privately fostered",)
    assert not given["Y1"] and not given["Y12"] and len(given) == 22
    assert not [each for each in items(edition, bare) if each.evidence]
    assert {each.id for each in items(edition_on(datetime(2020, 1, 1).date()), full)} < set(given)
