"""The Whoosh schema: fields that are given their postings ready made."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from whoosh import fields, formats

from kb.search.fields import Field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.search.entry import Posting

ID = "id"
RECORD = "record"


class PostingsField(fields.FieldType):  # type: ignore[misc]  # whoosh has no types
    """A Whoosh field that is given its terms and positions ready made."""

    def __init__(self) -> None:
        self.format = formats.Positions()
        self.analyzer = None
        self.scorable = True
        self.stored = False
        self.unique = False
        self.vector = None

    def index(self, value: list[Posting], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each term with its frequency, weight and encoded positions."""
        positions: dict[str, list[int]] = defaultdict(list)
        for term, position in value:
            positions[term].append(position)
        for term, places in positions.items():
            yield term.encode(), len(places), float(len(places)), self.format.encode(places)


def schema() -> fields.Schema:
    """Return the schema: an id, the stored document, and the search fields."""
    own = {field.value: PostingsField() for field in Field}
    return fields.Schema(
        **{ID: fields.ID(stored=True, unique=True), RECORD: fields.STORED()}, **own
    )
