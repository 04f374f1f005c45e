"""Serves the API's endpoints over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState

from kb.web import phrases
from kb.web.api import endpoints, knowledge
from kb.web.api.answers import Problem
from kb.web.api.declaring import Endpoint, read
from kb.web.api.openapi import PROBLEM, document

PREFIX = "/api/v1"

blueprint = Blueprint("api", __name__, url_prefix=PREFIX)

BLUEPRINTS = (blueprint,)


def problem(status: int, detail: str | None = None) -> Response:
    """Return an error as problem details (RFC 9457)."""
    title, explanation = phrases.ERRORS.get(status, phrases.ERRORS[500 if status > 499 else 400])
    body = Problem("about:blank", title, status, detail or explanation)
    return Response(msgspec.json.encode(body), status, mimetype=PROBLEM)


@blueprint.record
def _register(state: BlueprintSetupState) -> None:
    """Register every endpoint; facets and kinds are declared when the app is made."""
    declared = (*endpoints.endpoints(), *knowledge.endpoints())

    def description() -> Response:
        """Describe the API."""
        described = document(declared, request.host_url.rstrip("/") + PREFIX)
        return Response(msgspec.json.encode(described), mimetype="application/json")

    state.add_url_rule("/openapi.json", "description", description, methods=["GET"])
    for endpoint in declared:
        state.add_url_rule(_rule(endpoint), endpoint.name, _answering(endpoint), methods=["GET"])


def _answering(endpoint: Endpoint) -> Callable[..., Response]:
    """Return the view of an endpoint; the application turns what it raises into problem details."""

    def answer(**path: str) -> Response:
        answered = endpoint.handle(read(endpoint, request.args.getlist, path))
        return Response(msgspec.json.encode(answered), mimetype="application/json")

    return answer


def _rule(endpoint: Endpoint) -> str:
    """Return the endpoint's path as Flask has it."""
    path = endpoint.path
    for parameter in endpoint.parameters:
        if parameter.in_path:
            kind = "path:" if parameter.slashes else ""
            path = path.replace(f"{{{parameter.name}}}", f"<{kind}{parameter.name}>")
    return path
