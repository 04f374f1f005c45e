"""Minutes that nobody ever wrote, understood as a build does it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kb import parse
from kb.knowledge import DocumentFacts, KnowledgeBase, KnowledgeStore, NameDecisions, facts_of
from kb.knowledge.document_facts import PersonMention
from kb.model import Document
from kb.read.plain import read_plain
from kb.repair import repair


def document(text: str, path: str = "prov.txt") -> Document:
    """Understand a text."""
    repaired = repair(read_plain(text.encode(), path, ""))
    return Document(repaired, parse.parse(repaired))


def known(file: Path, texts: dict[str, str], decided: NameDecisions | None = None) -> KnowledgeBase:
    """Build what is known of some texts."""
    documents = [document(text, path) for path, text in texts.items()]
    weighed = parse.weigh_neighbours(parse.keep(own.id, own.minutes) for own in documents)
    with closing(KnowledgeStore(file, None, ())) as store:
        for own in documents:
            minutes = parse.with_neighbours(own.minutes, weighed.get(own.id))
            store.add(facts_of(replace(own, minutes=minutes)))
        store.finish(decided or NameDecisions())
    return KnowledgeBase(file)


def said(
    path: str, group: str, *people: str | PersonMention, home: str = "", damaged: bool = False
) -> DocumentFacts:
    """Return what a document adds that only says who was there."""
    mentions = tuple(
        own
        if isinstance(own, PersonMention)
        else PersonMention(own, own, 0, 0, presence="närvarande")
        for own in people
    )
    return DocumentFacts(
        path=path,
        title=path,
        kind="protokoll",
        group=group,
        home=home,
        date=None,
        proposed=None,
        doubtful=False,
        damaged=damaged,
        people=mentions,
    )


def from_town(name: str, municipality: str) -> PersonMention:
    """Return somebody present from a municipality."""
    return PersonMention(name, name, 0, 0, municipality=municipality, presence="närvarande")


def named(name: str) -> PersonMention:
    """Return a name in running text."""
    return PersonMention(name, name, 0, 0)


def texts_of(statements: Iterable[object]) -> list[str]:
    """Return the texts of statements."""
    return [str(getattr(own, "text", own)) for own in statements]
