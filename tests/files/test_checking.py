"""Every hostile file is refused in clear words; sound ones are taken; without the check the hostile ones would be."""
from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from goldthread.files import checking, names
from goldthread.files.checking import check, check_table_upload
from goldthread.files.faults import BadFile
from goldthread.files.kinds import archive, images, office, pdf_child
from goldthread.files.kinds import pdf as kinds_pdf
from tests.files import making
from tests.files.hostile import hostile
from tests.files.hostile_making import pdf_bomb
from tests.files.making import Upload, exif, jpeg, odf, pdf, png, rebuilt, segment, sheet, swapped, word

HOSTILE = hostile()
SOUND: dict[str, Callable[[], bytes]] = {
    "a.pdf": pdf, "a.docx": word, "a.xlsx": sheet, "a.odt": odf, "a.ods": lambda: odf("spreadsheet"), "a.jpg": jpeg,
    "A.JPEG": jpeg, "a.png": png, "a.txt": lambda: "Notes – said “yes” <b>5 < 7".encode(),
    "b.txt": lambda: "Caf\xe9 – notes".encode("cp1252"), "c.txt": lambda: "Notes".encode("utf-16"),
    "a.csv": lambda: b"name,phone,score\nA. Person,+44 20 7946 0001,-5\nB,-,- 3.5%\n",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_file_is_refused_in_clear_words(what: str) -> None:
    bad = HOSTILE[what]
    with pytest.raises(BadFile) as fault:
        check(Upload(bad.file, bad.make()))
    words = str(fault.value)
    assert bad.says in words, words
    assert words[0].isupper() and words.rstrip(")").endswith((".", "?")) and len(words) < 300
    assert not any(odd in words for odd in ("Error", "Traceback", "0x", "\\x", "None")), words


def test_the_battery_is_large_enough() -> None:
    assert len(HOSTILE) >= 100


@pytest.mark.parametrize("name", SOUND)
def test_sound_file_is_taken(name: str) -> None:
    found = check(Upload(name, SOUND[name]()))
    assert found.name == name.rpartition(".")[0] + "." + found.extension and found.data


def test_without_the_checks_hostile_files_would_be_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: it is the look inside that refuses them, not something before it."""
    open_door = {key: replace(kind, check=lambda data: data) for key, kind in checking.KINDS.items()}
    monkeypatch.setattr(checking, "KINDS", open_door)
    taken = 0
    for bad in HOSTILE.values():
        data = b"" if bad.says == "larger than 20 MB" else bad.make()
        try:
            check(Upload(bad.file, data))
            taken += 1
        except BadFile:
            continue
    assert taken >= 80


# --- names

@pytest.mark.parametrize("sent,kept", [
    ("../../etc/passwd.txt", "passwd.txt"), ("..\\..\\windows\\system.ini.txt", "system.ini.txt"),
    ("C:\\Users\\a\\minutes.docx", "minutes.docx"), ("/etc/cron.d/a.csv", "a.csv"), ("a\u202efdp.txt", "afdp.txt"),
    ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"), ("invoice.exe.pdf", "invoice_exe.pdf"),
    ("page.html.txt", "page_html.txt"), ("Report 1.2 (final).PDF", "Report 1.2 (final).pdf"), ("con.txt", "con_.txt"),
    ("a<b>:\"c|?*.txt", "a_b___c___.txt"),
    ("  spaced   out .txt", "spaced out.txt"), (".hidden.txt", "hidden.txt"), ("Zoë’s plan.docx", "Zoë’s plan.docx"),
    ("a\u200b\ufeffb.txt", "ab.txt"), ("e\u0301.txt", "\xe9.txt"), ("a.sh.bat.txt", "a_sh_bat.txt")])
def test_names_are_made_harmless(sent: str, kept: str) -> None:
    assert names.tidy(sent)[0] == kept


@pytest.mark.parametrize("length", [10, 117, 118, 255, 10_000])
def test_long_names_are_cut_and_keep_their_ending(length: int) -> None:
    kept, extension = names.tidy("n" * length + ".pdf")
    assert len(kept) <= names.LONGEST and kept.endswith(".pdf") and extension == "pdf"


# --- pictures

def picture(data: bytes) -> list[tuple[int, int, int]]:
    with Image.open(io.BytesIO(data)) as found:
        return list(found.convert("RGB").get_flattened_data())


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photograph_loses_where_it_was_taken_but_not_a_pixel(progressive: bool) -> None:
    canary = b"CANARY hidden words"
    sent = jpeg(exif(6), segment(0xFE, canary), segment(0xE2, b"FPXR\0" + canary), size=(64, 48),
                progressive=progressive) + canary
    kept = images.check_jpeg(sent)
    assert b"CANARY" in sent and b"CANARY" not in kept
    assert picture(kept) == picture(sent)


@pytest.mark.parametrize("turned", range(1, 9))
@pytest.mark.parametrize("order", ["<", ">"])
def test_which_way_up_is_kept(turned: int, order: str) -> None:
    with Image.open(io.BytesIO(images.check_jpeg(jpeg(exif(turned, order))))) as found:
        assert found.getexif().get(0x0112, 1) == turned


@pytest.mark.parametrize("body", [
    b"Exif\0\0", b"Exif\0\0II*\0", b"Exif\0\0II*\0\xff\xff\xff\xff\0\0", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff",
    b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x63\0\0\0"])
def test_broken_camera_data_is_dropped_quietly(body: bytes) -> None:
    assert b"Exif" not in images.check_jpeg(jpeg(segment(0xE1, body)))


def test_a_png_loses_its_texts_and_what_hangs_behind_it() -> None:
    canary = b"CANARY"
    sent = png(8, 8, making.chunk(b"tEXt", b"Comment\0" + canary), making.chunk(b"eXIf", canary),
               making.chunk(b"iCCP", canary), making.chunk(b"pHYs", b"\0\0\0\1\0\0\0\1\1")) + canary + word()
    kept = images.check_png(sent)
    assert canary in sent and canary not in kept and b"PK" not in kept and b"pHYs" in kept
    assert picture(kept) == picture(png(8, 8))


# --- what may be in a document

def test_ordinary_things_in_documents_are_taken() -> None:
    link = b"".join([b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/',
                     b'hyperlink" Target="https://example.org" TargetMode="External"/></Relationships>'])
    with_link = swapped(word(), "word/_rels/document.xml.rels", b"</Relationships>", link)
    chart = rebuilt(with_link, add={"word/embeddings/Microsoft_Excel_Sheet1.xlsx": sheet(), "word/media/a.png": png()})
    assert check(Upload("a.docx", chart)).data == chart
    printed = rebuilt(sheet(), add={"xl/printerSettings/printerSettings1.bin": b"\0" * 50})
    assert check(Upload("a.xlsx", printed)).data == printed


def test_a_pdf_with_links_and_bookmarks_is_taken() -> None:
    def links(made: pikepdf.Pdf) -> None:
        made.pages[0].Annots = pikepdf.Array([made.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org")))])
    sent = pdf(links, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert check(Upload("a.pdf", sent)).data == sent


def test_each_pdf_danger_is_found_by_name_only_when_it_is_there() -> None:
    assert pdf_child.fault_in(pdf()) == ""
    assert pdf_child.fault_in(HOSTILE["PDF script deep inside"].make()) == "active"
    assert pdf_child.fault_in(HOSTILE["PDF with film"].make()) == "files"


def test_it_is_only_its_size_that_makes_the_pdf_bomb_one() -> None:
    small = pdf_bomb(1)
    assert check(Upload("a.pdf", small)).data == small


def test_a_pdf_that_takes_too_long_or_kills_its_reader_is_refused(
        monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for script, words in (("import time; time.sleep(60)", "complicated"),
                          ("import os; os.kill(os.getpid(), 9)", "complicated")):
        (tmp_path / "child.py").write_text(script)
        monkeypatch.setattr(kinds_pdf, "CHILD", tmp_path / "child.py")
        monkeypatch.setattr(kinds_pdf, "WAIT_SECONDS", 0.5)
        with pytest.raises(BadFile, match=words):
            check(Upload("a.pdf", pdf()))


def test_the_limits_on_unpacking_are_what_refuses_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_RATIO", 10**9)
    bomb = HOSTILE["zip bomb"].make()
    assert office.check(bomb, "docx") == bomb  # 50 MB is under the limit on the whole
    monkeypatch.setattr(archive, "MOST_EXPANDED", 10 * 1024 * 1024)
    with pytest.raises(BadFile, match="unpacks"):
        office.check(bomb, "docx")


# --- spreadsheets for importing

def test_tables_for_importing() -> None:
    rows = b"name\n=not a formula to an importer\n"
    assert check_table_upload(Upload("a.csv", rows)) == rows
    book = sheet()
    assert check_table_upload(Upload("a.XLSX", book)) == book


@pytest.mark.parametrize("what", [
    "empty", "too large", "PHP called CSV", "CSV with an open quotation", "CSV of too many columns",
    "CSV of one endless cell", "macro sheet", "DDE link in a sheet", "billion laughs in Excel", "EICAR in a sheet"])
def test_bad_tables_are_refused(what: str) -> None:
    bad = HOSTILE[what]
    name = bad.file if bad.file.endswith(("csv", "xlsx")) else "a.csv"
    with pytest.raises(BadFile):
        check_table_upload(Upload(name, bad.make()))


@pytest.mark.parametrize("name", ["a.xls", "a.xlsm", "a.pdf", "a.ods", "a"])
def test_only_csv_and_xlsx_are_tables(name: str) -> None:
    with pytest.raises(BadFile, match="csv|ending"):
        check_table_upload(Upload(name, b"a,b\n"))


def test_a_table_whose_xlsx_is_only_a_zip_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(BadFile, match="not a .xlsx"):
        check_table_upload(Upload("a.xlsx", out.getvalue()))
