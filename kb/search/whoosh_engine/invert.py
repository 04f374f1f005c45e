"""From the tokens of documents to the postings of a field, by sorting numbers.

A batch of documents is inverted as in sort-based indexing (Manning, Raghavan & Schütze,
Introduction to Information Retrieval, 4.2): the tokens stand in order of document and
position already, so one stable sort by term leaves every term's postings in order. The
sort is by 16 bits at a time, which NumPy does in linear time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.search.whoosh_engine.arrays import narrow


@dataclass(frozen=True, slots=True)
class Column:
    """The postings of one field, term after term.

    Attributes:
        terms: Number of each term.
        posting_starts: Where each term's postings begin, and one more for the end.
        position_starts: Where each term's positions begin, and one more for the end.
        docs: Document of each posting, ascending within a term.
        freqs: How often the term stands in it.
        positions: Where; empty if the field keeps none.
    """

    terms: NDArray[Any]
    posting_starts: NDArray[Any]
    position_starts: NDArray[Any]
    docs: NDArray[Any]
    freqs: NDArray[Any]
    positions: NDArray[Any]


def invert(terms: NDArray[Any], docs: NDArray[Any], positions: NDArray[Any]) -> Column:
    """Return the postings of tokens that stand in order of document and position.

    Args:
        terms: Term number of each token.
        docs: Its document.
        positions: Its position.
    """
    order = stable_order(terms)
    terms, docs = terms[order], docs[order]
    new_term = _changes(terms)
    new_posting = new_term | _changes(docs)
    postings = np.flatnonzero(new_posting)
    first = np.flatnonzero(new_term[postings])
    return Column(
        terms=terms[postings[first]],
        posting_starts=np.append(first, len(postings)),
        position_starts=np.append(postings[first], len(terms)),
        docs=docs[postings].astype(np.uint32, copy=False),
        freqs=narrow(np.diff(postings, append=len(terms))),
        positions=narrow(positions[order]),
    )


def stable_order(numbers: NDArray[Any]) -> NDArray[np.int64]:
    """Return the order that sorts non-negative numbers, equal ones as they stand."""
    most = int(numbers.max()) if len(numbers) else 0
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    for shift in range(16, most.bit_length(), 16):
        digit = (numbers >> shift).astype(np.uint16)
        order = order[np.argsort(digit[order], kind="stable")]
    return order


def _changes(array: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which elements differ from the one before; the first does."""
    changed = np.ones(len(array), np.bool_)
    np.not_equal(array[1:], array[:-1], out=changed[1:])
    return changed
