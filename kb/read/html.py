"""Web pages, by lxml: the visible text, block by block."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

from kb.read.extracted import Extracted, heading, item, row

_LEFT_OUT = frozenset({"script", "style", "head", "nav", "template", "noscript", "svg", "iframe"})
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
    }
)


def read_html(data: bytes) -> Extracted:
    """Read a web page, in its declared encoding or else UTF-8."""
    parser = html.HTMLParser(encoding=_encoding(data), remove_comments=True, remove_pis=True)
    root = html.document_fromstring(data, parser=parser)
    return Extracted(("\n".join(_blocks(root)),))


def _encoding(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        stated = b"charset" in data[:2048].lower()
        return None if stated else "windows-1252"
    return "utf-8"


def _blocks(element: html.HtmlElement) -> Iterator[str]:
    """Yield the lines of an element; text between its blocks makes separate lines."""
    line = element.text or ""
    for child in element:
        tag = child.tag
        if tag in _LEFT_OUT:
            pass
        elif tag == "br":
            yield _clean(line)
            line = ""
        elif tag in _BLOCKS or tag == "table" or tag == "li" or _level(tag):
            if line.strip():
                yield _clean(line)
            line = ""
            yield from _block(child)
        elif any(inner.tag in _BLOCKS or inner.tag == "br" for inner in child.iter()):
            parts = list(_blocks(child))
            yield from ([line.strip() + parts[0]] if line.strip() else parts[:1])
            yield from parts[1:]
            line = ""
        else:
            line += child.text_content()
        line += child.tail or ""
    if line.strip():
        yield _clean(line)


def _block(element: html.HtmlElement) -> Iterator[str]:
    level = _level(element.tag)
    if level:
        yield ""
        yield heading(element.text_content(), level)
    elif element.tag == "li":
        lines = [line for line in _blocks(element) if line.strip()]
        yield from ([item(lines[0])] if lines else [])
        yield from lines[1:]
    elif element.tag == "table":
        yield ""
        for line in element.iter("tr"):
            text = row("\n".join(_blocks(cell)) for cell in line if cell.tag in ("td", "th"))
            if text.strip(" |"):
                yield text
        yield ""
    elif element.tag == "pre":
        yield from element.text_content().splitlines()
    else:
        if element.tag == "p":
            yield ""
        yield from _blocks(element)


def _level(tag: object) -> int:
    known = isinstance(tag, str) and len(tag) == 2 and tag[0] == "h" and tag[1] in "123456"
    return int(str(tag)[1]) if known else 0


def _clean(text: str) -> str:
    return " ".join(text.split())
