"""Names of places and people, and when a word in running text is one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from kb.swedish.tables import rows, words

_HERE = "kb.swedish"
_GENITIVE = "s"
_LONGEST_NAME = 11
"""Letters; longer words with the endings of names are mostly compounds ("Familjegård")."""


class Names:
    """The names used in Sweden. The lists are read on first use."""

    @cached_property
    def places(self) -> dict[str, str]:
        """Places of one word, by their lower-case form."""
        names = {*words(_HERE, "places.txt"), *words(_HERE, "other_names.txt")}
        for _, municipality, county, *_ in rows(_HERE, "municipalities.tsv"):
            land = county.removesuffix(" län")
            names |= {municipality, land, land.removesuffix("s")}
        return _by_form(names)

    @cached_property
    def people(self) -> dict[str, str]:
        """Given names and surnames, by their lower-case form."""
        return _by_form(self.given_names.union(words(_HERE, "surnames.txt")))

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Given names as they are written."""
        return frozenset(words(_HERE, "given_names.tsv"))

    def is_given_name(self, text: str) -> bool:
        """Whether `text`, as it is written, is a given name."""
        return text in self.given_names

    def find(self, form: str) -> str | None:
        """Return the name that `form` (lower case) is or is the genitive of, else None."""
        for known in (self.places, self.people):
            name = known.get(form)
            if name is not None:
                return name
        if form.endswith(_GENITIVE) and len(form) > 3:
            base = form[:-1].rstrip("':’")
            return self.places.get(base) or self.people.get(base)
        return None

    def looks_like(self, form: str) -> bool:
        """Whether `form` is built as surnames and place names are: "hovberg"."""
        return len(form) <= _LONGEST_NAME and form.endswith(self._endings)

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return words(_HERE, "name_endings.txt")

    def is_place(self, name: str) -> bool:
        """Whether a name that `find` returned is a place."""
        return name.lower() in self.places


def _by_form(names: Iterable[str]) -> dict[str, str]:
    return {name.lower(): name for name in names if " " not in name and len(name) > 1}
