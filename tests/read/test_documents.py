"""Documents become plain text that keeps their headings, lists and rows."""

from __future__ import annotations

import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from kb.read import Cache, read_original, unpack
from kb.read.content import Kind
from kb.read.extracted import Extracted
from kb.read.worker import extract

from .files import docx, odt, pdf, picture

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
    [(Kind.DOCX, docx()), (Kind.ODT, odt()), (Kind.HTML, HTML.encode())],
    ids=lambda value: value.name if isinstance(value, Kind) else "",
)
def test_headings_rows_and_items_are_kept(kind: Kind, data: bytes):
    (page,) = extract(kind, data).pages
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
    (page,) = extract(Kind.DOCX, docx()).pages
    assert page.count("Förhinder") == 1
    assert "Sidhuvud" not in page


def test_rich_text():
    data = rb"{\rtf1\ansi Beslut om f\'f6rskola\par Kommun\'e9n i \u197?storp\par}"
    (page,) = extract(Kind.RTF, data).pages
    assert lines(page) == ["Beslut om förskola", "Kommunén i Åstorp"]


def test_a_message_and_what_is_attached_to_it():
    message = EmailMessage()
    message["Subject"] = "Anteckningar från mötet"
    message["From"] = "Åsa Öberg <asa@example.org>"
    message.set_content("Hej! Här är anteckningarna.")
    message.add_attachment(b"Beslut", maintype="text", subtype="plain", filename="beslut.txt")
    data = message.as_bytes()
    (page,) = extract(Kind.EMAIL, data).pages
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
    assert "Gruppen träffades i Bjuv." in extract(Kind.EMAIL, found[0].data).pages[0]


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
    (page,) = extract(Kind.EMAIL, data).pages
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
    got = "\n".join(extract(Kind.PDF, pdf(*pages)).pages)
    assert "Socialförvaltningen" not in got
    assert "Sida" not in got
    assert "familjehemsplaceringar" in got
    assert "Barn-" in got
    assert "Anna-" in got
    assert "tackade för sig." in got


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
from kb.errors import Waiting
from kb.read import read_original
file = Path(sys.argv[1])
try:
    print(read_original(file, file.name).text)
except Waiting as error:
    print(f"VÄNTAR {error}")
"""


@pytest.mark.parametrize("installed", [False, True])
def test_an_image_waits_for_text_recognition(tmp_path: Path, installed: bool):
    from kb.read import ocr

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
    cache = Cache(tmp_path / "cache", "1")
    file = tmp_path / "a.html"
    file.write_text("<p>Läst en gång</p>", "utf-8")
    digest = read_original(file, "a.html", cache).sha256
    cache.put(digest, Extracted(("Ur minnet",)))
    assert read_original(file, "a.html", cache).text == "Ur minnet"
    assert Cache(tmp_path / "cache", "2").get(digest) is None
    cache.put("f" * 64, Extracted(("Väntar",), waiting=1))
    assert cache.get("f" * 64) is None
    cache.keep_only(frozenset())
    assert cache.get(digest) is None
