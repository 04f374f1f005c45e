"""Documents in the form that other engines get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.lab.bench.peers.base import Sample
from kb.model import COUNTED_PARTS, Document
from kb.search.entry import facts
from kb.swedish.tokenize import normalize, tokenize


def samples(documents: Iterable[Document]) -> Iterator[Sample]:
    """Yield each document's tokens and facet values."""
    for document in documents:
        minutes = document.minutes
        day = minutes.date.stated
        texts = [document.repaired.text, *facts(document)]
        tokens = tuple(normalize(raw.text) for text in texts for raw in tokenize(text))
        yield Sample(
            document.id,
            tokens,
            {
                "kommun": tuple(m.name for m in minutes.municipalities if m.part in COUNTED_PARTS),
                "grupp": (minutes.group,) if minutes.group else (),
                "person": tuple(dict.fromkeys(p.name for p in minutes.participants)),
                "ar": (str(day.year),) if day else (),
            },
        )
