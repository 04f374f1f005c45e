"""A repaired text as plain data, for programs."""

from __future__ import annotations

from kb.model import Change, Quality, RepairedText


def repair_to_json(repaired: RepairedText) -> dict[str, object]:
    """Return `repaired` as values JSON can hold; offsets count characters of the original."""
    return {
        "path": repaired.source.path,
        "quality": _quality(repaired.quality),
        "damage": repaired.quality.damage.value,
        "pages": [
            {**_quality(page), "damage": page.damage.value} for page in repaired.page_quality
        ],
        "text": repaired.text,
        "changes": [_change(change) for change in repaired.changes],
    }


def _quality(quality: Quality) -> dict[str, float]:
    return {
        "known_words": round(quality.known_words, 4),
        "swedish_letters": round(quality.swedish_letters, 4),
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "start": change.span.start,
        "end": change.span.end,
        "original": change.original,
        "repaired": change.repaired,
        "kind": change.kind.value,
        "probability": round(change.probability, 4),
        "alternatives": [
            {"text": reading.text, "probability": round(reading.probability, 4)}
            for reading in change.alternatives
        ],
    }
