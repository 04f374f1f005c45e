"""The facets: what searches can be narrowed by, each declared once.

The index, the pages, the API, the command line and the help are made of these declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kb.model import COUNTED_PARTS, Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFacet:
    """How a facet is typed in the search box, for the help: an example and what it finds."""

    example: str
    finds: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Facet:
    """Something that searches can be narrowed by.

    Attributes:
        name: Its name in addresses, the API, options of the command line and the index.
        label: Its heading.
        plural: What its values are called.
        summary: What its values are, in English, for the description of the API.
        values: Gives the values of a document, each once.
        pattern: What its values look like in the API (a regular expression), "" for any text.
        latest_first: Values are listed in descending order, not the commonest first.
        completed: Values are offered while a search is typed.
        typed: How it is typed in the search box, or None if it cannot be.
    """

    name: str
    label: str
    plural: str
    summary: str
    values: Callable[[Minutes], Iterable[str]]
    pattern: str = ""
    latest_first: bool = False
    completed: bool = False
    typed: TypedFacet | None = None

    def __reduce__(self) -> tuple[Callable[[str], Facet], tuple[str]]:
        return FACETS.__getitem__, (self.name,)


def _municipalities(minutes: Minutes) -> Iterable[str]:
    return (
        municipality.name
        for municipality in minutes.municipalities
        if municipality.part in COUNTED_PARTS
    )


def _group(minutes: Minutes) -> Iterable[str]:
    return (minutes.group,) if minutes.group else ()


def _people(minutes: Minutes) -> Iterable[str]:
    return dict.fromkeys(
        participant.name for participant in minutes.participants if not participant.is_doubtful
    )


def _years(minutes: Minutes) -> Iterable[str]:
    days = (minutes.date.stated, minutes.date.proposed)
    return dict.fromkeys(str(day.year) for day in days if day)


def _kind(minutes: Minutes) -> Iterable[str]:
    return (minutes.kind,) if minutes.kind else ()


MUNICIPALITY = Facet(
    name="kommun",
    label="Kommun",
    plural="kommuner",
    summary="Municipality.",
    values=_municipalities,
    completed=True,
    typed=TypedFacet(
        example="kommun:Höganäs familjehem", finds="ordet i anteckningar som gäller Höganäs"
    ),
)
GROUP = Facet(
    name="grupp",
    label="Grupp",
    plural="grupper",
    summary="Group that met.",
    values=_group,
    completed=True,
    typed=TypedFacet(
        example="grupp:Föräldragruppen",
        finds="gruppens möten; ett namn med mellanslag skrivs inom citattecken",
    ),
)
PERSON = Facet(
    name="person",
    label="Person",
    plural="personer",
    summary="Person who is listed.",
    values=_people,
    completed=True,
    typed=TypedFacet(
        example="person:Edvardsson",
        finds="alla som heter så och står i listan över deltagare",
    ),
)
YEAR = Facet(
    name="ar",
    label="År",
    plural="år",
    summary="Year.",
    values=_years,
    pattern="^[0-9]{4}$",
    latest_first=True,
)
KIND = Facet(
    name="slag",
    label="Slag",
    plural="slag",
    summary="Kind of document.",
    values=_kind,
    typed=TypedFacet(
        example="slag:minnesanteckningar familjehem",
        finds="ordet i minnesanteckningar, inte i protokoll eller annat",
    ),
)

FACETS = {facet.name: facet for facet in (MUNICIPALITY, GROUP, PERSON, YEAR, KIND)}
"""Every facet by its name, in the order they are shown."""
