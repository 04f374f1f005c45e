"""Xapian (C++) through Debian's python3-xapian: value slots counted by match spies for facets."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kb.lab.bench.peers.base import FACETS, TOP, PeerAnswer, PeerQuestion, Sample, Shape

_SEPARATOR = "\x1f"
_LONGEST = 200


class Xapian:
    """Xapian, given ready tokens as postings."""

    name = "Xapian"

    def available(self) -> bool:
        """Tell whether it is installed."""
        return find_spec("xapian") is not None

    def build(self, folder: Path, samples: Iterable[Sample]) -> None:
        """Write an index."""
        import xapian

        database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE)
        for sample in samples:
            document = xapian.Document()
            document.set_data(f"{sample.id}\n{sample.text}")
            for position, token in enumerate(sample.tokens):
                document.add_posting(token[:_LONGEST], position)
            for slot, facet in enumerate(FACETS):
                document.add_value(slot, _SEPARATOR.join(sample.facets[facet]))
                for value in sample.facets[facet]:
                    document.add_boolean_term(_term(facet, value))
            database.add_document(document)
        database.commit()
        database.compact(str(folder / "packed"))
        database.close()

    def open(self, folder: Path) -> _Searching:
        """Open a finished index."""
        import xapian

        return _Searching(xapian.Database(str(folder / "packed")))


def _term(facet: str, value: str) -> str:
    return f"X{facet.upper()}:{value}"


class _Searching:
    def __init__(self, database: Any) -> None:
        self._database = database

    def ask(self, question: PeerQuestion, *, whole: bool) -> PeerAnswer | None:
        """Answer a question."""
        import xapian

        asking = xapian.Enquire(self._database)
        asking.set_query(_query(question))
        everything = self._database.get_doccount()
        spies = [xapian.ValueCountMatchSpy(slot) for slot in range(len(FACETS))] if whole else []
        for spy in spies:
            asking.add_matchspy(spy)
        # Checking every document is the only way to an exact count.
        found = asking.get_mset(0, TOP, everything)
        texts = [match.document.get_data().decode().split("\n", 1) for match in found]
        top = tuple(name for name, _ in texts)
        total = found.get_matches_estimated()
        if not whole:
            return PeerAnswer(total, top)
        facets = {facet: _counts(spy) for facet, spy in zip(FACETS, spies, strict=True)}
        snippets = [found.snippet(text, 200) for _, text in texts]
        return PeerAnswer(total, top, facets, len(snippets))


def _counts(spy: Any) -> dict[str, int]:
    """Count single values; a slot holds all values of a document."""
    counts: dict[str, int] = {}
    for item in spy.values():
        for value in item.term.decode().split(_SEPARATOR):
            if value:
                counts[value] = counts.get(value, 0) + item.termfreq
    return counts


def _query(question: PeerQuestion) -> Any:
    import xapian

    query = xapian.Query
    match question.shape:
        case Shape.TERM:
            words = query(question.terms[0])
        case Shape.PHRASE:
            words = query(query.OP_PHRASE, list(question.terms), len(question.terms))
        case Shape.PREFIX:
            words = query(
                query.OP_WILDCARD,
                question.terms[0],
                0,
                query.WILDCARD_LIMIT_ERROR,
                query.OP_SYNONYM,
            )
        case Shape.AND:
            words = query(query.OP_AND, list(question.terms))
        case Shape.OR:
            words = query(query.OP_OR, list(question.terms))
    if question.filter is None:
        return words
    return query(query.OP_FILTER, words, query(_term(*question.filter)))
