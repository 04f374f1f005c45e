"""Completions of a search being typed: words, municipalities, groups and persons.

Only completions with hits are offered: each is counted with the words before it and the active
filters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.search.engine import Engine
from kb.search.facets import FACETS, Facet
from kb.search.query import Query
from kb.swedish.collation import sort_key

WORDS = 5
"""Words offered at most."""

VALUES = 3
"""Values offered of each facet at most."""

_SHORTEST = 2
_LAST_WORD = re.compile(r"[\w-]+$")
_NAME = re.compile(r"[^\W\d][\w .-]*$")


@dataclass(frozen=True, slots=True)
class Completion:
    """A completion.

    Attributes:
        facet: The facet that it is a value of; None for words.
        label: The value, or all the words of the search.
        count: How many documents it finds.
        query: The search it makes.
    """

    facet: Facet | None
    label: str
    count: int
    query: Query


def complete(engine: Engine, query: Query) -> tuple[Completion, ...]:
    """Return the completions of `query`, whose last word is unfinished: filters, then words."""
    typed = _LAST_WORD.search(query.text)
    if not typed or len(typed[0]) < _SHORTEST:
        return ()
    return (*_values(engine, query, typed.start()), *_words(engine, query, typed.start()))


def _words(engine: Engine, query: Query, start: int) -> Iterator[Completion]:
    before, part = query.text[:start], query.text[start:]
    for word in engine.suggest(part, WORDS + 1):
        if sort_key(word) == sort_key(part):
            continue  # it is finished already
        whole = replace(query, text=before + word, page=1)
        listed = engine.listing(whole, 0)
        if listed.total and not listed.relaxed:
            yield Completion(None, before + word, listed.total, whole)


def _values(engine: Engine, query: Query, start: int) -> Iterator[Completion]:
    """Yield the facet values whose name, or a word of it, begins as the search ends.

    Several words may be the beginning of one name, so the whole text is tried as well as its end.
    """
    endings = {start}
    if whole := _NAME.match(query.text):
        endings.add(whole.start())
    offered: set[tuple[Facet, str]] = set(query.filters)
    for at in sorted(endings):
        part = sort_key(query.text[at:])
        rest = replace(query, text=query.text[:at].strip(), page=1)
        facets = engine.search(rest).facets
        for facet in FACETS.values():
            if not facet.completed:
                continue
            found = 0
            for value in facets.get(facet, ()):
                key = sort_key(value.label)
                begins = key.startswith(part) or f" {part}" in key
                if value.count and begins and (facet, value.value) not in offered:
                    offered.add((facet, value.value))
                    narrowed = rest.add(facet, value.value)
                    yield Completion(facet, value.label, value.count, narrowed)
                    found += 1
                    if found == VALUES:
                        break
