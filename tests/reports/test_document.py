"""Reports read as documents: headings, contents, tables and lists, from text, Markdown, Word and PDF."""
import io

import docx
import pikepdf
import pytest

from goldthread.reports.document import UnreadableDocument, read_document, reading
from goldthread.reports.document.lines import from_lines
from goldthread.reports.document.sentences import sentences

TEXT = """Testbury Annual Report 2023-24

Contents

1.0 Foreword.....3
2.0 Training.........4
2.1 Courses\t5

1.0 Foreword

We met on 3 May, e.g. to plan. Two things
matter to us.

1. Prevention;
2. Repair;

2.0 Training

2.1 Courses

Table 1: Courses
Course\tPeople\tPlaces
Neglect\t12\t20
Total\t12\t20

“The course made me think about what I do each day.”
"""


def test_text_is_read_with_its_headings_contents_lists_and_tables() -> None:
    document = read_document("report.txt", TEXT.encode())
    assert document.title == "Testbury Annual Report 2023-24"
    assert [(each.number, each.title) for each in document.headings] == [
        ("1.0", "Foreword"), ("2.0", "Training"), ("2.1", "Courses")]
    assert [(each.number, each.title, each.page) for each in document.contents] == [
        ("1.0", "Foreword", 3), ("2.0", "Training", 4), ("2.1", "Courses", 5)]
    table, = document.tables
    assert table.caption == "Table 1: Courses" and table.rows[1] == ("Neglect", "12", "20")
    assert str(table.where(2)) == "2.1 Courses, line 24"
    assert [each.text for each in document.paragraphs if each.item] == ["Prevention;", "Repair;"]
    assert [each.quote for each in document.paragraphs][-1] is True
    told = [each.text for each in sentences(document)]
    assert "We met on 3 May, e.g. to plan." in told and "Two things matter to us." in told


def test_markdown_tables_take_the_caption_above_them() -> None:
    text = "# A report\n\n## 1.0 Figures\n\nTable 2: Money\n\n| Line | £ |\n| --- | ---: |\n| **Staff** | £12 |\n"
    document = read_document("report.md", text.encode())
    assert document.tables[0].caption == "Table 2: Money" and document.tables[0].rows == (("Line", "£"), ("Staff", "£12"))
    assert not any(each.text.startswith("Table 2") for each in document.paragraphs)


def test_word_is_read_in_order_with_styles() -> None:
    word = docx.Document()
    word.add_heading("Testbury report 2023-24", 0)
    word.add_heading("1.0 Figures", 1)
    word.add_paragraph("1.0 Figures ........ 3")
    word.add_paragraph("We have two aims:")
    word.add_paragraph("one", style="List Bullet")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip([cell for row in table.rows for cell in row.cells], ("Line", "Amount", "Staff", "£9"),
                          strict=True):
        cell.text = text
    word.add_paragraph("It was hard for me to say so.", style="Quote")
    out = io.BytesIO()
    word.save(out)
    document = read_document("report.docx", out.getvalue())
    assert [each.title for each in document.headings] == ["Testbury report 2023-24", "Figures"]
    assert [(each.number, each.title, each.page) for each in document.contents] == [("1.0", "Figures", 3)]
    assert document.tables[0].rows == (("Line", "Amount"), ("Staff", "£9"))
    assert document.tables[0].at.section == "1.0"
    assert [(each.item, each.quote) for each in document.paragraphs] == [(False, False), (True, False), (False, True)]


@pytest.mark.parametrize(("name", "data", "words"), [
    ("report.exe", b"MZ", "is none of these"),
    ("report", b"text", "is none of these"),
    ("report.txt", b"\0\1\2", "is not text"),
    ("report.txt", b"  \n", "holds no text"),
    ("report.docx", b"not a zip", "no Word document"),
    ("report.pdf", b"%PDF-1.4 broken", "damaged or no PDF"),
    ("report.pdf", b"", "damaged or no PDF"),
])
def test_what_cannot_be_read_is_said_in_words(name: str, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument, match=words):
        read_document(name, data)


def test_a_pdf_with_a_password_or_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made, locked = pikepdf.new(), io.BytesIO()
    for _ in range(3):
        made.add_blank_page()
    made.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(UnreadableDocument, match="protected by a password"):
        read_document("report.pdf", locked.getvalue())
    made.save(plain := io.BytesIO())
    monkeypatch.setattr(reading, "MOST_PAGES", 2)
    with pytest.raises(UnreadableDocument, match="more than 2 pages"):
        read_document("report.pdf", plain.getvalue())


def test_a_drawn_table_keeps_names_over_two_lines_and_empty_cells() -> None:
    lines = ["Table 9: Courses", "", "  Course                   People        Places", "", "  Neglect                  "
                                                                                            "    12            20", "",
             "  Core groups and", "  conferences                  33            45", "", "  Online harm                 "
                                                                                         "               30",
             "  and grooming", "", "  Total                        45            95", "", "They were full."]
    document = from_lines("report.pdf", [lines[:6], lines[6:]], paged=True, drawn=True)
    table, = document.tables
    assert table.rows == (("Course", "People", "Places"), ("Neglect", "12", "20"), ("Core groups and conferences",
                                                                                    "33", "45"),
                          ("Online harm and grooming", "", "30"), ("Total", "45", "95"))
    assert [each.text for each in document.paragraphs] == ["They were full."] and document.pages == 2


def test_a_drawn_glossary_keeps_its_rows_and_a_colon_at_the_margin_ends_no_sentence() -> None:
    lines = ["Abbreviations used", "", "Short       Meaning", "CAMHS   Child and Adolescent Services", "JTAI        "
                                                                                                       "Joint Inspection",
             "", "Of the requests for help 63 came from schools, 65 from police and 46 from others:", "174 in all."]
    document = from_lines("report.pdf", [lines], paged=True, drawn=True)
    assert document.tables[0].rows[1:] == (("CAMHS", "Child and Adolescent Services"), ("JTAI", "Joint Inspection"))
    assert document.paragraphs[-1].text.endswith("others: 174 in all.")
