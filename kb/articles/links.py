"""Links in double brackets: `[[Familjehem]]`, `[[person: Anna Ek]]`, `[[sök: familjehem]]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Target(StrEnum):
    """What a link can lead to, by the word that may stand before it."""

    ARTICLE = "sida"
    MUNICIPALITY = "kommun"
    GROUP = "grupp"
    PERSON = "person"
    DOCUMENT = "dokument"
    SEARCH = "sök"


_KINDS = {own.value: own for own in Target} | {"sok": Target.SEARCH, "protokoll": Target.DOCUMENT}

LINK = re.compile(
    r"\[\[\s*(?P<target>[^\[\]|\s](?:[^\[\]|\n]*?[^\[\]|\s])?)\s*(?:\|\s*(?P<label>[^\[\]\s](?:[^\[\]\n]*?[^\[\]\s])?)\s*)?\]\]"
)
"""A link as it is written: what it leads to and, after a bar, what to show."""

_CODE = re.compile(r"^(```|~~~).*?(?:^\1|\Z)|(`+)[^`].*?\2", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an article.

    Attributes:
        kind: What it leads to; None if whatever bears the name.
        name: Its name, or the words of a search.
        label: What is shown.
    """

    kind: Target | None
    name: str
    label: str


def link_of(match: re.Match[str]) -> Link:
    """Return the link that a match of `LINK` is."""
    written = match["target"]
    before, colon, name = written.partition(":")
    kind = _KINDS.get(before.strip().casefold()) if colon else None
    if kind is None or not name.strip():
        return Link(None, written, match["label"] or written)
    return Link(kind, name.strip(), match["label"] or name.strip())


def links(text: str) -> Iterator[Link]:
    """Yield the links of an article, but not what stands as code."""
    for match in LINK.finditer(_CODE.sub("", text)):
        yield link_of(match)


def same_name(name: str) -> str:
    """Return what two spellings of a name have in common."""
    return " ".join(name.casefold().replace("_", " ").split())


def mentions(text: str, kinds: Iterable[Target], names: Iterable[str]) -> bool:
    """Tell whether an article links to something of these kinds by one of its names."""
    wanted, allowed = {same_name(name) for name in names}, {None, *kinds}
    return any(link.kind in allowed and same_name(link.name) in wanted for link in links(text))
