"""Hostile files by name: what is sent, and a word its refusal must contain."""
from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pikepdf

from tests.files import hostile_making as make
from tests.files.making import TYPES, archive, jpeg, odf, pdf, png, rebuilt, sheet, swapped, word


class Hostile(NamedTuple):
    """What is uploaded and what must be said. `make` is called late: some are large."""

    file: str
    make: Callable[[], bytes]
    says: str


def hostile() -> dict[str, Hostile]:
    """The whole battery, by what each one is."""
    macro_types = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    plain_types = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    every = {
        # --- names and endings
        "program": Hostile("a.exe", lambda: make.PROGRAM, "not taken"),
        "program behind a PDF's ending": Hostile("invoice.pdf.exe", pdf, "not taken"),
        "program called PDF": Hostile("a.pdf", lambda: make.PROGRAM, "not a PDF"),
        "program called picture": Hostile("a.jpg", lambda: make.PROGRAM, "not a JPEG"),
        "program called Word": Hostile("a.docx", lambda: make.PROGRAM, "damaged"),
        "program called text": Hostile("a.txt", lambda: make.PROGRAM, "plain text"),
        "no ending": Hostile("letter", pdf, "no ending"),
        "only an ending": Hostile(".pdf", pdf, "no ending"),
        "dots only": Hostile("....", pdf, "no ending"),
        "zero byte in the name": Hostile("a.pdf\0.exe", pdf, "zero byte"),
        "zero byte before the ending": Hostile("a.exe\0.pdf", pdf, "zero byte"),
        "name turned round to hide its ending": Hostile("gpj\u202efdp.exe", pdf, "not taken"),
        "invisible mark in the ending": Hostile("a.e\u200bxe", pdf, "not taken"),
        "endless ending": Hostile("a." + "x" * 500, pdf, "not taken"),
        "script of the shell": Hostile("a.sh", lambda: b"#!/bin/sh\nrm -rf /", "not taken"),
        "shortcut": Hostile("a.lnk", lambda: b"L\0\0\0", "not taken"),
        # --- empty, large, cut short
        "empty": Hostile("a.pdf", lambda: b"", "empty"),
        "spaces only": Hostile("a.txt", lambda: b" \n\t", "empty"),
        "too large": Hostile("a.txt", lambda: b"a" * (20 * make.MB + 1), "larger than 20 MB"),
        "PDF cut short": Hostile("a.pdf", lambda: pdf()[:-300], "damaged"),
        "PDF without its table": Hostile("a.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF", "damaged"),
        "Word cut short": Hostile("a.docx", lambda: word()[:-500], "damaged"),
        "Word with a spoilt part": Hostile("a.docx", make.spoilt, "damaged"),
        "JPEG cut short": Hostile("a.jpg", lambda: jpeg()[:-40], "damaged"),
        "PNG cut short": Hostile("a.png", lambda: png()[:-14], "damaged"),
        "PNG with a wrong checksum": Hostile("a.png", lambda: png()[:-1] + b"\0", "damaged"),
        # --- web pages and scripts in disguise
        "SVG with script": Hostile("a.svg", lambda: b"<svg><script>alert(1)</script></svg>", "not taken"),
        "SVG called PNG": Hostile("a.png", lambda: b"<svg xmlns='x' onload='alert(1)'/>", "not a PNG"),
        "HTML": Hostile("a.html", lambda: make.HTML, "not taken"),
        "HTML called text": Hostile("a.txt", lambda: make.HTML, "web page"),
        "HTML called text, with spaces first": Hostile("a.txt", lambda: b"\n\n  < HTML >x", "web page"),
        "script in the middle of text": Hostile(
            "a.txt", lambda: b"Dear all\n<script>alert(1)</script>", "web page"),
        "HTML called text in UTF-16": Hostile("a.txt", lambda: make.HTML.decode().encode("utf-16"), "web page"),
        "PHP called CSV": Hostile("a.csv", lambda: b"<?php system($_GET['a']); ?>", "web page"),
        "XML called text": Hostile("a.txt", lambda: b"<?xml version='1.0'?><a/>", "web page"),
        "shell script called text": Hostile("a.txt", lambda: b"#!/bin/sh\nrm -rf /\n", "program"),
        "PDF called text": Hostile("a.txt", pdf, "plain text"),
        "text with control characters": Hostile("a.txt", lambda: b"a\nb\x1b[2Jc", "Line 2"),
        "text written backwards by a mark": Hostile("a.txt", lambda: "a\n\nb\u202ec".encode(), "Line 3"),
        # --- spreadsheets' traps
        "CSV with a formula": Hostile("a.csv", lambda: b"name\n=1+1", "Row 2, column 1"),
        "CSV that starts a program": Hostile("a.csv", lambda: b"a,b\nx,\"=cmd|'/C calc'!A0\"", "Row 2, column 2"),
        "CSV with a plus formula": Hostile("a.csv", lambda: b"a\n+SUM(A1:A2)", "formula"),
        "CSV with a minus formula": Hostile("a.csv", lambda: b"a\n-2+3+cmd|' /C calc'!A0", "formula"),
        "CSV with an at formula": Hostile("a.csv", lambda: b"a\n@SUM(1)", "formula"),
        "CSV with a formula after a tab": Hostile("a.csv", lambda: b"a\n\"\t=1+1\"", "formula"),
        "CSV with an open quotation": Hostile("a.csv", lambda: b'a,b\n"x,y', "cannot be read"),
        "CSV of too many columns": Hostile("a.csv", lambda: b"," * 2001, "columns"),
        "CSV of one endless cell": Hostile("a.csv", lambda: b"a\n" + b"x" * 110_000, "characters"),
        # --- macros and programs inside documents
        "macro document renamed": Hostile("a.docx", lambda: rebuilt(swapped(
            word(), TYPES, plain_types, macro_types), add={"word/vbaProject.bin": make.OLE}), "macros"),
        "macro document by its types alone": Hostile("a.docx", lambda: swapped(
            word(), TYPES, plain_types, macro_types), "macros"),
        "macros hidden under another name": Hostile("a.docx", lambda: rebuilt(
            word(), add={"word/a.bin": make.OLE}), "could run"),
        "macro sheet": Hostile("a.xlsx", lambda: rebuilt(
            sheet(), add={"xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
        "program inside Word": Hostile(
            "a.docx", lambda: rebuilt(word(), add={"word/a.exe": make.PROGRAM}), "could run"),
        "program inside Word called picture": Hostile("a.docx", lambda: rebuilt(
            word(), add={"word/media/a.png": make.PROGRAM}), "could run"),
        "ActiveX": Hostile(
            "a.docx", lambda: rebuilt(word(), add={"word/activeX/activeX1.xml": b"<a/>"}), "macros"),
        "embedded object": Hostile("a.docx", lambda: rebuilt(
            word(), add={"word/embeddings/oleObject1.bin": make.OLE}), "could run"),
        "macros in OpenDocument": Hostile(
            "a.odt", lambda: odf(**{"Basic/Standard/Module1.xml": b"<a/>"}), "macros"),
        "script listener in OpenDocument": Hostile("a.odt", lambda: odf(
            body=b'<script:event-listener xlink:href="vnd.sun.star.script:a"/>'), "macros"),
        # --- documents that fetch
        "template from elsewhere": Hostile("a.docx", lambda: make.word_with(
            "attachedTemplate", "http://example.org/t.dotm"), "fetches"),
        "picture from elsewhere": Hostile(
            "a.docx", lambda: make.word_with("image", "http://example.org/p.png"), "fetches"),
        "DDE field": Hostile("a.docx", lambda: make.word_saying(
            b"<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r></w:p>"), "fetches"),
        "DDE link in a sheet": Hostile("a.xlsx", lambda: rebuilt(sheet(), add={
            "xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink/></externalLink>"}), "fetches"),
        "picture from elsewhere in OpenDocument": Hostile("a.odt", lambda: odf(
            body=b'<draw:image xlink:href="http://example.org/p.png"/>'), "fetches"),
        # --- definitions (XXE, billion laughs)
        "XXE in Word": Hostile("a.docx", lambda: swapped(
            word(), "word/document.xml", b"<w:document", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document'),
            "definitions"),
        "billion laughs in Excel": Hostile("a.xlsx", lambda: rebuilt(sheet(), {"xl/workbook.xml": (
            b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>')}), "definitions"),
        "XXE in UTF-16": Hostile("a.docx", lambda: rebuilt(word(), {"word/document.xml": (
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///">]><a/>').encode("utf-16")}),
            "definitions"),
        "XXE in UTF-7": Hostile("a.docx", lambda: rebuilt(word(), {"word/document.xml": (
            b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>')}), "definitions"),
        # --- archives
        "zip bomb": Hostile(
            "a.docx", lambda: rebuilt(word(), add={"word/media/a.bmp": b"\0" * (50 * make.MB)}), "unpacks"),
        "zip bomb that lies": Hostile("a.docx", make.lying_bomb, "damaged"),
        "zip of many parts": Hostile("a.docx", lambda: rebuilt(
            word(), add={f"word/{n}.xml": b"" for n in range(3100)}), "unpacks"),
        "zip in a zip": Hostile("a.docx", lambda: rebuilt(word(), add={"word/a.zip": word()}), "could run"),
        "document in a document in a document": Hostile("a.docx", lambda: make.nested(4), "could run"),
        "bad document in a document": Hostile("a.docx", lambda: rebuilt(word(), add={
            "word/embeddings/a.docx": rebuilt(word(), add={"word/vbaProject.bin": make.OLE})}), "macros"),
        "locked zip": Hostile("a.docx", make.locked_zip, "password"),
        "locked Word": Hostile("a.docx", lambda: make.OLE, "password"),
        "path out of the zip": Hostile("a.docx", lambda: make.odd_entry("../../etc/cron.d/a.xml"), "lie outside"),
        "absolute path in the zip": Hostile("a.docx", lambda: make.odd_entry("/etc/a.xml"), "lie outside"),
        "Windows path in the zip": Hostile("a.docx", lambda: make.odd_entry("C:\\a.xml"), "lie outside"),
        "link in the zip": Hostile("a.docx", lambda: make.odd_entry("word/a.xml", 0o120777), "lie outside"),
        "two parts of one name": Hostile("a.docx", make.doubled, "something else at once"),
        "any zip called Word": Hostile("a.docx", lambda: archive({"a.xml": b"<a/>"}), "not a .docx"),
        "Excel called Word": Hostile("a.docx", sheet, "not a .docx"),
        "text document called spreadsheet": Hostile("a.ods", odf, "not a .ods"),
        "Java program called Word": Hostile(
            "a.docx", lambda: archive({"META-INF/MANIFEST.MF": b"a"}), "could run"),
        # --- two kinds at once
        "PDF and zip": Hostile("a.pdf", lambda: pdf() + word(), "something else at once"),
        "PDF and zip hidden before its end": Hostile(
            "a.pdf", lambda: pdf() + word() + b"\n%%EOF\n", "something else"),
        "PDF and HTML": Hostile("a.pdf", lambda: b"%PDF-1.4\n" + make.HTML + pdf()[9:], "something else at once"),
        "HTML and PDF": Hostile("a.pdf", lambda: make.HTML + pdf(), "not a PDF"),
        "PDF and program": Hostile("a.pdf", lambda: make.PROGRAM + pdf(), "not a PDF"),
        "zip behind a program": Hostile("a.docx", lambda: make.PROGRAM + word(), "something else at once"),
        "Word and a tail": Hostile("a.docx", lambda: word() + make.HTML, "something else at once"),
        "GIF called PNG": Hostile("a.png", lambda: b"GIF89a/*" + b"\0" * 50, "not a PNG"),
        # --- PDFs that do something
        "PDF script on opening": Hostile(
            "a.pdf", make.action(S=pikepdf.Name.JavaScript, JS="app.alert(1)"), "script"),
        "PDF that starts a program": Hostile(
            "a.pdf", make.action(S=pikepdf.Name.Launch, F="cmd.exe"), "starts something"),
        "PDF that sends a form": Hostile(
            "a.pdf", make.action(S=pikepdf.Name.SubmitForm, F="http://example.org"), "starts"),
        "PDF script on a page": Hostile("a.pdf", lambda: pdf(make.page_script), "script"),
        "PDF script deep inside": Hostile("a.pdf", lambda: pdf(make.hidden_script), "script"),
        "PDF script in a packed object": Hostile("a.pdf", lambda: pdf(
            make.hidden_script, object_stream_mode=pikepdf.ObjectStreamMode.generate), "script"),
        "PDF with a program attached": Hostile("a.pdf", lambda: pdf(make.attached), "other files"),
        "PDF with a form of its own language": Hostile("a.pdf", lambda: pdf(make.form), "script"),
        "PDF with film": Hostile("a.pdf", lambda: pdf(make.film), "film"),
        "PDF with a password": Hostile("a.pdf", make.locked_pdf, "password"),
        "PDF without pages": Hostile("a.pdf", make.no_pages, "no pages"),
        "PDF bomb": Hostile("a.pdf", make.pdf_bomb, "damaged"),
        # --- pictures
        "PNG of a billion pixels": Hostile("a.png", lambda: png(40_000, 40_000), "too many pixels"),
        "JPEG of four billion pixels": Hostile("a.jpg", lambda: make.big_jpeg(), "too many pixels"),
        "PNG of no width": Hostile("a.png", lambda: png(0, 5), "damaged"),
        "JPEG whose segment runs over": Hostile(
            "a.jpg", lambda: b"\xff\xd8\xff\xe0\xff\xff" + b"a" * 20, "damaged"),
        "JPEG without a picture": Hostile("a.jpg", lambda: b"\xff\xd8\xff\xd9", "damaged"),
        # --- viruses
        "EICAR in text": Hostile("a.txt", lambda: make.VIRUS, "virus"),
        "EICAR in Word": Hostile("a.docx", lambda: rebuilt(word(), add={"word/media/a.png": make.VIRUS}), "virus"),
        "EICAR in Word, called by an odd name": Hostile(
            "a.odt", lambda: odf(**{"Pictures/a.png": make.VIRUS}), "virus"),
        "EICAR in a sheet": Hostile("a.csv", lambda: b"a,b\n1," + make.VIRUS.replace(b",", b""), "virus"),
    }
    return every

