"""The start-up link: opening it gives a browser the right to change things.

The key is in the fragment of the link, which browsers do not send: it is in no log of a
server or proxy and in no referrer. The page's script puts it into the form and sends that.
"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.web.identity import is_key, keep_key

blueprint = Blueprint("opening", __name__)

BLUEPRINTS = (blueprint,)

PATH = "/oppna"


def link(root: str, token: str) -> str:
    """Return the start-up link."""
    return f"{root.rstrip('/')}{PATH}#{token}"


@blueprint.get(PATH)
def show() -> str:
    """Show the form for the key."""
    return render_template("opening.html")


@blueprint.post(PATH)
def take() -> Response | tuple[str, int]:
    """Set the browser's cookie if the key is right, and go to the start page."""
    given = request.form.get("nyckel", "").strip()
    # Somebody may paste the whole link.
    if not is_key(given.rpartition("#")[2]):
        return render_template("opening.html", wrong=True), 403
    response = make_response(redirect(url_for("search.start"), 303))
    keep_key(response)
    return response


@blueprint.post(f"{PATH}/glom")
def forget() -> Response:
    """Delete the browser's cookie with the key."""
    response = make_response(redirect(url_for("search.start"), 303))
    keep_key(response, forget=True)
    return response
