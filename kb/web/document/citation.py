"""A paragraph ready to be cited: its words, where they stand, and an address that lasts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from kb.web.document.reading import RenderedBlock
from kb.web.urls import document_url

LONGEST = 600
"""Characters of a paragraph that are cited; of a longer one the beginning."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What is copied.

    Attributes:
        text: The words in quotes, the document, its date and the address.
        url: The paragraph in the document.
        address: The same, with the name of the site.
    """

    text: str
    url: str
    address: str


def citation(
    doc_id: str, heading: str, anchor: str, blocks: Iterable[RenderedBlock]
) -> Citation | None:
    """Return the citation of the paragraph at `anchor`, or None if there is none."""
    said = next((own.block.text for own in blocks if anchor and own.anchor == anchor), None)
    if said is None:
        return None
    if len(said) > LONGEST:
        said = said[:LONGEST].rsplit(" ", 1)[0] + " …"
    url = document_url(doc_id, anchor=anchor)
    address = url_for("search.start", _external=True).rstrip("/") + url
    return Citation(f"”{said}” ({heading}) {address}", url, address)
