"""How the hostile files of the battery are made."""
from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf

from goldthread.files.eicar import EICAR
from tests.files.making import jpeg, pdf, rebuilt, swapped, word

VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + EICAR + b"$H+H*"
PROGRAM = b"MZ\x90\0" + b"\0" * 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
RELS = "word/_rels/document.xml.rels"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
MB = 1024 * 1024


def relation(kind: str, target: str) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (f'<Relationship Id="rId99" Type="{space}/{kind}" Target="{target}" TargetMode="External"/>'
            "</Relationships>").encode()


def word_with(kind: str, target: str) -> bytes:
    return swapped(word(), RELS, b"</Relationships>", relation(kind, target))


def word_saying(xml: bytes) -> bytes:
    return swapped(word(), "word/document.xml", b"<w:body>", b"<w:body>" + xml)


def locked_zip() -> bytes:
    data = bytearray(word())
    data[6] |= 1                                    # first local header's flags
    central = data.find(b"PK\x01\x02")
    data[central + 8] |= 1
    return bytes(data)


def lying_bomb() -> bytes:
    """A part that says it is small and unpacks to 300 MB."""
    data = bytearray(rebuilt(word(), add={"word/media/a.bmp": b"\0" * (300 * MB)}))
    entry = data.rfind(b"PK\x01\x02")
    name = data.find(b"word/media/a.bmp", entry)
    assert name > 0
    struct.pack_into("<I", data, name - 46 + 24, 100)
    return bytes(data)


def odd_entry(name: str, mode: int = 0) -> bytes:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as made:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        made.writestr(entry, b"<a/>")
    return out.getvalue()


def doubled() -> bytes:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as made:
        made.writestr("WORD/document.xml", b"<other/>")
    return out.getvalue()


def action(**keys: object) -> Callable[[], bytes]:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = pikepdf.Dictionary(**keys)
    return lambda: pdf(change)


def page_script(made: pikepdf.Pdf) -> None:
    made.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))


def hidden_script(made: pikepdf.Pdf) -> None:
    deep = pikepdf.Array([pikepdf.Array([pikepdf.Dictionary(A=pikepdf.Dictionary(JS="app.alert(1)"))])])
    made.Root.Names = made.make_indirect(pikepdf.Dictionary(Odd=deep))


def attached(made: pikepdf.Pdf) -> None:
    made.attachments["a.exe"] = pikepdf.AttachedFileSpec(made, PROGRAM)


def form(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(XFA=made.make_stream(b"<xdp/>"), Fields=pikepdf.Array())


def film(made: pikepdf.Pdf) -> None:
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia, Rect=[0, 0, 1, 1]))])


def locked_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="owner", user="user"))


def pdf_bomb(megabytes: int = 900) -> bytes:
    """A sound PDF but for an object stream that unpacks to so much, which must be opened to see any page."""
    squeeze = zlib.compressobj(6)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    index = b"1 0 2 %d " % (len(objects[0]) + 1)
    body = squeeze.compress(index + b" ".join(objects))
    for _ in range(megabytes):
        body += squeeze.compress(b" " * MB)
    body += squeeze.flush()
    head = b"%PDF-1.5\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n"
    stream = (b"5 0 obj\n<< /Type /ObjStm /N 2 /First %d /Filter /FlateDecode /Length %d >>\nstream\n"
              % (len(index), len(body)) + body + b"\nendstream\nendobj\n")
    none, table_at = (0, 0, 0), len(head) + len(stream)
    rows = [none, (2, 5, 0), (2, 5, 1), (1, 9, 0), none, (1, len(head), 0), (1, table_at, 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    xref = (b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n" % len(table)
            + table + b"\nendstream\nendobj\n")
    return head + stream + xref + b"startxref\n%d\n%%%%EOF\n" % table_at


def spoilt() -> bytes:
    data = bytearray(word())
    start = data.find(b"word/document.xml") + 60
    data[start:start + 20] = b"\xff" * 20
    return bytes(data)


def nested(depth: int) -> bytes:
    return word() if depth == 0 else rebuilt(word(), add={"word/embeddings/a.docx": nested(depth - 1)})


def no_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.save(out)
    return out.getvalue()


def big_jpeg() -> bytes:
    data = bytearray(jpeg())
    frame = data.find(b"\xff\xc0")
    struct.pack_into(">HH", data, frame + 5, 65_000, 65_000)
    return bytes(data)


