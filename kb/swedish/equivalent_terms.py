"""What the terms of the equivalents are to the analysis, and what they look like in a query.

To analyse the thousands of terms of the program's own file takes some tenths of a second, so
what came of it is kept in the user's cache under a name that says what it was made of. A
cache that cannot be read or written, or is damaged, only costs the analysis again.
"""

from __future__ import annotations

import json
import logging
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from kb.caches import cache_folder, write
from kb.swedish import tables
from kb.swedish.equivalent_groups import MarkedTerm, fault
from kb.versions import version_of

if TYPE_CHECKING:
    from kb.swedish.analysis import Analyzer

_log = logging.getLogger(__name__)


class TermWord(NamedTuple):
    """A word of a term: as it stands, in lower case, and its conflation class."""

    text: str
    form: str
    key: str


TermWords = tuple[TermWord, ...]


@dataclass(frozen=True, slots=True)
class EquivalentTerm:
    """A term of a group.

    Attributes:
        text: The term as it stands in the file, without its marks.
        keys: The keys of its words without the small ones: "vård av unga" → vård, unga.
            With them if there is but one other: "utan bostad" → utan, bostad.
        length: Words with the small ones; how far apart its words may stand.
        as_written: Only these very letters are the term: "SoL" is, "sol" is not,
            "fritids" is, "fritid" is not. A key alone must not answer for it.
    """

    text: str
    keys: tuple[str, ...]
    length: int
    as_written: bool


@dataclass(frozen=True, slots=True)
class TermPattern:
    """What a term looks like in a query.

    Attributes:
        term: The term.
        units: What its words are compared by: a key, or letters with `literal`.
        letters: For each unit the letters that must stand as typed, or "".
        gaps: For each unit whether small words may stand before it.
    """

    term: EquivalentTerm
    units: tuple[str, ...]
    letters: tuple[str, ...]
    gaps: tuple[bool, ...]

    def covers(self, other: TermPattern) -> bool:
        """Whether whatever words spell the other term spell this one."""
        return self.units == other.units and all(
            mine or not theirs for mine, theirs in zip(self.gaps, other.gaps, strict=True)
        )


def small_words() -> frozenset[str]:
    """Return the words that may differ inside a term: av, om, i."""
    return frozenset(tables.words("kb.swedish", "function_words.txt"))


def read_term(
    line: int, marked: MarkedTerm, pieces: TermWords, small: frozenset[str]
) -> TermPattern:
    """Return what a term looks like.

    Raises:
        OperatorError: It has no word to search for; names its line.
    """
    places = [at for at, piece in enumerate(pieces) if piece.form not in small]
    if not places:
        raise fault(line, f"termen ”{marked.text}” har inget ord att söka på")
    if len(places) == 1:
        # One word does not stand for all: "utan bostad" is no "bostad".
        places = list(range(len(pieces)))
    content = [pieces[at] for at in places]
    bases = [base_of(piece.text) for piece in content]
    units = tuple(
        literal(base) if marked.as_written or _is_abbreviation(base) else piece.key
        for piece, base in zip(content, bases, strict=True)
    )
    letters = tuple(base if marked.as_written and not base.islower() else "" for base in bases)
    gaps = (False, *(later - at > 1 for at, later in pairwise(places)))
    keys = tuple(piece.key for piece in content)
    return TermPattern(
        EquivalentTerm(marked.text, keys, len(pieces), marked.as_written), units, letters, gaps
    )


def analyse(analyzer: Analyzer, texts: Iterable[str]) -> dict[str, TermWords]:
    """Return the words of each term."""
    return {
        text: tuple(
            TermWord(token.text, token.word.form, token.word.key) for token in analyzer.tokens(text)
        )
        for text in texts
    }


def cached(
    analyzer: Analyzer, texts: Iterable[str], folder: Path | None = None
) -> Mapping[str, TermWords]:
    """Return the words of each term, from `folder` (the user's cache) if they are there."""
    distinct = sorted(set(texts))
    made_of = json.dumps([version_of(__name__), distinct]).encode()
    try:
        name = f"terms-{blake2b(made_of, digest_size=8).hexdigest()}.json"
        path = (folder or cache_folder()) / name
        found = _read(path)
        if found is None:
            found = analyse(analyzer, distinct)
            data = json.dumps(found, ensure_ascii=False).encode()
            write(path, b"%08x\n" % crc32(data) + data)
    except (OSError, RuntimeError) as error:
        _log.warning("the terms of the equivalents cannot be cached: %s", error)
        return analyse(analyzer, distinct)
    return found


def _read(path: Path) -> dict[str, TermWords] | None:
    """Read what `cached` wrote; None if it is missing or damaged."""
    try:
        checksum, _, data = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    if checksum != b"%08x" % crc32(data):
        return None
    return {
        text: tuple(TermWord(*piece) for piece in pieces)
        for text, pieces in json.loads(data).items()
    }


def base_of(form: str) -> str:
    """Return an abbreviation without its ending: "SKR:s" → "SKR", "IVOs" → "IVO"."""
    base = unicodedata.normalize("NFC", form).partition(":")[0]
    return base[:-1] if base.endswith("s") and base[:-1].isupper() and len(base) > 2 else base


def literal(base: str) -> str:
    """Return the unit of a word that is compared by its letters, apart from all keys."""
    return f"={base.casefold()}"


def _is_abbreviation(base: str) -> bool:
    return sum(letter.isupper() for letter in base) > 1
