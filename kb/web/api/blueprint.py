"""Answers the API's questions over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask import Blueprint, Response, request

from kb.web import phrases
from kb.web.api import endpoints, knowledge
from kb.web.api.answers import Problem
from kb.web.api.declaring import BadParameterError, Endpoint, read
from kb.web.api.openapi import PROBLEM, document

PREFIX = "/api/v1"

ENDPOINTS = endpoints.ENDPOINTS + knowledge.ENDPOINTS

blueprint = Blueprint("api", __name__, url_prefix=PREFIX)


def problem(status: int, detail: str | None = None) -> Response:
    """Return an error as problem details (RFC 9457)."""
    title, explanation = phrases.ERRORS.get(status, phrases.ERRORS[500 if status > 499 else 400])
    body = Problem("about:blank", title, status, detail or explanation)
    return Response(msgspec.json.encode(body), status, mimetype=PROBLEM)


@blueprint.get("/openapi.json")
def description() -> Response:
    """Describe the API."""
    described = document(ENDPOINTS, request.host_url.rstrip("/") + PREFIX)
    return Response(msgspec.json.encode(described), mimetype="application/json")


def _answering(endpoint: Endpoint) -> Callable[..., Response]:
    def answer(**path: str) -> Response:
        try:
            answered = endpoint.handle(read(endpoint, request.args.getlist, path))
        except BadParameterError as error:
            return problem(400, str(error))
        except LookupError:
            return problem(404)
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


for _endpoint in ENDPOINTS:
    blueprint.add_url_rule(_rule(_endpoint), _endpoint.name, _answering(_endpoint), methods=["GET"])
