"""The Whoosh schema."""

from __future__ import annotations

from whoosh import fields, formats

from kb.search.fields import Field

ID = "id"
RECORD = "record"


class WordsField(fields.FieldType):  # type: ignore[misc]  # whoosh has no types
    """A field whose terms and positions come from token types; see `writer`."""

    def __init__(self) -> None:
        self.format = formats.Positions()
        self.analyzer = None
        self.scorable = True
        self.stored = False
        self.unique = False
        self.vector = None


def schema() -> fields.Schema:
    """Return the schema: an id, the stored document, and the search fields."""
    words = {field.value: WordsField() for field in Field}
    return fields.Schema(
        **{ID: fields.ID(stored=True, unique=True), RECORD: fields.STORED()}, **words
    )
