"""What a generation was made of, and the outcome of every original."""

from __future__ import annotations

import datetime as dt

import msgspec


class Fingerprint(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an original looked like when it was indexed, and the outcome.

    Attributes:
        size: Bytes.
        modified: Time of last change, in nanoseconds since 1970.
        sha256: Digest of its bytes.
        corrected: Size and time of last change of its sidecar.
        content: Digest of what was derived from it.
        said: Digest of people's corrections of it.
        words: Digest of its words.
        damaged: Whether corrections made in other documents may apply to it.
        waits: Whether some of it is pending text recognition.
        weighed: Digest of what other documents change in it.
        hidden: Digest of what is hidden in its duplicates.
    """

    size: int
    modified: int
    sha256: str
    corrected: tuple[int, int] | None = None
    content: str = ""
    said: str = ""
    words: str = ""
    damaged: bool = False
    waits: bool = False
    weighed: str = ""
    hidden: str = ""


class Duplicate(Fingerprint, frozen=True, kw_only=True):
    """A duplicate; `first` is the library path of the original it has the same words as."""

    first: str


class Failure(msgspec.Struct, frozen=True):
    """An original that could not be taken in, and why (Swedish, safe to show).

    If it is `waiting`, nothing is wrong with it: it is taken in once what it needs is installed.
    If the failure may be temporary, the next build tries `again`. If it is `withheld`, it could
    be taken in, but the place of something to be hidden in it is not known; the reason then
    names it, and is for those who may see what is hidden. `sha256` is then the digest of its
    bytes, since what was derived from it is kept.
    """

    path: str
    reason: str
    size: int
    modified: int
    corrected: tuple[int, int] | None = None
    waiting: bool = False
    again: bool = False
    withheld: bool = False
    sha256: str = ""


class Remark(msgspec.Struct, frozen=True):
    """A problem with a file of the library that a person should fix (Swedish, safe to show)."""

    path: str
    text: str


class Manifest(msgspec.Struct, frozen=True):
    """What a generation was made of.

    Attributes:
        versions: Version by stage, see `kb.build.stages`.
        built: When the build ended, UTC.
        documents: Fingerprint by library path.
        failures: Originals that are not in the index.
        remarks: Corrections that could not be used.
        duplicates: Duplicates, by library path.
        doubts: What is doubtful about a document, by library path (Swedish, safe to show).
        elsewhere: Readings of damaged words that people have decided, for any document.
        text_recognition: The installed version of text recognition.
        decided: Digest of what people have decided about names.
        alone: Whether something was removed, so that no older generation may be kept.
        missing: Documents whose files were not in the library, kept until somebody decides.
        summed: Whether the generation has checksums.
    """

    versions: dict[str, str]
    built: dt.datetime
    documents: dict[str, Fingerprint]
    failures: tuple[Failure, ...] = ()
    remarks: tuple[Remark, ...] = ()
    duplicates: dict[str, Duplicate] = {}
    doubts: dict[str, tuple[str, ...]] = {}
    elsewhere: dict[str, str] = {}
    text_recognition: str | None = None
    decided: str = ""
    alone: bool = False
    missing: tuple[str, ...] = ()
    summed: bool = False


def blank() -> Manifest:
    """Return what an index that holds nothing is made of."""
    return Manifest({}, dt.datetime.now(dt.UTC), {}, summed=True)
