"""Real files of many kinds, made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

import pypdfium2 as pdfium
from docx import Document
from odfdo import Document as OpenDocument, Header, List, ListItem, Paragraph, Row, Table
from PIL import Image, ImageDraw, ImageFont

PEOPLE = (("Namn", "Kommun"), ("Åsa Öberg", "Ängelholm"), ("Sören Ek", "Örkelljunga"))


def docx() -> bytes:
    """A Word document with headings, a list, a table with a merged row, and a running head."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Sidhuvud som inte hör till texten"
    document.add_heading("Minnesanteckningar", 1)
    document.add_heading("Närvarande", 2)
    table = document.add_table(0, 2)
    for cells in PEOPLE:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    merged = table.add_row().cells
    merged[0].merge(merged[1]).text = "Förhinder: ingen"
    document.add_paragraph("Gruppen möttes.")
    document.add_paragraph("första punkten", style="List Bullet")
    document.add_paragraph("andra punkten", style="List Number")
    return saved(document)


def odt() -> bytes:
    """The same as an OpenDocument text."""
    document = OpenDocument("text")
    body = document.body
    body.clear()
    body.append(Header(1, "Minnesanteckningar"))
    body.append(Header(2, "Närvarande"))
    table = Table("t")
    for cells in PEOPLE:
        row = Row()
        row.set_values(list(cells))
        table.append_row(row)
    body.append(table)
    body.append(Paragraph("Gruppen möttes."))
    body.append(List([ListItem("första punkten"), ListItem("andra punkten")]))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def locked(archive: bytes) -> bytes:
    """The archive with every member marked as encrypted."""
    data = bytearray(archive)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def pdf(*pages: Iterable[str], encrypted: bool = False) -> bytes:
    """A PDF whose pages hold these lines as text, in a standard font."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    kids = []
    for lines in pages:
        drawn = b"BT /F 11 Tf 14 TL 60 780 Td " + b"".join(
            b"(" + line.replace("(", r"\(").replace(")", r"\)").encode("cp1252") + b") Tj T* "
            for line in lines
        )
        content = drawn + b"ET"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    lock = b""
    if encrypted:
        secret = b"<" + b"5A" * 32 + b">"
        objects.append(b"<</Filter/Standard/V 1/R 2/P -4/O %s/U %s>>" % (secret, secret))
        lock = b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects)
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, lock)
    return out + head + table + trailer + b"startxref\n%d\n%%%%EOF" % len(out)


def scanned_pdf(lines: Sequence[str], layer: Sequence[str]) -> bytes:
    """A PDF of one page that shows `lines` as an image, over a text layer that says `layer`."""
    image = Image.new("L", (1654, 2339), 255)
    font = ImageFont.load_default(40)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((150, 200 + 70 * number), line, 0, font=font)
    drawn = io.BytesIO()
    image.save(drawn, "JPEG", quality=95)
    document = pdfium.PdfDocument(pdf(layer))
    shown = pdfium.PdfImage.new(document)
    shown.load_jpeg(drawn)
    shown.set_matrix(pdfium.PdfMatrix().scale(595, 842))
    page = document[0]
    page.insert_obj(shown)
    page.gen_content()
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def picture(text: str, kind: str = "PNG") -> bytes:
    """An image of one line of text."""
    image = Image.new("L", (1600, 200), 255)
    font = ImageFont.load_default(60)
    ImageDraw.Draw(image).text((40, 60), text, 0, font=font)
    out = io.BytesIO()
    image.save(out, kind, dpi=(300, 300))
    return out.getvalue()
