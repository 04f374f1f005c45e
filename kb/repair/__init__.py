"""SourceText → RepairedText: layout first, then words; every change recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.model import Change, Damage, Quality, RepairedText, SourceText, Span
from kb.repair import lattice, layout, quality
from kb.repair.changes import apply, compose, moved
from kb.repair.lexicon import Lexicon, default_lexicon

VERSION = "1"
"""Changes whenever the same text would be repaired otherwise."""


def repair(source: SourceText, lexicon: Lexicon | None = None) -> RepairedText:
    """Return `source` with its damage mended; clean text comes back as it is.

    Args:
        source: The text as it was read.
        lexicon: Word costs; by default those of this process.
    """
    lexicon = lexicon or default_lexicon()
    pages = source.pages or (Span(0, len(source.text)),)
    judged = quality.estimate_pages(source.text, pages, lexicon)
    changes: list[Change] = []
    qualities = []
    for page, found in zip(pages, judged, strict=True):
        mended, found = _repair_page(page.slice(source.text), found, lexicon)
        changes += (moved(change, page.start) for change in mended)
        qualities.append(found)
    return RepairedText(
        source=source,
        text=apply(source.text, changes),
        changes=tuple(changes),
        quality=quality.whole(source.text, qualities, lexicon),
        page_quality=tuple(qualities),
    )


def _repair_page(text: str, judged: Quality, lexicon: Lexicon) -> tuple[Sequence[Change], Quality]:
    changes = layout.mend(text, lexicon)
    if judged.damage is Damage.NONE:
        set_right = apply(text, changes)
        broken = lattice.mend(set_right, lexicon)
        if broken:
            changes = compose(text, changes, set_right, broken)
            judged = replace(judged, damage=Damage.EXTRACTION)
    return changes, judged
