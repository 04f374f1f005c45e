"""Token columns: every document before inversion.

A token is the number of its type, the number of characters since the one before, and its length:
six bytes. The few that need more are kept in a separate list, like the exceptions of patched
frame-of-reference coding (Zukowski et al. 2006). The terms of each type and the types of each term
are stored as well. So snippets, marks and reasons need no analysis: a term of the query is a set of
types, which is looked up among a document's.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.search.entry import POSITION_GAP
from kb.search.fields import Field
from kb.search.postings import Tokens
from kb.search.types import STREAM, Types
from kb.search.whoosh_engine.arrays import Arrays, ArrayWriter, narrow, spans, starts_of
from kb.search.whoosh_engine.invert import stable_order
from kb.search.whoosh_engine.merge import STRETCH
from kb.search.whoosh_engine.postings_file import ArrayField

_TOKEN = np.dtype([("type", "<u4"), ("gap", "u1"), ("length", "u1")])
_MOST = 255  # stands for a gap or a length among the exceptions
_NOWHERE = -1


class TokenWriter:
    """Writes the token columns of a segment, batch by batch."""

    def __init__(self, path: Path) -> None:
        self._arrays = ArrayWriter(path)
        self._arrays.begin("tokens", _TOKEN)
        self._count = 0
        self._long: list[NDArray[np.int64]] = []
        self._doc_parts: list[NDArray[Any]] = []
        self._part_tokens: list[NDArray[Any]] = []

    def add(
        self,
        types: NDArray[Any],
        gaps: NDArray[Any],
        lengths: NDArray[Any],
        doc_parts: NDArray[Any],
        part_tokens: NDArray[Any],
    ) -> None:
        """Write the tokens of some documents.

        Args:
            types: Type of each token.
            gaps: Characters before it, since the one before or the beginning.
            lengths: Characters of it.
            doc_parts: Parts of each document.
            part_tokens: Tokens of each part.
        """
        long = np.flatnonzero((gaps >= _MOST) | (lengths >= _MOST))
        self._long.append(np.stack([long + self._count, gaps[long], lengths[long]]))
        tokens = np.empty(len(types), _TOKEN)
        tokens["type"] = types
        tokens["gap"] = np.minimum(gaps, _MOST)
        tokens["length"] = np.minimum(lengths, _MOST)
        self._arrays.append(tokens)
        self._count += len(types)
        self._doc_parts.append(doc_parts)
        self._part_tokens.append(part_tokens)

    def add_segment(
        self, file: TokenFile, docs: NDArray[np.int64], renumber: NDArray[np.int64]
    ) -> None:
        """Write the tokens of some documents of a segment, in order.

        Args:
            file: The segment's token columns.
            docs: The documents.
            renumber: New number of each of its types.
        """
        counts = np.cumsum(file.token_counts(docs))
        for chunk in np.split(docs, np.flatnonzero(np.diff(counts // STRETCH)) + 1):
            types, gaps, lengths, doc_parts, part_tokens = file.raw(chunk)
            self.add(renumber[types], gaps, lengths, doc_parts, part_tokens)

    def discard(self) -> None:
        """Delete the file: the segment is not written."""
        self._arrays.discard()

    def close(self, types: Types, ordinals: Mapping[Field, NDArray[np.int64]]) -> None:
        """Write the tables of types.

        Args:
            types: All types.
            ordinals: In each field the ordinal of each term number, -1 if nothing has it.
        """
        add = self._arrays.add
        long = np.concatenate([np.empty((3, 0), np.int64), *self._long], axis=1)
        for name, row in zip(("long", "long_gaps", "long_lengths"), long, strict=True):
            add(name, narrow(row))
        add("doc_parts", narrow(starts_of(_joined(self._doc_parts))))
        add("part_tokens", narrow(starts_of(_joined(self._part_tokens))))
        for field in STREAM:
            projection = types.projections[field]
            starts = np.frombuffer(projection.starts, np.uint32)
            terms = ordinals[field][np.frombuffer(projection.terms, np.uint32)]
            # Types that no token has may have terms without postings.
            kept = terms != _NOWHERE
            of = np.repeat(np.arange(len(starts) - 1), np.diff(starts))[kept]
            terms = terms[kept]
            add(f"{field}.terms", narrow(terms))
            add(f"{field}.term_starts", narrow(_starts(of, len(starts) - 1)))
            order = stable_order(terms)
            add(f"{field}.types", of[order].astype(np.uint32))
            count = int(ordinals[field].max(initial=-1)) + 1
            add(f"{field}.type_starts", narrow(_starts(terms, count)))
        originals = [(n, original.encode()) for n, original in sorted(types.originals.items())]
        add("originals", np.array([number for number, _ in originals], np.uint32))
        add("original_starts", narrow(starts_of(np.array([len(o) for _, o in originals], int))))
        add("original_text", np.frombuffer(b"".join(o for _, o in originals), np.uint8))
        self._arrays.close()


def _starts(numbers: NDArray[Any], size: int) -> NDArray[np.int64]:
    """Return where each number's run begins when the numbers are sorted."""
    return starts_of(np.bincount(numbers, minlength=size))


def _joined(arrays: list[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate([np.empty(0, np.int64), *arrays])


class TokenFile:
    """The token columns of a segment; a `TokenReader`. Safe to share between threads."""

    def __init__(self, path: Path, fields: Mapping[Field, ArrayField]) -> None:
        arrays = Arrays(path)
        self._fields = fields
        self._arrays = arrays
        self._long = arrays["long"]
        self._doc_parts = arrays["doc_parts"]
        self._part_tokens = arrays["part_tokens"]
        self.type_count = len(arrays[f"{Field.FORM}.term_starts"]) - 1

    def token_counts(self, docs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many tokens some documents have."""
        first, behind = (self._part_tokens[self._doc_parts[at]] for at in (docs, docs + 1))
        counts: NDArray[np.int64] = (behind - first).astype(np.int64)
        return counts

    def raw(self, docs: NDArray[np.int64]) -> tuple[NDArray[Any], ...]:
        """Return the types, gaps and lengths of the tokens of some documents.

        Also how many parts each has, and how many tokens each part.
        """
        doc_parts = self._doc_parts[docs + 1] - self._doc_parts[docs]
        parts = spans(self._doc_parts[docs], doc_parts)
        part_tokens = self._part_tokens[parts + 1] - self._part_tokens[parts]
        # The tokens of a document lie together.
        first, behind = (self._part_tokens[self._doc_parts[at]] for at in (docs, docs + 1))
        runs = zip(first.tolist(), behind.tolist(), strict=True)
        read = b"".join(self._arrays.read("tokens", a, b) for a, b in runs)
        tokens = np.frombuffer(read, _TOKEN)
        gaps, lengths = tokens["gap"].astype(np.int64), tokens["length"].astype(np.int64)
        before = np.cumsum(behind - first, dtype=np.int64) - behind
        for place in np.flatnonzero((gaps == _MOST) | (lengths == _MOST)).tolist():
            of = int(np.searchsorted(before + behind, place, "right"))
            exception = int(np.searchsorted(self._long, place - before[of]))
            gaps[place] = self._arrays["long_gaps"][exception]
            lengths[place] = self._arrays["long_lengths"][exception]
        return tokens["type"], gaps, lengths, doc_parts, part_tokens

    def document(self, doc: int) -> Tokens:
        """Return the tokens of a document."""
        return self.documents(np.array([doc]))

    def documents(self, docs: NDArray[np.int64]) -> Tokens:
        """Return the tokens of some documents, one document after another."""
        types, gaps, lengths, doc_parts, part_tokens = self.raw(docs)
        ends = np.cumsum(gaps + lengths)
        bounds = starts_of(part_tokens)[starts_of(doc_parts)]
        if len(docs) > 1:  # each counts its characters from its beginning
            before = np.append(0, ends)[bounds[:-1]]
            ends -= np.repeat(before, np.diff(bounds))
        return Tokens(types, positions(part_tokens), ends - lengths, ends, bounds)

    def types_of(self, field: Field, term: str) -> NDArray[np.uint32]:
        """Return the types found by a term, ascending."""
        ordinal = self._fields[field].ordinal(term.encode())
        if ordinal is None:
            return np.empty(0, np.uint32)
        a, b = self._arrays[f"{field}.type_starts"][ordinal : ordinal + 2]
        return self._arrays[f"{field}.types"][a:b]

    def terms(self, type_number: int, field: Field) -> tuple[str, ...]:
        """Return the terms of a type in a field."""
        a, b = self._arrays[f"{field}.term_starts"][type_number : type_number + 2]
        found = self._arrays[f"{field}.terms"][a:b].tolist()
        return tuple(self._fields[field].term(ordinal).decode() for ordinal in found)

    def forms(self, types: NDArray[np.uint32]) -> NDArray[Any]:
        """Return the ordinal of the form of each of `types`."""
        starts = self._arrays[f"{Field.FORM}.term_starts"]
        ordinals: NDArray[Any] = self._arrays[f"{Field.FORM}.terms"][starts[types]]
        return ordinals

    def original(self, type_number: int) -> str | None:
        """Return the words of the original, of a type that was read as something else."""
        numbers = self._arrays["originals"]
        at = int(np.searchsorted(numbers, type_number))
        if at == len(numbers) or numbers[at] != type_number:
            return None
        a, b = self._arrays["original_starts"][at : at + 2]
        return self._arrays["original_text"][a:b].tobytes().decode()

    def rows(self, field: Field) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """Return how many terms each type has in a field, and the ordinals of the terms."""
        starts = self._arrays[f"{field}.term_starts"].astype(np.int64)
        return np.diff(starts), self._arrays[f"{field}.terms"]

    def lexicon(self, field: Field) -> list[str]:
        """Return the terms of a field in order."""
        return [term.decode() for term in self._fields[field].terms[:]]

    def originals(self) -> dict[int, str]:
        """Return the words of the original by type."""
        numbers = self._arrays["originals"].tolist()
        return {number: self.original(number) or "" for number in numbers}


def positions(part_tokens: NDArray[Any]) -> NDArray[np.int64]:
    """Return the positions of the tokens of a document, given how many each part has."""
    parts = np.repeat(np.arange(len(part_tokens)), part_tokens)
    return np.arange(len(parts)) + (POSITION_GAP - 1) * parts
