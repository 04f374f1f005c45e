"""Minutes as careful readers listed their facts, in `tests/gold/minutes/*.json`.

The gold holds places in the files of `corpora/minutes` and values that name nobody; the words
are read in place from the evaluation data. The format is described in `tests/gold/README.md`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from kb.errors import UserError
from kb.model import Part, Presence, Role, SourceText, Span
from kb.read.plain import read_plain

_CLOSED = frozenset(("datavetenskapsdivisionen", "digg_ena", "goteborg", "stacken"))
"""Bodies (folders of the corpus) of the blind half, which rule writers do not see."""

Place = tuple[int, int]
Pieces = list[Place]


class _Listed(msgspec.Struct, frozen=True):
    name: Pieces
    presence: Presence
    role: Role | None = None
    reads: str | None = None


class _Municipality(msgspec.Struct, frozen=True):
    name: str
    part: Part


class _Section(msgspec.Struct, frozen=True):
    heading: Place
    end: int


class _Voice(msgspec.Struct, frozen=True):
    municipality: str
    span: Place


class _Action(msgspec.Struct, frozen=True):
    span: Place


class _Meeting(msgspec.Struct, frozen=True):
    span: Place
    date: dt.date
    time: str | None = None


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """One file of gold; what is not measured in it (titles, dues, doubts) is ignored."""

    path: str
    sha256: str
    scope: Place
    date: dt.date | None
    date_span: Place | None = None
    group: Place | None = None
    time: str | None = None
    place: Place | None = None
    people: list[_Listed] = []
    municipalities: list[_Municipality] = []
    sections: list[_Section] = []
    decisions: list[Place] = []
    actions: list[_Action] = []
    postponed: list[Place] = []
    meetings: list[_Meeting] = []
    voices: list[_Voice] = []


@dataclass(frozen=True, slots=True)
class GoldPerson:
    """A listed person: the true name, the place of its first words, and the stated details.

    `stands` is the name as damaged in the text; equal to `name` where nothing is damaged.
    """

    name: str
    span: Span
    presence: Presence
    role: Role | None
    stands: str = ""


@dataclass(frozen=True, slots=True)
class GoldHeading:
    """The words of a heading, and the place where its section ends, as an empty span."""

    span: Span
    end: Span


@dataclass(frozen=True, slots=True)
class GoldMeeting:
    """A meeting announced."""

    date: dt.date
    time: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class MinutesGold:
    """A document and its facts. Spans are places in `text`; times are "HH:MM".

    Attributes:
        path: Path of the file in the corpus.
        text: The characters to be parsed, as they were read.
        people: Everybody listed.
        group, place: The true words, or None; with their place.
        municipalities: Names of municipalities with their part.
        voices: What a municipality says: its name and the place of the sentence.
        blind: Whether it is of the blind half, which rule writers do not see.
    """

    path: str
    text: str
    date: dt.date | None
    date_span: Span | None
    group: tuple[str, Span] | None
    time: str | None
    place: tuple[str, Span] | None
    people: tuple[GoldPerson, ...]
    municipalities: frozenset[tuple[str, Part]]
    sections: tuple[GoldHeading, ...]
    decisions: tuple[Span, ...]
    actions: tuple[Span, ...]
    postponed: tuple[Span, ...]
    meetings: tuple[GoldMeeting, ...]
    voices: tuple[tuple[str, Span], ...] = ()
    blind: bool = False

    @property
    def source(self) -> SourceText:
        """The text as a separate file."""
        return read_plain(self.text.encode(), self.path, "")

    def carried(self, text: str, to: Callable[[Span], Span]) -> MinutesGold:
        """Return the same facts of another form of the text.

        Args:
            text: The other form, for instance damaged.
            to: Maps a place in this text to the same place in the other one.
        """

        def both(said: tuple[str, Span] | None) -> tuple[str, Span] | None:
            return said and (said[0], to(said[1]))

        return replace(
            self,
            text=text,
            date_span=self.date_span and to(self.date_span),
            group=both(self.group),
            place=both(self.place),
            people=tuple(replace(each, span=to(each.span)) for each in self.people),
            sections=tuple(GoldHeading(to(each.span), to(each.end)) for each in self.sections),
            decisions=tuple(map(to, self.decisions)),
            actions=tuple(map(to, self.actions)),
            postponed=tuple(map(to, self.postponed)),
            meetings=tuple(replace(each, span=to(each.span)) for each in self.meetings),
            voices=tuple((name, to(span)) for name, span in self.voices),
        )


def is_blind(path: str) -> bool:
    """Tell whether a file of the corpus is of the blind half, which is split by body."""
    return path.partition("/")[0] in _CLOSED


def load(folder: Path, corpus: Path) -> list[MinutesGold]:
    """Read the gold in `folder` and the files in `corpus` it speaks of, in order of path.

    Raises:
        UserError: Gold or corpus is missing, or they do not fit together.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise UserError(f"Mappen {folder} saknar facit; den behövs för att mäta.")
    if not corpus.is_dir():
        raise UserError(f"Mappen {corpus} finns inte; den behövs för att mäta.")
    read = (load_file(file, corpus) for file in files)
    return sorted(
        (replace(gold, blind=is_blind(gold.path)) for gold in read), key=lambda gold: gold.path
    )


def load_file(file: Path, corpus: Path) -> MinutesGold:
    """Read one file of gold and the text in `corpus` that it speaks of.

    Raises:
        UserError: The text is missing, or they do not fit together.
    """
    held = decode(file)
    try:
        data = (corpus / held.path).read_bytes()
    except OSError as error:
        raise UserError(f"{held.path} finns inte i {corpus}; den behövs för att mäta.") from error
    # As plain text whatever its kind: markup is one of the layouts.
    source = read_plain(data, held.path, hashlib.sha256(data).hexdigest())
    if source.sha256 != held.sha256:
        raise UserError(f"{held.path} är inte den fil som facit {file.name} gäller.")
    try:
        return _resolved(held, source.text)
    except ValueError as error:
        raise UserError(f"Facit {file.name}: {error}") from error


def decode(file: Path) -> _File:
    """Read a file of gold without interpretation.

    Raises:
        UserError: It is no gold.
    """
    try:
        return msgspec.json.decode(file.read_bytes(), type=_File)
    except msgspec.DecodeError as error:
        raise UserError(f"Facit {file.name} går inte att tolka: {error}") from error


def _resolved(held: _File, whole: str) -> MinutesGold:
    first, last = held.scope
    text = whole[first:last]

    def span(place: Place) -> Span:
        start, end = place[0] - first, place[1] - first
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"{place} ligger utanför {held.scope}")
        return Span(start, end)

    def said(place: Place | None) -> tuple[str, Span] | None:
        return (span(place).slice(text), span(place)) if place else None

    def name(pieces: Iterable[Place]) -> str:
        return " ".join(" ".join(span(piece).slice(text).split()) for piece in pieces)

    return MinutesGold(
        path=held.path,
        text=text,
        date=held.date,
        date_span=span(held.date_span) if held.date_span else None,
        group=said(held.group),
        time=held.time,
        place=said(held.place),
        people=tuple(
            GoldPerson(
                each.reads or name(each.name),
                span(each.name[0]),
                each.presence,
                each.role,
                name(each.name),
            )
            for each in held.people
        ),
        municipalities=frozenset((each.name, each.part) for each in held.municipalities),
        sections=tuple(
            GoldHeading(span(each.heading), span((each.end, each.end))) for each in held.sections
        ),
        decisions=tuple(map(span, held.decisions)),
        actions=tuple(span(each.span) for each in held.actions),
        postponed=tuple(map(span, held.postponed)),
        meetings=tuple(
            GoldMeeting(each.date, each.time, span(each.span)) for each in held.meetings
        ),
        voices=tuple((each.municipality, span(each.span)) for each in held.voices),
    )
