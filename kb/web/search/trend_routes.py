"""How often words occur over the years, as picture, table and CSV."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from kb.web.context import MAX_TEXT, current_engine, dated
from kb.web.search.trend import MOST_SERIES, TrendPage, trend_csv, trend_page

blueprint = Blueprint("trend", __name__)


@blueprint.get("/trend")
def show() -> str:
    """Show the trends of the searches in the address."""
    return render_template("search/trend.html", page=_page(), most=MOST_SERIES)


@blueprint.get("/trend.csv")
def table() -> Response:
    """Send the figures for a spreadsheet."""
    headers = {"Content-Disposition": "attachment; filename=trend.csv"}
    return dated(Response(trend_csv(_page()), mimetype="text/csv", headers=headers))


def _page() -> TrendPage:
    typed = request.args.getlist("ord")[:20]
    clean = (text.encode("utf-8", "replace").decode()[:MAX_TEXT].strip() for text in typed)
    return trend_page(current_engine(), list(clean))
