"""A name in one place with all its mentions: what is joined to persons."""

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
        meant: Who a bare name means where just one in the same document bears it.
        documents: Where it stands.
        worn: Those of them that are damaged.
        mentions: (document, mention).
    """

    name: str
    place: str
    meant: str = ""
    groups: set[str] = field(default_factory=set)
    municipalities: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    worn: set[str] = field(default_factory=set)
    mentions: list[tuple[DocumentFacts, PersonMention]] = field(default_factory=list)

    @property
    def identity(self) -> str:
        """What the bearer is called in the file of editors' decisions."""
        known_by = ", ".join(filter(None, (self.place, self.meant)))
        return f"{self.name} ({known_by})" if known_by else self.name

    @property
    def is_worn(self) -> bool:
        """Whether the name stands in damaged texts only."""
        return self.documents == self.worn


def bearers(contributions: Iterable[DocumentFacts]) -> list[NameEntry]:
    """Return every name of some documents."""
    found: dict[tuple[str, str, str], NameEntry] = {}
    spellings: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for contribution in contributions:
        alone = _alone(contribution)
        for mention in contribution.people:
            name = key(mention.name)
            if not name:
                continue
            bare = is_bare(mention.name)
            meant = alone.get(name, "") if bare else ""
            # A bare name is somebody of the group, wherever the group met.
            place = (
                (contribution.group or contribution.path)
                if bare
                else place_of(contribution, mention)
            )
            at = (name, place.casefold(), meant)
            own = found.setdefault(at, NameEntry(mention.name, place, meant))
            spellings[at][mention.name] += 1
            own.mentions.append((contribution, mention))
            own.documents.add(contribution.path)
            if contribution.damaged:
                own.worn.add(contribution.path)
            if contribution.group:
                own.groups.add(contribution.group.casefold())
            if municipality := mention.municipality or contribution.home:
                own.municipalities.add(municipality)
    for at, own in found.items():
        own.name = spellings[at].most_common(1)[0][0]
    return list(found.values())


def _alone(contribution: DocumentFacts) -> dict[str, str]:
    """Return the given names of a document that just one full name there has, and that name."""
    bearers: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for mention in contribution.people:
        first, *rest = tokens(mention.name) or ("",)
        if rest:
            bearers[first][key(mention.name)] = mention.name
    return {first: next(iter(own.values())) for first, own in bearers.items() if len(own) == 1}


def place_of(contribution: DocumentFacts, mention: PersonMention) -> str:
    """Return by what a name is known: its municipality, else the meeting's, else the group."""
    return mention.municipality or contribution.home or contribution.group or ""


def side_by_side(one: NameEntry, other: NameEntry) -> bool:
    """Tell whether two names stand in the same document as different people.

    A damaged document may have a name in two forms, among those called and those present.
    """
    if is_bare(one.name) or is_bare(other.name):
        return False
    shared = one.documents & other.documents
    if not shared:
        return False
    return not (shared <= one.worn and likeness(one.name, other.name) is Likeness.DAMAGED)
