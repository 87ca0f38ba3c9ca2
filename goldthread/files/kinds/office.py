"""Word and Excel files (.docx, .xlsx) and OpenDocument (.odt, .ods): no macros, nothing that runs or fetches."""
from __future__ import annotations

import re
from dataclasses import dataclass

from goldthread.files.faults import BadFile, need
from goldthread.files.kinds.archive import LOCKED, Part, parts

MACROS = "This file holds macros. Save it without them (as .docx, .xlsx or .odt) and try again."
RUNS = "This file holds another program or file that could run. Take it out, or save as PDF, and try again."
FETCHES = "This file fetches something from elsewhere when opened. Save it as PDF and upload that."
ENTITIES = "This file holds definitions that office programs never write. Save it again and try once more."
DAMAGED = "This file lacks its main part. Save it again and try once more."
DEEPEST = 2
LOCKED_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Microsoft's container, used for locked and for old files

PICTURES = {"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "wdp"}
OOXML_ENDINGS = PICTURES | {"xml", "rels", "vml", "odttf", "fntdata", "json", "docx", "xlsx", "pptx"}
ODF_ENDINGS = PICTURES | {"xml", "rdf", "svm", "ttf", "otf", "pdf", "jsn", "json", ""}
BAD_PLACES = re.compile(r"vba|macro|activex|/ctrlprops/|customui/|webextension|^basic/|^scripts?/|(^|/)dialogs/",
                        re.IGNORECASE)
BAD_CONTENT = re.compile(rb"macroEnabled|vbaProject|macrosheet|activeX|oleObject|webextension", re.IGNORECASE)
HEADER = re.compile(rb"\s*<\?xml[^>]*?\?>")
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
TARGET_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
HARMLESS_OUTSIDE = re.compile(rb"Type\s*=\s*[\"'][^\"']*/(hyperlink|externalLinkPath|externalLinkLongPath)[\"']")
FIELD = re.compile(rb"instr(?:Text)?\b[^>]*?(?:>|=\s*[\"'])\s*(?:&quot;|\")?\s*"
                   rb"(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT)\b", re.IGNORECASE)
DDE = re.compile(rb"<(?:\w+:)?(ddeLink|dde-source|dde-connection-decl)\b", re.IGNORECASE)
ODF_RUNS = re.compile(rb"<script:event-listener|<script:module|xlink:href=[\"'](vnd\.sun\.star\.script|macro:)",
                      re.IGNORECASE)
ODF_FETCHES = re.compile(rb"<draw:(image|object|object-ole|plugin|applet|floating-frame)\b[^>]*"
                         rb"xlink:href=[\"'](https?:|file:|/|\\\\)", re.IGNORECASE)


@dataclass(frozen=True)
class Office:
    """A kind of office file: where its main part lies, and what must stand where to be one."""

    main: str
    sign_at: str
    sign: bytes
    endings: frozenset[str]


_WORD, _SHEET = b"wordprocessingml.document.main+xml", b"spreadsheetml.sheet.main+xml"
_ODF = b"application/vnd.oasis.opendocument."
_TYPES = "[Content_Types].xml"
OFFICE = {
    "docx": Office("word/document.xml", _TYPES, _WORD, frozenset(OOXML_ENDINGS)),
    "xlsx": Office("xl/workbook.xml", _TYPES, _SHEET, frozenset(OOXML_ENDINGS)),
    "pptx": Office("ppt/presentation.xml", _TYPES, b"presentationml.presentation.main+xml", frozenset(OOXML_ENDINGS)),
    "odt": Office("content.xml", "mimetype", _ODF + b"text", frozenset(ODF_ENDINGS)),
    "ods": Office("content.xml", "mimetype", _ODF + b"spreadsheet", frozenset(ODF_ENDINGS)),
}


def check(data: bytes, kind: str, depth: int = 0) -> bytes:
    """The same bytes. kind: a key of OFFICE. depth: how many documents this one lies in. Raises BadFile."""
    office = OFFICE[kind]
    need(not data.startswith(LOCKED_START), "This file is of an old kind or protected by a password. Save it as "
         f".{kind} without a password and try again.")
    seen = set()
    for part in parts(data):
        seen.add(part.path)
        _check_part(part, office, depth)
        if part.path == office.sign_at:
            sound = part.data.strip() == office.sign if kind in ("odt", "ods") else office.sign in part.data
            need(sound, f"This is not a .{kind} file although its name says so.")
    need(office.sign_at in seen, f"This is not a .{kind} file although its name says so.")
    need(office.main in seen, DAMAGED)
    return data


def _check_part(part: Part, office: Office, depth: int) -> None:
    need(not BAD_PLACES.search(part.path), MACROS)
    if part.ending == "bin":
        need(part.path.lower().startswith("xl/printersettings/"), RUNS)
    elif part.path != "mimetype":
        need(part.ending in office.endings, RUNS)
    if part.ending in ("docx", "xlsx", "pptx"):
        need(depth < DEEPEST and part.ending in OFFICE, RUNS)
        check(part.data, part.ending, depth + 1)
    elif part.ending in ("xml", "rels", "vml", "rdf"):
        _check_xml(part)
    else:
        need(not part.data.startswith((b"MZ", b"PK\x03\x04", b"\x7fELF", LOCKED_START)), RUNS)


def _check_xml(part: Part) -> None:
    """Words only: no definitions of its own, no macro named, nothing fetched from outside but by a click."""
    text = part.data.removeprefix(b"\xef\xbb\xbf")
    header = HEADER.match(text)
    said = ENCODING.search(header[0]) if header else None
    need(b"\0" not in text and (not said or said[1].lower() in (b"utf-8", b"us-ascii", b"iso-8859-1")), ENTITIES)
    need(b"<!DOCTYPE" not in text and b"<!ENTITY" not in text, ENTITIES)
    if part.path == _TYPES or part.ending == "rels" or part.path.startswith("META-INF/"):
        need(not BAD_CONTENT.search(text), MACROS)
        need(b"encryption-data" not in text, LOCKED)
    if part.ending == "rels":
        for relation in RELATION.findall(text):
            if TARGET_OUTSIDE.search(relation) and not HARMLESS_OUTSIDE.search(relation):
                raise BadFile(FETCHES)
    need(not DDE.search(text) and not FIELD.search(text) and not ODF_FETCHES.search(text), FETCHES)
    need(not ODF_RUNS.search(text), MACROS)
