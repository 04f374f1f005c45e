"""An article as a searchable document, with a title and sections, but no meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from kb.articles.links import LINK, link_of
from kb.layout import ARTICLES
from kb.model import (
    Change,
    ChangeKind,
    DateFinding,
    Minutes,
    RepairedText,
    Section,
    SourceText,
    Span,
)

KIND = "Kunskapssida"
"""The kind of document that articles are."""

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_SIGNS = re.compile(rf"{LINK.pattern}|^[ \t]*(?:#{{1,6}}|>|[-*+])[ \t]+|\*\*|__|`+", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?(?:^\1|\Z)", re.MULTILINE | re.DOTALL)


def is_article(path: str) -> bool:
    """Tell whether a library path is that of an article."""
    pure = PurePosixPath(path)
    return pure.parts[:-1] == (ARTICLES,) and pure.suffix.lower() == ".md"


def title(text: str, path: str) -> str:
    """Return the first heading of the highest rank, or the file's name."""
    found = next((words for _, rank, words in _headings(text) if rank == 1), "")
    return found or PurePosixPath(path).stem


def understand(source: SourceText) -> tuple[RepairedText, Minutes]:
    """Return the text of an article, which has no damage, and its title and sections."""
    heading = title(source.text, source.path)
    nothing = DateFinding(None, 0.0)
    minutes = Minutes(heading, KIND, nothing, sections=tuple(_sections(source.text)))
    whole = RepairedText.untouched(source)
    changes = tuple(_markup(source.text))
    return replace(whole, text=_applied(source.text, changes), changes=changes), minutes


def _markup(text: str) -> Iterator[Change]:
    """Yield the Markdown syntax, which is not searched."""
    for sign in _SIGNS.finditer(text):
        if not (link := LINK.fullmatch(sign[0])):
            yield _without(text, *sign.span())
            continue
        label = link_of(link).label
        start = sign.start() + sign[0].rindex(label)
        yield _without(text, sign.start(), start)
        yield _without(text, start + len(label), sign.end())


def _without(text: str, start: int, end: int) -> Change:
    return Change(Span(start, end), text[start:end], "", 1.0, ChangeKind.LAYOUT)


def _applied(text: str, changes: Sequence[Change]) -> str:
    starts = [0, *(change.span.end for change in changes)]
    ends = [*(change.span.start for change in changes), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _headings(text: str) -> Iterator[tuple[re.Match[str], int, str]]:
    fences = [fence.span() for fence in _FENCE.finditer(text)]
    for match in _HEADING.finditer(text):
        if not any(start <= match.start() < end for start, end in fences):
            yield match, len(match[1]), match[2]


def _sections(text: str) -> Iterator[Section]:
    """Yield the section of each heading, up to the next one of the same or a higher level."""
    found = list(_headings(text))
    for at, (match, rank, words) in enumerate(found):
        behind = (later.start() for later, other, _ in found[at + 1 :] if other <= rank)
        end = next(behind, len(text))
        span, heading = Span(match.start(), end), Span(*match.span(2))
        yield Section(words, rank, span, heading)
