"""Page images (PNG, JPEG, TIFF), by Pillow and text recognition."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from kb.errors import UserError
from kb.read import limits, ocr
from kb.read.extracted import Extracted
from kb.read.lines import tidy


def read_image(data: bytes) -> Extracted:
    """Read an image; a TIFF may have several pages.

    Raises:
        UserError: It is damaged or too large.
    """
    Image.MAX_IMAGE_PIXELS = limits.PIXELS
    pages = []
    try:
        with Image.open(io.BytesIO(data)) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                if number > limits.PAGES:
                    raise UserError(f"Bilden har fler än {limits.PAGES} sidor. Dela upp den.")
                if frame.width * frame.height > limits.PIXELS:
                    raise Image.DecompressionBombError
                if ocr.version() is not None:
                    upright = ImageOps.exif_transpose(frame)
                    upright.info["dpi"] = frame.info.get("dpi", (ocr.DOTS, ocr.DOTS))
                    pages.append(ocr.recognise(upright))
                else:
                    frame.load()
                    pages.append("")
    except Image.DecompressionBombError as error:
        raise UserError("Bilden är för stor för att läsas.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UserError("Bilden är skadad och går inte att öppna.") from error
    known = ocr.version() is not None
    return Extracted(
        tidy(pages), waiting=0 if known else len(pages), recognised=len(pages) if known else 0
    )
