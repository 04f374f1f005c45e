"""From scored documents to an answer: filters, facets, order, page, snippets and reasons."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kb.search.arrays import Scored
from kb.search.budget import (
    FIRST_CLAUSES,
    MAX_CLAUSES,
    MAX_WORDS,
    TOO_LONG,
    Budget,
    OverBudgetError,
)
from kb.search.columns import Columns, FacetTally
from kb.search.entry import DocumentRow
from kb.search.expand import Expander, Need
from kb.search.facets import MUNICIPALITY
from kb.search.matching import Matcher, WordMatch, sought
from kb.search.query import PAGE_SIZE, Query
from kb.search.results import Hit, HitList, Results, Why
from kb.search.segment import Segment
from kb.search.snippets import OwnSection, own_sections, passages
from kb.search.suggest import suggest
from kb.search.syntax import Clause, parse_query
from kb.search.vocabulary import CollectionVocabulary
from kb.swedish.kinds import MatchKind

_TRUST = {kind: rank for rank, kind in enumerate(MatchKind)}


@dataclass(frozen=True, slots=True)
class Found:
    """Documents that match a query.

    Attributes:
        needs: The needs of the query.
        scored: The documents that have the words, before any filter.
        tally: Those that pass the filters, and the counts.
        notes: Swedish remarks on what was not understood or not searched for.
        relaxed: No document had all the words, so any word was enough.
        cut: The search exceeded its budget; nothing was counted.
    """

    needs: tuple[Need, ...]
    scored: Scored
    tally: FacetTally
    notes: tuple[str, ...]
    relaxed: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers queries from an engine's scored documents. Safe to share between threads.

    Attributes:
        segments: The segments; document numbers run through all of them.
        columns: Facets and cards of all documents.
        expander: Turns clauses into needs.
        vocabulary: The words of the collection.
        score: The engine: documents that meet all needs, with scores.
    """

    segments: Sequence[Segment]
    columns: Columns
    expander: Expander
    vocabulary: CollectionVocabulary
    score: Callable[[Sequence[Need], Budget], Scored]

    def answer(self, query: Query) -> Results:
        """Answer `query`."""
        started = time.perf_counter()
        query = self.columns.understood(query)
        budget = Budget()
        found = self._find(query, budget)
        kept = found.scored.at(found.tally.kept)
        first = (query.page - 1) * PAGE_SIZE
        order = self.columns.ordered(kept.docs, kept.scores, query.sort, first + PAGE_SIZE)
        page = kept.at(order[first:])
        missed = found.relaxed or not len(kept)
        return Results(
            query=query,
            total=None if found.cut else len(kept),
            relaxed=found.relaxed,
            hits=self.hits(page, found.needs, query.values(MUNICIPALITY)),
            facets=found.tally.facets,
            histogram=found.tally.histogram,
            suggestion=self._suggestion(query, found.needs, budget) if missed else None,
            notes=found.notes,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def listing(self, query: Query, most: int) -> HitList:
        """Return how many documents answer `query`, and the first of them."""
        query = self.columns.understood(query)
        found = self._find(query, Budget())
        kept = found.scored.at(found.tally.kept)
        first = (query.page - 1) * PAGE_SIZE
        order = self.columns.ordered(kept.docs, kept.scores, query.sort, first + most)[first:]
        cards = tuple(self.columns.row(number).card for number in kept.docs[order].tolist())
        return HitList(
            query=query,
            total=None if found.cut else len(kept),
            relaxed=found.relaxed,
            cards=cards,
            notes=found.notes,
        )

    def _find(self, query: Query, budget: Budget) -> Found:
        """Return the documents with all the words or, if no filter leaves any, with some."""
        clauses, notes = clauses_of(query)
        needs = self.expander.expand(clauses, query.off)
        notes += self._too_many_words(needs)
        nothing = Scored.none()
        if query.text and not needs:
            return Found(needs, nothing, self.columns.tally(nothing.docs, query), notes)
        try:
            scored = self.score(needs, budget)
            tally = self.columns.tally(scored.docs, query)
            if not tally.kept.any() and _can_relax(needs):
                looser = self.score(relax(needs), budget)
                some = self.columns.tally(looser.docs, query)
                if some.kept.any():
                    return Found(needs, looser, some, notes, relaxed=True)
        except OverBudgetError:
            notes = (*notes, TOO_LONG)
            return Found(needs, nothing, self.columns.tally(nothing.docs, query), notes, cut=True)
        return Found(needs, scored, tally, notes)

    def _too_many_words(self, needs: Sequence[Need]) -> tuple[str, ...]:
        patterns = {v.pattern: v for need in needs for v in need.variants if v.pattern}
        return tuple(
            f"Så många ord passar {'*' * variant.suffix}{variant.sought}{'*' * variant.prefix} "
            f"att bara de {MAX_WORDS} vanligaste söktes."
            for pattern, variant in patterns.items()
            if self.vocabulary.words(pattern)[1]
        )

    def _suggestion(self, query: Query, needs: Sequence[Need], budget: Budget) -> str | None:
        def finds(text: str) -> bool:
            again = self._find(replace(query.without_filters(), text=text), budget)
            return len(again.scored) > 0

        try:
            words = [need for need in needs if need.word]
            missing = [need.sought for need in words if not len(self.score((need,), budget))]
            return suggest(query.text, missing, self.vocabulary, finds) if missing else None
        except OverBudgetError:
            return None

    def hits(
        self, page: Scored, needs: Sequence[Need], about: Sequence[str] = ()
    ) -> tuple[Hit, ...]:
        """Return the hits of a page; the documents of a segment are processed together.

        Args:
            page: The documents.
            needs: The needs of the query.
            about: Municipalities whose sections are shown first.
        """
        words = sought(needs)
        places = self.columns.places(page.docs)
        scores = dict(zip(places, page.scores.round(4).tolist(), strict=True))
        hits: dict[tuple[int, int], Hit] = {}
        for segment in {segment for segment, _ in places}:
            docs = [doc for at, doc in places if at == segment]
            rows = self.segments[segment].rows
            texts = [rows.passage(doc) for doc in docs]
            each = self._matcher(segment, needs).find(docs, [passage for passage, _ in texts])
            for doc, (passage, length), matches in zip(docs, texts, each, strict=True):
                hits[segment, doc] = _hit(
                    rows.row(doc),
                    score=scores[segment, doc],
                    passage=passage,
                    length=length,
                    matches=matches,
                    words=words,
                    sections=own_sections(rows.document(doc), about) if about else (),
                )
        return tuple(hits[place] for place in places)

    def _matcher(self, segment: int, needs: Sequence[Need]) -> Matcher:
        reader = self.segments[segment]
        return Matcher(needs, reader.tokens, reader.lexicon)

    def marks(self, number: int, query: Query) -> list[WordMatch]:
        """Return where the words of `query` stand in the repaired text of a document."""
        segment, doc = self.columns.place(number)
        passage, length = self.segments[segment].rows.passage(doc)
        clauses, _ = clauses_of(self.columns.understood(query))
        matcher = self._matcher(segment, self.expander.expand(clauses, query.off))
        return [match for match in matcher.find([doc], [passage])[0] if match.start < length]


def _hit(
    row: DocumentRow,
    *,
    score: float,
    passage: str,
    length: int,
    matches: Sequence[WordMatch],
    words: frozenset[str],
    sections: Sequence[OwnSection],
) -> Hit:
    in_text = [match for match in matches if match.start < length]
    there = {match.sought for match in in_text}
    # The facts are indexed in their true spelling, for words that only they have.
    only = [m for m in matches if m.start >= length and m.sought in words - there]
    return Hit(
        id=row.card.id,
        path=row.card.id,
        title=row.card.title,
        date=row.card.date,
        proposed_date=row.card.proposed_date,
        group=row.card.group,
        municipalities=row.card.municipalities,
        persons=row.persons,
        score=score,
        passages=passages(passage[:length], in_text, sections),
        why=_reasons(in_text) + _reasons(only),
        kind=row.card.kind,
    )


def clauses_of(query: Query) -> tuple[tuple[Clause, ...], tuple[str, ...]]:
    """Return the clauses of a query, and Swedish remarks on what was not understood."""
    clauses = parse_query(query.text)
    if query.text and not clauses:
        return (), ("Sökningen innehåller inga ord att söka efter.",)
    if len(clauses) > MAX_CLAUSES:
        return clauses[:MAX_CLAUSES], (FIRST_CLAUSES,)
    return clauses, ()


def relax(needs: Sequence[Need]) -> tuple[Need, ...]:
    """Return needs of which any is enough; negated needs stay negated."""
    wanted = [need for need in needs if not need.negated and not need.optional]
    either = Need(tuple(variant for need in wanted for variant in need.variants))
    return (either, *(need for need in needs if need.negated))


def _can_relax(needs: Sequence[Need]) -> bool:
    return sum(not need.negated and not need.optional for need in needs) > 1


def _reasons(matches: Sequence[WordMatch]) -> tuple[Why, ...]:
    """Return how each word of the query was matched, most trusted kind first."""
    if not matches:
        return ()
    found: dict[tuple[str, MatchKind], Counter[str]] = defaultdict(Counter)
    counts = Counter((match.sought, match.kind, match.found) for match in matches)
    for (word, kind, words), count in counts.items():
        shown = words if kind is MatchKind.READING else words.lower()
        found[word, kind][" ".join(shown.split())] += count
    reasons = [
        Why(kind, word, tuple(form for form, _ in forms.most_common(5)))
        for (word, kind), forms in found.items()
    ]
    return tuple(sorted(reasons, key=lambda why: (why.sought, _TRUST[why.kind])))
