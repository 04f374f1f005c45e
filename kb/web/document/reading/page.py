"""The text of a document as HTML: `markdown` gives it its form, `nh3` lets only that through.

What goes through Markdown is the structure alone: headings, points, tables and paragraphs, with
a token for each line. The words are put where their tokens stand afterwards, so that no star,
bracket or number sign of a municipality's is ever taken for Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.serializers import to_html_string
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from kb.web import phrases
from kb.web.document.reading.blocks import BlockKind, PageBlock, PageHeading
from kb.web.document.reading.layers import Run
from kb.web.document.reading.runs import attribute, say, write

_TOKEN = re.compile(r"@(\d+)@")
_TAGS = {
    *("p", "br", "h3", "h4", "ul", "li", "div", "span", "a", "mark", "del"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "*": {"id", "class", "title", "aria-label", "aria-hidden", "role"},
    "a": {"href", "rel"},
    "th": {"scope"},
    "div": {"tabindex"},
}


@dataclass(frozen=True, slots=True)
class RenderedBlock:
    """A block of the text, and where it is cited.

    Attributes:
        block: The block.
        anchor: Stays the same as long as the original does.
        url: The document with this paragraph ready to be cited.
    """

    block: PageBlock
    anchor: str
    url: str


def html(blocks: Sequence[RenderedBlock], *, spell_out: bool = False) -> Markup:
    """Return a text to read.

    Args:
        blocks: The text.
        spell_out: Whether the characters of the original stand behind each repair.
    """
    lines = [_Line(own, row) for own in blocks for row in range(len(own.block.lines))]
    converter = Markdown(extensions=["tables"], output_format="html")
    for steps, names in (
        (converter.preprocessors, ("html_block",)),
        (converter.treeprocessors, ("inline", "prettify", "unescape")),
        (converter.postprocessors, ("raw_html", "amp_substitute")),
    ):
        for name in names:  # what looks into lines has nothing to look for
            steps.deregister(name)
    converter.treeprocessors.register(_Words(lines, spell_out=spell_out), "words", 0)
    return _clean(converter.convert(_markdown(blocks)))


def raw_html(runs: Sequence[Run]) -> Markup:
    """Return a text exactly as it was read."""
    whole = Element("div", {"class": "raw"})
    write(whole, runs)
    return _clean(to_html_string(whole))


def _clean(made: str) -> Markup:
    cleaned = nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(), link_rel=None)
    return Markup(cleaned)  # it is what was just made safe


@dataclass(frozen=True, slots=True)
class _Line:
    own: RenderedBlock
    row: int


def _markdown(blocks: Sequence[RenderedBlock]) -> str:
    """Return the structure of a text, with tokens for its lines."""
    parts: list[str] = []
    number = 0
    for before, own in zip((None, *blocks), blocks, strict=False):
        block = own.block
        tokens = [f"@{number + row}@" for row in range(len(block.lines))]
        number += len(tokens)
        goes_on = before and before.block.kind is block.kind is BlockKind.ITEM
        parts.append(("\n" if goes_on else "\n\n") + _block(block, tokens))
    return "".join(parts)


def _block(block: PageBlock, tokens: list[str]) -> str:
    if block.heading:
        return f"{'###' if block.heading.level == 1 else '####'} {tokens[0]}"
    if block.kind is BlockKind.ITEM:
        return "- " + "\n".join(tokens)
    if block.kind is BlockKind.TABLE:
        return _table(block, tokens)
    return "\n".join(tokens)


def _table(block: PageBlock, tokens: list[str]) -> str:
    width = block.columns
    rows = [tokens[at : at + width] for at in range(0, len(tokens), width)]
    head = rows.pop(0) if block.headed else [" "] * width
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *rows))


class _Words(Treeprocessor):
    """Puts the words where their tokens stand, and names the places."""

    def __init__(self, lines: Sequence[_Line], *, spell_out: bool) -> None:
        super().__init__()
        self._lines = lines
        self._spell_out = spell_out

    def run(self, root: Element) -> None:
        for place, element in enumerate(list(root)):
            if element.tag == "table":
                root[place] = self._table(element)
            elif element.tag == "ul":
                element.set("class", "points")
                for item in element:
                    self._item(item)
            else:
                self._fill(element)

    def _fill(self, element: Element) -> RenderedBlock:
        """Put the words of an element where its tokens are, a line below the other."""
        found = [self._lines[int(n)] for n in _TOKEN.findall("".join(element.itertext()))]
        for child in list(element):
            element.remove(child)
        element.text = None
        own = found[0].own
        for line in found:
            if line.row and own.block.kind is not BlockKind.TABLE:
                SubElement(element, "br")
            if own.block.heading and own.block.heading.number:
                say(SubElement(element, "span", {"class": "number"}), own.block.heading.number)
                say(element, " ")
            write(element, own.block.lines[line.row], spell_out=self._spell_out)
        if own.block.heading:
            _name_heading(element, own.block.heading)
        elif own.block.kind is BlockKind.PARAGRAPH:
            element.set("id", own.anchor)
            _cite(element, own)
        return own

    def _item(self, item: Element) -> None:
        words = Element("div")
        words.text = "".join(item.itertext())
        own = self._fill(words)
        for child in list(item):
            item.remove(child)
        item.text = None
        item.set("id", own.anchor)
        say(SubElement(item, "span", {"class": "point-label"}), own.block.label)
        item.append(words)
        _cite(words, own)

    def _table(self, table: Element) -> Element:
        head = table[0]
        if not "".join(head.itertext()).strip():
            table.remove(head)  # Markdown knows no table without one
        filled = [self._fill(cell) for row in table.iter("tr") for cell in row]
        for cell in table.iter("th"):
            cell.set("scope", "col")
        table.set("class", "in-text")
        region = Element(
            "div",
            {
                "class": "table-scroll",
                "role": "region",
                "aria-label": phrases.TABLE_IN_TEXT,
                "tabindex": "0",
                "id": filled[0].anchor,
            },
        )
        region.append(table)
        return region


def _name_heading(element: Element, heading: PageHeading) -> None:
    element.set("id", heading.anchor)
    link = {"class": "anchor", "href": f"#{heading.anchor}", "aria-label": phrases.LINK_TO_SECTION}
    say(SubElement(element, "a", link), "#")


def _cite(element: Element, own: RenderedBlock) -> None:
    link = {
        "class": "cite",
        "href": attribute(own.url),
        "rel": "nofollow",
        "title": phrases.CITE_OR_LINK,
    }
    anchor = SubElement(element, "a", link)
    say(SubElement(anchor, "span", {"aria-hidden": "true"}), "❞")
    say(SubElement(anchor, "span", {"class": "hidden"}), phrases.CITE)
