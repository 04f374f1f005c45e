"""Where somebody works: who they are, on which library, and what builds its index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from kb.actions.permissions import Person, Right
from kb.errors import NotFoundError, UserError
from kb.library import Library, log

if TYPE_CHECKING:
    from kb.build.missing import MissingAnswer
    from kb.read import Cache

T = TypeVar("T")


class Workspace(Protocol):
    """A library and its index, as actions need them."""

    @property
    def library(self) -> Library:
        """The folder of originals."""
        ...

    def texts(self) -> Cache | None:
        """Return where extracted texts are kept, or None if they are not."""
        ...

    def build(self) -> None:
        """Have the index built; the library has changed.

        Raises:
            UserError: No build can be started.
        """
        ...

    def cancel_build(self) -> None:
        """Ask a build that runs to stop."""
        ...

    def answer_missing(self, what: MissingAnswer) -> int:
        """Note what is to become of documents whose files are gone; return how many.

        Raises:
            UserError: It cannot be noted.
        """
        ...


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What came of an action.

    Attributes:
        result: What it made.
        unbuilt: Why no build was started after it (Swedish); empty if one was, or none is needed.
    """

    result: T
    unbuilt: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """A person at work."""

    person: Person
    workspace: Workspace

    @property
    def library(self) -> Library:
        """The library."""
        return self.workspace.library

    @property
    def folder(self) -> Path:
        """The library's folder."""
        return self.workspace.library.folder

    def require(self, right: Right) -> None:
        """Do nothing if the person has a right; raises `NotAllowedError` otherwise."""
        self.person.require(right)

    def original(self, doc_id: str) -> Path:
        """Return the file of a document.

        Raises:
            NotFoundError: There is none in the library.
        """
        file = self.library.locate(doc_id)
        if file is None:
            raise NotFoundError(f"Det finns inget dokument ”{doc_id}” i ”{self.folder}”.")
        return file

    def record(self, act: log.Act, doc_id: str = "", detail: str = "") -> None:
        """Write down in the log what the person has done."""
        log.record(self.folder, self.person.name, act, doc_id, detail)

    def rebuild(self) -> str:
        """Have the index built; what was done is done even if that cannot be.

        Returns:
            Why no build was started (Swedish), empty if one was.
        """
        try:
            self.workspace.build()
        except UserError as error:
            return str(error)
        return ""
