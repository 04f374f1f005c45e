"""Pages that are only prose: how to search, and the accessibility statement."""

from __future__ import annotations

from flask import Blueprint, render_template

from kb.swedish.kinds import MatchKind
from kb.web import phrases

blueprint = Blueprint("help", __name__)

BLUEPRINTS = (blueprint,)


@blueprint.get("/hjalp")
def searching() -> str:
    """Explain how to search."""
    kinds = [
        (phrases.KINDS[kind], phrases.KIND_EXAMPLES[kind])
        for kind in MatchKind
        if kind in phrases.KIND_EXAMPLES
    ]
    return render_template("help/help.html", kinds=kinds)


@blueprint.get("/tillganglighet")
def accessibility() -> str:
    """Show the accessibility statement the law asks for."""
    return render_template("help/accessibility.html")
