"""Indexes for tests: built once a process, and copied where a test changes them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from kb import layout
from kb.build import generations, pipeline, writing
from kb.config import Settings
from kb.knowledge import KnowledgeBase, KnowledgeStore
from kb.knowledge.name_decisions import NameDecisions
from kb.model import Document
from kb.search.engine import Engine

SEEDS = Path(__file__).parent.parent / "seeds"
SEED_IDS = tuple(sorted(file.name for file in SEEDS.iterdir()))
PARENTS, PARENTS_BEFORE, LEADERS, NETWORK, CHIEFS = SEED_IDS
"""A parents' group twice, a group of leaders, a network, and its chiefs (a damaged scan)."""

_ROOM = TemporaryDirectory(prefix="minnesbanken-tests-", ignore_cleanup_errors=True)


@dataclass(frozen=True, eq=False)
class OpenIndex:
    """An index that is open: its engine and what is known of its documents."""

    engine: Engine
    knowledge: KnowledgeBase

    def document(self, doc_id: str) -> Document:
        """Return a document that the index holds."""
        document = self.engine.document(doc_id)
        assert document
        return document


@cache
def built(*names: str) -> Settings:
    """Return a library of some seeds with its index, for tests that change neither."""
    place = _place()
    settings = Settings(library=place / "library", index=place / "index")
    settings.library.mkdir()
    for name in names or SEED_IDS:
        shutil.copy2(SEEDS / name, settings.library)
    pipeline.build(settings.library, settings.index)
    return settings


def copied(folder: Path, *names: str) -> Settings:
    """Copy a library of some seeds and its index into `folder`, for a test that changes them."""
    first = built(*names)
    settings = Settings(library=folder / "library", index=folder / "index")
    shutil.copytree(first.library, settings.library)
    shutil.copytree(first.index, settings.index)
    return settings


@cache
def seeds() -> OpenIndex:
    """Return the open index over all seeds."""
    generation = generations.current(built().index)
    assert generation
    return OpenIndex(pipeline.open_engine(generation), pipeline.open_knowledge(generation))


def seed_documents() -> list[Document]:
    """Return the seeds as they are read, repaired and parsed."""
    return [seeds().document(name) for name in SEED_IDS]


def over(documents: Iterable[Document]) -> OpenIndex:
    """Index documents that lie in no library."""
    place = _place()
    store = KnowledgeStore(place / layout.KNOWLEDGE, None, ())
    engine = writing.engine_folder(place)
    engine.mkdir()
    pipeline.ENGINE.build(engine, store.noting(documents), 1)
    store.finish(NameDecisions())
    store.close()
    return OpenIndex(pipeline.ENGINE.open(engine), KnowledgeBase(place / layout.KNOWLEDGE))


def _place() -> Path:
    return Path(mkdtemp(dir=_ROOM.name))
