"""Pages of hits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.search.query import MAX_PAGE, PAGE_SIZE, Query
from kb.web.urls import search_url

NEAR = 2
"""Pages linked on each side of the current one."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of hits, or a gap between pages where `url` is None."""

    number: int
    url: str | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """The links between the pages of hits; empty when there is only one page."""

    page: int
    pages: int
    previous_url: str | None
    next_url: str | None
    links: tuple[PageLink, ...]


def pager(query: Query, total: int) -> Pager:
    """Return the links to the pages of a search with `total` hits."""
    pages = min(-(-total // PAGE_SIZE), MAX_PAGE)
    here = query.page

    def url(page: int) -> str:
        return search_url(replace(query, page=page))

    shown = sorted({1, pages, *range(max(here - NEAR, 1), min(here + NEAR, pages) + 1)})
    links: list[PageLink] = []
    for page in shown if pages > 1 else ():
        if links and page > links[-1].number + 1:
            links.append(PageLink(links[-1].number + 1, None))
        links.append(PageLink(page, url(page), page == here))
    return Pager(
        page=here,
        pages=pages,
        previous_url=url(here - 1) if 1 < here <= pages else None,
        next_url=url(here + 1) if here < pages else None,
        links=tuple(links),
    )
