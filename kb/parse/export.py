"""Minutes as plain JSON, with the keys that `kb parse --json` guarantees."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kb.model import STATEMENT_KINDS, Action, Minutes, Said, Span


def to_json(minutes: Minutes) -> dict[str, Any]:
    """Return `minutes` as JSON-ready values; dates are ISO, times "HH:MM"."""
    return {
        "title": minutes.title,
        "kind": minutes.kind,
        "group": minutes.group,
        "date": _date(minutes.date.stated),
        "date_confidence": minutes.date.confidence,
        "date_reasons": list(minutes.date.reasons),
        "date_proposed": _date(minutes.date.proposed),
        "time": _time(minutes.time),
        "end_time": _time(minutes.end_time),
        "place": minutes.place,
        "form": minutes.form,
        "municipalities": [
            {"name": each.name, "part": each.part.value} for each in minutes.municipalities
        ],
        "participants": [
            {
                "name": each.name,
                "municipality": each.municipality,
                "organisation": each.organisation,
                "role": each.role.value if each.role else None,
                "presence": each.presence.value,
                "title": each.title,
                "during": each.during,
                "stated": each.stated,
            }
            for each in minutes.participants
        ],
        "sections": [
            {
                "heading": each.heading,
                "level": each.level,
                "municipality": each.municipality,
                "number": each.number,
                **_place(each.span),
                "confidence": each.confidence,
            }
            for each in minutes.sections
        ],
        **{
            kind.key: [_statement(each) for each in kind.of(minutes)]
            for kind in STATEMENT_KINDS.values()
        },
        "meetings": [
            {"date": _date(each.date), "time": _time(each.time), "place": each.place}
            for each in minutes.meetings
        ],
        "references": [{"text": each.text, **_found(each)} for each in minutes.references],
    }


def _date(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _time(time: dt.time | None) -> str | None:
    return time.strftime("%H:%M") if time else None


def _place(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _statement(said: Said) -> dict[str, Any]:
    parts = (
        {"who": list(said.who), "what": said.what, "due": _date(said.due)}
        if isinstance(said, Action)
        else {"text": said.text}
    )
    return {**parts, **_found(said)}


def _found(fact: Said) -> dict[str, Any]:
    return {**_place(fact.span), "section": fact.section, "confidence": fact.confidence}
