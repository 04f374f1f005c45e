"""Whether damaged text is found as if it were whole.

The pages read without Swedish are cut into passages, and the passages are indexed twice: as they
were printed, and as they come out of repair with error costs that were learned from other texts.
Both indexes are asked the same queries.

In the figures of our search, the relevant passages are those it finds in the clean texts, with
all kinds of match: damage should make no difference. Our search and its peers are also compared
by one common relevance: the passages whose clean text has the word, in any inflection. There our
search is limited to inflections, and the peers get every form of the word in the clean texts.

Recall and precision are averaged over queries. An answer that had to be relaxed (no document
has all words) is an empty one, and an empty answer has nothing wrong in it: precision 1. A query
to which nothing is relevant is left out.
"""

from __future__ import annotations

import math
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from kb.lab.evaluate import asked, peers
from kb.lab.evaluate.asked import EvaluationQuery, QueryGroup
from kb.lab.evaluate.pages import READINGS, by_origin, pages
from kb.lab.evaluate.passages import AlignedPassage, cut
from kb.lab.evaluate.table import FigureRow
from kb.model import Document, RepairedText, SourceText
from kb.parse import parse
from kb.repair import repair
from kb.repair.decode import Decoder
from kb.search.engine import Engine
from kb.search.query import PAGE_SIZE, Query
from kb.search.whoosh_engine import WhooshKind
from kb.search.whoosh_engine.stock import StockWhoosh
from kb.swedish.analysis import Analyzer, default_analyzer
from kb.swedish.kinds import MatchKind

RECALL, PRECISION = 0.985, 0.99
GROUP_RECALL = {QueryGroup.NAME: 0.97, QueryGroup.MUNICIPALITY: 0.99}
"""The floors."""

BEYOND = frozenset({MatchKind.DERIVATION, MatchKind.COMPOUND, MatchKind.EQUIVALENT, MatchKind.NEAR})
"""Kinds of match that find more than the word itself in its inflections."""

Ids = frozenset[str]


class Score(NamedTuple):
    """How well one query was answered, 0-1."""

    recall: float
    precision: float


def score(found: Ids, relevant: Ids) -> Score:
    """Score an answer; `relevant` must not be empty."""
    right = len(found & relevant)
    return Score(right / len(relevant), right / len(found) if found else 1.0)


def scores(
    found: Mapping[EvaluationQuery, Ids], relevant: Mapping[EvaluationQuery, Ids]
) -> dict[EvaluationQuery, Score]:
    """Score the answers to those queries that there is an answer to."""
    return {query: score(ids, relevant[query]) for query, ids in found.items() if relevant[query]}


def retrieval(shared: Path) -> Iterator[FigureRow]:
    """Measure what is found in damaged text, compared with the clean text and with baselines."""
    clean, damaged = _documents(shared / "corpora" / "ocr" / "train")
    analyzer = default_analyzer()
    queries = asked.choose((d.repaired.text for d in clean), analyzer)
    words = CleanWords(clean, analyzer)
    beside: dict[str, list[Score]] = defaultdict(list)
    with _indexed(clean) as whole:
        wanted = {q: answer(whole, Query(q.text)) for q in queries}
    having = {q: words.relevant(q) for q in queries}
    forms = {q: words.forms(q) for q in queries}
    for reading, documents in damaged.items():
        with _indexed(documents) as engine:
            found = {q: answer(engine, Query(q.text)) for q in queries}
            yield from rows(f"Sökning, {READINGS[reading]}", scores(found, wanted))
            found = {q: answer(engine, Query(q.text, off=BEYOND)) for q in queries}
            beside["Minnesbanken"] += scores(found, having).values()
        for name, search in _peers({d.id: d.source.text for d in documents}):
            found = {q: search(forms[q]) for q in queries}
            beside[name] += scores(found, having).values()
    for name, each in beside.items():
        yield FigureRow(f"Jämförelse, {name}: täckning", fmean(s.recall for s in each))
        yield FigureRow(f"Jämförelse, {name}: precision", fmean(s.precision for s in each))


def rows(name: str, found: Mapping[EvaluationQuery, Score]) -> Iterator[FigureRow]:
    """Yield the averages over all queries, and the recall of the groups that have a floor."""
    yield FigureRow(f"{name}: täckning", fmean(s.recall for s in found.values()), RECALL)
    yield FigureRow(f"{name}: precision", fmean(s.precision for s in found.values()), PRECISION)
    for group, floor in GROUP_RECALL.items():
        recalls = [s.recall for q, s in found.items() if q.group is group]
        if recalls:
            yield FigureRow(f"{name}, {group.value}: täckning", fmean(recalls), floor)


def answer(engine: Engine, query: Query) -> Ids:
    """Return all documents that match `query`, from every page of hits."""
    results = engine.search(query)
    if results.relaxed:
        return frozenset()
    found = {hit.id for hit in results.hits}
    for page in range(2, math.ceil((results.total or 0) / PAGE_SIZE) + 1):
        found |= {hit.id for hit in engine.search(replace(query, page=page)).hits}
    return frozenset(found)


def _documents(folder: Path) -> tuple[list[Document], dict[str, list[Document]]]:
    """Return the clean passages, and the repaired ones by reading."""
    clean: dict[str, Document] = {}
    damaged: dict[str, list[Document]] = {reading: [] for reading in READINGS}
    for held_out, decoder in by_origin(pages(folder)):
        for page in held_out:
            for passage in cut(page.name, page.clean, page.read, page.aligned):
                clean.setdefault(passage.id, _document(_whole(passage)))
                damaged[page.reading].append(_document(_mended(passage, decoder)))
    return list(clean.values()), damaged


def _whole(passage: AlignedPassage) -> RepairedText:
    return RepairedText.untouched(SourceText.of(passage.clean, passage.id))


def _mended(passage: AlignedPassage, decoder: Decoder) -> RepairedText:
    return repair(SourceText.of(passage.read, passage.id), decoder=decoder)


def _document(repaired: RepairedText) -> Document:
    return Document(repaired, parse(repaired))


@contextmanager
def _indexed(documents: Iterable[Document]) -> Iterator[Engine]:
    kind = WhooshKind()
    with tempfile.TemporaryDirectory() as folder:
        kind.build(Path(folder), documents)
        engine = kind.open(Path(folder))
        try:
            yield engine
        finally:
            engine.close()


def _peers(
    texts: Mapping[str, str],
) -> Iterator[tuple[str, Callable[[Sequence[peers.Forms]], Ids]]]:
    yield "utan prickar", peers.Folded(texts).search
    for reach in (1, 2):
        yield f"{reach} fel", peers.Fuzzy(texts, reach).search
    yield "trigram", peers.Trigrams(texts).search
    with tempfile.TemporaryDirectory() as folder:
        plain = StockWhoosh(Path(folder), ((doc_id, "", text) for doc_id, text in texts.items()))
        yield "Whoosh med Snowball", peers.stock(plain, len(texts))


class CleanWords:
    """The words of the clean documents by their dictionary forms."""

    def __init__(self, documents: Iterable[Document], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        self._ids: defaultdict[str, set[str]] = defaultdict(set)
        for document in documents:
            for token in analyzer.tokens(document.repaired.text):
                self._forms[token.word.lemma].add(token.word.form)
                self._ids[token.word.lemma].add(document.id)

    def relevant(self, query: EvaluationQuery) -> Ids:
        """Return the documents that have every word of `query` in any inflection."""
        each = [self._of(word, self._ids) for word in query.words]
        return frozenset.intersection(*each)

    def forms(self, query: EvaluationQuery) -> list[frozenset[str]]:
        """Return for each word of `query` its forms in these documents."""
        return [self._of(word, self._forms) for word in query.words]

    def _of(self, word: str, table: Mapping[str, set[str]]) -> frozenset[str]:
        (token,) = self._analyzer.tokens(word)
        lemmas = {token.word.lemma}
        if not token.name:
            lemmas |= {reading.lemma for reading in self._analyzer.readings(token.word.form)}
        return frozenset[str]().union(*(table.get(lemma, ()) for lemma in lemmas))
