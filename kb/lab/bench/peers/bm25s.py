"""bm25s: sparse matrices of scores (Lù 2024); single words and any of several only."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from kb.lab.bench.peers.base import FACETS, TOP, PeerAnswer, PeerQuestion, Sample, Shape

_META = "meta.json"


class Bm25s:
    """bm25s over ready tokens. It knows no boolean, phrase, prefix, filter or text."""

    name = "bm25s"

    def available(self) -> bool:
        """Tell whether it is installed."""
        return find_spec("bm25s") is not None

    def build(self, folder: Path, samples: Iterable[Sample]) -> None:
        """Write an index."""
        import bm25s

        kept = list(samples)
        retriever = bm25s.BM25(method="lucene")
        retriever.index([list(sample.tokens) for sample in kept], show_progress=False)
        retriever.save(str(folder))
        meta = ([sample.id for sample in kept], [[s.facets[f] for s in kept] for f in FACETS])
        (folder / _META).write_bytes(msgspec.json.encode(meta))

    def open(self, folder: Path) -> _Searching:
        """Open a finished index."""
        import bm25s

        ids, _ = msgspec.json.decode(
            (folder / _META).read_bytes(), type=tuple[list[str], list[list[list[str]]]]
        )
        return _Searching(bm25s.BM25.load(str(folder), mmap=True), ids)


class _Searching:
    def __init__(self, retriever: Any, ids: list[str]) -> None:
        self._retriever = retriever
        self._ids = ids

    def ask(self, question: PeerQuestion, *, whole: bool) -> PeerAnswer | None:
        """Answer a question; None for the kinds it does not support, which are most."""
        if whole or question.filter or question.shape not in (Shape.TERM, Shape.OR):
            return None
        scores = self._retriever.get_scores(list(question.terms))
        found = np.flatnonzero(scores > 0)
        top = found[np.argsort(-scores[found], kind="stable")[:TOP]]
        return PeerAnswer(len(found), tuple(self._ids[doc] for doc in top))
