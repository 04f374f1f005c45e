"""From scored documents to an answer: filters, facets, order, page, snippets and reasons."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence

from kb.model import Document
from kb.search.columns import Columns
from kb.search.expand import Need, expand
from kb.search.matching import Match, Matcher
from kb.search.query import PAGE_SIZE, Facet, Query, Sort
from kb.search.results import Hit, Results, Why
from kb.search.snippets import snippets
from kb.search.suggest import Vocabulary, suggest
from kb.search.syntax import parse_query
from kb.swedish.analysis import Analyzer
from kb.swedish.kinds import MatchKind

MAX_CLAUSES = 32
"""Words of a query that are looked for; a pasted page must not stop the server."""

Score = Callable[[Sequence[Need]], dict[int, float]]
"""Gives every document that meets all needs, with its score."""

_TRUST = {kind: rank for rank, kind in enumerate(MatchKind)}


def answer(
    query: Query,
    columns: Columns,
    analyzer: Analyzer,
    score: Score,
    load: Callable[[int], Document],
    vocabulary: Callable[[], Vocabulary],
) -> Results:
    """Answer `query`.

    Args:
        query: What is asked.
        columns: Facets and cards of all documents.
        analyzer: The analysis the index was made with.
        score: The engine: documents that meet all needs, with scores.
        load: Reads a stored document by number.
        vocabulary: Gives the words of the collection; only asked when words are missing.
    """
    started = time.perf_counter()
    query = columns.spelled(query)
    clauses = parse_query(query.text)
    notes = []
    if len(clauses) > MAX_CLAUSES:
        notes.append(f"Bara de första {MAX_CLAUSES} orden i sökningen användes.")
        clauses = clauses[:MAX_CLAUSES]
    needs = expand(clauses, analyzer, query.off)
    nothing_meant = bool(query.text) and not needs
    scores = dict[int, float]() if nothing_meant else score(needs)
    found = columns.narrowed(scores, query)
    relaxed = False
    if not found and _can_relax(needs):
        looser = score(relax(needs))
        found = columns.narrowed(looser, query)
        relaxed = bool(found)
        if relaxed:
            scores = looser
    if nothing_meant:
        notes.append("Sökningen innehåller inga ord att söka efter.")
    suggestion = None
    if relaxed or not found:

        def finds(text: str) -> bool:
            return bool(score(expand(parse_query(text)[:MAX_CLAUSES], analyzer, query.off)))

        missing = [need.sought for need in needs if need.word and not score((need,))]
        suggestion = suggest(query.text, missing, vocabulary(), finds) if missing else None
    ordered = _ordered(found, scores, columns, query.sort)
    page = ordered[(query.page - 1) * PAGE_SIZE : query.page * PAGE_SIZE]
    matcher = Matcher(needs)
    return Results(
        query=query,
        total=len(ordered),
        relaxed=relaxed,
        hits=tuple(_hit(n, scores[n], columns, analyzer, matcher, load(n)) for n in page),
        facets=columns.facets(scores, query),
        histogram=columns.histogram(scores, query),
        suggestion=suggestion,
        notes=tuple(notes),
        took_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def _can_relax(needs: Sequence[Need]) -> bool:
    return sum(not need.negated and not need.optional for need in needs) > 1


def relax(needs: Sequence[Need]) -> tuple[Need, ...]:
    """Return needs of which any is enough; what is to be left out stays out."""
    wanted = [need for need in needs if not need.negated and not need.optional]
    either = Need(tuple(variant for need in wanted for variant in need.variants))
    return (either, *(need for need in needs if need.negated))


def _ordered(
    docs: Collection[int], scores: dict[int, float], columns: Columns, sort: Sort
) -> list[int]:
    if sort is not Sort.RELEVANCE:
        return columns.by_date(docs, newest_first=sort is Sort.NEWEST)
    newest = columns.by_date(docs, newest_first=True)
    return sorted(newest, key=lambda n: -scores[n])


def _hit(
    number: int,
    score: float,
    columns: Columns,
    analyzer: Analyzer,
    matcher: Matcher,
    document: Document,
) -> Hit:
    row = columns.rows[number]
    text = document.repaired.text
    matches = matcher.find(text, list(analyzer.tokens(text)))
    return Hit(
        id=row.card.id,
        path=row.card.id,
        title=row.card.title,
        date=row.card.date,
        proposed_date=row.card.proposed_date,
        group=row.card.group,
        municipalities=row.card.municipalities,
        persons=row.values(Facet.PERSON),
        score=round(score, 4),
        snippets=snippets(text, matches),
        why=_reasons(matches),
    )


def _reasons(matches: Sequence[Match]) -> tuple[Why, ...]:
    """Return how each word of the query was matched, most trusted kind first."""
    found: dict[tuple[str, MatchKind], Counter[str]] = defaultdict(Counter)
    for match in matches:
        found[match.sought, match.kind][" ".join(match.found.lower().split())] += 1
    reasons = [
        Why(kind, sought, tuple(word for word, _ in words.most_common(5)))
        for (sought, kind), words in found.items()
    ]
    return tuple(sorted(reasons, key=lambda why: (why.sought, _TRUST[why.kind])))


def marks(document: Document, query: Query, analyzer: Analyzer) -> list[Match]:
    """Return where the words of `query` stand in the repaired text of `document`."""
    needs = expand(parse_query(query.text)[:MAX_CLAUSES], analyzer, query.off)
    text = document.repaired.text
    return Matcher(needs).find(text, list(analyzer.tokens(text)))
