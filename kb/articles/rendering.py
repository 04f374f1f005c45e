"""Markdown to safe HTML.

`markdown` makes the HTML, with an extension for links in double brackets, and `nh3` (Ammonia, the
sanitiser of Servo's HTML parser) allows only the elements listed here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from kb.articles.bounds import bounded
from kb.articles.links import LINK, Link, Target, link_of

Resolve = Callable[[Link], "LinkTarget"]
"""Tells where a link leads."""


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link leads.

    Attributes:
        url: The address.
        note: Said behind the link, "" for nothing: "12 träffar".
        missing: Whether there is nothing there yet.
        found: What a search finds first: address, title and what more is said of each.
    """

    url: str
    note: str = ""
    missing: bool = False
    found: tuple[tuple[str, str, str], ...] = ()


_TAGS = {
    *("a", "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote"),
    *("strong", "em", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"),
    *("dl", "dt", "dd", "sup", "span", "section"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    **{f"h{rank}": {"id"} for rank in range(2, 7)},
}
_CLASSES = {
    "a": {"wiki", "missing"},
    "span": {"note", "uncertain"},
    "section": {"live"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


def html(text: str, resolve: Resolve) -> Markup:
    """Return an article as HTML, without its first top-level heading, which the page shows."""
    converter = Markdown(
        extensions=[
            "tables",
            "sane_lists",
            "fenced_code",
            TocExtension(slugify=_Slugs(), permalink=False),
            _Links(resolve),
        ],
        output_format="html",
    )
    made = converter.convert(bounded(_without_title(text)))
    return Markup(
        nh3.clean(  # this makes it safe
            made,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            allowed_classes=_CLASSES,
            url_schemes=_SCHEMES,
            link_rel="noopener noreferrer",
        )
    )


def _without_title(text: str) -> str:
    first, _, rest = text.lstrip().partition("\n")
    return rest if first.startswith("# ") else text


class _Slugs:
    """Gives each heading a unique id; `markdown` itself counts from 1 for each."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def __call__(self, heading: str, separator: str) -> str:
        slug = "del-" + separator.join(re.findall(r"\w+", heading.casefold()))
        self._given[slug] += 1
        number = self._given[slug]
        return slug if number == 1 else f"{slug}_{number - 1}"


class _Links(Extension):
    """Links in double brackets; a search alone in its paragraph lists its hits."""

    def __init__(self, resolve: Resolve) -> None:
        super().__init__()
        self._resolve = resolve

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        # Before ordinary links, which begin with a bracket too.
        md.inlinePatterns.register(_Inline(self._resolve), "wiki", 175)
        md.treeprocessors.register(_Alone(md), "live", 0)
        md.treeprocessors.register(_OneTitle(md), "title", 0)


class _Inline(InlineProcessor):
    def __init__(self, resolve: Resolve) -> None:
        super().__init__(LINK.pattern)
        self._resolve = resolve

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own are as free
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        link = link_of(m)
        place = self._resolve(link)
        whole = Element("span")
        anchor = SubElement(whole, "a", {"href": place.url, "class": "wiki"})
        anchor.text = link.label
        if place.missing:
            anchor.set("class", "wiki missing")
        if place.note:
            anchor.tail = " "
            note = SubElement(whole, "span", {"class": "note"})
            note.text = f"({place.note})"
        if link.kind is Target.SEARCH:
            hits = SubElement(whole, "ol")
            for url, title, detail in place.found:
                item = SubElement(hits, "li")
                anchor = SubElement(item, "a", {"href": url})
                anchor.text = title
                if detail:
                    anchor.tail = " "
                    SubElement(item, "span", {"class": "note"}).text = detail
        return whole, m.start(0), m.end(0)


class _Alone(Treeprocessor):
    """Lists the hits of a search if it is alone in its paragraph."""

    def run(self, root: Element) -> None:
        for parent in root.iter():
            for child in list(parent):
                if child.tag == "p" and _is_alone(child):
                    child.tag = "section"
                    child.set("class", "live")
                    span = child[0]
                    heading = Element("p")
                    heading.extend([child for child in span if child.tag != "ol"])
                    hits = span.find("ol")
                    child.clear()
                    child.set("class", "live")
                    child.append(heading)
                    if hits is not None and len(hits):
                        child.append(hits)
        for span in root.iter("span"):
            for hits in span.findall("ol"):
                span.remove(hits)


class _OneTitle(Treeprocessor):
    """Lowers headings by one level, since the page's title is the top level."""

    def run(self, root: Element) -> None:
        for heading in root.iter("h1"):
            heading.tag = "h2"


def _is_alone(paragraph: Element) -> bool:
    return (
        len(paragraph) == 1
        and paragraph[0].tag == "span"
        and paragraph[0].find("ol") is not None
        and not (paragraph.text or "").strip()
        and not (paragraph[0].tail or "").strip()
    )
