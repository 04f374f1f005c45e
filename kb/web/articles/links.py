"""The targets of an article's links: the page of the named thing, or a search."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from flask import url_for

from kb.articles import is_article
from kb.articles.links import Link, Target, same_name
from kb.articles.rendering import LinkTarget
from kb.articles.store import Articles
from kb.knowledge import KnowledgeBase
from kb.search.engine import Engine
from kb.search.facets import GROUP, MUNICIPALITY, PERSON, Facet
from kb.search.query import Query
from kb.web import phrases
from kb.web.urls import (
    document_url,
    filter_url,
    group_url,
    municipality_url,
    person_url,
    search_url,
)

LIVE_HITS = 3
"""Documents that a search in an article shows."""

LIVE_SEARCHES = 20
"""Searches in one article that are run; the others are only links."""

_FACETS = {
    Target.MUNICIPALITY: MUNICIPALITY,
    Target.GROUP: GROUP,
    Target.PERSON: PERSON,
}


class Resolver:
    """Resolves links. A name without a kind is looked up among articles first, then everywhere."""

    def __init__(self, engine: Engine, known: KnowledgeBase | None, articles: Articles) -> None:
        self._engine = engine
        self._known = known
        self._articles = articles
        self._asked = 0

    def __call__(self, link: Link) -> LinkTarget:
        """Return where a link leads."""
        if link.kind is Target.SEARCH:
            return self._search(link.name)
        for kind in (link.kind,) if link.kind else Target:
            if url := self._url(kind, link.name):
                return LinkTarget(url)
        if link.kind in (None, Target.ARTICLE):
            url = url_for("articles.new", rubrik=link.name)
            return LinkTarget(url, phrases.NO_ARTICLE, missing=True)
        return LinkTarget(search_url(Query(link.name)), phrases.NOTHING_OF_THE_NAME, missing=True)

    def _url(self, kind: Target, name: str) -> str | None:
        if kind is Target.ARTICLE:
            article = self._names.get(same_name(name))
            return url_for("articles.show", name=article) if article else None
        if kind is Target.DOCUMENT:
            document = self._engine.document(name)
            return document_url(name) if document else None
        facet = _FACETS.get(kind)
        value = self._values.get((facet, same_name(name))) if facet else None
        return self._page(facet, value) if facet and value else None

    def _page(self, facet: Facet, value: str) -> str:
        """Return the page of the named thing, or a search for the name if there is none."""
        if self._known and facet is MUNICIPALITY:
            return municipality_url(value)
        if self._known and facet is GROUP:
            return group_url(value)
        keys = self._known.people_named(value) if self._known else ()
        return person_url(keys[0]) if len(keys) == 1 else filter_url(facet.name, value)

    def _search(self, text: str) -> LinkTarget:
        query = Query(text)
        self._asked += 1
        if self._asked > LIVE_SEARCHES:
            return LinkTarget(search_url(query))
        results = self._engine.search(replace(query, text=text[:1000]))
        found = tuple(
            (document_url(hit.id, query), hit.title, hit.date.isoformat() if hit.date else "")
            for hit in [hit for hit in results.hits if not is_article(hit.id)][:LIVE_HITS]
        )
        return LinkTarget(search_url(query), phrases.hits(results.total).lower(), found=found)

    @cached_property
    def _names(self) -> dict[str, str]:
        """The name of each article by its title, and by itself."""
        every = list(self._articles.all())
        by_title = {same_name(article.title): article.name for article in every}
        return by_title | {same_name(article.name): article.name for article in every}

    @cached_property
    def _values(self) -> dict[tuple[Facet, str], str]:
        facets = self._engine.overview().facets
        return {
            (facet, same_name(value.value)): value.value
            for facet in _FACETS.values()
            for value in facets.get(facet, ())
        }
