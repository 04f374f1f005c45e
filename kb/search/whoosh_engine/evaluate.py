"""Evaluation of Whoosh's query objects by arrays, one segment at a time.

Every kind of query becomes an ascending array of documents and their scores. Whoosh's matchers work
a posting at a time; this works a posting list at a time, with the same result (tests compare the
two). A query gets the documents it may match, so that the second word of an And only looks at what
the first one left, and positions are read only of documents that have all the words. Scores are
BM25 with Whoosh's statistics; they add up over a query, so no tree of matchers is needed.

Other kinds of query are answered by Whoosh itself (`Evaluator` takes a fallback): slower, with the
same result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from whoosh import query
from whoosh.query import spans

from kb.search.arrays import Among, Docs, Floats, Scored, add_up
from kb.search.budget import Budget
from kb.search.postings import Ints, Postings
from kb.search.weights import SATURATION
from kb.search.whoosh_engine.lookup import Lookup, TermPostings
from kb.search.whoosh_engine.spans import Spans, either, near, outside, phrase
from kb.search.whoosh_engine.words import AnyWordQuery

Fallback = Callable[[query.Query], Scored]


class Evaluator:
    """Answers queries over one segment; belongs to one query.

    Args:
        lookup: The terms of the query.
        segment: Number of the segment in `lookup`.
        size: Its documents.
        budget: What the query may cost.
        fallback: Answers the kinds of query that are not answered here.
    """

    def __init__(
        self, lookup: Lookup, segment: int, size: int, budget: Budget, fallback: Fallback
    ) -> None:
        self._lookup = lookup
        self._segment = segment
        self._size = size
        self._budget = budget
        self._fallback = fallback
        self._everywhere: dict[int, Scored] = {}

    def answer(self, asked: query.Query, among: Among | None = None) -> Scored:
        """Return the documents that match, of those in `among` if given.

        Raises:
            OverBudgetError: It costs too much.
        """
        match asked:
            case query.Term():
                return self._terms([(asked.fieldname, asked.text, asked.boost)], among)
            case query.Prefix():
                return self._words(asked, self._lookup.beginning(asked), among)
            case query.TermRange():
                return self._words(asked, self._lookup.between(asked), among)
            case query.And():
                return self._boosted(self._all(asked.subqueries, among), asked)
            case AnyWordQuery():
                return self._many(asked, among)
            case query.Or():
                return self._boosted(self._any(asked.subqueries, among), asked)
            case query.AndNot():
                found = self.answer(asked.a, among)
                return found.without(self.answer(asked.b, self._among(found.docs)).docs)
            case query.AndMaybe():
                found = self.answer(asked.a, among)
                return found.plus(self.answer(asked.b, self._among(found.docs)))
            case query.Every(fieldname=None | "*") | query.Not():
                docs = among.docs if among else np.arange(self._size, dtype=np.uint32)
                found = Scored(docs, np.full(len(docs), float(asked.boost)))
                if isinstance(asked, query.Not):
                    return found.without(self.answer(asked.query, self._among(docs)).docs)
                return found
            case query.ConstantScoreQuery():
                return self.answer(asked.child, among).all_at(asked.score)
            case query.Phrase():
                words = [query.Term(asked.fieldname, word) for word in asked.words]
                return self._boosted(self._near(_phrase(words, asked.slop), among), asked)
            case spans.SpanNear2() if _placed(asked):
                return self._near_once(asked, among)
            case spans.SpanNot() if _placed(asked):
                return self._outside(asked, among)
            case _:
                return _only(self._fallback(asked), among)

    def _among(self, docs: Docs) -> Among:
        return Among(docs, self._size)

    def _boosted(self, found: Scored, asked: query.Query) -> Scored:
        return found if asked.boost == 1 else Scored(found.docs, found.scores * asked.boost)

    def _postings(self, field: str, text: str | bytes) -> tuple[TermPostings, Postings] | None:
        term = self._lookup.term(field, text)
        postings = term.postings[self._segment] if term else None
        return (term, postings) if term and postings else None

    def _terms(
        self, terms: Iterable[tuple[str, str | bytes, float]], among: Among | None
    ) -> Scored:
        """Return the documents that have any of `terms` (field, text, boost)."""
        fields: dict[str, list[tuple[Postings, float]]] = defaultdict(list)
        for field, text, boost in terms:
            if found := self._postings(field, text):
                fields[field].append((found[1], found[0].idf * boost))
        each = [self._in_field(field, found, among) for field, found in fields.items()]
        if not each:
            return Scored.none()
        alone = len(each) == 1 and len(next(iter(fields.values()))) == 1
        places, scores = each[0] if len(each) == 1 else _joined(each)
        if among is None:
            return Scored(places, scores) if alone else add_up(places, scores, self._size)
        added = Scored(places, scores) if alone else add_up(places, scores, len(among.docs))
        return Scored(among.docs[added.docs], added.scores)

    def _many(self, asked: AnyWordQuery, among: Among | None) -> Scored:
        many = self._lookup.words(asked.fieldname, asked.words)
        reader = self._lookup.reader(asked.fieldname, self._segment)
        ordinals = many.ordinals[self._segment]
        if reader is None or not len(ordinals):
            return Scored.none()
        self._budget.spend(int(reader.frequencies[ordinals].sum(dtype=np.int64)))
        docs, freqs, counts = reader.gather(ordinals)
        weight = np.repeat(many.idf[self._segment] * asked.weight, counts)
        if among is None:
            return add_up(docs, self._bm25(asked.fieldname, docs, freqs, weight), self._size)
        at, places = among.locate(docs, ascending=False)
        scores = self._bm25(asked.fieldname, docs[at], freqs[at], weight[at])
        added = add_up(places, scores, len(among.docs))
        return Scored(among.docs[added.docs], added.scores)

    def _bm25(self, field: str, docs: Docs, freqs: Ints, weight: Floats | float) -> Floats:
        norms = self._lookup.norms(field, self._segment)[docs]
        scores: Floats = weight * (freqs * (SATURATION + 1) / (freqs + norms))
        return scores

    def _words(self, asked: query.Query, words: list[bytes], among: Among | None) -> Scored:
        """Return the documents that have any of the words of a prefix or a range.

        Whoosh scores them alike unless told otherwise (`constantscore`).
        """
        found = self._terms([(asked.fieldname, word, asked.boost) for word in words], among)
        return found.all_at(asked.boost) if asked.constantscore else found

    def _in_field(
        self, field: str, found: Sequence[tuple[Postings, float]], among: Among | None
    ) -> tuple[Any, Any]:
        """Return the postings of terms in one field, as places in `among`, and their scores."""
        weight: Any
        if len(found) == 1:
            ((postings, weight),) = found
            docs, freqs = postings.docs, postings.freqs
        else:
            docs = np.concatenate([postings.docs for postings, _ in found])
            freqs = np.concatenate([postings.freqs for postings, _ in found])
            weight = np.repeat([w for _, w in found], [len(postings.docs) for postings, _ in found])
        self._budget.spend(len(docs))
        places: Any = docs
        if among:
            at, places = among.locate(docs, ascending=len(found) == 1)
            docs, freqs = docs[at], freqs[at]
            weight = weight[at] if len(found) > 1 else weight
        return places, self._bm25(field, docs, freqs, weight)

    def _any(self, asked: Sequence[query.Query], among: Among | None) -> Scored:
        terms = [(q.fieldname, q.text, q.boost) for q in asked if isinstance(q, query.Term)]
        found = [self.answer(q, among) for q in asked if not isinstance(q, query.Term)]
        if terms:
            found.append(self._terms(terms, among))
        found = [one for one in found if len(one)]
        if len(found) < 2:
            return found[0] if found else Scored.none()
        return add_up(*_joined([(one.docs, one.scores) for one in found]), self._size)

    def _all(self, asked: Sequence[query.Query], among: Among | None) -> Scored:
        found: Scored | None = None
        for one in sorted(asked, key=self._most):
            more = self.answer(one, among if found is None else self._among(found.docs))
            if found is not None:
                kept = found.at(np.searchsorted(found.docs, more.docs))
                more = Scored(more.docs, kept.scores + more.scores)
            found = more
            if not len(found):
                break
        return Scored.none() if found is None else found

    def _most(self, asked: query.Query) -> int:
        """Return an upper bound of the number of documents of a query, if cheap to compute."""
        match asked:
            case query.Term():
                found = self._postings(asked.fieldname, asked.text)
                return len(found[1].docs) if found else 0
            case query.Or():
                return min(self._size, sum(map(self._most, asked.subqueries)))
            case query.And():
                return min(map(self._most, asked.subqueries), default=0)
            case spans.SpanNear2():
                return min(map(self._most, asked.qs), default=0)
            case query.AndMaybe() | query.AndNot() | spans.SpanNot():
                return self._most(asked.a)
            case _:
                return self._size

    def _near_once(self, asked: spans.SpanNear2, among: Among | None) -> Scored:
        """Return the result of `_near`, cached if it was computed for all documents.

        An expression that is equivalent to several words of a query is evaluated with each.
        """
        known = self._everywhere.get(id(asked))
        if known is None:
            known = self._near(asked, among)
            if among is None:
                self._everywhere[id(asked)] = known
            return known
        return _only(known, among)

    def _near(self, asked: spans.SpanNear2, among: Among | None) -> Scored:
        docs = among.docs if among else None
        for word in sorted(asked.qs, key=self._most):
            within = self._docs(word)
            docs = within if docs is None else docs[self._among(within).locate(docs)[0]]
        if docs is None or not len(docs):
            return Scored.none()
        docs = _with_spans(docs, self._spans(asked, docs))
        return self._all(asked.qs, self._among(docs))

    def _docs(self, asked: query.Query) -> Docs:
        if isinstance(asked, query.Term):
            found = self._postings(asked.fieldname, asked.text)
            return found[1].docs if found else Scored.none().docs
        return self.answer(asked).docs

    def _outside(self, asked: spans.SpanNot, among: Among | None) -> Scored:
        found = self.answer(asked.a, among)
        over = self.answer(asked.b, self._among(found.docs))
        kept = _with_spans(over.docs, self._spans(asked, over.docs))
        return found.plus(over).without(np.setdiff1d(over.docs, kept, assume_unique=True))

    def _spans(self, asked: query.Query, docs: Docs) -> Spans:
        """Return where a query stands in `docs`."""
        match asked:
            case query.Term():
                found = self._postings(asked.fieldname, asked.text)
                if found is None:
                    return Spans.nowhere(len(docs))
                term, postings = found
                starts = term.starts[self._segment]
                assert starts is not None
                return Spans.of_term(postings, starts, docs, self._size)
            case query.Or():
                each = [self._spans(one, docs) for one in asked.subqueries]
                return either(each) if each else Spans.nowhere(len(docs))
            case spans.SpanNear2():
                words = [self._spans(one, docs) for one in asked.qs]
                single = all(isinstance(one, query.Term) for one in asked.qs)
                if single and asked.ordered and asked.slop == asked.mindist == 1:
                    return phrase(words, self._budget)
                return near(words, asked.slop, asked.mindist, self._budget, ordered=asked.ordered)
            case spans.SpanNot():
                return outside(self._spans(asked.a, docs), self._spans(asked.b, docs))
            case _:
                raise TypeError(f"{asked!r} stands nowhere")


def _placed(asked: query.Query) -> bool:
    """Tell whether the positions of a query are known, and not just its documents."""
    match asked:
        case query.Term():
            return True
        case query.Or():
            return all(map(_placed, asked.subqueries))
        case spans.SpanNear2():
            return all(map(_placed, asked.qs))
        case spans.SpanNot():
            return isinstance(asked.b, query.Term) and _placed(asked.a)
        case _:
            return False


def _phrase(words: Sequence[query.Query], slop: int) -> spans.SpanNear2:
    return spans.SpanNear2(words, slop=slop, ordered=True, mindist=1)


def _joined(each: Sequence[tuple[Any, Any]]) -> tuple[Any, Any]:
    places, scores = zip(*each, strict=True)
    return np.concatenate(places), np.concatenate(scores)


def _with_spans(docs: Docs, found: Spans) -> Docs:
    return docs[found.hi > found.lo]


def _only(found: Scored, among: Among | None) -> Scored:
    return found if among is None else found.at(among.locate(found.docs)[0])
