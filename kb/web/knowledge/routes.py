"""What many minutes say together: municipalities, groups, people, promises, meetings, gaps."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from kb.actions.names import NameVerdict, decide_names
from kb.articles.links import Target
from kb.articles.store import Articles
from kb.knowledge import name_decisions
from kb.library import region
from kb.model import STATEMENT_KINDS
from kb.web import phrases
from kb.web.articles.page import Listed, backlinks
from kb.web.context import current_knowledge, index_source, told
from kb.web.identity import desk
from kb.web.knowledge.exports import calendar, pack_markdown
from kb.web.knowledge.page import (
    MOST_TOPICS,
    asked,
    helpers,
    kind_of,
    listing,
    matrix,
    timeline,
)

blueprint = Blueprint("knowledge", __name__)

BLUEPRINTS = (blueprint,)


@blueprint.context_processor
def _helpers() -> dict[str, Any]:
    return helpers()


def _linked(kinds: set[Target], *names: str) -> tuple[Listed, ...]:
    return backlinks(Articles(index_source().library), kinds, names)


@blueprint.get("/kommuner")
def municipalities() -> str:
    """List every municipality."""
    return render_template(
        "knowledge/municipalities.html", rows=current_knowledge().municipalities()
    )


@blueprint.get("/kommun/<name>")
def municipality(name: str) -> str:
    """Show what is known of a municipality."""
    found = current_knowledge().municipality(name)
    if found is None:
        abort(404)
    links = _linked({Target.MUNICIPALITY}, name)
    return render_template("knowledge/municipality.html", page=found, links=links)


@blueprint.get("/lagesbild")
def overview() -> str:
    """Show what each municipality has said of some topics."""
    topics = [text.strip()[:100] for text in request.args.getlist("amne")]
    clean = [text.encode("utf-8", "replace").decode() for text in topics]
    page = matrix(current_knowledge(), region.load(index_source().library.folder), clean)
    return render_template("knowledge/matrix.html", page=page, most=MOST_TOPICS)


@blueprint.get("/grupper")
def groups() -> str:
    """List every group."""
    return render_template("knowledge/groups.html", rows=current_knowledge().groups())


@blueprint.get("/grupp/<path:name>")
def group(name: str) -> str:
    """Show what is known of a group."""
    found = current_knowledge().group(name)
    if found is None:
        abort(404)
    return render_template(
        "knowledge/group.html",
        page=found,
        steps=timeline(found, dt.date.today()),
        links=_linked({Target.GROUP}, name),
        today=dt.date.today(),
    )


@blueprint.get("/motesunderlag")
def pack() -> str:
    """Show what a group needs for its next meeting, to be printed."""
    found = current_knowledge().pack(request.args.get("grupp", ""))
    if found is None:
        abort(404)
    return render_template("knowledge/pack.html", page=found, today=dt.date.today())


@blueprint.get("/motesunderlag.md")
def pack_text() -> Response:
    """Send the same as Markdown."""
    found = current_knowledge().pack(request.args.get("grupp", ""))
    if found is None:
        abort(404)
    text = pack_markdown(found, dt.date.today(), _root())
    return Response(text, mimetype="text/markdown")


@blueprint.get("/personer")
def people() -> str:
    """List everybody, and the names that may be one person's."""
    known = current_knowledge()
    return render_template(
        "knowledge/people.html",
        rows=known.people(),
        suggestions=known.suggestions(),
        decisions=name_decisions.load(index_source().library.folder),
        unused=known.unused(),
    )


@blueprint.get("/person/<key>")
def person(key: str) -> str:
    """Show what the minutes say of a person."""
    found = current_knowledge().person(key)
    if found is None:
        abort(404)
    names = (found.name, *(own.name for own in found.spellings))
    links = _linked({Target.PERSON}, *names)
    return render_template("knowledge/person.html", page=found, links=links)


@blueprint.post("/personer/beslut")
def decide() -> AnyResponse:
    """Take in what an editor has decided about two names."""
    one, other = request.form.get("ena", "").strip(), request.form.get("andra", "").strip()
    try:
        verdict = NameVerdict(request.form.get("beslut", ""))
    except ValueError:
        abort(400)
    said = told(decide_names(desk(), one, other, verdict))
    flash(f"{said} {phrases.NOT_BUILT}")
    return redirect(url_for("knowledge.people") + "#kanske")


@blueprint.record
def _statement_pages(state: BlueprintSetupState) -> None:
    """Give each kind of statement that has a page its address."""
    for kind in STATEMENT_KINDS.values():
        if kind.page:
            state.add_url_rule(
                f"/{kind.slug}", "statements", statements, defaults={"slug": kind.slug}
            )


def statements(slug: str) -> str:
    """List the statements of a kind across all minutes."""
    kind = kind_of(slug)
    known = current_knowledge()
    return render_template(
        "knowledge/statements.html",
        page=listing(known, request.path, asked(kind, request.args)),
        kind=kind,
        groups=[group.name for group in known.groups()],
        municipalities=[municipality.name for municipality in known.municipalities()],
    )


@blueprint.get("/kommande")
def coming() -> str:
    """List the meetings that are announced."""
    return render_template(
        "knowledge/coming.html", rows=current_knowledge().coming(dt.date.today())
    )


@blueprint.get("/kommande.ics")
def coming_calendar() -> Response:
    """Send all announced meetings, or those of a group, for calendars."""
    wanted = request.args.get("grupp", "")
    known, today = current_knowledge(), dt.date.today()
    found = [own for own in known.coming(dt.date.min) if wanted in ("", own.group)]
    ahead = {own.group for own in found if own.date >= today}
    packs = {name: pack for name in ahead if (pack := known.pack(name))}
    built = index_source().status().built or dt.datetime.now(dt.UTC)
    made = calendar(found, packs, today, _root(), stamp=built)
    return Response(made, mimetype="text/calendar")


@blueprint.get("/tackning")
def coverage() -> str:
    """Show what is missing: announced meetings without minutes, and who was absent when."""
    known = current_knowledge()
    return render_template(
        "knowledge/coverage.html",
        missing=known.missing(dt.date.today()),
        absences=known.absences(),
        today=dt.date.today(),
    )


def _root() -> str:
    return request.host_url.rstrip("/")
