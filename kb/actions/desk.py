"""A person at work on a library: who they are, which library, and how its index is built."""

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
        """Start a build, since the library has changed.

        Raises:
            UserError: No build can be started.
        """
        ...

    def cancel_build(self) -> None:
        """Ask a build that runs to stop."""
        ...

    def answer_missing(self, what: MissingAnswer) -> int:
        """Save the decision about documents whose files are gone; return how many.

        Raises:
            UserError: It cannot be saved.
        """
        ...


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The result of an action.

    Attributes:
        result: What it returned.
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
        """Check that the person has a right; raises `NotAllowedError` if not."""
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
        """Log what the person has done."""
        log.record(self.folder, self.person.name, act, doc_id, detail)

    def rebuild(self) -> str:
        """Start a build; the action stays done even if no build can be started.

        Returns:
            Why no build was started (Swedish), empty if one was.
        """
        try:
            self.workspace.build()
        except UserError as error:
            return str(error)
        return ""
