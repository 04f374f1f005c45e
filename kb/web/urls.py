"""Addresses: a search is its address, and a document's address carries the search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote_plus, urlencode

from flask import g, url_for

from kb.articles import is_article
from kb.search.facets import FACETS, Facet
from kb.search.narrowing import is_typed, typed
from kb.search.query import Query


def search_url(query: Query, anchor: str = "") -> str:
    """Return the address of a page of results."""
    return _with(_results(), query.to_url_query(), anchor)


def toggle_urls(query: Query, facet: Facet) -> Callable[[str], str]:
    """Return what gives the address of a search with one value of a facet switched over.

    A page has hundreds of these addresses, all alike but for the value.
    """
    chosen = set(query.values(facet))
    params = query.add(facet, "").to_params()  # no filter is empty, so its place is found again
    place = params.index((facet.name, "")) + 1
    before = _with(_results(), urlencode(params[:place]))
    after = "&" + urlencode(params[place:]) if params[place:] else ""

    def url(value: str) -> str:
        if value in chosen:
            return search_url(query.remove(facet, value))
        return f"{before}{_quoted(value)}{after}"

    return url


_quoted = lru_cache(maxsize=20_000)(quote_plus)


def filter_url(facet: str, value: str) -> str:
    """Return the address of everything that has one value of a facet, given its name."""
    return search_url(Query().add(FACETS[facet], value))


def values_url(facet: Facet, query: Query) -> str:
    """Return the address of the page that lists every value of a facet."""
    return _with(url_for("search.values", facet=facet.name), query.to_url_query())


PLACE = "stallet"
"""The anchor of the place in a document that an address asks for."""


def document_url(
    doc_id: str,
    query: Query | None = None,
    *,
    reading: str = "",
    anchor: str = "",
    place: tuple[int, int] | None = None,
) -> str:
    """Return the address of a document, its searched words marked; an article has its own.

    Args:
        doc_id: Its id.
        query: The search whose words are to be marked.
        reading: The way to read it.
        anchor: A place of the page.
        place: Characters of the original that are to be shown.
    """
    if is_article(doc_id):
        return _with(url_for("articles.show", name=PurePosixPath(doc_id).stem), "", anchor)
    if place:
        search = urlencode({PLACE: f"{place[0]}-{place[1]}"})
        return _with(url_for("document.show", doc_id=doc_id), search, PLACE)
    return _with(url_for("document.show", doc_id=doc_id), _shown(query, reading), anchor)


def municipality_url(name: str) -> str:
    """Return the page of a municipality."""
    return url_for("knowledge.municipality", name=name)


def group_url(name: str) -> str:
    """Return the page of a group."""
    return url_for("knowledge.group", name=name)


def person_url(key: str) -> str:
    """Return the page of a person."""
    return url_for("knowledge.person", key=key)


def pack_url(group: str) -> str:
    """Return what a group needs for its next meeting."""
    return url_for("knowledge.pack", grupp=group)


def mark_anchor(number: int) -> str:
    """Return the anchor of a marked word of a document's text, numbered from 1."""
    return f"markering-{number}"


def section_anchor(number: int) -> str:
    """Return the anchor of a section of a document, numbered from 1."""
    return f"avsnitt-{number}"


def paragraph_anchor(start: int) -> str:
    """Return the anchor of the paragraph that begins at a character of the original's text."""
    return f"s{start}"


def cite_url(doc_id: str, query: Query, anchor: str) -> str:
    """Return the address of a document with a paragraph of it ready to be cited."""
    search = query.to_url_query()
    cited = urlencode({"citera": anchor})
    return _with(
        url_for("document.show", doc_id=doc_id), f"{search}&{cited}" if search else cited, "citat"
    )


def original_url(doc_id: str) -> str:
    """Return the address of an original."""
    return url_for("original.send", doc_id=doc_id)


def correct_url(query: Query, reading: str) -> str:
    """Return where a document's corrections are sent; it leads back to what is shown."""
    return _with(url_for("corrections.add"), _shown(query, reading))


def undo_url(query: Query, reading: str) -> str:
    """Return where what is undone of a document's corrections is sent."""
    return _with(url_for("corrections.undo"), _shown(query, reading))


def correct_fact_url(query: Query, reading: str) -> str:
    """Return where corrections of a document's facts are sent; a refused one is shown in place."""
    return _with(url_for("facts.add"), _shown(query, reading), "ratta-fakta")


def undo_fact_url(query: Query, reading: str) -> str:
    """Return where what is undone of them is sent."""
    return _with(url_for("facts.undo"), _shown(query, reading))


def feed_url(query: Query) -> str:
    """Return the address of a search's feed."""
    return _with(url_for("feeds.atom"), _whole(query))


def csv_url(query: Query) -> str:
    """Return the address of what a search finds as CSV."""
    return _with(url_for("feeds.table"), _whole(query))


def json_url(query: Query) -> str:
    """Return the address of what a search finds as JSON."""
    return _with(url_for("feeds.json"), _whole(query))


def trend_url(query: Query) -> str:
    """Return where the words of a search are shown through the years."""
    filters = (typed(facet, value) for facet, value in query.filters if is_typed(facet))
    text = " ".join((*filters, query.text))
    return _with(url_for("trend.show"), urlencode({"ord": text}))


def _results() -> str:
    """Return the address that all searches begin with; a page asks for it dozens of times."""
    if "results" not in g:
        g.results = url_for("search.results")
    path: str = g.results
    return path


def _whole(query: Query) -> str:
    """Return the parameters of a search from its first page."""
    return replace(query, page=1).to_url_query()


def _shown(query: Query | None, reading: str) -> str:
    search = query.to_url_query() if query else ""
    if reading:
        search += ("&" if search else "") + f"lasning={reading}"
    return search


def _with(path: str, search: str, anchor: str = "") -> str:
    return path + (f"?{search}" if search else "") + (f"#{anchor}" if anchor else "")
