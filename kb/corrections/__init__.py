"""People's corrections, in the sidecar NAME.toml beside an original NAME, with author and time.

Each correction of a word is a table that can be read and changed by hand:

    [[words]]
    original = "Sval6v"
    corrected = "Svalöv"
    by = "anna"
    at = 2026-03-14T09:30:00Z

`start`, if given, is the place in the text that the correction is for; without it the correction
applies wherever the word occurs in the document.

Each correction of a fact is a table with the fact and its right value; "" means none, and what
is not named stays as it was read:

    [[facts]]
    date = 2020-12-04                       # or title, group, kind
    by = "anna"
    at = 2026-03-14T09:30:00Z

    [[facts]]
    municipality = "Bjuv"
    part = "deltog"                         # frånvarande, värd, handlar om, nämns; or remove = true

    [[facts]]
    person = "Hikan Strémberg"              # as the name was read; with add = true a new person
    name = "Håkan Strömberg"
    municipality = "Landskrona"             # organisation, title
    role = "ordförande"                     # sekreterare, justerare, adjungerad, ersättare
    presence = "närvarande"                 # ej närvarande, gäst, övrig

    [[facts]]
    person = "Ellen"
    remove = true

    [[facts]]
    hide = "Övrigt"                         # a section, by its heading; start = 120, where it
                                            # stands, says which of several. While no section
                                            # fits, the whole document is hidden from readers.

All other content of the file is preserved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from kb.corrections import entries, facts, files
from kb.corrections.apply import apply, sections_called, unfit_hidings
from kb.corrections.entries import tidy
from kb.errors import UserError
from kb.library import Library
from kb.model import Correction, Document, Fact, FactCorrection

__all__ = [
    "Register",
    "Sidecar",
    "SidecarProblem",
    "add",
    "add_fact",
    "apply",
    "checked",
    "checked_fact",
    "gather",
    "load",
    "replace_fact",
    "sections_called",
    "undo",
    "undo_fact",
    "unfit_hidings",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SidecarProblem:
    """A part of the sidecar `path` that cannot be used (Swedish, safe to show)."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The corrections of one original, in the order they were made, and their problems."""

    corrections: tuple[Correction, ...] = ()
    problems: tuple[str, ...] = ()
    facts: tuple[FactCorrection, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """The corrections of a library.

    Attributes:
        by_path: Corrections of words by the library path of their original.
        problems: What cannot be used.
        facts: Corrections of facts by the library path of their original.
    """

    by_path: Mapping[str, tuple[Correction, ...]]
    problems: tuple[SidecarProblem, ...]
    facts: Mapping[str, tuple[FactCorrection, ...]] = field(default_factory=dict)

    def agreed(self) -> dict[str, str]:
        """Return the readings that all corrections of a word agree on, by the word as written.

        A correction for a single place does not apply to others, but it can disagree.
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
    of_facts: dict[str, tuple[FactCorrection, ...]] = {}
    problems = []
    for path, original in library.sidecars():
        if not original.is_file():
            name = PurePosixPath(path).stem
            problems.append(SidecarProblem(path, f"Originalet ”{name}” finns inte."))
            continue
        found = load(original)
        doc_id = original.relative_to(library.folder).as_posix()
        by_path[doc_id], of_facts[doc_id] = found.corrections, found.facts
        problems += (SidecarProblem(path, reason) for reason in found.problems)
    return Register(by_path, tuple(problems), of_facts)


def load(original: Path) -> Sidecar:
    """Read the corrections of the original at `original`; what cannot be used is reported."""
    try:
        content = files.read(original)
    except ValueError as error:
        unread = f"Rättningarna går inte att läsa: {error}."
        return Sidecar(problems=(unread,), facts=_still_hidden(original, ()))
    words, wrong_words = _decoded(content, files.WORDS, entries.decode, "Rättning")
    of_facts, wrong_facts = _decoded(content, files.FACTS, facts.decode, "Faktarättning")
    saved = _still_hidden(original, of_facts) if wrong_facts else ()
    return Sidecar(tuple(words), (*wrong_words, *wrong_facts), (*of_facts, *saved))


def _still_hidden(original: Path, known: Sequence[FactCorrection]) -> tuple[FactCorrection, ...]:
    """Return the hidden sections of a broken sidecar that are not among the `known` ones."""
    hidden = {fact.value for fact in known if fact.fact is Fact.HIDDEN}
    found = []
    for heading in dict.fromkeys(files.hidden(original)):
        with suppress(ValueError):  # reported already, as a problem of the file
            found.append(facts.decode({Fact.HIDDEN.value: heading}))
    return tuple(fact for fact in found if fact.value not in hidden)


def _decoded(
    content: Mapping[str, object], name: str, decode: Callable[[object], T], called: str
) -> tuple[list[T], list[str]]:
    """Return the valid entries of a list of a sidecar, and the problems of the others."""
    held = content.get(name, [])
    if not isinstance(held, list):
        return [], [f"Rättningarna går inte att läsa: ”{name}” ska vara en lista: [[{name}]]."]
    found, problems = [], []
    for number, entry in enumerate(held, 1):
        try:
            found.append(decode(entry))
        except ValueError as error:
            problems.append(f"{called} {number} går inte att använda: {error}.")
    return found, problems


def checked(correction: Correction, text: str) -> Correction:
    """Return `correction` normalised and checked.

    Args:
        correction: The requested correction.
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
    """Save `correction` of the original at `original`, replacing earlier ones of the same word.

    Raises:
        UserError: It cannot be saved; the message says why.
    """
    general = correction.start is None

    def replaces(entry: object) -> bool:
        word, start = entries.subject(entry)
        return word == correction.original and (general or start == correction.start)

    files.edit(original, files.WORDS, drop=replaces, new=entries.encode(correction))


def undo(original: Path, correction: Correction) -> None:
    """Delete `correction` of the original at `original`.

    Raises:
        UserError: It does not exist, or cannot be deleted.
    """
    wanted = (correction.original, correction.start)
    if not files.edit(original, files.WORDS, drop=lambda entry: entries.subject(entry) == wanted):
        raise UserError(f"Det finns ingen rättning av ”{correction.original}” att ångra.")


def checked_fact(entry: Mapping[str, object], document: Document) -> FactCorrection:
    """Return the correction of a fact that the sidecar entry `entry` describes.

    Raises:
        UserError: It cannot be used, or does not fit `document`; the message says why.
    """
    try:
        fact = facts.decode(dict(entry))
    except ValueError as error:
        raise UserError(f"Rättningen gick inte att spara: {error}.") from error
    _, misfits = apply(document, [fact])
    if misfits:
        raise UserError(misfits[0])
    return fact


def add_fact(original: Path, fact: FactCorrection) -> None:
    """Save a correction of a fact of the original, replacing an earlier one of the same fact.

    Raises:
        UserError: It cannot be saved; the message says why.
    """
    files.edit(original, files.FACTS, _about(fact), new=facts.encode(fact))


def replace_fact(original: Path, before: FactCorrection, fact: FactCorrection) -> None:
    """Replace a correction of a fact by another one, atomically.

    Raises:
        UserError: The other one does not exist, or it cannot be saved.
    """
    held = load(original).facts
    if before.subject not in {one.subject for one in held}:
        raise UserError("Det finns ingen sådan rättning att ersätta.")
    replaced = (before.subject, fact.subject)
    files.edit(
        original,
        files.FACTS,
        drop=lambda entry: facts.subject(entry) in replaced,
        new=facts.encode(fact),
    )


def undo_fact(original: Path, fact: FactCorrection) -> None:
    """Delete the correction of the fact that `fact` is about.

    Raises:
        UserError: It does not exist, or cannot be deleted.
    """
    if not files.edit(original, files.FACTS, _about(fact)):
        raise UserError("Det finns ingen sådan rättning att ångra.")


def _about(fact: FactCorrection) -> Callable[[object], bool]:
    return lambda entry: facts.subject(entry) == fact.subject
