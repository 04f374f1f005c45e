"""Articles: read, written with a preview, compared version by version, and restored."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.actions.articles import create_article, restore_version, save_article
from kb.actions.desk import Done
from kb.actions.permissions import NotAllowedError
from kb.articles.store import Article, Articles, ArticleVersion, ConflictError
from kb.errors import UserError
from kb.web import phrases
from kb.web.articles.links import Resolver
from kb.web.articles.page import article_page, comparison, draft, list_page, preview, versions_page
from kb.web.context import current_engine, index_source, told
from kb.web.identity import desk

blueprint = Blueprint("articles", __name__, url_prefix="/kunskap")

BLUEPRINTS = (blueprint,)


def _resolver() -> Resolver:
    return Resolver(current_engine(), index_source().knowledge(), _articles())


def _articles() -> Articles:
    return Articles(index_source().library)


def _found(name: str) -> Article:
    article = _articles().get(name)
    if article is None:
        abort(404)
    return article


def _version(name: str, number: int) -> ArticleVersion:
    found = next(
        (version for version in _articles().versions(name) if version.number == number), None
    )
    if found is None:
        abort(404)
    return found


@blueprint.get("")
def show_all() -> str:
    """List every article."""
    return render_template("articles/list.html", page=list_page(_articles()))


@blueprint.get("/sida/<name>")
def show(name: str) -> str:
    """Show an article."""
    article = _found(name)
    page = article_page(_resolver(), _articles(), article)
    return render_template("articles/article.html", page=page)


@blueprint.get("/ny")
def new() -> str:
    """Show an empty form."""
    return render_template("articles/edit.html", page=draft(request.args.get("rubrik", "")))


@blueprint.post("/ny")
def create() -> Response | str | tuple[str, int]:
    """Save a new article, or preview it."""
    text = _text()
    page = draft(text=text)
    if "visa" in request.form:
        return _shown(page, text)
    try:
        done = create_article(desk(), text)
    except NotAllowedError:
        raise
    except UserError as error:
        return render_template("articles/edit.html", page=page, error=str(error)), 400
    return _saved(done)


@blueprint.get("/sida/<name>/redigera")
def edit(name: str) -> str:
    """Show an article in a form."""
    return render_template("articles/edit.html", page=draft(article=_found(name)))


@blueprint.post("/sida/<name>/redigera")
def save(name: str) -> Response | str | tuple[str, int]:
    """Save a changed article, or preview it; a change made meanwhile is not overwritten."""
    text, state = _text(), request.form.get("state", "")
    page = draft(article=_found(name), text=text, state=state)
    if "visa" in request.form:
        return _shown(page, text)
    try:
        done = save_article(desk(), name, text, state)
    except ConflictError as error:
        page = draft(article=error.current, text=text)
        lines = comparison(error.current.text, text)
        return render_template(
            "articles/edit.html", page=page, error=str(error), conflict=lines
        ), 409
    except NotAllowedError:
        raise
    except UserError as error:
        return render_template("articles/edit.html", page=page, error=str(error)), 400
    return _saved(done)


@blueprint.get("/sida/<name>/versioner")
def versions(name: str) -> str:
    """List the versions of an article, and compare two of them."""
    article = _found(name)
    kept = _articles().versions(name)
    old = request.args.get("fran", type=int)
    new = request.args.get("till", type=int)
    return render_template("articles/versions.html", page=versions_page(article, kept, old, new))


@blueprint.get("/sida/<name>/versioner/<int:number>")
def version(name: str, number: int) -> str:
    """Show an earlier version of an article."""
    article, version = _found(name), _version(name, number)
    text = preview(_resolver(), version.text)
    return render_template("articles/version.html", article=article, version=version, text=text)


@blueprint.post("/sida/<name>/versioner/<int:number>")
def restore(name: str, number: int) -> Response:
    """Save an earlier version again, as the newest."""
    told(restore_version(desk(), name, number))
    flash(phrases.restored_version(number))
    return redirect(url_for("articles.show", name=name), 303)


def _text() -> str:
    return request.form.get("text", "").replace("\r\n", "\n")


def _shown(page: object, text: str) -> str:
    shown = preview(_resolver(), text)
    return render_template("articles/edit.html", page=page, preview=shown)


def _saved(done: Done[Article]) -> Response:
    article = told(done)
    flash(phrases.article_saved(article.title))
    return redirect(url_for("articles.show", name=article.name), 303)
