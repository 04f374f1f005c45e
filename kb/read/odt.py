"""OpenDocument texts, by odfdo."""

from __future__ import annotations

import io
from collections.abc import Iterator, Set

from odfdo import Document, Element

from kb.read.archive import check
from kb.read.extracted import Extracted, heading, item, row

_LISTS = ("text:list",)
_BOXES = ("text:section", "draw:frame", "draw:text-box", "text:index-body", "text:list-item")
_LEFT_OUT = ("text:tracked-changes", "text:table-of-content", "office:annotation")


def read_odt(data: bytes) -> Extracted:
    """Read an OpenDocument text.

    Raises:
        UserError: It cannot be unpacked safely.
    """
    check(data)
    document = Document(io.BytesIO(data))
    titles = {"Title"} | {
        str(style.get_attribute_string("style:name"))
        for style in document.get_styles(family="paragraph", automatic=True)
        if style.get_attribute_string("style:parent-style-name") == "Title"
    }
    return Extracted(("\n".join(_blocks(document.body, titles)),))


def _blocks(parent: Element, titles: Set[str], *, listed: bool = False) -> Iterator[str]:
    for child in parent.children:
        match child.tag:
            case "text:h":
                yield ""
                yield heading(
                    _text(child), int(child.get_attribute_integer("text:outline-level") or 1)
                )
            case "text:p":
                text = _text(child)
                if child.get_attribute_string("text:style-name") in titles and text.strip():
                    yield heading(text, 1)
                elif listed and text.strip():
                    yield item(text)
                else:
                    yield from text.splitlines() or [""]
            case "table:table":
                yield ""
                yield from _rows(child, titles)
                yield ""
            case tag if tag in _LISTS:
                yield from _blocks(child, titles, listed=True)
            case tag if tag in _BOXES:
                yield from _blocks(child, titles, listed=listed)


def _rows(table: Element, titles: Set[str]) -> Iterator[str]:
    for line in table.get_elements("descendant::table:table-row"):
        cells = line.get_elements("table:table-cell")
        text = row("\n".join(_blocks(cell, titles)) for cell in cells)
        if text.strip(" |"):
            yield text


def _text(paragraph: Element) -> str:
    return str(paragraph.inner_text)
