"""How much of a text is recovered from real files: made by LibreOffice, scanned and recognised.

Known texts are written as web pages with headings, lists and tables, which LibreOffice converts
to documents. Its PDF is rendered at 200 dpi with light noise, like a scan, and read by text
recognition.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from importlib import resources
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from kb.errors import UserError
from kb.lab.evaluate.table import FigureRow
from kb.read import ocr, read_original

OFFICE = "soffice"
INSTALL = f"sudo apt-get install libreoffice-writer-nogui && {ocr.INSTALL}"

DOTS = 200
"""Dots an inch of the scans."""

_NOISE = 14  # standard deviation in shades of 255
_SCANNED = 2  # texts that are scanned; recognising a page takes seconds
_SECONDS = 300

_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"\s*[-•]\s+(.+)")
_STYLE = "body { font-family: 'Liberation Serif', 'DejaVu Serif', serif; font-size: 11pt }"

_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "odt": "odt",
    "rtf": "rtf:Rich Text Format",
    "pdf": "pdf:writer_pdf_Export",
}
"""LibreOffice's names of the kinds of file it makes."""

_TABLE = (
    ("Namn", "Kommun", "Uppdrag"),
    ("Åsa Öberg", "Ängelholm", "Ordförande"),
    ("Sören Ek", "Örkelljunga", "Sekreterare"),
    ("Maj Lind", "Åstorp", "Enhetschef, familjehemsvården"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A text whose words are known, and the web page it is made into."""

    name: str
    words: list[str]
    page: str


def run(seeds: Path) -> int:
    """Print the share of words recovered from each kind of file.

    Args:
        seeds: Folder of known texts.

    Returns:
        0 if every floor is kept, else 1.

    Raises:
        UserError: LibreOffice or Tesseract is not installed.
    """
    if shutil.which(OFFICE) is None or ocr.version() is None:
        raise UserError(f"LibreOffice och Tesseract med svenska behövs för att mäta: {INSTALL}")
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        for row in measure(list(known(seeds)), Path(folder)):
            print(row, flush=True)
            kept &= not row.fails
    return 0 if kept else 1


def known(seeds: Path) -> Iterator[Known]:
    """Yield the texts; for the seed that is a damaged scan, a careful reader's text."""
    for file in sorted(seeds.glob("00[0-3]_*.txt")):
        yield _known(file.stem, file.read_text("utf-8-sig"))
    clean = resources.files("kb.lab.evaluate").joinpath("data/004_clean.txt").read_text("utf-8")
    yield _known("004_clean", clean)


def _known(name: str, text: str) -> Known:
    table = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>" for cells in _TABLE
    )
    body = f"<h1>Minnesanteckningar</h1><h2>Deltagare</h2><table border=1>{table}</table>"
    body += "<h2>Anteckningar</h2>" + "\n".join(_blocks(text))
    page = f"<html><head><meta charset=utf-8><style>{_STYLE}</style></head><body>{body}</body>"
    cells = " ".join(cell for cells in _TABLE for cell in cells)
    return Known(
        name, _words(f"Minnesanteckningar Deltagare {cells} Anteckningar {text}"), page + "</html>"
    )


def _blocks(text: str) -> Iterator[str]:
    for line in text.splitlines():
        item = _ITEM.fullmatch(line)
        if item:
            yield f"<ul><li>{escape(item[1])}</li></ul>"
        elif line.strip():
            yield f"<p>{escape(line)}</p>"


def measure(texts: list[Known], folder: Path) -> Iterator[FigureRow]:
    """Make the files in `folder`, read them, and yield the share of words recovered a kind."""
    pages = []
    for text in texts:
        page = folder / f"{text.name}.html"
        page.write_text(text.page, "utf-8")
        pages.append(page)
    yield _row("Webbsida", texts, [[page] for page in pages], 1.0)
    for kind in _FILTERS:
        _convert(pages, kind, folder)
        made = [[folder / f"{text.name}.{kind}"] for text in texts]
        yield _row(f"LibreOffice, {kind.upper()}", texts, made, 1.0)
    scanned = texts[-_SCANNED:]
    scans = [_scan(folder / f"{text.name}.pdf") for text in scanned]
    for kind, save in (("PNG", _png), ("TIFF", _tiff), ("PDF utan text", _pdf)):
        made = [
            save(images, folder / f"{text.name}-{kind}")
            for text, images in zip(scanned, scans, strict=True)
        ]
        yield _row(f"Skannat i {DOTS} dpi, {kind}", scanned, made, 0.98)


def _convert(pages: list[Path], kind: str, folder: Path) -> None:
    profile = (folder / "profile").as_uri()
    command = [OFFICE, f"-env:UserInstallation={profile}", "--headless",
               "--infilter=HTML (StarWriter)", "--convert-to", _FILTERS[kind],
               "--outdir", str(folder), *map(str, pages)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    missing = [page for page in pages if not page.with_suffix(f".{kind}").exists()]
    if missing:
        raise UserError(f"LibreOffice gjorde ingen {kind.upper()}: {done.stderr.strip()}")


def _scan(file: Path) -> list[Image.Image]:
    """Return the pages of a PDF as images like those of a scanner."""
    document = pdfium.PdfDocument(file)
    try:
        return [_noisy(page.render(scale=DOTS / 72, grayscale=True).to_pil()) for page in document]
    finally:
        document.close()


def _noisy(page: Image.Image) -> Image.Image:
    noise = Image.effect_noise(page.size, _NOISE)
    return ImageChops.add(page.convert("L"), noise, offset=-128)


def _png(images: list[Image.Image], stem: Path) -> list[Path]:
    files = [stem.with_name(f"{stem.name}-{n}.png") for n in range(len(images))]
    for image, file in zip(images, files, strict=True):
        image.copy().save(file, dpi=(DOTS, DOTS))  # saving leaves its settings on the image
    return files


def _tiff(images: list[Image.Image], stem: Path) -> list[Path]:
    file = stem.with_suffix(".tiff")
    images[0].save(file, save_all=True, append_images=images[1:], dpi=(DOTS, DOTS))
    return [file]


def _pdf(images: list[Image.Image], stem: Path) -> list[Path]:
    file = stem.with_name(f"{stem.name}-scan.pdf")
    images[0].save(file, save_all=True, append_images=images[1:], resolution=DOTS)
    return [file]


def _row(name: str, texts: list[Known], made: list[list[Path]], floor: float) -> FigureRow:
    """Return the share of words recovered in order, over all texts."""
    wanted = found = 0
    for text, files in zip(texts, made, strict=True):
        got = _words("\n".join(read_original(file, file.name).text for file in files))
        blocks = SequenceMatcher(None, text.words, got, autojunk=False).get_matching_blocks()
        wanted += len(text.words)
        found += sum(block.size for block in blocks)
    return FigureRow(name, found / wanted, floor)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
