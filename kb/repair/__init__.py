"""SourceText → RepairedText: layout first, then words; every change recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.model import Change, Damage, Quality, RepairedText, SourceText, Span
from kb.repair import lattice, layout, quality
from kb.repair.changes import apply, compose, moved
from kb.repair.decode import Decoder, default_decoder
from kb.repair.lexicon import default_lexicon

VERSION = "3/wordfreq-3.1.1"
"""Changes whenever the same text would be repaired otherwise."""


def repair(
    source: SourceText,
    corrections: Mapping[str, str] | None = None,
    decoder: Decoder | None = None,
) -> RepairedText:
    """Return `source` with its damage mended; clean text comes back as it is.

    Args:
        source: The text as it was read.
        corrections: What people have decided that damaged words read: {"Sval6v": "Svalöv"}.
            They hold wherever the same damage stands on a damaged page.
        decoder: Reads the words of damaged pages; by default that of this process.
    """
    lexicon = default_lexicon()
    text = source.text
    pages = source.pages or (Span(0, len(text)),)
    judged = quality.estimate_pages(text, pages, lexicon)
    changes: list[Change] = []
    for number, page in enumerate(pages):
        mended, judged[number] = _repair_page(
            page.slice(text), judged[number], corrections or {}, decoder
        )
        changes += (moved(change, page.start) for change in mended)
    whole = judged[0] if len(pages) == 1 else quality.estimate(text, lexicon)
    return RepairedText(
        source=source,
        text=apply(text, changes),
        changes=tuple(changes),
        quality=replace(whole, damage=quality.gravest(judged)),
        page_quality=tuple(judged),
    )


def _repair_page(
    text: str, judged: Quality, corrections: Mapping[str, str], decoder: Decoder | None
) -> tuple[Sequence[Change], Quality]:
    """Return the changes of one page, and its quality now that its lines were looked at."""
    lexicon = default_lexicon()
    changes = layout.mend(text, lexicon, misread=judged.damage is not Damage.NONE)
    current = apply(text, changes)
    if judged.damage is not Damage.NONE:
        words = tuple((decoder or default_decoder()).decode(current, corrections))
        return compose(text, changes, current, words), judged
    broken = lattice.mend(current, lexicon)
    if broken:
        judged = replace(judged, damage=Damage.EXTRACTION)
    return compose(text, changes, current, broken), judged
