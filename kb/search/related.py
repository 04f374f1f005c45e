"""Documents on the same subject as another one, and why.

The rarest words of a document are the query, as in Lucene's MoreLikeThis: weighted by tf·idf (tf
saturated as in BM25), the best of them combined. Meetings of the same group and documents that
name the same people score higher.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.search.arrays import Scored
from kb.search.columns import Columns
from kb.search.facets import GROUP, PERSON
from kb.search.fields import Field
from kb.search.ranking import best
from kb.search.results import RelatedDocument
from kb.search.segment import Segment
from kb.search.weights import SATURATION
from kb.swedish.stopwords import is_stopword

WORDS = 25
"""Number of words of a document that make the query."""

SHARED = 3
"""Number of these that a document must have, unless its group or people are the same."""

NAMED = 4
"""Most shared words and people that are shown as the reason."""

COMMON = 0.1
"""Words found in a greater share of all documents are not used."""

_SHORTEST = 4
_SAME_GROUP = 0.25
_SAME_PERSON = 0.15


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a document: its form there, its weight, and the documents that have it."""

    form: str
    weight: float
    docs: NDArray[np.int64]


def related(
    segments: Sequence[Segment], columns: Columns, number: int, most: int
) -> tuple[RelatedDocument, ...]:
    """Return the documents most similar to document `number`, the best first.

    Args:
        segments: All segments; document numbers run through all of them.
        columns: Their facets and cards.
        number: The document.
        most: How many to return.
    """
    words = _rarest(segments, columns, number)
    row = columns.row(number)
    group = columns.having(GROUP, row.card.group) if row.card.group else None
    people = {name: columns.having(PERSON, name) for name in row.persons}
    whole = sum(word.weight for word in words) or 1.0
    scores = np.zeros(columns.size)
    shared = np.zeros(columns.size, np.int64)
    for word in words:
        scores[word.docs] += word.weight / whole
        shared[word.docs] += 1
    enough = shared >= min(SHARED, max(len(words), 1))
    for docs, weight in [(group, _SAME_GROUP), *((d, _SAME_PERSON) for d in people.values())]:
        if docs is not None:
            scores[docs] += weight
            enough[docs] |= shared[docs] > 0
    enough[number] = False
    candidates = columns.everything[enough[columns.everything]]
    found = Scored(candidates, scores[candidates])
    order = best(len(found), most, [lambda places: found.scores[places]])
    return tuple(
        RelatedDocument(
            columns.row(other).card,
            tuple(word.form for word in words if other in word.docs)[:NAMED],
            group is not None and other in group,
            tuple(name for name, docs in people.items() if other in docs)[:NAMED],
        )
        for other in found.docs[order].tolist()
    )


def _rarest(segments: Sequence[Segment], columns: Columns, number: int) -> list[_Word]:
    """Return the words of a document with the highest weights, the highest first."""
    segment, doc = columns.place(number)
    reader = segments[segment]
    passage, length = reader.rows.passage(doc)
    tokens = reader.tokens.documents(np.array([doc]))
    in_text = tokens.starts < length
    types, first = np.unique(tokens.types[in_text], return_index=True)
    times = Counter(tokens.types[in_text].tolist())
    forms: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for kind, at in zip(types.tolist(), first.tolist(), strict=True):
        form = passage[tokens.starts[at] : tokens.ends[at]]
        if len(form) < _SHORTEST or not form.isalpha() or is_stopword(form.casefold()):
            continue
        for key in reader.tokens.terms(kind, Field.KEY):
            forms.setdefault(key, form)
            counts[key] += times[kind]
    everybody = columns.documents
    found = []
    for key, count in counts.items():
        docs = _having(segments, columns, key)
        if not 2 <= len(docs) <= max(2, everybody * COMMON):
            continue
        rarity = float(np.log(1 + (everybody - len(docs) + 0.5) / (len(docs) + 0.5)))
        found.append(_Word(forms[key], rarity * count / (count + SATURATION), docs))
    return sorted(found, key=lambda word: (-word.weight, word.form))[:WORDS]


def _having(segments: Sequence[Segment], columns: Columns, key: str) -> NDArray[np.int64]:
    """Return the numbers of the documents that have a key, deleted ones too."""
    each = [
        np.asarray(postings.docs, np.int64) + columns.base(n)
        for n, segment in enumerate(segments)
        if (postings := segment.fields[Field.KEY].get(key.encode()))
    ]
    return np.concatenate([np.empty(0, np.int64), *each])
