"""Terms that mean the same: abbreviations, synonyms and older names, in both directions.

The groups stand in `data/equivalents.tsv`, for a person to correct. They widen the query,
never the index: a corrected file counts from the next start, without indexing again, and a
hit can say which term stood in for which. Terms are compared by the keys of their words, so
"orosanmälningarna" is answered like "orosanmälan".
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from kb.errors import OperatorError
from kb.swedish import tables

if TYPE_CHECKING:
    from kb.swedish.analysis import Analyzer, Word

FILE = "equivalents.tsv"
KINDS = frozenset({"förkortning", "synonym", "äldre term", "namnbyte", "omskrivning"})
_AS_WRITTEN, _SHARED = "*", "+"


@dataclass(frozen=True, slots=True)
class EquivalentTerm:
    """A term of a group.

    Attributes:
        text: The term as it stands in the file, without its marks.
        words: Its words without the small ones: "vård av unga" → vård, unga.
        length: Words with the small ones; how far apart its words may stand.
        as_written: Only these very letters are the term: "SoL" is, "sol" is not,
            "fritids" is, "fritid" is not. A key alone must not answer for it.
    """

    text: str
    words: tuple[Word, ...]
    length: int
    as_written: bool


@dataclass(frozen=True, slots=True)
class EquivalentGroup:
    """One line of the file, not yet analysed; `terms` still carry their marks."""

    line: int
    terms: tuple[str, ...]
    kind: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalentMatch:
    """A stretch of the query that is a term, and what says the same.

    Attributes:
        start: First word of the stretch.
        end: The word after its last.
        term: The term it was recognised as.
        others: The other terms of the group, none of which the same words spell.
        kind: How they belong together, one of `KINDS`.
        source: Where that is known from.
    """

    start: int
    end: int
    term: EquivalentTerm
    others: tuple[EquivalentTerm, ...]
    kind: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    units: tuple[str, ...]
    letters: tuple[str, ...]  # per unit: letters that must stand as typed, or ""
    gaps: tuple[bool, ...]  # per unit: whether small words may stand before it
    term: EquivalentTerm
    others: tuple[EquivalentTerm, ...]
    group: EquivalentGroup


class Equivalents:
    """Finds terms in queries. Unchanging once made, so safe to share between threads.

    Args:
        analyzer: The analysis the queries and documents go through too.
        lines: The lines of a file of groups; the program's own if None.

    Raises:
        OperatorError: A line is not a group; names the line and the fault.
    """

    def __init__(self, analyzer: Analyzer, lines: Iterable[str] | None = None) -> None:
        self._small = frozenset(tables.words("kb.swedish", "function_words.txt"))
        self.groups = read_groups(_own_lines() if lines is None else lines)
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        for group in self.groups:
            for entry in self._analyse(analyzer, group):
                self._entries[entry.units[0]].append(entry)

    def matches(self, words: Sequence[Word], forms: Sequence[str]) -> list[EquivalentMatch]:
        """Find every term that stands in a query, longest first, overlaps included.

        Args:
            words: The analysed words of the query in order.
            forms: The same words as they were typed.
        """
        bases = [_base(form) for form in forms]
        found = [
            EquivalentMatch(
                start=start,
                end=end,
                term=entry.term,
                others=entry.others,
                kind=entry.group.kind,
                source=entry.group.source,
            )
            for start, word in enumerate(words)
            for unit in (word.key, _literal(bases[start]))
            for entry in self._entries.get(unit, ())
            if (end := self._end(entry, words, bases, start))
        ]
        return sorted(found, key=lambda match: (match.start - match.end, match.start))

    def equivalents_of(self, word: Word, text: str | None = None) -> tuple[str, ...]:
        """Return what says the same as one word, for display.

        Args:
            word: The analysed word.
            text: The word as typed; without it terms with capitals of their own are not found.
        """
        shown: dict[str, str] = {}
        for match in self.matches([word], [text or word.form]):
            for other in match.others:
                shown.setdefault(other.text.casefold(), other.text)
        return tuple(shown.values())

    def _analyse(self, analyzer: Analyzer, group: EquivalentGroup) -> Iterator[_Entry]:
        entries: list[_Entry] = []
        for marked in group.terms:
            text, marks = _split_marks(marked)
            as_written = _AS_WRITTEN in marks
            tokens = list(analyzer.tokens(text))
            places = [at for at, token in enumerate(tokens) if token.word.form not in self._small]
            if not places:
                raise _fault(group.line, f"termen ”{text}” har inget ord att söka på")
            content = [tokens[at] for at in places]
            bases = [_base(token.text) for token in content]
            units = tuple(
                _literal(base) if as_written or _is_abbreviation(base) else token.word.key
                for token, base in zip(content, bases, strict=True)
            )
            letters = tuple(base if as_written and not base.islower() else "" for base in bases)
            gaps = (False, *(later - at > 1 for at, later in pairwise(places)))
            words = tuple(token.word for token in content)
            term = EquivalentTerm(text, words, len(tokens), as_written)
            entries.append(
                _Entry(units=units, letters=letters, gaps=gaps, term=term, others=(), group=group)
            )
        for entry in entries:
            others = {e.units: e.term for e in reversed(entries) if e.units != entry.units}
            ordered = tuple(reversed(others.values()))
            yield replace(entry, others=ordered)

    def _end(
        self, entry: _Entry, words: Sequence[Word], bases: Sequence[str], start: int
    ) -> int | None:
        """Return where the term ends if it begins at `start`.

        Where the term has small words others or none will do ("vård unga"); where it has
        none there must be none ("särskilt i boenden" is no "särskilt boende").
        """
        at = start
        for unit, letters, gap in zip(entry.units, entry.letters, entry.gaps, strict=True):
            while gap and at < len(words) and words[at].form in self._small:
                at += 1
            if at == len(words) or unit not in (words[at].key, _literal(bases[at])):
                return None
            if letters and letters != bases[at]:
                return None
            at += 1
        return at


def read_groups(lines: Iterable[str]) -> tuple[EquivalentGroup, ...]:
    """Read the groups of a file.

    Raises:
        OperatorError: A line is not a group, or a term stands in two unmarked; names the line.
    """
    groups: list[EquivalentGroup] = []
    seen: dict[str, tuple[int, bool]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        group = _read_group(number, unicodedata.normalize("NFC", line))
        for marked in group.terms:
            text, marks = _split_marks(marked)
            same = text if _AS_WRITTEN in marks else text.casefold()
            before, shared = seen.get(same, (0, True))
            if before == number or not (shared and (_SHARED in marks or not before)):
                raise _fault(number, f"termen ”{text}” står redan på rad {before}")
            seen[same] = (number, _SHARED in marks)
        groups.append(group)
    return tuple(groups)


@lru_cache(maxsize=2)
def equivalents_for(analyzer: Analyzer) -> Equivalents:
    """Return the program's own equivalents, analysed once an analyzer."""
    return Equivalents(analyzer)


def _read_group(number: int, line: str) -> EquivalentGroup:
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) != 3:
        raise _fault(number, f"ska ha tre kolumner åtskilda av tabb, har {len(columns)}")
    terms = tuple(term.strip() for term in columns[0].split("|"))
    if len(terms) < 2:
        raise _fault(number, "en grupp behöver minst två termer, åtskilda av ” | ”")
    if not all(_split_marks(term)[0] for term in terms):
        raise _fault(number, "en term är tom")
    if columns[1] not in KINDS:
        raise _fault(number, f"okänt slag ”{columns[1]}”; välj bland {', '.join(sorted(KINDS))}")
    if not columns[2]:
        raise _fault(number, "källa saknas")
    return EquivalentGroup(number, terms, columns[1], columns[2])


def _split_marks(marked: str) -> tuple[str, str]:
    text = marked.rstrip(_AS_WRITTEN + _SHARED)
    return text.strip(), marked[len(text) :]


def _base(form: str) -> str:
    """Return an abbreviation without its ending: "SKR:s" → "SKR", "IVOs" → "IVO"."""
    base = unicodedata.normalize("NFC", form).partition(":")[0]
    return base[:-1] if base.endswith("s") and base[:-1].isupper() and len(base) > 2 else base


def _is_abbreviation(base: str) -> bool:
    return sum(letter.isupper() for letter in base) > 1


def _literal(base: str) -> str:
    """Return the unit of a word that is compared by its letters, apart from all keys."""
    return f"={base.casefold()}"


def _fault(line: int, what: str) -> OperatorError:
    return OperatorError(f"{FILE}, rad {line}: {what}")


def _own_lines() -> list[str]:
    """Return the file as it stands: a fault names its line."""
    return files("kb.swedish").joinpath("data", FILE).read_text(encoding="utf-8").splitlines()
