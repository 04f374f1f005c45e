"""Word documents, by python-docx: paragraphs, headings, lists and tables in their order.

Headers and footers are separate parts and are left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from kb.read.archive import check
from kb.read.extracted import Extracted, heading, item, row

_WRAPPERS = tuple(map(qn, ("w:sdt", "w:ins", "w:moveTo", "w:smartTag", "w:customXml")))
"""Elements around text: fields of templates, tracked changes, marked-up words."""

_CONTENT, _BOX = qn("w:sdtContent"), qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_HEADING = re.compile(r"(?:heading|rubrik) (\d)", re.IGNORECASE)


def read_docx(data: bytes) -> Extracted:
    """Read a Word document.

    Raises:
        UserError: It cannot be unpacked safely.
    """
    check(data)
    document = Document(io.BytesIO(data))
    _unwrap(document.element.body)
    return Extracted(("\n".join(_blocks(document)),))


def _unwrap(body: BaseOxmlElement) -> None:
    """Replace wrappers by their content, which python-docx would not see."""
    for wrapper in list(body.iter(*_WRAPPERS)):
        parent = wrapper.getparent()
        if parent is None:
            continue
        inside = wrapper.find(_CONTENT)
        for child in list(wrapper if inside is None else inside):
            wrapper.addprevious(child)
        parent.remove(wrapper)


def _blocks(container: WordDocument | _Cell) -> Iterator[str]:
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            yield ""
            yield from _rows(block)
            yield ""
        else:
            yield from _paragraph(block)


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    text = paragraph.text
    level = _level(paragraph)
    if not text.strip():
        yield ""
    elif level:
        yield ""
        yield heading(text, level)
    elif _is_item(paragraph):
        yield item(text)
    else:
        yield from text.splitlines()
    for box in paragraph._p.iter(_BOX):
        # What older programs are to show says the same once more.
        if next(box.iterancestors(_FALLBACK), None) is None:
            for inner in box.iterchildren(qn("w:p")):
                yield from Paragraph(inner, paragraph).text.splitlines()


def _level(paragraph: Paragraph) -> int:
    name = paragraph.style.name if paragraph.style else ""
    if name == "Title":
        return 1
    found = _HEADING.match(name or "")
    return int(found[1]) if found else 0


def _is_item(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr  # no public way to ask for a list's mark
    numbered = properties is not None and properties.numPr is not None
    name = paragraph.style.name if paragraph.style else ""
    return numbered or (name or "").startswith("List")


def _rows(table: Table) -> Iterator[str]:
    for line in table.rows:
        cells: list[_Cell] = []
        for cell in line.cells:
            if not cells or cell._tc is not cells[-1]._tc:  # merged cells come once a column
                cells.append(cell)
        text = row("\n".join(_blocks(cell)) for cell in cells)
        if text.strip(" |"):
            yield text
