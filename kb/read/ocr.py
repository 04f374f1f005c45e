"""Text recognition, by Tesseract with Swedish."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import time
from functools import lru_cache

from PIL.Image import Image

from kb import system
from kb.read import recognised

LANGUAGE = "swe"

DOTS = 300
"""Dots an inch that pages are drawn at; what Tesseract's models were trained on."""

INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-swe"

PROGRAM = "tesseract"
_SECONDS = 120


_REMEMBERED = 10.0
"""Seconds for which an answer is believed: whether it is installed is asked many times a second,
and a server that runs for months must see that it, or its Swedish, has been installed."""


def version() -> str | None:
    """Return the version of Tesseract, or None if it or its Swedish is not installed."""
    return _version(shutil.which(PROGRAM), int(time.monotonic() / _REMEMBERED))


@lru_cache(maxsize=1)
def _version(program: str | None, _period: int) -> str | None:
    if program is None:
        return None
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=30, check=True
        )
        if LANGUAGE not in listed.stdout.split():
            return None
        told = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\d+(?:\.\d+)+", told.stdout + told.stderr)
    return found[0] if found else None


def recognise(image: Image) -> str:
    """Return the text of a page image.

    Raises:
        subprocess.SubprocessError: Tesseract failed or took too long.
    """
    grey = image.convert("L")
    said = f"{grey.size} {_dots(image)} ".encode()
    digest = hashlib.blake2b(said + grey.tobytes(), digest_size=16).hexdigest()
    if (text := recognised.known(digest)) is not None:
        return text
    drawn = io.BytesIO()
    grey.save(drawn, "PNG")
    done = subprocess.run(
        [PROGRAM, "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(_dots(image))],
        # One page at a time on one core: files are read side by side.
        env=system.environment(OMP_THREAD_LIMIT="1"),
        input=drawn.getvalue(),
        capture_output=True,
        timeout=_SECONDS,
        check=True,
    )
    text = done.stdout.decode("utf-8", "replace").replace("\f", "")
    recognised.note(digest, text)
    return text


def _dots(image: Image) -> int:
    stated = image.info.get("dpi", (DOTS,))[0]
    return round(stated) if 70 <= stated <= 1200 else DOTS
