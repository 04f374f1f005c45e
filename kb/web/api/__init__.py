"""The JSON API under /api/v1/, and its description."""

from kb.web.api.blueprint import blueprint

__all__ = ["blueprint"]
