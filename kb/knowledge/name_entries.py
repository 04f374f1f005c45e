"""A name in one place with all its mentions: the unit that is joined to persons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.knowledge.document_facts import DocumentFacts, PersonMention
from kb.knowledge.names import Likeness, is_bare, key, likeness, tokens


@dataclass(eq=False, slots=True)
class NameEntry:
    """A name in one place, with all its mentions.

    Attributes:
        name: The name as most mentions spell it.
        place: The municipality, or else the group, by which the name is known.
        meant: The full name that a bare name means, if only one in the document fits.
        documents: Paths of the documents it stands in.
        damaged: Paths of those that are damaged.
        mentions: (document, mention).
    """

    name: str
    place: str
    meant: str = ""
    groups: set[str] = field(default_factory=set)
    municipalities: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    damaged: set[str] = field(default_factory=set)
    mentions: list[tuple[DocumentFacts, PersonMention]] = field(default_factory=list)

    @property
    def identity(self) -> str:
        """The name of the entry in the file of editors' decisions."""
        known_by = ", ".join(filter(None, (self.place, self.meant)))
        return f"{self.name} ({known_by})" if known_by else self.name

    @property
    def is_damaged(self) -> bool:
        """Whether the name stands in damaged texts only."""
        return self.documents == self.damaged


def name_entries(documents: Iterable[DocumentFacts]) -> list[NameEntry]:
    """Return an entry for every name of some documents."""
    found: dict[tuple[str, str, str], NameEntry] = {}
    spellings: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for document in documents:
        alone = _alone(document)
        for mention in document.people:
            name = key(mention.name)
            if not name:
                continue
            bare = is_bare(mention.name)
            meant = alone.get(name, "") if bare else ""
            # A bare name belongs to the group, wherever the group met.
            place = (document.group or document.path) if bare else place_of(document, mention)
            at = (name, place.casefold(), meant)
            entry = found.setdefault(at, NameEntry(mention.name, place, meant))
            spellings[at][mention.name] += 1
            entry.mentions.append((document, mention))
            entry.documents.add(document.path)
            if document.damaged:
                entry.damaged.add(document.path)
            if document.group:
                entry.groups.add(document.group.casefold())
            if municipality := mention.municipality or document.home:
                entry.municipalities.add(municipality)
    for at, entry in found.items():
        entry.name = spellings[at].most_common(1)[0][0]
    return list(found.values())


def _alone(document: DocumentFacts) -> dict[str, str]:
    """Return the given names that belong to only one full name of a document, with that name."""
    full_names: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for mention in document.people:
        first, *rest = tokens(mention.name) or ("",)
        if rest:
            full_names[first][key(mention.name)] = mention.name
    return {
        first: next(iter(named.values())) for first, named in full_names.items() if len(named) == 1
    }


def place_of(document: DocumentFacts, mention: PersonMention) -> str:
    """Return the place of a name: its municipality, else the meeting's, else the group."""
    return mention.municipality or document.home or document.group or ""


def side_by_side(one: NameEntry, other: NameEntry) -> bool:
    """Tell whether two names stand in the same document as different people.

    A damaged document may spell one name in two ways, among those called and those present.
    """
    if is_bare(one.name) or is_bare(other.name):
        return False
    shared = one.documents & other.documents
    if not shared:
        return False
    return not (shared <= one.damaged and likeness(one.name, other.name) is Likeness.DAMAGED)
