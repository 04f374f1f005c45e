"""Terms that mean the same or nearly: abbreviations, synonyms and older names, both ways.

The groups stand in `data/equivalents.tsv`, for a person to correct. They widen the query,
never the index: a corrected file counts from the next start, without indexing again, and a
hit can say which term stood in for which. Terms are compared by the keys of their words, so
"orosanmälningarna" is answered like "orosanmälan".

Strict groups hold terms that mean the same; no term stands in two of them unless it is
marked as having several meanings. Near groups join terms that are only close in meaning,
and with each term whatever means the same as it: "missbruk" is near "beroende", so
"skadligt bruk" is too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kb.swedish.equivalent_groups import (
    NEAR,
    EquivalentGroup,
    MarkedTerm,
    fault,
    own_groups,
    read_groups,
)
from kb.swedish.equivalent_terms import (
    EquivalentTerm,
    TermPattern,
    analyse,
    base_of,
    cached,
    literal,
    read_term,
    small_words,
)

if TYPE_CHECKING:
    from kb.swedish.analysis import Analyzer, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalentMatch:
    """A stretch of the query that is a term, and what says the same or nearly.

    Attributes:
        start: First word of the stretch.
        end: The word after its last.
        term: The term it was recognised as.
        others: The terms it is joined with, none of which the same words spell.
        kind: How they belong together, one of `equivalent_groups.KINDS`.
        source: Where that is known from.
    """

    start: int
    end: int
    term: EquivalentTerm
    others: tuple[EquivalentTerm, ...]
    kind: str
    source: str

    @property
    def near(self) -> bool:
        """Whether the others are close in meaning but not the same."""
        return self.kind == NEAR


@dataclass(frozen=True, slots=True)
class _Entry:
    pattern: TermPattern
    others: tuple[EquivalentTerm, ...]
    group: EquivalentGroup


class Equivalents:
    """Finds terms in queries. Unchanging once made, so safe to share between threads.

    Args:
        analyzer: The analysis the queries and documents go through too.
        lines: The lines of a file of groups; the program's own if None.

    Raises:
        OperatorError: A line is not a group, or goes against another; names the line
            and the fault.
    """

    def __init__(self, analyzer: Analyzer, lines: Iterable[str] | None = None) -> None:
        self._small = small_words()
        self.groups = own_groups() if lines is None else read_groups(lines)
        texts = (marked.text for group in self.groups for marked in group.terms)
        pieces = cached(analyzer, texts) if lines is None else analyse(analyzer, texts)
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._strict: dict[tuple[str, ...], list[tuple[EquivalentGroup, MarkedTerm]]] = defaultdict(
            list
        )
        self._patterns: dict[int, list[TermPattern]] = {}
        for group in sorted(self.groups, key=lambda group: group.near):
            patterns = [
                read_term(group.line, marked, pieces[marked.text], self._small)
                for marked in group.terms
            ]
            self._refuse_doubles(group, patterns)
            if group.near:
                sides = [self._meaning(pattern) for pattern in patterns]
                self._refuse_same(group, sides)
            else:
                sides = [[pattern] for pattern in patterns]
                self._patterns[group.line] = patterns
                self._note(group, patterns)
            for entry in _join(group, sides):
                self._entries[entry.pattern.units[0]].append(entry)

    def matches(self, words: Sequence[Word], forms: Sequence[str]) -> list[EquivalentMatch]:
        """Find every term that stands in a query, longest first, overlaps included.

        Of matches with the same stretch those whose terms mean the same come first.

        Args:
            words: The analysed words of the query in order.
            forms: The same words as they were typed.
        """
        bases = [base_of(form) for form in forms]
        found = [
            EquivalentMatch(
                start=start,
                end=end,
                term=entry.pattern.term,
                others=entry.others,
                kind=entry.group.kind,
                source=entry.group.source,
            )
            for start, word in enumerate(words)
            for unit in (word.key, literal(bases[start]))
            for entry in self._entries.get(unit, ())
            if (end := self._end(entry.pattern, words, bases, start))
        ]
        return sorted(found, key=lambda match: (match.start - match.end, match.start, match.near))

    def equivalents_of(self, word: Word, text: str | None = None) -> tuple[str, ...]:
        """Return what says the same as one word, for display.

        Args:
            word: The analysed word.
            text: The word as typed; without it terms with capitals of their own are not found.
        """
        shown: dict[str, str] = {}
        for match in self.matches([word], [text or word.form]):
            if not match.near:
                for other in match.others:
                    shown.setdefault(other.text.casefold(), other.text)
        return tuple(shown.values())

    def _refuse_doubles(self, group: EquivalentGroup, patterns: list[TermPattern]) -> None:
        """Refuse a term that another of the group covers already, as an inflection of it."""
        for at, pattern in enumerate(patterns):
            for before in patterns[:at]:
                letters = pattern.term.as_written and pattern.term.text != before.term.text
                if before.covers(pattern) and not letters:
                    raise fault(
                        group.line,
                        f"termen ”{pattern.term.text}” täcks redan av ”{before.term.text}”",
                    )

    def _note(self, group: EquivalentGroup, patterns: list[TermPattern]) -> None:
        """Note what means the same, and refuse a term that already stands in another group."""
        for marked, pattern in zip(group.terms, patterns, strict=True):
            for other, before in self._strict[pattern.units]:
                capitals = marked.as_written and before.as_written and marked.text != before.text
                if not (other is group or capitals or (marked.shared and before.shared)):
                    raise fault(
                        group.line, f"termen ”{marked.text}” står redan på rad {other.line}"
                    )
            self._strict[pattern.units].append((group, marked))

    def _meaning(self, pattern: TermPattern) -> list[TermPattern]:
        """Return a term and what means the same; alone if it has several meanings or none."""
        lines = {group.line for group, _ in self._strict.get(pattern.units, ())}
        if len(lines) != 1:
            return [pattern]
        (line,) = lines
        # As the strict group spells it: a mark need not be written twice.
        return sorted(self._patterns[line], key=lambda match: match.units != pattern.units)

    @staticmethod
    def _refuse_same(group: EquivalentGroup, sides: list[list[TermPattern]]) -> None:
        """Refuse to call near what means the same."""
        side_of: dict[tuple[str, ...], int] = {}
        for number, side in enumerate(sides):
            for pattern in side:
                if side_of.setdefault(pattern.units, number) != number:
                    raise fault(
                        group.line,
                        f"termen ”{sides[number][0].term.text}” är redan liktydig med "
                        f"”{sides[side_of[pattern.units]][0].term.text}”",
                    )

    def _end(
        self, pattern: TermPattern, words: Sequence[Word], bases: Sequence[str], start: int
    ) -> int | None:
        """Return where the term ends if it begins at `start`.

        Where the term has small words others or none will do ("vård unga"); where it has
        none there must be none ("särskilt i boenden" is no "särskilt boende").
        """
        at = start
        for unit, letters, gap in zip(pattern.units, pattern.letters, pattern.gaps, strict=True):
            while gap and at < len(words) and words[at].form in self._small:
                at += 1
            if at == len(words) or unit not in (words[at].key, literal(bases[at])):
                return None
            if letters and letters != bases[at]:
                return None
            at += 1
        return at


def _join(group: EquivalentGroup, sides: list[list[TermPattern]]) -> Iterator[_Entry]:
    """Yield for every term the terms on the other sides, each spelled once."""
    for side in sides:
        for pattern in side:
            others: dict[tuple[str, ...], EquivalentTerm] = {}
            for other in (p for theirs in sides if theirs is not side for p in theirs):
                if other.units != pattern.units:
                    others.setdefault(other.units, other.term)
            yield _Entry(pattern, tuple(others.values()), group)


@lru_cache(maxsize=2)
def equivalents_for(analyzer: Analyzer) -> Equivalents:
    """Return the program's own equivalents, analysed once an analyzer."""
    return Equivalents(analyzer)
