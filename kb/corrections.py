"""What people have corrected: beside an original NAME lies NAME.toml, who and when included.

Each correction of a word is a table, easily read and changed by hand:

    [[words]]
    original = "Sval6v"
    corrected = "Svalöv"
    by = "anna"
    at = 2026-03-14T09:30:00Z

`start`, where given, is the place in the text the correction is for; without it the word is meant
wherever it stands in the document. Whatever else the file holds is left as it is.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shutil
import threading
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import OperatorError, UserError
from kb.library import Library, sidecar
from kb.model import Correction

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

LONGEST = 200
"""Characters of a correctable word, as it stands and as it reads."""

_WORDS = "words"
_writing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the sidecar `path` that cannot be used (Swedish, safe to show)."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The corrections of one original, in the order they were made, and what is wrong with them."""

    corrections: tuple[Correction, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """The corrections of a library.

    Attributes:
        by_path: Corrections by the library path of their original.
        problems: What cannot be used.
    """

    by_path: Mapping[str, tuple[Correction, ...]]
    problems: tuple[Problem, ...]

    def agreed(self) -> dict[str, str]:
        """Return the readings that all corrections of a word agree about, by the word as it stands.

        A correction for one place alone says nothing of other places, but it can disagree.
        """
        readings: defaultdict[str, set[str]] = defaultdict(set)
        general: set[str] = set()
        for corrections in self.by_path.values():
            for correction in corrections:
                readings[correction.original].add(correction.corrected)
                if correction.start is None:
                    general.add(correction.original)
        return {word: min(readings[word]) for word in general if len(readings[word]) == 1}


def gather(library: Library) -> Register:
    """Read every correction of a library.

    Raises:
        UserError: There is no such library.
    """
    by_path: dict[str, tuple[Correction, ...]] = {}
    problems = []
    for path, original in library.sidecars():
        if not original.is_file():
            problems.append(Problem(path, f"Originalet ”{original.name}” finns inte."))
            continue
        found = load(original)
        by_path[original.relative_to(library.folder).as_posix()] = found.corrections
        problems += (Problem(path, reason) for reason in found.problems)
    return Register(by_path, tuple(problems))


def load(original: Path) -> Sidecar:
    """Read the corrections of the original at `original`; what cannot be used is told of."""
    try:
        content = tomllib.loads(_text(sidecar(original)))
    except (OSError, ValueError) as error:
        return Sidecar(problems=(f"Rättningarna går inte att läsa: {_why(error)}.",))
    entries = content.get(_WORDS, [])
    if not isinstance(entries, list):
        return Sidecar(problems=(f"”{_WORDS}” ska vara en lista: [[{_WORDS}]].",))
    corrections, problems = [], []
    for number, entry in enumerate(entries, 1):
        try:
            corrections.append(_correction(entry))
        except ValueError as error:
            problems.append(f"Rättning {number} går inte att använda: {error}.")
    return Sidecar(tuple(corrections), tuple(problems))


def checked(correction: Correction, text: str) -> Correction:
    """Return `correction` tidied up.

    Args:
        correction: What somebody asks for.
        text: The source text of the document.

    Raises:
        UserError: It cannot be used; the message says why.
    """
    try:
        tidy = _tidy(correction)
    except ValueError as error:
        raise UserError(f"Rättningen gick inte att spara: {error}.") from error
    if not tidy.places(text):
        raise UserError(
            f"Rättningen gick inte att spara: ”{tidy.original}” står inte som eget ord i texten."
        )
    return tidy


def add(original: Path, correction: Correction) -> None:
    """Remember `correction` of the original at `original`, in place of earlier ones of the same.

    Raises:
        UserError: It cannot be written down; the message says why.
    """
    general = correction.start is None

    def replaces(entry: object) -> bool:
        word, start = _subject(entry)
        return word == correction.original and (general or start == correction.start)

    _edit(original, drop=replaces, new=_entry(correction))


def undo(original: Path, correction: Correction) -> None:
    """Forget `correction` of the original at `original`.

    Raises:
        UserError: It is not there, or cannot be taken out.
    """
    subject = (correction.original, correction.start)
    if not _edit(original, drop=lambda entry: _subject(entry) == subject):
        raise UserError(f"Det finns ingen rättning av ”{correction.original}” att ångra.")


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, UnicodeDecodeError):
        return "filen är inte skriven i UTF-8"
    return f"felaktig TOML ({error})"


def _correction(entry: object) -> Correction:
    """Read one entry; raises ValueError with a Swedish message."""
    if not isinstance(entry, dict):
        raise ValueError("den är ingen tabell")
    original, corrected = entry.get("original"), entry.get("corrected")
    if not isinstance(original, str) or not isinstance(corrected, str):
        raise ValueError("”original” och ”corrected” ska vara text inom citattecken")
    start, by, at = entry.get("start"), entry.get("by", ""), entry.get("at")
    if start is not None and (type(start) is not int or start < 0):
        raise ValueError("”start” ska vara ett heltal")
    if not isinstance(by, str):
        raise ValueError("”by” ska vara text inom citattecken")
    if isinstance(at, dt.date) and not isinstance(at, dt.datetime):
        at = dt.datetime.combine(at, dt.time())
    if at is not None and not isinstance(at, dt.datetime):
        raise ValueError("”at” ska vara en tid som 2026-03-14T09:30:00Z")
    if at and at.tzinfo is None:
        at = at.astimezone()  # written by hand: by the clock on the wall
    return _tidy(Correction(original, corrected, start, by, at))


def _tidy(correction: Correction) -> Correction:
    corrected = unicodedata.normalize("NFC", " ".join(correction.corrected.split()))
    if not corrected or not correction.original.strip():
        raise ValueError("skriv vad ordet ska läsas som")
    if max(len(corrected), len(correction.original)) > LONGEST:
        raise ValueError(f"ett ord kan ha högst {LONGEST} tecken")
    if any(unicodedata.category(character).startswith("C") for character in corrected):
        raise ValueError("ordet innehåller osynliga styrtecken")
    return Correction(
        correction.original, corrected, correction.start, correction.by, correction.at
    )


def _entry(correction: Correction) -> dict[str, Any]:
    entry = {
        "original": correction.original,
        "corrected": correction.corrected,
        "start": correction.start,
        "by": correction.by,
        "at": correction.at,
    }
    return {name: value for name, value in entry.items() if value is not None}


def _subject(entry: object) -> tuple[object, object]:
    """Return what an entry, sound or not, is about: the word and its place."""
    return (entry.get("original"), entry.get("start")) if isinstance(entry, dict) else (None, None)


def _edit(original: Path, drop: Callable[[object], bool], new: dict[str, Any] | None = None) -> int:
    """Take entries out of a sidecar and put one in; return how many were taken out."""
    target = sidecar(original)
    try:
        with _alone(original):
            before = _text(target)
            content = tomllib.loads(before)
            entries = content.get(_WORDS, [])
            if not isinstance(entries, list):
                raise UserError(f"Rätta först ”{target.name}”: ”{_WORDS}” ska vara en lista.")
            dropped = [number for number, entry in enumerate(entries) if drop(entry)]
            if not dropped and new is None:
                return 0
            kept = [entry for number, entry in enumerate(entries) if number not in dropped]
            after = _rewritten(before, dropped, new)
            expected = content | {_WORDS: kept + ([new] if new else [])}
            # The one thing that must not happen is that somebody's work is lost.
            if {_WORDS: [], **tomllib.loads(after)} != expected:
                raise OperatorError(f"{target} could not be changed without changing the rest")
            _write(target, after)
            return len(dropped)
    except (OSError, ValueError) as error:
        raise UserError(f"”{target.name}” gick inte att skriva: {_why(error)}.") from error


def _rewritten(before: str, dropped: list[int], new: dict[str, Any] | None) -> str:
    """Return a sidecar's text changed, comments and hand-made layout kept."""
    # Only for writing; tomllib reads faster, but knows nothing of comments.
    import tomlkit
    from tomlkit.items import Array

    document: TOMLDocument = tomlkit.parse(before)
    words: Any = document.get(_WORDS)
    for number in reversed(dropped):
        del words[number]
    if words is not None and not words:
        del document[_WORDS]
        words = None
    if new:
        if words is None:
            words = document[_WORDS] = tomlkit.aot()
        table = tomlkit.inline_table() if isinstance(words, Array) else tomlkit.table()
        table.update(new)
        if before.strip():
            table.trivia.indent = "\n"
        words.append(table)
    return tomlkit.dumps(document).lstrip("\r\n")


@contextmanager
def _alone(original: Path) -> Iterator[None]:
    """Keep other writers out: of this process, and of others where the file system can lock.

    The original itself is locked, so that nothing else has to lie in the library.
    """
    import fcntl

    with _writing, original.open("rb") as handle:
        with suppress(OSError):  # some network file systems cannot; the rename is whole even so
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _write(target: Path, content: str) -> None:
    """Write a file so that it is whole at every moment; one with nothing in it is taken away."""
    if not content.strip():
        target.unlink(missing_ok=True)
    else:
        aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        try:
            with aside.open("xb") as handle:
                handle.write(content.encode())
                handle.flush()
                os.fsync(handle.fileno())
            if target.exists():
                shutil.copymode(target, aside)
            aside.replace(target)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
