"""Runs of text as HTML elements: marks, repairs, places and pages lie around the words."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from kb.swedish.kinds import MatchKind
from kb.web import phrases
from kb.web.document.reading.layers import Repair, Run
from kb.web.urls import mark_anchor

_CONTROL = dict.fromkeys((0x02, 0x03))
"""Markdown keeps its own notes between these; nobody reads them."""


def write(parent: Element, runs: Iterable[Run], *, spell_out: bool = False) -> None:
    """Append runs to an element.

    Args:
        parent: What they stand in.
        runs: In order.
        spell_out: Whether the characters of the original stand behind each repair.
    """
    for run in runs:
        if run.page:
            break_ = SubElement(parent, "span", {"class": "page-break", "id": f"sida-{run.page}"})
            say(break_, phrases.page(run.page))
            say(parent, " ")
        for place in run.places:
            kind = "place" if place.label else "spot"
            say(SubElement(parent, "span", {"class": kind, "id": place.anchor}), place.label)
            if place.label:
                say(parent, " ")
        if run.repair:
            _words(SubElement(parent, "span", _repaired(run, run.repair)), run)
            if spell_out and run.opens_repair and run.repair.changed:
                say(parent, " ")
                say(SubElement(parent, "del", {"class": "was"}), run.repair.original)
        else:
            _words(parent, run)


def say(parent: Element, text: str) -> None:
    """Append text to an element; whatever stands in it is shown as it is."""
    # The serialiser of Markdown takes "&lt;" for something that is escaped already.
    text = text.translate(_CONTROL).replace("&", "&amp;")
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def attribute(text: str) -> str:
    """Return text as the value of an attribute."""
    return text.translate(_CONTROL).replace("&", "&amp;")


def _repaired(run: Run, repair: Repair) -> dict[str, str]:
    if repair.changed:
        kind, title = "repaired", phrases.in_original(repair.original)
    else:
        kind = "unsure"
        title = phrases.other_readings([text for text, _ in repair.alternatives])
    found = {"class": kind, "title": attribute(title)}
    if run.opens_repair:
        found["id"] = f"rattning-{repair.number}"
    return found


def _words(parent: Element, run: Run) -> None:
    if run.mark is None:
        return say(parent, run.text)
    mark = SubElement(parent, "mark")
    if run.opens_mark:
        mark.set("id", mark_anchor(run.mark.number))
    if run.mark.kind != phrases.RELATIONS[MatchKind.EXACT]:
        mark.set("class", "related")
        mark.set("title", attribute(run.mark.kind))
    following = f"#{mark_anchor(run.mark.following)}"
    say(SubElement(mark, "a", {"class": "to-mark", "href": following}), run.text)
    return None
