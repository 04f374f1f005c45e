"""A text as it was read and as it was repaired; offsets count characters, end exclusive."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in a source text."""

    start: int
    end: int

    def slice(self, text: str) -> str:
        """Return the characters of `text` this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class SourceText:
    r"""What a reader got out of one original, before anything is repaired.

    Attributes:
        path: POSIX path inside the library folder; also the document's id.
        text: The characters, line ends normalised to "\n".
        pages: One span a page, covering the text.
        sha256: Hex digest of the original's bytes.
        encoding: Character encoding the bytes were read with.
        notes: Swedish remarks about doubtful reading, safe to show.
    """

    path: str
    text: str
    pages: tuple[Span, ...]
    sha256: str
    encoding: str
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, path: str = "") -> SourceText:
        """Return a text of one page that comes from no file."""
        return cls(path, text, (Span(0, len(text)),), "", "utf-8")


class Damage(StrEnum):
    """Kind of damage a page has suffered."""

    NONE = "none"
    NO_SWEDISH = "no-swedish"  # OCR by an engine without å, ä, ö
    EXTRACTION = "extraction"  # letters lost or set apart in PDF extraction
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class Quality:
    """Estimate of how well a text was read.

    Attributes:
        known_words: Share of words found in the lexicon, 0-1.
        swedish_letters: Share of letters that are å, ä or ö, 0-1.
        damage: The kind of damage this points to.
    """

    known_words: float
    swedish_letters: float
    damage: Damage


@dataclass(frozen=True, slots=True)
class Reading:
    """One possible reading of a damaged word, with its probability 0-1."""

    text: str
    probability: float


class ChangeKind(StrEnum):
    """What a repair mended."""

    LAYOUT = "layout"
    WORD = "word"
    CORRECTION = "correction"  # an editor's reading, here (1.0) or of the same damage elsewhere


@dataclass(frozen=True, slots=True)
class Change:
    """One repair: the original characters at `span` read as `repaired`.

    A change whose `repaired` equals `original` leaves the text alone and only
    records other possible readings.
    """

    span: Span
    original: str
    repaired: str
    probability: float
    kind: ChangeKind = ChangeKind.WORD
    alternatives: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairedText:
    """A source text with its damage mended and every change recorded.

    Attributes:
        source: The untouched text.
        text: The repaired text.
        changes: In order of place, not overlapping. Applying them to
            `source.text` gives `text`.
        quality: Estimate for the whole text, made before repair.
        page_quality: The same for each page of the source.
    """

    source: SourceText
    text: str
    changes: tuple[Change, ...]
    quality: Quality
    page_quality: tuple[Quality, ...] = ()

    @classmethod
    def untouched(cls, source: SourceText) -> RepairedText:
        """Return `source` as whole text that nothing was mended in."""
        return cls(source, source.text, (), Quality(1.0, 0.05, Damage.NONE))


class OffsetMap:
    """Translates offsets between a source text and its repaired form.

    Build it once when many offsets are to be translated; each takes O(log n).

    Attributes:
        repaired: What each change became, as a span of the repaired text, in order.
    """

    def __init__(self, changes: tuple[Change, ...]) -> None:
        self._source: list[Span] = []
        self.repaired: list[Span] = []
        drift = 0
        for change in changes:
            start = change.span.start + drift
            self._source.append(change.span)
            self.repaired.append(Span(start, start + len(change.repaired)))
            drift += len(change.repaired) - (change.span.end - change.span.start)
        self._source_starts = [span.start for span in self._source]
        self._repaired_starts = [span.start for span in self.repaired]

    def to_source(self, start: int, end: int) -> Span:
        """Return the source span behind `start:end` of the repaired text."""
        return _translate(start, end, self._repaired_starts, self.repaired, self._source)

    def to_repaired(self, start: int, end: int) -> Span:
        """Return the repaired span that `start:end` of the source became."""
        return _translate(start, end, self._source_starts, self._source, self.repaired)


def _translate(start: int, end: int, starts: list[int], own: list[Span], other: list[Span]) -> Span:
    if not starts:
        return Span(start, max(start, end))

    def place(offset: int, *, is_end: bool) -> int:
        # An end offset belongs to the character before it.
        at = bisect_right(starts, offset - is_end) - 1
        if at < 0:
            return offset
        mine, theirs = own[at], other[at]
        if offset - is_end < mine.end:
            return theirs.end if is_end else theirs.start
        return offset - mine.end + theirs.end

    if end <= start:
        here = place(start, is_end=False)
        return Span(here, here)
    return Span(place(start, is_end=False), place(end, is_end=True))


def occurrences(word: str, text: str) -> tuple[Span, ...]:
    """Return the places where `word` stands in `text` by itself, not as part of a longer one."""
    found = []
    start = text.find(word) if word else -1
    while start >= 0:
        end = start + len(word)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (before.isalnum() and word[0].strip()) and not (
            after.isalnum() and word[-1].strip()
        ):
            found.append(Span(start, end))
            start = end - 1
        start = text.find(word, start + 1)
    return tuple(found)
