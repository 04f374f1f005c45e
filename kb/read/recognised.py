"""What text recognition has read in page images, so that none is recognised twice.

Recognising a page takes seconds, all else that is done with it takes milliseconds and changes
more often: which words are known decides whether a text layer is better, and where lines join.
So the text of each image is kept as it was read, under a digest of the image.
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
    """Let this process, which reads one file, use what is known."""
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
    """Remember the text of an image."""
    _used[digest] = text


def used() -> Recognised:
    """Return the texts of all images that were asked about."""
    return Recognised(_known.version, dict(_used))
