"""PDF, by pypdfium2: the text layer page by page, or recognised text where that is better."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL.Image import Image

from kb.errors import UserError
from kb.read import limits, ocr
from kb.read.extracted import Extracted
from kb.read.layer import better, is_poor
from kb.read.lines import tidy

_HYPHEN = re.compile("[\x02\ufffe]\n?")
_POINTS = 72  # of a PDF's measure to the inch


def read_pdf(data: bytes) -> Extracted:
    """Read a PDF.

    Raises:
        UserError: It is damaged, encrypted or too long.
    """
    document = _open(data)
    try:
        if len(document) > limits.PAGES:
            raise UserError(
                f"Dokumentet har {len(document)} sidor, mot högst {limits.PAGES}. Dela upp det."
            )
        pages, recognised, waiting = [], 0, 0
        for page in document:
            text = _layer(page)
            if is_poor(text) and _has_image(page):
                if ocr.version() is None:
                    waiting += 1
                else:
                    seen = ocr.recognise(_drawn(page))
                    if better(seen, text):
                        text = seen
                        recognised += 1
            pages.append(text)
            page.close()
        return Extracted(tidy(pages), waiting=waiting, recognised=recognised)
    finally:
        document.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise UserError(
                "PDF-filen är skyddad med lösenord. Spara den utan lösenord."
            ) from error
        raise UserError("PDF-filen är skadad och går inte att öppna.") from error


def _layer(page: pdfium.PdfPage) -> str:
    layer = page.get_textpage()
    text = layer.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")
    layer.close()
    # Where PDFium found a hyphen at the end of a line it leaves a sign and takes the line end
    # out; put back as it was printed, so that `tidy` can tell a broken word from a name.
    return _HYPHEN.sub("-\n", str(text)).replace("\0", "")


def _has_image(page: pdfium.PdfPage) -> bool:
    """Tell whether the page shows anything but text; an empty page needs no recognition."""
    return any(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH)))


def _drawn(page: pdfium.PdfPage) -> Image:
    width, height = page.get_size()
    scale = ocr.DOTS / _POINTS
    if width * height * scale * scale > limits.PIXELS:
        scale = (limits.PIXELS / (width * height)) ** 0.5
    image: Image = page.render(scale=scale, grayscale=True).to_pil()
    image.info["dpi"] = (scale * _POINTS,) * 2
    return image
