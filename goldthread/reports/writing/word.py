"""The report as a Word document: headings, marked header rows, described pictures."""
import io
from datetime import UTC

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from goldthread.reports.writing.blocks import Cards, Chart, Findings, Listed, Quote, Rich, Run, Table
from goldthread.reports.writing.drawing import png
from goldthread.reports.writing.report import Written

DARK = RGBColor(0x1B, 0x3A, 0x5C)
PALE = "EEF3F8"
LANGUAGE = "en-GB"


def render_docx(report: Written) -> bytes:
    """A .docx with the report's sections. All text from the input is plain text: no fields, no links."""
    document = Document()
    _set_up(document, report)
    document.add_heading(report.title, level=0)
    document.add_paragraph(f"Made on {report.made_at.day} {report.made_at:%B %Y} {report.origin}.")
    for section in report.sections:
        document.add_heading(section.heading, level=1)
        if section.lead:
            document.add_paragraph(section.lead, style="Lead")
        for block in section.blocks:
            _WRITERS[block.kind](document, block)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_up(document, report: Written) -> None:
    core = document.core_properties
    core.title, core.language, core.author, core.comments = report.title, LANGUAGE, report.name, ""
    made = report.made_at.astimezone(UTC).replace(tzinfo=None) if report.made_at.tzinfo else report.made_at
    core.created = core.modified = made
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    styles = document.styles
    lead = styles.add_style("Lead", 1)
    lead.base_style, lead.font.size = styles["Normal"], Pt(13)
    styles["Normal"].font.size = Pt(11)
    for name, size in (("Normal", 11), ("Title", 26), ("Heading 1", 18), ("Heading 2", 14), ("Caption", 11)):
        style = styles[name]
        _arial(style)
        style.font.size = Pt(size)
        if name != "Normal":
            style.font.color.rgb, style.font.bold = DARK, True
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    styles["Normal"].element.get_or_add_rPr().append(language)


def _arial(style) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for part in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{part}"), None)
    for part in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{part}"), "Arial")


def _text(document, block) -> None:
    document.add_paragraph(block.text)


def _rich(document, block: Rich) -> None:
    _runs(document.add_paragraph(), block.runs)


def _listed(document, block: Listed) -> None:
    for item in block.items:
        _runs(document.add_paragraph(style="List Number" if block.numbered else "List Bullet"), item)


def _quote(document, block: Quote) -> None:
    for paragraph in block.paragraphs:
        _runs(document.add_paragraph(style="Quote"), paragraph)
    if block.by:
        document.add_paragraph(block.by, style="Lead")


def _runs(paragraph, runs: tuple[Run, ...]) -> None:
    """Text in its styles. A link is its words with the address behind them, in brackets: nothing to click by mistake."""
    for each in runs:
        shown = f"{each.text} ({each.link})" if each.link and each.link != each.text else each.text
        run = paragraph.add_run(shown)
        run.bold, run.italic = each.bold or None, each.italic or None


def _heading(document, block) -> None:
    document.add_heading(block.text, level=2)


def _bullets(document, block) -> None:
    for item in block.items:
        document.add_paragraph(item, style="List Bullet")


def _terms(document, block) -> None:
    for term, means in block.terms:
        paragraph = document.add_paragraph()
        paragraph.add_run(term).bold = True
        paragraph.add_run(f": {means}")


def _cards(document, block: Cards) -> None:
    for card in block.cards:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{card.label}: ")
        value = paragraph.add_run(card.value)
        value.bold, value.font.size, value.font.color.rgb = True, Pt(14), DARK
        if card.note:
            paragraph.add_run(f" ({card.note})")


def _chart(document, block: Chart) -> None:
    document.add_paragraph(block.title, style="Caption")
    document.add_picture(io.BytesIO(png(block.spec)), width=Cm(16.5))
    described = document.paragraphs[-1]._p.xpath(".//wp:docPr")[0]
    described.set("descr", f"{block.title}. {block.description}")
    described.set("title", block.title)
    described.set("name", block.id)
    document.add_paragraph(block.description)


def _findings(document, block: Findings) -> None:
    for check in block.checks:
        where = document.add_paragraph()
        where.paragraph_format.keep_with_next = True
        where.add_run(check.where).bold = True
        document.add_paragraph(f"Printed: {check.stated}. Worked out again: {check.recomputed}. "
                               f"How sure: {check.certainty}.").paragraph_format.keep_with_next = True
        document.add_paragraph(check.arithmetic)


def _table(document, block: Table) -> None:
    caption = document.add_paragraph(block.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "1")
    head = table.rows[0]
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(mark)
    for cell, column in zip(head.cells, block.columns, strict=True):
        _fill(cell, column.label, bold=True, right=column.number, shade=PALE)
    for at, row in enumerate(block.rows):
        added = table.add_row()
        whole = OxmlElement("w:cantSplit")
        added._tr.get_or_add_trPr().append(whole)
        strong = at in block.strong
        for cell, content, column in zip(added.cells, row, block.columns, strict=True):
            text = f"{content.text} ({content.flag})" if content.flag else content.text
            _fill(cell, text, bold=strong, right=column.number, shade=PALE if strong else "")
    document.add_paragraph()


def _fill(cell, text: str, bold: bool, right: bool, shade: str) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(9)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if shade:
        fill = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", shade)):
            fill.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(fill)


_WRITERS = {"text": _text, "rich": _rich, "listed": _listed, "quote": _quote, "heading": _heading, "bullets": _bullets,
            "terms": _terms, "cards": _cards, "chart": _chart, "findings": _findings, "table": _table}
