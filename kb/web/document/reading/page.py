"""The text of a document as HTML: elements made of its blocks, filtered by `nh3`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, tostring

import nh3
from markupsafe import Markup

from kb.swedish.kinds import MatchKind
from kb.web import phrases
from kb.web.document.reading.blocks import BlockKind, PageBlock, PageHeading
from kb.web.document.reading.layers import Repair, Run
from kb.web.urls import mark_anchor

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
    """A block of the text, and its address for citation.

    Attributes:
        block: The block.
        anchor: Stable as long as the original is unchanged.
        url: The document with this paragraph ready to be cited.
    """

    block: PageBlock
    anchor: str
    url: str


def html(blocks: Sequence[RenderedBlock], *, spell_out: bool = False) -> Markup:
    """Return a text as HTML.

    Args:
        blocks: The text.
        spell_out: Whether each repair is followed by the characters of the original.
    """
    writer = _Writer(spell_out=spell_out)
    return _clean(writer.elements(blocks))


def raw_html(runs: Sequence[Run]) -> Markup:
    """Return a text exactly as it was read."""
    whole = Element("div", {"class": "raw"})
    _Writer(spell_out=False).runs(whole, runs)
    return _clean([whole])


def _clean(elements: Iterable[Element]) -> Markup:
    made = "\n".join(tostring(element, "unicode", "html") for element in elements)
    cleaned = nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(), link_rel=None)
    return Markup(cleaned)  # it was just sanitised


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """Makes elements of blocks; `spell_out` writes the original's characters behind repairs."""

    spell_out: bool

    def elements(self, blocks: Sequence[RenderedBlock]) -> Iterator[Element]:
        """Yield an element for each block, and one list for points that follow each other."""
        for kind, group in groupby(blocks, key=lambda rendered: rendered.block.kind):
            if kind is BlockKind.ITEM:
                points = Element("ul", {"class": "points"})
                points.extend([self._item(rendered) for rendered in group])
                yield points
                continue
            for rendered in group:
                match kind:
                    case BlockKind.HEADING:
                        yield self._heading(rendered.block)
                    case BlockKind.TABLE:
                        yield self._table(rendered)
                    case _:
                        yield self._paragraph(rendered)

    def _heading(self, block: PageBlock) -> Element:
        heading = block.heading
        assert heading is not None
        element = Element("h3" if heading.level == 1 else "h4")
        if heading.number:
            _say(SubElement(element, "span", {"class": "number"}), heading.number)
            _say(element, " ")
        self._lines(element, block)
        _link_to(element, heading)
        return element

    def _paragraph(self, rendered: RenderedBlock) -> Element:
        element = Element("p", {"id": rendered.anchor})
        self._lines(element, rendered.block)
        _cite(element, rendered.url)
        return element

    def _item(self, rendered: RenderedBlock) -> Element:
        item = Element("li", {"id": rendered.anchor})
        _say(SubElement(item, "span", {"class": "point-label"}), rendered.block.label)
        words = SubElement(item, "div")
        self._lines(words, rendered.block)
        _cite(words, rendered.url)
        return item

    def _table(self, rendered: RenderedBlock) -> Element:
        region = Element(
            "div",
            {
                "class": "table-scroll",
                "role": "region",
                "aria-label": phrases.TABLE_IN_TEXT,
                "tabindex": "0",
                "id": rendered.anchor,
            },
        )
        table = SubElement(region, "table", {"class": "in-text"})
        rows = rendered.block.rows
        if rendered.block.headed:
            head = SubElement(SubElement(table, "thead"), "tr")
            for cell in rows.pop(0):
                self.runs(SubElement(head, "th", {"scope": "col"}), cell)
        body = SubElement(table, "tbody")
        for row in rows:
            line = SubElement(body, "tr")
            for cell in row:
                self.runs(SubElement(line, "td"), cell)
        return region

    def _lines(self, parent: Element, block: PageBlock) -> None:
        """Append the lines of a block, each below the one before."""
        for number, line in enumerate(block.lines):
            if number:
                SubElement(parent, "br")
            self.runs(parent, line)

    def runs(self, parent: Element, runs: Iterable[Run]) -> None:
        """Append runs in order: marks, repairs, places and pages lie around the words."""
        for run in runs:
            if run.page:
                name = {"class": "page-break", "id": f"sida-{run.page}"}
                _say(SubElement(parent, "span", name), phrases.page(run.page))
                _say(parent, " ")
            for place in run.places:
                kind = "place" if place.label else "spot"
                _say(SubElement(parent, "span", {"class": kind, "id": place.anchor}), place.label)
                if place.label:
                    _say(parent, " ")
            if run.repair:
                _words(SubElement(parent, "span", _repaired(run, run.repair)), run)
                if self.spell_out and run.opens_repair and run.repair.changed:
                    _say(parent, " ")
                    _say(SubElement(parent, "del", {"class": "was"}), run.repair.original)
            else:
                _words(parent, run)


def _say(parent: Element, text: str) -> None:
    """Append text to an element, after its content."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _repaired(run: Run, repair: Repair) -> dict[str, str]:
    if repair.changed:
        kind, title = "repaired", phrases.in_original(repair.original)
    else:
        kind = "unsure"
        title = phrases.other_readings([text for text, _ in repair.alternatives])
    name = {"id": f"rattning-{repair.number}"} if run.opens_repair else {}
    return {"class": kind, **name, "title": title}


def _words(parent: Element, run: Run) -> None:
    if run.mark is None:
        _say(parent, run.text)
        return
    mark = SubElement(parent, "mark")
    if run.opens_mark:
        mark.set("id", mark_anchor(run.mark.number))
    if run.mark.kind != phrases.RELATIONS[MatchKind.EXACT]:
        mark.set("class", "related")
        mark.set("title", run.mark.kind)
    following = f"#{mark_anchor(run.mark.following)}"
    _say(SubElement(mark, "a", {"class": "to-mark", "href": following}), run.text)


def _link_to(element: Element, heading: PageHeading) -> None:
    element.set("id", heading.anchor)
    link = {"class": "anchor", "href": f"#{heading.anchor}", "aria-label": phrases.LINK_TO_SECTION}
    _say(SubElement(element, "a", link), "#")


def _cite(element: Element, url: str) -> None:
    link = {"class": "cite", "href": url, "rel": "nofollow", "title": phrases.CITE_OR_LINK}
    anchor = SubElement(element, "a", link)
    _say(SubElement(anchor, "span", {"aria-hidden": "true"}), "❞")
    _say(SubElement(anchor, "span", {"class": "hidden"}), phrases.CITE)
