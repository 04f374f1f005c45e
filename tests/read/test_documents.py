"""Documents become plain text that keeps their headings, lists and rows."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image

from kb.read import Cache, ocr, read_original, registry, unpack
from kb.read.content import FileKind
from kb.read.extracted import Extracted
from kb.read.readers import READERS, extraction_version
from kb.read.worker import extract
from tests.read.files import docx, odt, pdf, picture, scanned_pdf

ROOT = Path(__file__).parent.parent.parent

HTML = """<html><head><title>T</title><style>p {color: red}</style></head><body>
<h1>Minnesanteckningar</h1><h2>Närvarande</h2>
<table><tr><td>Namn<td>Kommun</tr><tr><td>Åsa Öberg</td><td>Ängelholm</td></tr>
<tr><td>Sören Ek</td><td>Örkelljunga</td></tr></table>
<p>Gruppen <b>möttes</b>.</p><ul><li>första punkten</li><li>andra punkten</li></ul>
<script>alert(1)</script></body></html>"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("kind", "data"),
    [(FileKind.DOCX, docx()), (FileKind.ODT, odt()), (FileKind.HTML, HTML.encode())],
    ids=lambda value: value.name if isinstance(value, FileKind) else "",
)
def test_headings_rows_and_items_are_kept(kind: FileKind, data: bytes):
    (page,) = extract(READERS[kind], data).pages
    got = [line for line in lines(page) if not line.startswith("Förhinder")]
    assert got == [
        "# Minnesanteckningar",
        "## Närvarande",
        "Namn | Kommun",
        "Åsa Öberg | Ängelholm",
        "Sören Ek | Örkelljunga",
        "Gruppen möttes.",
        "- första punkten",
        "- andra punkten",
    ]


def test_a_merged_cell_is_read_once_and_a_page_header_not_at_all():
    (page,) = extract(READERS[FileKind.DOCX], docx()).pages
    assert page.count("Förhinder") == 1
    assert "Sidhuvud" not in page


WRAPPED = """<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>
 <w:p><w:r><w:t>Ur en mall</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:r><w:t xml:space="preserve">Datum: </w:t></w:r><w:sdt><w:sdtContent>
 <w:r><w:t>2021-03-04</w:t></w:r></w:sdtContent></w:sdt>
 <w:ins><w:r><w:t xml:space="preserve"> tillagt</w:t></w:r></w:ins>
 <w:del><w:r><w:delText> struket</w:delText></w:r></w:del></w:p>
<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:sdt><w:sdtContent><w:tr><w:tc>
 <w:p><w:r><w:t>En cell</w:t></w:r></w:p></w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>I en ruta</w:t></w:r></w:p>
 </w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>I en ruta</w:t></w:r></w:p>
 </w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>
</w:body>"""


def test_text_in_fields_changes_and_boxes_of_a_word_document():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as made, zipfile.ZipFile(out, "w") as changed:
        for name in made.namelist():
            content = made.read(name)
            if name == "word/document.xml":
                head = content[: content.index(b"<w:body>")]
                content = head + WRAPPED.encode() + b"</w:document>"
            changed.writestr(name, content)
    (page,) = extract(READERS[FileKind.DOCX], out.getvalue()).pages
    assert lines(page) == ["Ur en mall", "Datum: 2021-03-04 tillagt", "En cell", "I en ruta"]


def test_rich_text():
    data = rb"{\rtf1\ansi Beslut om f\'f6rskola\par Kommun\'e9n i \u197?storp\par}"
    (page,) = extract(READERS[FileKind.RTF], data).pages
    assert lines(page) == ["Beslut om förskola", "Kommunén i Åstorp"]


def test_a_message_and_what_is_attached_to_it():
    message = EmailMessage()
    message["Subject"] = "Anteckningar från mötet"
    message["From"] = "Åsa Öberg <asa@example.org>"
    message.set_content("Hej! Här är anteckningarna.")
    message.add_attachment(b"Beslut", maintype="text", subtype="plain", filename="beslut.txt")
    data = message.as_bytes()
    (page,) = extract(READERS[FileKind.EMAIL], data).pages
    assert "Ämne: Anteckningar från mötet" in page
    assert "Bilaga: beslut.txt" in page
    assert "Här är anteckningarna." in page
    (own,) = unpack("brev.eml", data)
    assert (own.name, own.data) == ("beslut.txt", b"Beslut")


def test_what_is_attached_deep_in_a_message_or_has_no_name():
    message = EmailMessage()
    message["Subject"] = "Vidarebefordrat"
    message["From"] = "asa@example.org"
    message.set_content("Se nedan.")
    inner = EmailMessage()
    inner["Subject"] = "Minnesanteckningar"
    inner["From"] = "bo@example.org"
    inner.set_content("Gruppen träffades i Bjuv.")
    message.add_attachment(inner)
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf")
    found = list(unpack("brev.eml", message.as_bytes()))
    assert [own.name for own in found] == ["Minnesanteckningar.eml", "Bilaga 2.pdf"]
    assert "Gruppen träffades i Bjuv." in extract(READERS[FileKind.EMAIL], found[0].data).pages[0]


def test_a_message_whose_text_is_cut_in_pieces_around_what_is_attached():
    """As Apple's mail makes them."""
    data = b"""From: a@example.org
Subject: Bilagor
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=A

--A
Content-Type: text/plain; charset=no-such-encoding

Hela texten.
--A
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/html

<p>Hela texten.</p>
--B
Content-Type: application/pdf; name=beslut.pdf
Content-Disposition: inline; filename=beslut.pdf

%PDF-
--B
Content-Type: text/html

<p>Och en rad till.</p>
--B--
--A--
"""
    assert [own.name for own in unpack("brev.eml", data)] == ["beslut.pdf"]
    (page,) = extract(READERS[FileKind.EMAIL], data).pages
    assert page.count("Hela texten.") == 1
    assert "Och en rad till." in page
    assert "Bilaga: beslut.pdf" in page


def test_running_heads_and_page_numbers_are_left_out_and_broken_words_joined():
    body = [
        ["Gruppen talade om familjehems-", "placeringar i kommunen."],
        ["Barn-", "och ungdomsvården redovisade."],
        ["Anna-", "Karin tackade för sig."],
    ]
    pages = [
        ["Socialförvaltningen i Klippan", *own, "Det sista på sidan.", f"Sida {n} (3)"]
        for n, own in enumerate(body, start=1)
    ]
    got = "\n".join(extract(READERS[FileKind.PDF], pdf(*pages)).pages)
    assert "Socialförvaltningen" not in got
    assert "Sida" not in got
    assert "familjehemsplaceringar" in got
    assert "Barn-" in got
    assert "Anna-" in got
    assert "tackade för sig." in got


SHOWN = (  # without å, ä and ö, which the font at hand everywhere does not have
    "Minnesanteckningar om arbetet med familjehemmen",
    "Gruppen talade om barnen och om deras skola",
    "Vi vill ordna en utbildning i kommunhuset efter sommaren",
    "Kommunerna kommer med nya datum till hela gruppen",
)
MISREAD = (
    "Mlnnesanteckningor orn orbctet mcd fomiljehcmmen",
    "Gruppcn tolode orn bornen ocb orn deros skclo",
    "Vl viil ordno cn utbildningcn l kornmunbuset eftcr sornmaren",
    "Kornmunerna kornmer mcd nyo dotum tiil belo gruppcn",
)


@pytest.mark.parametrize(("layer", "recognised"), [(MISREAD, 1), ((), 1), (SHOWN, 0)])
def test_a_page_is_recognised_if_its_text_layer_is_worse(layer: tuple[str, ...], recognised: int):
    if ocr.version() is None:
        pytest.skip("Tesseract is not installed")
    found = extract(READERS[FileKind.PDF], scanned_pdf(SHOWN, layer))
    assert found.recognised == recognised
    assert all(line in found.pages[0] for line in SHOWN)


def test_a_page_keeps_its_poor_text_layer_until_text_recognition_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("PATH", str(tmp_path))
    found = extract(READERS[FileKind.PDF], scanned_pdf(SHOWN, MISREAD))
    assert (found.waiting, found.recognised) == (1, 0)
    assert "Gruppcn tolode" in found.pages[0]


def test_a_page_a_span(tmp_path: Path):
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(["Första sidans text."], ["Andra sidans text."]))
    source = read_original(file, "a.pdf")
    assert [span.slice(source.text).strip() for span in source.pages] == [
        "Första sidans text.",
        "Andra sidans text.",
    ]


SCRIPT = """
import sys
from pathlib import Path
from kb.errors import AwaitsRecognition
from kb.read import read_original
file = Path(sys.argv[1])
try:
    print(read_original(file, file.name).text)
except AwaitsRecognition as error:
    print(f"VÄNTAR {error}")
"""


@pytest.mark.parametrize("installed", [False, True])
def test_an_image_waits_for_text_recognition(tmp_path: Path, installed: bool):
    if installed and ocr.version() is None:
        pytest.skip("Tesseract is not installed")
    file = tmp_path / "sida.png"
    file.write_bytes(picture("Beslut om familjehem i Klippan"))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(file)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=True,
        env={"PATH": "/usr/bin:/bin" if installed else str(tmp_path), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    if installed:
        assert "Beslut om familjehem i Klippan" in done.stdout
    else:
        assert done.stdout.startswith("VÄNTAR")
        assert "apt-get install tesseract-ocr tesseract-ocr-swe" in done.stdout


def test_kept_text_is_used_again_and_goes_with_its_file(tmp_path: Path):
    cache, version = Cache(tmp_path / "cache"), extraction_version(FileKind.HTML)
    file = tmp_path / "a.html"
    file.write_text("<p>Läst en gång</p>", "utf-8")
    digest = read_original(file, "a.html", cache).sha256
    cache.put(digest, version, Extracted(("Ur minnet",)))
    assert read_original(file, "a.html", cache).text == "Ur minnet"
    assert cache.get(digest, "another") is None
    cache.put("f" * 64, version, Extracted(("Väntar",), waiting=1))
    assert cache.get("f" * 64, version) is None
    cache.put(digest, "old", Extracted(("Föråldrad",)))
    cache.keep_only({digest}, {version})
    assert cache.get(digest, version) == Extracted(("Ur minnet",))
    assert cache.get(digest, "old") is None
    cache.keep_only(frozenset(), {version})
    assert cache.get(digest, version) is None


def test_an_image_is_not_recognised_again_when_something_else_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / ocr.PROGRAM
    program.write_text(f"#!/bin/sh\necho $@ >> {tmp_path}/calls\necho swe 5.0 Möte i Bjuv\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    ocr._version.cache_clear()
    Image.new("L", (60, 60), "white").save(tmp_path / "sida.png")
    cache = Cache(tmp_path / "cache")

    def recognitions() -> int:
        return (tmp_path / "calls").read_text().count("stdin stdout")

    first = read_original(tmp_path / "sida.png", "sida.png", cache)
    assert recognitions() == 1
    monkeypatch.setattr(registry, "extraction_version", lambda _: "another")
    assert read_original(tmp_path / "sida.png", "sida.png", cache) == first
    assert recognitions() == 1
    monkeypatch.setattr(registry, "extraction_version", lambda _: "yet another")
    monkeypatch.setattr(registry, "recognition_version", lambda: "a better one")
    read_original(tmp_path / "sida.png", "sida.png", cache)
    assert recognitions() == 2
    ocr._version.cache_clear()
