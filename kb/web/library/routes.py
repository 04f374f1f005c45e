"""The pages about the library, and what is sent in and removed."""

from __future__ import annotations

from kb.web.library import build_routes, health_routes, log_routes, removal_routes, upload_routes

BLUEPRINTS = tuple(
    module.blueprint
    for module in (upload_routes, removal_routes, health_routes, build_routes, log_routes)
)
