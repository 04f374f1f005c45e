"""Articles written, changed and restored."""

from __future__ import annotations

from kb.actions.desk import Desk, Done
from kb.actions.permissions import Right
from kb.articles.store import Article, Articles
from kb.errors import NotFoundError


def create_article(desk: Desk, text: str) -> Done[Article]:
    """Write a new article under the name its heading gives it.

    Raises:
        UserError: The person may not, there is no heading, or it cannot be saved.
    """
    desk.require(Right.WRITE)
    article = Articles(desk.library).create(text, desk.person.name)
    return Done(article, desk.rebuild())


def save_article(desk: Desk, name: str, text: str, state: str) -> Done[Article]:
    """Replace the text of an article.

    Args:
        desk: Who writes, and where.
        name: The article's name.
        text: The new text.
        state: The state of the text that was changed (`Article.state`).

    Raises:
        ConflictError: Its text has been changed since.
        UserError: The person may not, it is not there, or it cannot be saved.
    """
    desk.require(Right.WRITE)
    article = Articles(desk.library).save(name, text, desk.person.name, state)
    return Done(article, desk.rebuild())


def restore_version(desk: Desk, name: str, number: int) -> Done[Article]:
    """Save an earlier version of an article as its newest.

    Raises:
        NotFoundError: There is no such article, or no such version.
        UserError: The person may not, or it cannot be saved.
    """
    desk.require(Right.WRITE)
    articles = Articles(desk.library)
    article = articles.get(name)
    version = next((one for one in articles.versions(name) if one.number == number), None)
    if article is None or version is None:
        raise NotFoundError(f"Version {number} av ”{name}” finns inte.")
    return save_article(desk, name, version.text, article.state)
