"""Points that recur in the meetings of a group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.knowledge.document_facts import DocumentFacts, SectionRow
from kb.knowledge.matching import Said
from kb.knowledge.topics import is_standing

ALIKE = 0.7
"""Share of words, by weight and in both directions, that two headings of one thread have."""

_FEWEST = 2


@dataclass(slots=True)
class Thread:
    """A point and the sections that it came up in, the earliest meeting first."""

    heading: str
    keys: set[str]
    places: list[tuple[DocumentFacts, SectionRow]] = field(default_factory=list)


def threads(meetings: Sequence[DocumentFacts]) -> list[Thread]:
    """Return the points that came up in at least two meetings, the most persistent first.

    Args:
        meetings: The group's documents in order of date.
    """
    said = Said(meetings)
    found: list[Thread] = []
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for document in meetings:
        for section in document.sections:
            if not section.keys or section.municipality or is_standing(section.heading):
                continue
            keys = set(section.keys)
            near = dict.fromkeys(t for key in keys for t in by_key[key])
            home = next((found[t] for t in near if _alike(keys, found[t].keys, said)), None)
            if home is None:
                home = Thread(section.heading, keys)
                for key in keys:
                    by_key[key].append(len(found))
                found.append(home)
            if all(other.path != document.path for other, _ in home.places):
                home.places.append((document, section))
    lasting = [thread for thread in found if len(thread.places) >= _FEWEST]
    return sorted(lasting, key=lambda thread: -len(thread.places))


def _alike(one: set[str], other: set[str], said: Said) -> bool:
    return said.contained(one, other) >= ALIKE and said.contained(other, one) >= ALIKE
