"""The files of the gold as a library: parsed, joined and opened as in a build."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from kb import parse
from kb.knowledge import KnowledgeBase, KnowledgeStore, NameDecisions
from kb.lab.evaluate.damage import DamageChannel, DamageKind
from kb.lab.evaluate.minutes_damaged import KINDS
from kb.model import Damage, Document, OffsetMap, SourceText, Span
from kb.read.plain import read_plain
from kb.repair import repair
from kb.repair.changes import apply

_EVERY = 3
"""Every third document that names are compared in is damaged, in order of path."""

Carried = Callable[[Span], Span]


@dataclass(frozen=True, slots=True)
class GoldLibrary:
    """The documents, some of them damaged, and what is known of them together.

    Attributes:
        changed: How a place in a damaged text is found from that in the whole one.
        damaged: The documents whose names may be misread.
    """

    known: KnowledgeBase
    changed: Mapping[str, Carried]
    damaged: Collection[str]

    def place(self, path: str, span: Span) -> Span:
        """Return where a place of the whole text is in this version."""
        return self.changed[path](span) if path in self.changed else span


def understand(source: SourceText, path: str) -> Document:
    """Repair and parse a text."""
    document = repair(source)
    minutes = parse.parse(document)
    # Its path is evidence of the date; its id distinguishes it from all others.
    return Document(replace(document, source=replace(source, path=path)), minutes)


def build(documents: Iterable[Document], file: Path) -> KnowledgeBase:
    """Compare documents with each other and join their facts."""
    alone = list(documents)
    weighed = parse.weigh_neighbours(
        parse.keep(document.id, document.minutes) for document in alone
    )
    with closing(KnowledgeStore(file, None, ())) as store:
        for document in alone:
            minutes = parse.with_neighbours(document.minutes, weighed.get(document.id))
            list(store.noting([replace(document, minutes=minutes)]))
        store.finish(NameDecisions())
    return KnowledgeBase(file)


def whole(texts: Mapping[str, SourceText], file: Path) -> tuple[GoldLibrary, dict[str, Document]]:
    """Return the library as it is, and its documents."""
    documents = {path: understand(source, path) for path, source in texts.items()}
    return GoldLibrary(build(documents.values(), file), {}, _damaged(documents)), documents


def damaged(
    documents: Mapping[str, Document],
    paths: Sequence[str],
    channels: Mapping[DamageKind, DamageChannel],
    file: Path,
) -> GoldLibrary:
    """Return the library with every third of `paths` damaged, by each kind in turn.

    Args:
        documents: The whole ones.
        paths: Those that may be damaged, in order.
        channels: The channels that damage texts.
        file: Where the knowledge base is written.
    """
    mixed = dict(documents)
    changed: dict[str, Carried] = {}
    for number, path in enumerate(paths[::_EVERY]):
        source = documents[path].source
        changes = channels[KINDS[number % len(KINDS)]].damage(source.text, path)
        text = apply(source.text, changes)
        mixed[path] = understand(read_plain(text.encode(), source.path, ""), path)
        changed[path] = _carried(OffsetMap(changes))
    return GoldLibrary(build(mixed.values(), file), changed, _damaged(mixed))


def _carried(places: OffsetMap) -> Carried:
    return lambda span: places.to_repaired(span.start, span.end)


def _damaged(documents: Mapping[str, Document]) -> frozenset[str]:
    return frozenset(
        path
        for path, document in documents.items()
        if document.repaired.quality.damage is not Damage.NONE
    )
