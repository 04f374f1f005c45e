"""A document's text as a page shows it: paragraphs, headings, marks and repairs."""

from kb.web.document.reading.blocks import BlockKind, PageBlock, PageHeading, arrange
from kb.web.document.reading.layers import Layers, LinkedPlace, Repair, Run, build_layers
from kb.web.document.reading.page import RenderedBlock, html, raw_html

__all__ = [
    "BlockKind",
    "Layers",
    "LinkedPlace",
    "PageBlock",
    "PageHeading",
    "RenderedBlock",
    "Repair",
    "Run",
    "arrange",
    "build_layers",
    "html",
    "raw_html",
]
