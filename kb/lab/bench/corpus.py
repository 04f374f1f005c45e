"""A library of any size for benchmarks, made of real Swedish passages.

Passages of council minutes and speeches are combined into documents of about the
length of minutes. Municipality, group, persons and date are assigned with skew, as
in real libraries (Zipf: the k-th commonest has a share of 1/k), since the passages
come from two municipalities only. Some documents get their words misread the way
Tesseract misreads them, with the true word as the repair.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import zstandard

from kb.errors import UserError
from kb.model import (
    Change,
    Damage,
    DateFinding,
    Document,
    Minutes,
    MunicipalityPart,
    Part,
    Participant,
    Presence,
    Quality,
    Reading,
    RepairedText,
    Section,
    SourceText,
    Span,
)
from kb.swedish.municipalities import municipalities
from kb.swedish.tokenize import tokenize

WORDS = 400
"""Words of a document on average; the median of the minutes we have is 413."""

DAMAGED = 0.2
"""Share of documents that are misread."""

MISREAD = 0.1
"""Share of the misreadable words of such a document that are."""

_GROUPS = 300
_PERSONS = 5_000
_FIRST = dt.date(2005, 1, 1)
_DAYS = 20 * 365


@dataclass(frozen=True, slots=True)
class Passages:
    """What documents are made of.

    Attributes:
        texts: Passages of about a hundred words.
        titles: What they are about.
        persons: Names to assign.
        misreadings: What a word is misread as.
    """

    texts: Sequence[str]
    titles: Sequence[str]
    persons: Sequence[str]
    misreadings: dict[str, list[str]]


def load(shared: Path) -> Passages:
    """Read the passages.

    Raises:
        UserError: They are missing.
    """
    packed = shared / "corpora" / "scale" / "passages.jsonl.zst"
    confusions = shared / "corpora" / "ocr" / "tesseract_word_confusions.tsv"
    for needed in (packed, confusions):
        if not needed.exists():
            raise UserError(f"Filen {needed} behövs för mätningen men finns inte.")
    texts, titles, persons = [], dict[str, None](), dict[str, None]()
    with packed.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as stream:
        for line in io.TextIOWrapper(stream, "utf-8"):
            passage = json.loads(line)
            texts.append(passage["text"])
            titles[passage["title"] or passage["body"]] = None
            if passage["person"]:
                persons[passage["person"]] = None
    misreadings: dict[str, list[str]] = defaultdict(list)
    with confusions.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["gt"].isalpha() and row["ocr"] != row["gt"]:
                misreadings[row["gt"]].append(row["ocr"])
    return Passages(texts, list(titles), _names(persons), dict(misreadings))


def _names(persons: Iterable[str]) -> list[str]:
    """Return many names: the first name of each person with the last name of others."""
    each = [person.split() for person in persons if " " in person]
    mixed = (f"{a[0]} {b[-1]}" for shift in range(len(each)) for a, b in _shifted(each, shift))
    return list(itertools.islice(dict.fromkeys(mixed), _PERSONS))


def _shifted(names: list[list[str]], shift: int) -> Iterator[tuple[list[str], list[str]]]:
    return zip(names, names[shift:] + names[:shift], strict=True)


def documents(passages: Passages, count: int, *, words: int = WORDS) -> Iterator[Document]:
    """Yield `count` documents; the same ones every time, and the first ones of a larger library."""
    towns = _Lopsided([m.name for m in municipalities()])
    groups = _Lopsided([f"Arbetsgrupp {number}" for number in range(1, _GROUPS + 1)])
    persons = _Lopsided(passages.persons)
    for number in range(count):
        yield _document(number, random.Random(number), passages, (towns, groups, persons), words)


class _Lopsided:
    """Draws from values by Zipf's law: the k-th has a share of 1/k."""

    def __init__(self, values: Sequence[str]) -> None:
        self._values = values
        self._weights = list(itertools.accumulate(1 / (k + 1) for k in range(len(values))))

    def draw(self, chance: random.Random, count: int) -> tuple[str, ...]:
        drawn = chance.choices(self._values, cum_weights=self._weights, k=count)
        return tuple(dict.fromkeys(drawn))


def _document(
    number: int,
    chance: random.Random,
    passages: Passages,
    drawn_from: tuple[_Lopsided, _Lopsided, _Lopsided],
    words: int,
) -> Document:
    towns, groups, persons = drawn_from
    parts = [passages.texts[number % len(passages.texts)]]
    length = len(parts[0].split())
    wanted = chance.randint(words // 4, words * 5 // 4)
    while length < wanted:
        parts.append(chance.choice(passages.texts))
        length += len(parts[-1].split())
    headings = [chance.choice(passages.titles) for _ in parts]
    text, sections = _lay_out(parts, headings)
    day = _FIRST + dt.timedelta(days=chance.randrange(_DAYS))
    group = groups.draw(chance, 1)[0]
    minutes = Minutes(
        title=f"{group} {day}",
        kind="minnesanteckningar",
        date=DateFinding(day, 0.9),
        group=group,
        municipalities=tuple(
            MunicipalityPart(name, Part.ATTENDED, ())
            for name in towns.draw(chance, chance.randint(1, 5))
        ),
        participants=tuple(
            Participant(name, name, Span(0, 0), Presence.PRESENT)
            for name in persons.draw(chance, chance.randint(2, 8))
        ),
        sections=sections,
    )
    path = f"{number:07}.txt"
    if chance.random() < DAMAGED:
        return Document(_misread(path, text, passages.misreadings, chance), minutes)
    return Document(RepairedText.untouched(SourceText.of(text, path)), minutes)


def _lay_out(parts: Sequence[str], headings: Sequence[str]) -> tuple[str, tuple[Section, ...]]:
    text, sections = "", []
    for heading, part in zip(headings, parts, strict=True):
        start = len(text)
        text += f"{heading}\n{part}\n\n"
        whole, heading_span = Span(start, len(text)), Span(start, start + len(heading))
        sections.append(Section(heading, 1, whole, heading_span))
    return text, tuple(sections)


def _misread(
    path: str, text: str, misreadings: dict[str, list[str]], chance: random.Random
) -> RepairedText:
    """Return `text` as the repair of a misread source."""
    source, changes, at = "", list[Change](), 0
    for word in tokenize(text):
        ways = misreadings.get(word.text)
        if not ways or chance.random() >= MISREAD:
            continue
        seen = chance.choice(ways)
        source += text[at : word.start]
        span = Span(len(source), len(source) + len(seen))
        other = Reading(chance.choice(ways), 0.2)
        changes.append(Change(span, seen, word.text, 0.8, alternatives=(other,)))
        source += seen
        at = word.end
    source += text[at:]
    quality = Quality(0.8, 0.05, Damage.NO_SWEDISH if changes else Damage.NONE)
    return RepairedText(SourceText.of(source, path), text, tuple(changes), quality)
