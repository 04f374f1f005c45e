"""A document's text as a page shows it: paragraphs, headings, marks and repairs."""

from kb.web.document.reading.blocks import Block, BlockKind, Heading, arrange
from kb.web.document.reading.layers import Layers, Place, Repair, Run, build_layers
from kb.web.document.reading.page import TextBlock, html, raw_html

__all__ = [
    "Block",
    "BlockKind",
    "Heading",
    "Layers",
    "Place",
    "Repair",
    "Run",
    "TextBlock",
    "arrange",
    "build_layers",
    "html",
    "raw_html",
]
