"""Our engine, queried by word forms only, like the others, but with its full index.

Only query expansion is left out, since no other engine does that. Its index holds the lemmas,
keys, compound parts and readings nevertheless.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from kb.build import generations, stages, writing
from kb.build.manifest import Manifest
from kb.lab.bench.peers.base import FACETS, TOP, PeerAnswer, PeerQuestion, Shape
from kb.model import Document
from kb.search.budget import Budget
from kb.search.expand import Need, Variant
from kb.search.facets import FACETS as DECLARED
from kb.search.fields import Field
from kb.search.query import Query, Sort
from kb.search.weights import WEIGHTS
from kb.search.whoosh_engine import WhooshEngine, WhooshKind
from kb.swedish.kinds import MatchKind


class Ours:
    """The product's engine."""

    name = "ours"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Write an index with the full analysis, as one that pages can be served from."""
        with generations.new_generation(folder) as place:
            engine = writing.engine_folder(place)
            engine.mkdir()
            WhooshKind().build(engine, documents)
            now = dt.datetime.now(dt.UTC)
            generations.publish(folder, place, Manifest(stages.versions(), now, {}))

    def open(self, folder: Path) -> _Searching:
        """Open a finished index."""
        generation = generations.current(folder)
        assert generation is not None, "it was built before"
        return _Searching(WhooshKind().open(writing.engine_folder(generation.folder)))


class _Searching:
    def __init__(self, engine: WhooshEngine) -> None:
        self._answering = engine.answering

    def ask(self, question: PeerQuestion, *, whole: bool) -> PeerAnswer | None:
        """Answer a question."""
        needs = _needs(question)
        columns = self._answering.columns
        query = Query()
        if question.filter:
            query = query.add(DECLARED[question.filter[0]], question.filter[1])
        scored = self._answering.score(needs, Budget())
        tally = columns.tally(scored.docs, query) if whole else None
        if tally:
            kept = scored.at(tally.kept)
        else:
            kept = scored.at(columns.passing(scored.docs, query)) if question.filter else scored
        best = columns.ordered(kept.docs, kept.scores, Sort.RELEVANCE, TOP)
        if tally is None:
            rows = [columns.row(number) for number in kept.docs[best].tolist()]
            return PeerAnswer(len(kept), tuple(row.card.id for row in rows))
        hits = self._answering.hits(kept.at(best), needs)
        facets = {
            facet.name: {value.value: value.count for value in values}
            for facet, values in tally.facets.items()
            if facet.name in FACETS
        }
        return PeerAnswer(len(kept), tuple(hit.id for hit in hits), facets, len(hits))


def _needs(question: PeerQuestion) -> tuple[Need, ...]:
    def variant(*terms: str, prefix: bool = False) -> Variant:
        return Variant(
            " ".join(terms), MatchKind.EXACT, Field.FORM, terms, WEIGHTS[Field.FORM], prefix=prefix
        )

    match question.shape:
        case Shape.PHRASE:
            return (Need((variant(*question.terms),)),)
        case Shape.PREFIX:
            return (Need((variant(*question.terms, prefix=True),)),)
        case Shape.OR:
            return (Need(tuple(variant(term) for term in question.terms)),)
        case _:
            return tuple(Need((variant(term),)) for term in question.terms)
