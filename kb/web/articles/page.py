"""Articles as the pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from kb.articles.changes import ComparedLine, compare
from kb.articles.links import Target, mentions
from kb.articles.rendering import html
from kb.articles.store import Article, Articles, ArticleVersion
from kb.swedish.collation import sort_key
from kb.web import phrases
from kb.web.articles.links import Resolver
from kb.web.formats import moment


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list."""

    title: str
    url: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article.

    Attributes:
        name: Its name in addresses.
        path: Its path in the library.
        title: Its heading.
        text: Its text as HTML, safe to show.
        said: Who wrote it last, and when.
        backlinks: The articles that lead here.
    """

    name: str
    path: str
    title: str
    text: Markup
    said: str
    backlinks: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that an article is written in.

    Attributes:
        title: The heading of the page.
        text: The text in it.
        state: The state of the article it was taken from; empty for a new one.
        action: The address it is sent to.
        back_url: The target of the cancel link.
    """

    title: str
    text: str
    state: str
    action: str
    back_url: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list; `old` and `new` say whether it is one of those compared."""

    number: int
    said: str
    url: str
    old: bool
    new: bool


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """The versions of an article, and what differs between two of them."""

    title: str
    url: str
    rows: tuple[VersionRow, ...]
    lines: tuple[ComparedLine, ...]
    compared: tuple[int, int] | None


def list_page(articles: Articles) -> tuple[Listed, ...]:
    """Return every article by title."""
    found = (_listed(article) for article in articles.all())
    return tuple(sorted(found, key=lambda listed: sort_key(listed.title)))


def article_page(resolver: Resolver, articles: Articles, article: Article) -> ArticlePage:
    """Return an article with what leads to it."""
    return ArticlePage(
        name=article.name,
        path=article.path,
        title=article.title,
        text=preview(resolver, article.text),
        said=_said(article),
        backlinks=backlinks(
            articles, {Target.ARTICLE}, [article.title, article.name], besides=article.name
        ),
    )


def preview(resolver: Resolver, text: str) -> Markup:
    """Return the preview of a text."""
    return html(text, resolver)


def backlinks(
    articles: Articles, kinds: set[Target], names: Sequence[str], besides: str = ""
) -> tuple[Listed, ...]:
    """Return the articles that link to something by one of its names."""
    return tuple(
        _listed(article)
        for article in articles.all()
        if article.name != besides and mentions(article.text, kinds, names)
    )


def draft(
    heading: str = "", *, article: Article | None = None, text: str | None = None, state: str = ""
) -> Draft:
    """Return the form of an article, or of a new one with a heading."""
    if article is None:
        text = text if text is not None else f"# {heading}\n\n"
        return Draft(
            phrases.NEW_ARTICLE, text, "", url_for("articles.create"), url_for("articles.show_all")
        )
    return Draft(
        phrases.editing(article.title),
        article.text if text is None else text,
        state or article.state,
        url_for("articles.save", name=article.name),
        url_for("articles.show", name=article.name),
    )


def comparison(old: str, new: str) -> tuple[ComparedLine, ...]:
    """Return the differences between two texts, line by line."""
    return tuple(compare(old, new))


def versions_page(
    article: Article, kept: Sequence[ArticleVersion], old: int | None, new: int | None
) -> VersionsPage:
    """Return the versions and a comparison of two of them, by default of the last two."""
    by_number = {version.number: version for version in kept}
    new = new if new in by_number else kept[0].number
    if old not in by_number:
        old = next((version.number for version in kept if version.number < new), None)
    lines: tuple[ComparedLine, ...] = ()
    if old is not None:
        lines = comparison(by_number[old].text, by_number[new].text)
    rows = tuple(
        VersionRow(
            version.number,
            _written(version.by, moment(version.at)),
            url_for("articles.version", name=article.name, number=version.number),
            version.number == old,
            version.number == new,
        )
        for version in kept
    )
    url = url_for("articles.show", name=article.name)
    compared = (old, new) if old is not None else None
    return VersionsPage(article.title, url, rows, lines, compared)


def _listed(article: Article) -> Listed:
    url = url_for("articles.show", name=article.name)
    return Listed(article.title, url, _said(article))


def _said(article: Article) -> str:
    return _written(article.by, moment(article.at))


def _written(by: str, when: str) -> str:
    return f"{when} av {by}" if by else f"{when} i ett annat program"
