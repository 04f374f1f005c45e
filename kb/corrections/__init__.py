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

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.corrections import files
from kb.corrections.entries import decode, encode, subject, tidy
from kb.errors import UserError
from kb.library import Library
from kb.model import Correction


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
        entries = files.read(original)
    except ValueError as error:
        return Sidecar(problems=(f"Rättningarna går inte att läsa: {error}.",))
    corrections, problems = [], []
    for number, entry in enumerate(entries, 1):
        try:
            corrections.append(decode(entry))
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
        wanted = tidy(correction)
    except ValueError as error:
        raise UserError(f"Rättningen gick inte att spara: {error}.") from error
    if not wanted.places(text):
        raise UserError(
            f"Rättningen gick inte att spara: ”{wanted.original}” står inte som eget ord i texten."
        )
    return wanted


def add(original: Path, correction: Correction) -> None:
    """Remember `correction` of the original at `original`, in place of earlier ones of the same.

    Raises:
        UserError: It cannot be written down; the message says why.
    """
    general = correction.start is None

    def replaces(entry: object) -> bool:
        word, start = subject(entry)
        return word == correction.original and (general or start == correction.start)

    files.edit(original, drop=replaces, new=encode(correction))


def undo(original: Path, correction: Correction) -> None:
    """Forget `correction` of the original at `original`.

    Raises:
        UserError: It is not there, or cannot be taken out.
    """
    wanted = (correction.original, correction.start)
    if not files.edit(original, drop=lambda entry: subject(entry) == wanted):
        raise UserError(f"Det finns ingen rättning av ”{correction.original}” att ångra.")
