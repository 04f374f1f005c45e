"""The gold of facts across documents, by careful readers: `tests/gold/knowledge/*.json`.

The gold holds places in the files of `corpora/minutes` and in the seeds, and dates; the words are
read in place. The format is described in `tests/gold/knowledge/README.md`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from kb.errors import UserError
from kb.lab.evaluate.minutes_gold import is_blind
from kb.model import SourceText, Span
from kb.read.plain import read_plain

SEEDS = "seeds/"
"""How the paths of seeds begin in the gold; all others are of the corpus."""

Place = tuple[int, int]


class GoldName(msgspec.Struct, frozen=True):
    """A name in a document, with every place where it is named so."""

    path: str
    places: tuple[Place, ...]


class NamePair(msgspec.Struct, frozen=True):
    """Two names and whether they are one person's."""

    one: GoldName
    other: GoldName
    same: bool

    @property
    def path(self) -> str:
        """The document it counts as being of."""
        return self.one.path


class GoldPassage(msgspec.Struct, frozen=True):
    """A passage of a document."""

    path: str
    span: Place


class GoldFollowup(msgspec.Struct, frozen=True):
    """An undertaking or a postponed point, and the later passages that mention it."""

    path: str
    span: Place
    later: tuple[GoldPassage, ...]


class Announcement(msgspec.Struct, frozen=True):
    """A meeting announced, and the document of that meeting if there is one."""

    path: str
    span: Place
    date: dt.date
    held: str | None


Item = NamePair | GoldFollowup | Announcement
_Kind = TypeVar("_Kind", bound=Item)


@dataclass(frozen=True, slots=True)
class KnowledgeGold:
    """The four lists.

    Attributes:
        texts: Every file that is read, whether or not the gold speaks of it.
    """

    people: tuple[NamePair, ...]
    undertakings: tuple[GoldFollowup, ...]
    postponed: tuple[GoldFollowup, ...]
    announced: tuple[Announcement, ...]
    texts: Mapping[str, SourceText]


def blind(item: Item) -> bool:
    """Tell whether an item is of the blind half, whose errors rule writers do not see."""
    return is_blind(item.path)


def overlap(one: Place | Span, other: Place | Span) -> int:
    """Return how many characters two places have in common."""
    (a, b), (c, d) = _ends(one), _ends(other)
    return max(0, min(b, d) - max(a, c))


def _ends(place: Place | Span) -> Place:
    return (place.start, place.end) if isinstance(place, Span) else place


def load(folder: Path, corpus: Path, seeds: Path) -> KnowledgeGold:
    """Read the gold in `folder`, and all files of the corpus and the seeds.

    Raises:
        UserError: Gold or files are missing, or they do not fit together.
    """
    texts = dict(_texts(corpus, "") | _texts(seeds, SEEDS))
    if not texts:
        raise UserError(f"Mappen {corpus} finns inte; den behövs för att mäta.")
    return KnowledgeGold(
        _items(folder / "people.json", NamePair, texts),
        _items(folder / "undertakings.json", GoldFollowup, texts),
        _items(folder / "postponed.json", GoldFollowup, texts),
        _items(folder / "announced.json", Announcement, texts),
        texts,
    )


def _texts(folder: Path, prefix: str) -> dict[str, SourceText]:
    found = {}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        # Files beside the folders of minutes describe them.
        if file.is_file() and ("/" in path or prefix):
            data = file.read_bytes()
            # As plain text whatever its kind: markup is one of the layouts.
            found[prefix + path] = read_plain(data, path, hashlib.sha256(data).hexdigest())
    return found


def _items(file: Path, kind: type[_Kind], texts: Mapping[str, SourceText]) -> tuple[_Kind, ...]:
    try:
        content = msgspec.json.decode(file.read_bytes())
        items = msgspec.convert(content["items"], tuple[kind, ...])  # type: ignore[valid-type]  # chosen at run time
        files: dict[str, str] = content["files"]
    except OSError as error:
        raise UserError(f"Facit {file} finns inte; det behövs för att mäta.") from error
    except (KeyError, TypeError, msgspec.MsgspecError) as error:
        raise UserError(f"Facit {file.name} går inte att tolka: {error}") from error
    for path, sha256 in files.items():
        if path not in texts:
            raise UserError(f"{path} finns inte; den behövs för att mäta.")
        if texts[path].sha256 != sha256:
            raise UserError(f"{path} är inte den fil som facit {file.name} gäller.")
    return items
