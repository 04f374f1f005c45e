"""The log: who did what to which document, when."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from kb.actions import reading
from kb.web.identity import desk

blueprint = Blueprint("log", __name__)

PAGE = 100
"""Events on a page."""


@blueprint.get("/logg")
def show() -> str:
    """List the events, newest first."""
    events = reading.events(desk())[::-1]
    asked = request.args.get("sida", "1")
    last = max(1, -(-len(events) // PAGE))
    number = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), last)
    return render_template(
        "library/log.html",
        events=events[(number - 1) * PAGE : number * PAGE],
        total=len(events),
        previous=number - 1 if number > 1 else None,
        next=number + 1 if number < last else None,
    )
