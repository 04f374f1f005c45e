"""The parts of a score, computed on demand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoosh import query

from kb.search.expand import Need
from kb.search.results import Explanation, Share
from kb.search.vocabulary import CollectionVocabulary
from kb.search.whoosh_engine.compile import Compiler, bonuses, compile_needs
from kb.search.whoosh_engine.lookup import Lookup
from kb.search.whoosh_engine.searcher import Searcher


def explanation(
    searcher: Searcher, vocabulary: CollectionVocabulary, needs: Sequence[Need], number: int
) -> Explanation | None:
    """Return the shares of a document's score, which add up to it; None if it does not match.

    Args:
        searcher: The searcher.
        vocabulary: The words that parts of words stand for.
        needs: The needs of the query.
        number: The document, counted through all segments.
    """
    lookup = searcher.lookup()
    score = searcher.score_of(number, compile_needs(needs, lookup, vocabulary), lookup)
    if score is None:
        return None
    each = _shares(needs, Compiler(lookup, vocabulary), lookup)
    shares = ((share, searcher.score_of(number, asked, lookup)) for share, asked in each)
    given = [Share(*share, points) for share, points in shares if points]
    return Explanation(score, tuple(sorted(given, key=lambda share: -share.points)))


_Named = tuple[str, str, tuple[str, ...]]


def _shares(
    needs: Sequence[Need], compiler: Compiler, lookup: Lookup
) -> Iterator[tuple[_Named, query.Query]]:
    for need in needs:
        if not need.negated:
            for variant, asked in compiler.variants(need):
                yield (variant.sought, variant.kind.value, variant.terms), asked
    if any(not need.negated and not need.optional for need in needs):
        for asked in bonuses(needs):
            words = tuple(text for _, text in asked.iter_all_terms())
            field = next(iter(asked.iter_all_terms()))[0]
            yield (" ".join(words), field, words), asked
