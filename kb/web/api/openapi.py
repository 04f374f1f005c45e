"""The OpenAPI 3.1 document, generated from the declarations of the endpoints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kb.web import phrases
from kb.web.api.answers import Problem
from kb.web.api.declaring import Endpoint, Parameter

VERSION = "1.0"

PROBLEM = "application/problem+json"

_REF = "#/components/schemas/{name}"
_ERRORS = {
    400: "A parameter cannot be used.",
    404: "There is nothing of that name.",
    429: "Too many requests.",
    503: "There is no index to search in.",
}


def document(endpoints: Sequence[Endpoint], base: str) -> dict[str, Any]:
    """Return the description of `endpoints` below the address `base`."""
    types = [Problem, *(endpoint.answer for endpoint in endpoints)]
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    by_type = dict(zip(types, schemas, strict=True))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": phrases.SITE,
            "version": VERSION,
            "description": "Full-text search and knowledge base over the minutes of Swedish "
            "municipalities. All answers are JSON; errors are problem details (RFC 9457).",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base}],
        "paths": {endpoint.path: {"get": _operation(endpoint, by_type)} for endpoint in endpoints},
        "components": {"schemas": components},
    }


def _operation(endpoint: Endpoint, schemas: dict[type, dict[str, Any]]) -> dict[str, Any]:
    errors = {code: why for code, why in _ERRORS.items() if code != 404 or endpoint.may_miss}
    problem = {PROBLEM: {"schema": schemas[Problem]}}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [_parameter(parameter) for parameter in endpoint.parameters],
        "responses": {
            "200": {
                "description": endpoint.summary,
                "content": {"application/json": {"schema": schemas[endpoint.answer]}},
            },
            **{str(code): {"description": why, "content": problem} for code, why in errors.items()},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = msgspec.json.schema(parameter.type)
    return {
        "name": parameter.name,
        "in": "path" if parameter.in_path else "query",
        "required": parameter.in_path,
        "description": parameter.description,
        "schema": {"type": "array", "items": schema} if parameter.many else schema,
    }
