"""The desk of the command line: its user is administrator, and starts builds with `kb build`.

They can change the files by hand in any case, so the command line asks for no key.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kb.actions.desk import Desk
from kb.actions.permissions import AccessRole, Person
from kb.config import operator
from kb.errors import UserError
from kb.library import Library

if TYPE_CHECKING:
    from kb.build.missing import MissingAnswer
    from kb.read import Cache

BUILD = "Det märks när indexet har byggts om: kb build"


@dataclass(frozen=True, slots=True)
class ByHand:
    """A library whose index is built by `kb build` only."""

    library: Library
    index: Path

    def texts(self) -> Cache:
        """Return the texts that are kept beside the index."""
        from kb.build import pipeline

        return pipeline.texts(self.index)

    def build(self) -> None:
        """Start nothing: the user is told to run `kb build`, often after several commands."""

    def cancel_build(self) -> None:
        """Ask a build that runs to stop."""
        from kb.build import background

        background.cancel(self.index)

    def answer_missing(self, what: MissingAnswer) -> int:
        """Save the decision about documents whose files are gone; return how many."""
        from kb.build import missing
        from kb.build.status import status

        paths = status(self.library.folder, self.index).missing
        if not paths:
            raise UserError("Inga dokument saknas i mappen.")
        missing.answer(self.index, paths, what)
        return len(paths)


def desk(library: Path, index: Path) -> Desk:
    """Return the desk of the user who runs the program.

    Raises:
        UserError: There is no such library.
    """
    if not library.is_dir():
        raise UserError(f"Biblioteksmappen ”{library}” finns inte.")
    person = Person(operator(), AccessRole.ADMINISTRATOR)
    return Desk(person, ByHand(Library(library), index))
