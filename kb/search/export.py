"""Search results as JSON: the contract with scripts and other interfaces."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from kb.swedish.kinds import SLUGS

if TYPE_CHECKING:
    from kb.search.results import Hit, Results


def results_to_json(results: Results) -> dict[str, object]:
    """Return `results` as plain types; dates are ISO 8601 or None."""
    return {
        "query": results.query.text,
        "address": results.query.to_url_query(),
        "total": results.total,
        "relaxed": results.relaxed,
        "hits": [_hit(hit) for hit in results.hits],
        "facets": {
            facet.name: [asdict(value) for value in values]
            for facet, values in results.facets.items()
        },
        "histogram": [
            {
                "label": bar.label,
                "since": _iso(bar.since),
                "until": _iso(bar.until),
                "count": bar.count,
            }
            for bar in results.histogram
        ],
        "suggestion": results.suggestion,
        "notes": list(results.notes),
        "took_ms": results.took_ms,
    }


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "path": hit.path,
        "title": hit.title,
        "date": _iso(hit.date),
        "date_proposed": _iso(hit.proposed_date),
        "group": hit.group,
        "municipalities": list(hit.municipalities),
        "persons": list(hit.persons),
        "score": hit.score,
        "snippets": [passage.html for passage in hit.passages],
        "marks": [passage.mark for passage in hit.passages],
        "why": [
            {
                "kind": SLUGS[why.kind],
                "label": why.kind.value,
                "sought": why.sought,
                "found": list(why.found),
            }
            for why in hit.why
        ],
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
