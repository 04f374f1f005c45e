"""From scored documents to an answer: filters, facets, order, page, snippets and reasons."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from kb.model import Document
from kb.search.columns import Columns
from kb.search.entry import facts
from kb.search.expand import Expander, Need
from kb.search.matching import Match, Matcher
from kb.search.query import PAGE_SIZE, Facet, Query, Sort
from kb.search.results import Hit, Results, Why
from kb.search.snippets import snippets
from kb.search.stream import plain_stream, stream
from kb.search.suggest import suggest
from kb.search.syntax import Clause, parse_query
from kb.search.vocabulary import Vocabulary
from kb.swedish.analysis import Analyzer
from kb.swedish.kinds import MatchKind

MAX_CLAUSES = 32
"""Words of a query that are looked for; a pasted page must not stop the server."""

_TRUST = {kind: rank for rank, kind in enumerate(MatchKind)}


@dataclass(frozen=True, slots=True)
class Found:
    """Documents that answer a query.

    Attributes:
        needs: What was asked of them.
        scores: Score by document number, before any filter.
        kept: The documents that pass the filters.
        notes: Swedish remarks on what was not understood.
        relaxed: Not one had all the words, so any was enough.
    """

    needs: tuple[Need, ...]
    scores: dict[int, float]
    kept: Collection[int]
    notes: tuple[str, ...]
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers queries with what an engine finds.

    Attributes:
        columns: Facets and cards of all documents.
        analyzer: The analysis the index was made with.
        expander: Turns clauses into needs.
        vocabulary: Gives the words of the collection; only asked when words are missing.
        score: The engine: documents that meet all needs, with scores.
        load: Reads a stored document by number.
    """

    columns: Columns
    analyzer: Analyzer
    expander: Expander
    vocabulary: Callable[[], Vocabulary]
    score: Callable[[Sequence[Need]], dict[int, float]]
    load: Callable[[int], Document]

    def answer(self, query: Query) -> Results:
        """Answer `query`."""
        started = time.perf_counter()
        query = self.columns.spelled(query)
        found = self._find(query)
        ordered = self._ordered(found.kept, found.scores, query.sort)
        page = ordered[(query.page - 1) * PAGE_SIZE : query.page * PAGE_SIZE]
        matcher = Matcher(found.needs)
        return Results(
            query=query,
            total=len(ordered),
            relaxed=found.relaxed,
            hits=tuple(self._hit(number, found.scores[number], matcher) for number in page),
            facets=self.columns.facets(found.scores, query),
            histogram=self.columns.histogram(found.scores, query),
            suggestion=self._suggestion(query, found) if found.relaxed or not found.kept else None,
            notes=found.notes,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def _find(self, query: Query) -> Found:
        """Return the documents with all the words or, if no filter leaves any, with some."""
        clauses, notes = clauses_of(query)
        needs = self.expander.expand(clauses, query.off)
        if query.text and not needs:
            return Found(needs, {}, (), notes)
        scores = self.score(needs)
        kept = self.columns.narrowed(scores, query)
        if not kept and _can_relax(needs):
            looser = self.score(relax(needs))
            if some := self.columns.narrowed(looser, query):
                return Found(needs, looser, some, notes, relaxed=True)
        return Found(needs, scores, kept, notes)

    def _suggestion(self, query: Query, found: Found) -> str | None:
        needs = found.needs
        missing = [need.sought for need in needs if need.word and not self.score((need,))]

        def finds(text: str) -> bool:
            return bool(self._find(replace(query.without_filters(), text=text)).scores)

        return suggest(query.text, missing, self.vocabulary(), finds) if missing else None

    def _ordered(self, docs: Collection[int], scores: dict[int, float], sort: Sort) -> list[int]:
        newest = self.columns.by_date(docs, newest_first=sort is not Sort.OLDEST)
        return sorted(newest, key=lambda n: -scores[n]) if sort is Sort.RELEVANCE else newest

    def _hit(self, number: int, score: float, matcher: Matcher) -> Hit:
        row = self.columns.rows[number]
        document = self.load(number)
        text = document.repaired.text
        matches = matcher.find(text, list(stream(document.repaired, self.analyzer)))
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
            why=_reasons(matches) + self._reasons_in_facts(document, matches, matcher),
        )

    def marks(self, document: Document, query: Query) -> list[Match]:
        """Return where the words of `query` stand in the repaired text of `document`."""
        clauses, _ = clauses_of(query)
        words = list(stream(document.repaired, self.analyzer))
        matcher = Matcher(self.expander.expand(clauses, query.off))
        return matcher.find(document.repaired.text, words)

    def _reasons_in_facts(
        self, document: Document, matches: Sequence[Match], matcher: Matcher
    ) -> tuple[Why, ...]:
        """Return the reasons for words that only the facts have, in their true spelling."""
        in_text = {match.sought for match in matches}
        if matcher.sought <= in_text:
            return ()
        only = [
            match
            for fact in facts(document)
            for match in matcher.find(fact, list(plain_stream(fact, self.analyzer)))
            if match.sought not in in_text
        ]
        return _reasons(only)


def clauses_of(query: Query) -> tuple[tuple[Clause, ...], tuple[str, ...]]:
    """Return the clauses of a query, and Swedish remarks on what was not understood."""
    clauses = parse_query(query.text)
    if query.text and not clauses:
        return (), ("Sökningen innehåller inga ord att söka efter.",)
    if len(clauses) > MAX_CLAUSES:
        return clauses[:MAX_CLAUSES], (f"Bara de första {MAX_CLAUSES} orden användes.",)
    return clauses, ()


def relax(needs: Sequence[Need]) -> tuple[Need, ...]:
    """Return needs of which any is enough; what is to be left out stays out."""
    wanted = [need for need in needs if not need.negated and not need.optional]
    either = Need(tuple(variant for need in wanted for variant in need.variants))
    return (either, *(need for need in needs if need.negated))


def _can_relax(needs: Sequence[Need]) -> bool:
    return sum(not need.negated and not need.optional for need in needs) > 1


def _reasons(matches: Sequence[Match]) -> tuple[Why, ...]:
    """Return how each word of the query was matched, most trusted kind first."""
    found: dict[tuple[str, MatchKind], Counter[str]] = defaultdict(Counter)
    for match in matches:
        shown = match.found if match.kind is MatchKind.READING else match.found.lower()
        found[match.sought, match.kind][" ".join(shown.split())] += 1
    reasons = [
        Why(kind, sought, tuple(word for word, _ in words.most_common(5)))
        for (sought, kind), words in found.items()
    ]
    return tuple(sorted(reasons, key=lambda why: (why.sought, _TRUST[why.kind])))
