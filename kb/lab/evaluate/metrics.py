"""Figures of retrieval quality for one query; average them over queries yourself.

A ranking is a sequence of document ids, best first. Judgements map an id to its
grade: 0 not relevant, 1 touches the subject, 2 relevant, 3 exactly what is sought.
An unjudged document counts as grade 0.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import log2

RELEVANT = 2
"""Lowest grade that counts as relevant where a measure knows only yes and no."""


def ndcg(ranking: Sequence[str], judgements: Mapping[str, int], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain, 0-1, of the first `depth` hits.

    Gain is 2^grade - 1 and the discount of rank r is 1 / log2(r + 1), so that one exact
    answer on top outweighs several near ones. A query without any relevant document
    has no ideal to compare with and gives 0.

    Source: Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques",
    ACM TOIS 20(4), 2002; exponential gain as in Burges et al., "Learning to rank using
    gradient descent", ICML 2005.
    """
    ideal = _gain(sorted(judgements.values(), reverse=True)[:depth])
    if not ideal:
        return 0.0
    return _gain([judgements.get(id_, 0) for id_ in ranking[:depth]]) / ideal


def precision(ranking: Sequence[str], judgements: Mapping[str, int], depth: int = 10) -> float:
    """Return the share, 0-1, of the first `depth` places that hold a relevant document.

    Empty places count as misses, as in trec_eval's P@k (Manning, Raghavan & Schütze,
    "Introduction to Information Retrieval", 2008, section 8.4).
    """
    return len(_relevant(judgements).intersection(ranking[:depth])) / depth


def recall(
    ranking: Sequence[str], judgements: Mapping[str, int], depth: int | None = None
) -> float:
    """Return the share, 0-1, of the relevant documents found in the first `depth` hits.

    Without `depth` the whole ranking counts. Where nothing is relevant, nothing is
    missed: 1. (Manning, Raghavan & Schütze, 2008, section 8.3.)
    """
    relevant = _relevant(judgements)
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 1.0


def judged(ranking: Sequence[str], judgements: Collection[str], depth: int = 10) -> float:
    """Return the share, 0-1, of the first `depth` hits that have been judged at all.

    A low share says that the judgements, pooled from other rankings, cannot tell how
    good this one is (Buckley & Voorhees, "Retrieval evaluation with incomplete
    information", SIGIR 2004). An empty ranking holds nothing unjudged: 1.
    """
    top = ranking[:depth]
    return sum(id_ in judgements for id_ in top) / len(top) if top else 1.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _relevant(judgements: Mapping[str, int]) -> set[str]:
    return {id_ for id_, grade in judgements.items() if grade >= RELEVANT}
