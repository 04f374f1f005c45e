"""A cache of text recognised in page images, so that none is recognised twice.

Recognising a page takes seconds; the later steps take milliseconds and change more often: the known
words decide whether a text layer is better, and where lines are joined. So the raw text of each
image is kept under a digest of the image.
"""

from __future__ import annotations

import msgspec


class Recognised(msgspec.Struct):
    """Texts of images by digest, of one version of text recognition.

    Attributes:
        version: What changes whenever the same image may be read otherwise.
        texts: The texts.
    """

    version: str = ""
    texts: dict[str, str] = {}


_known = Recognised()
_used: dict[str, str] = {}


def begin(known: Recognised) -> None:
    """Let this process, which reads one file, use the cached texts."""
    global _known
    _known = known
    _used.clear()


def known(digest: str) -> str | None:
    """Return the text of an image, or None if it has to be recognised."""
    text = _known.texts.get(digest)
    if text is not None:
        _used[digest] = text
    return text


def note(digest: str, text: str) -> None:
    """Add the text of an image."""
    _used[digest] = text


def used() -> Recognised:
    """Return the texts of all images that were asked about."""
    return Recognised(_known.version, dict(_used))
