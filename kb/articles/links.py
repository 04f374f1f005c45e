"""Links in double brackets: `[[Familjehem]]`, `[[person: Anna Ek]]`, `[[sök: familjehem]]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Target(StrEnum):
    """Targets of links, by the word before the name."""

    ARTICLE = "sida"
    MUNICIPALITY = "kommun"
    GROUP = "grupp"
    PERSON = "person"
    DOCUMENT = "dokument"
    SEARCH = "sök"


_KINDS = {target.value: target for target in Target} | {
    "sok": Target.SEARCH,
    "protokoll": Target.DOCUMENT,
}

LINK = re.compile(
    r"\[\[\s*(?P<target>[^\[\]|\s](?:[^\[\]|\n]*?[^\[\]|\s])?)\s*(?:\|\s*(?P<label>[^\[\]\s](?:[^\[\]\n]*?[^\[\]\s])?)\s*)?\]\]"
)
"""The syntax of a link: its target and, after a bar, its label."""

_CODE = re.compile(r"^(```|~~~).*?(?:^\1|\Z)|(`+)[^`].*?\2", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an article.

    Attributes:
        kind: The kind of its target; None for anything of that name.
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
    """Yield the links of an article, except those in code."""
    for match in LINK.finditer(_CODE.sub("", text)):
        yield link_of(match)


def same_name(name: str) -> str:
    """Return a key that spellings of a name share."""
    return " ".join(name.casefold().replace("_", " ").split())


def mentions(text: str, kinds: Iterable[Target], names: Iterable[str]) -> bool:
    """Tell whether an article links to something of these kinds by one of its names."""
    wanted, allowed = {same_name(name) for name in names}, {None, *kinds}
    return any(link.kind in allowed and same_name(link.name) in wanted for link in links(text))
