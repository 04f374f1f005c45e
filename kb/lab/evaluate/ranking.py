"""How well search ranks: nDCG@10 beside plain Whoosh, on the same judged documents."""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from kb.errors import UserError
from kb.lab.evaluate import collection, metrics
from kb.lab.evaluate.plain import plain_document
from kb.search.query import Query
from kb.search.whoosh_engine import WhooshKind
from kb.search.whoosh_engine.stock import StockWhoosh

GAIN_FLOOR = 0.10
"""Least margin over the better baseline ranking, in nDCG@10."""

QUERIES = "ranking_queries.tsv"
JUDGEMENTS = "ranking_judgements.tsv"

Ranker = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class GoldQuery:
    """A judged query.

    Attributes:
        qid: Its id.
        text: The query as typed.
        category: The aspect it tests.
        half: "dev" if weights may be tuned on it, else "test".
        grades: Grade by document id, 0-3.
    """

    qid: str
    text: str
    category: str
    half: str
    grades: dict[str, int]


def read_gold(folder: Path) -> list[GoldQuery]:
    """Read the judged queries.

    Raises:
        UserError: The files are missing.
    """
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for qid, doc_id, grade in _rows(folder / JUDGEMENTS):
        grades[qid][doc_id] = int(grade)
    return [
        GoldQuery(qid, text, category, half, grades[qid])
        for qid, text, category, half, _need in _rows(folder / QUERIES)
    ]


def _rows(path: Path) -> Iterator[list[str]]:
    if not path.is_file():
        raise UserError(f"Facit saknas: {path}")
    with path.open(encoding="utf-8", newline="") as lines:
        kept = (line for line in lines if not line.startswith("#"))
        yield from csv.reader(kept, delimiter="\t", quoting=csv.QUOTE_NONE)


def run(shared: Path, gold: Path) -> int:
    """Index the collection with both engines and print the table; 1 if the floor is missed."""
    queries = read_gold(gold)
    documents = collection.load(shared)
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        kind = WhooshKind()
        kind.build(Path(ours), (plain_document(d.id, d.text, d.title) for d in documents))
        engine = kind.open(Path(ours))
        plain = StockWhoosh(Path(theirs), ((d.id, d.title, d.text) for d in documents))
        rankers: dict[str, Ranker] = {
            "minnesbanken": lambda text: [hit.id for hit in engine.search(Query(text)).hits],
            "whoosh, alla ord": plain.search,
            "whoosh, något ord": lambda text: plain.search(text, any_word=True),
        }
        scores = {name: _scores(ranker, queries) for name, ranker in rankers.items()}
        engine.close()
    _print(queries, scores)
    means = {name: fmean(by_query.values()) for name, by_query in scores.items()}
    gain = means.pop("minnesbanken") - max(means.values())
    passed = gain >= GAIN_FLOOR
    print(f"förbättring {gain:+.3f} (golv {GAIN_FLOOR:+.2f}): {'ok' if passed else 'UNDER GOLVET'}")
    return 0 if passed else 1


def _scores(ranker: Ranker, queries: Iterable[GoldQuery]) -> dict[str, float]:
    return {query.qid: metrics.ndcg(list(ranker(query.text)), query.grades) for query in queries}


def _print(queries: Sequence[GoldQuery], scores: dict[str, dict[str, float]]) -> None:
    groups: dict[str, list[str]] = {"alla": [query.qid for query in queries]}
    for query in queries:
        groups.setdefault(query.half, []).append(query.qid)
    for query in queries:
        groups.setdefault(query.category, []).append(query.qid)
    print(f"{'nDCG@10':24}{'frågor':>8}" + "".join(f"{name:>20}" for name in scores))
    for name, qids in groups.items():
        means = "".join(f"{fmean(s[q] for q in qids):20.3f}" for s in scores.values())
        print(f"{name:24}{len(qids):8}{means}")
