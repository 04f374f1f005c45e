"""The types that flow through the rooms: SourceText → RepairedText → Minutes → Document.

Every fact carries the `Span` of the original it was read from. Offsets count
characters of `SourceText.text`, end exclusive.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
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
class Correction:
    """What somebody decided that a word of a document reads.

    Attributes:
        original: The word as it stands in the source text.
        corrected: What it reads; the same as `original` when it stands right.
        start: Where in the source text, or None for wherever the word stands in it.
            A hint: where the word has moved, the nearest one is meant.
        by: Who decided.
        at: When; None when somebody wrote it by hand and did not say.
    """

    original: str
    corrected: str
    start: int | None = None
    by: str = ""
    at: dt.datetime | None = None

    def places(self, text: str) -> tuple[Span, ...]:
        """Return where in the source text `text` it holds; nowhere if it no longer fits."""
        found = occurrences(self.original, text)
        if self.start is None or not found:
            return found
        wanted = self.start
        return (min(found, key=lambda span: abs(span.start - wanted)),)


class Fact(StrEnum):
    """A fact that people can correct, by its name in a sidecar."""

    TITLE = "title"
    DATE = "date"
    GROUP = "group"
    KIND = "kind"
    MUNICIPALITY = "municipality"
    PERSON = "person"
    HIDDEN = "hide"  # a section to be kept from search and page


@dataclass(frozen=True, slots=True)
class FactCorrection:
    """What somebody decided about a fact of a document.

    Attributes:
        fact: Which fact.
        value: Of title, date (ISO), group and kind what it is, "" for none; of the others
            what it is about: a municipality, a person or a section's heading, as read.
        details: What else was decided, by its name in the sidecar; "" for none.
        add: The person was not read out of the text at all.
        remove: The municipality or person does not belong there.
        start: Where person or section stand in the source text. A hint, where there are
            several of the same name.
        by: Who decided.
        at: When; None when somebody wrote it by hand and did not say.
    """

    fact: Fact
    value: str
    details: dict[str, str] = field(default_factory=dict)
    add: bool = False
    remove: bool = False
    start: int | None = None
    by: str = ""
    at: dt.datetime | None = None

    @property
    def subject(self) -> tuple[Fact, str, int | None]:
        """What it is about; of each subject there is one correction at a time."""
        if self.fact in (Fact.MUNICIPALITY, Fact.PERSON, Fact.HIDDEN):
            return self.fact, self.value, self.start
        return self.fact, "", None


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


class Presence(StrEnum):
    """Whether somebody took part."""

    PRESENT = "närvarande"
    ABSENT = "ej närvarande"
    GUEST = "gäst"
    OTHER = "övrig"  # listed under "Övriga": there, but not a member


class Role(StrEnum):
    """What somebody did at the meeting."""

    CHAIR = "ordförande"
    SECRETARY = "sekreterare"
    ADJUSTER = "justerare"
    COOPTED = "adjungerad"
    DEPUTY = "ersättare"


@dataclass(frozen=True, slots=True)
class Participant:
    """A person listed in the minutes.

    Attributes:
        name: Best reading of the name.
        stated: The entry's words as they stand in the original.
        municipality: The municipality represented, by its real name.
        organisation: The organisation or unit represented, as stated.
        role: What the person did at the meeting.
        title: Occupation or title given with the name, as stated.
        presence: Whether the person took part.
        during: For which part of the meeting, as stated ("§§ 1-4"); None for all of it.
        span: Place of the entry in the original.
        confidence: 0-1; a low one is shown but does not become a facet.
    """

    name: str
    stated: str
    span: Span
    presence: Presence
    municipality: str | None = None
    organisation: str | None = None
    role: Role | None = None
    title: str | None = None
    during: str | None = None
    confidence: float = 1.0


class Part(StrEnum):
    """A municipality's part in a meeting."""

    ATTENDED = "deltog"
    ABSENT = "frånvarande"
    HOST = "värd"
    SUBJECT = "handlar om"
    MENTIONED = "nämns"


COUNTED_PARTS = frozenset({Part.ATTENDED, Part.HOST, Part.SUBJECT})
"""The parts that make a minute count for a municipality in the facet."""


@dataclass(frozen=True, slots=True)
class MunicipalityPart:
    """A municipality, its strongest part in the meeting, and each place it is named."""

    name: str
    part: Part
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the minutes under one heading.

    Attributes:
        heading: The heading's words, repaired, without number.
        level: 1 for a top section, 2 for one inside it.
        number: The stated number ("5", "§ 12").
        municipality: The municipality the section is about.
        span: Heading and body in the original.
        heading_span: The heading alone.
        confidence: 0-1, by how the heading is marked.
    """

    heading: str
    level: int
    span: Span
    heading_span: Span
    number: str | None = None
    municipality: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class DateFinding:
    """The date of a meeting, how sure it is, and why.

    Attributes:
        stated: The date as the minutes state it.
        confidence: 0-1.
        reasons: Swedish sentences for and against it, safe to show.
        proposed: A likelier date when the stated one is contradicted; it never
            replaces the stated one by itself.
        span: Where the date is stated.
    """

    stated: dt.date | None
    confidence: float
    reasons: tuple[str, ...] = ()
    proposed: dt.date | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Something the meeting decided, in its own words.

    `section`, here and below, is the place among `Minutes.sections` of the innermost one.
    """

    text: str
    span: Span
    confidence: float = 1.0
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Something somebody undertook to do."""

    who: tuple[str, ...]
    what: str
    span: Span
    due: dt.date | None = None
    confidence: float = 1.0
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Postponed:
    """A point put off to a later meeting."""

    text: str
    span: Span
    confidence: float = 1.0
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that somebody raised."""

    text: str
    span: Span
    confidence: float = 1.0
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A coming meeting that the minutes announce; `group` if it is another body's."""

    date: dt.date
    span: Span
    time: dt.time | None = None
    place: str | None = None
    confidence: float = 1.0
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Something the minutes point to: a link, an attachment, slides, other minutes."""

    text: str
    span: Span
    confidence: float = 1.0
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the parser read out of one document."""

    title: str
    kind: str
    date: DateFinding
    group: str | None = None
    time: dt.time | None = None
    end_time: dt.time | None = None
    place: str | None = None
    form: str | None = None
    municipalities: tuple[MunicipalityPart, ...] = ()
    participants: tuple[Participant, ...] = ()
    sections: tuple[Section, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    postponed: tuple[Postponed, ...] = ()
    questions: tuple[Question, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """A fact that people have corrected: what they say, and what the text says.

    Attributes:
        correction: What they say.
        read: What was read out of the text (Swedish, safe to show), None for nothing.
        spans: Where hidden sections stood.
    """

    correction: FactCorrection
    read: str | None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One original with all that was derived from it.

    Attributes:
        repaired: Its text. What people have hidden is blotted out, in the source text too.
        minutes: Its facts, those corrected that people have corrected.
        corrected: The corrections that are in them.
    """

    repaired: RepairedText
    minutes: Minutes
    corrected: tuple[Corrected, ...] = ()

    @property
    def id(self) -> str:
        """The document's id: its path inside the library."""
        return self.repaired.source.path

    @property
    def source(self) -> SourceText:
        """The text as it was read."""
        return self.repaired.source
