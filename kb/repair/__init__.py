"""SourceText → RepairedText: layout, words, then people's corrections; every change recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kb.model import Change, Correction, Damage, Quality, RepairedText, SourceText, Span
from kb.repair import corrections, lattice, layout, quality
from kb.repair.changes import apply, compose, moved
from kb.repair.decode import Decoder, default_decoder
from kb.repair.lexicon import default_lexicon
from kb.repair.lost import lost

_NOTHING: Mapping[str, str] = MappingProxyType({})


def repair(
    source: SourceText,
    corrected: Sequence[Correction] = (),
    elsewhere: Mapping[str, str] = _NOTHING,
    decoder: Decoder | None = None,
) -> RepairedText:
    """Return `source` with its damage repaired; clean text is returned unchanged.

    Args:
        source: The text as it was read.
        corrected: People's corrections of this document.
        elsewhere: People's readings of damaged words in other documents, {"Sval6v": "Svalöv"}, see
            `spreading`. They apply to the same damage on any damaged page.
        decoder: Decodes the words of damaged pages; by default that of this process.
    """
    lexicon = default_lexicon()
    text = source.text
    pages = source.pages or (Span(0, len(text)),)
    judged = quality.estimate_pages(text, pages, lexicon)
    settled = corrections.settled(corrected, elsewhere)
    changes: list[Change] = []
    for number, page in enumerate(pages):
        found, judged[number] = _repair_page(page.slice(text), judged[number], settled, decoder)
        changes += (moved(change, page.start) for change in found)
    whole = judged[0] if len(pages) == 1 else quality.estimate(text, lexicon)
    repaired = RepairedText(
        source=source,
        text=apply(text, changes),
        changes=tuple(changes),
        quality=replace(whole, damage=quality.gravest(judged)),
        page_quality=tuple(judged),
    )
    return corrections.overlay(repaired, corrected, elsewhere) if settled or corrected else repaired


def spreading(agreed: Mapping[str, str]) -> dict[str, str]:
    """Return people's readings that apply to other documents as well."""
    return corrections.trusted(agreed, default_lexicon())


def unfit(source: SourceText, corrected: Sequence[Correction]) -> list[Correction]:
    """Return the corrections whose word does not stand in `source`."""
    return corrections.unfit(corrected, source.text)


def _repair_page(
    text: str, judged: Quality, settled: Mapping[str, str], decoder: Decoder | None
) -> tuple[Sequence[Change], Quality]:
    """Return the changes of one page, and its quality after its lines were repaired."""
    lexicon = default_lexicon()
    if restored := tuple(lost(text, lexicon)):
        whole = apply(text, restored)
        repaired, judged = _repair_page(whole, quality.estimate(whole, lexicon), settled, decoder)
        return compose(text, restored, whole, repaired), judged
    changes = layout.repair_layout(text, lexicon, misread=judged.damage is not Damage.NONE)
    current = apply(text, changes)
    if judged.damage is not Damage.NONE:
        read = (decoder or default_decoder()).decode(current, settled)
        words = tuple(corrections.marked(read, settled))
        return compose(text, changes, current, words), judged
    broken = lattice.repair_lines(current, lexicon)
    if broken:
        judged = replace(judged, damage=Damage.EXTRACTION)
    return compose(text, changes, current, broken), judged
