"""A small library, and people of every role at work in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kb.actions.desk import Desk
from kb.actions.permissions import AccessRole, Person
from kb.build.missing import MissingAnswer
from kb.errors import UserError
from kb.library import Library, log

TEXT = "Möte i Klippan den 3 mars 2021.\n\nHoganis var med.\n"


@dataclass
class FakeWorkspace:
    library: Library
    builds: int = 0
    cancelled: int = 0
    problem: str = ""
    answered: MissingAnswer | None = None
    kept: list[str] = field(default_factory=list)

    def texts(self) -> None:
        """Nothing is kept."""

    def build(self) -> None:
        if self.problem:
            raise UserError(self.problem)
        self.builds += 1

    def cancel_build(self) -> None:
        self.cancelled += 1

    def answer_missing(self, what: MissingAnswer) -> int:
        self.answered = what
        return 7


@pytest.fixture
def workspace(tmp_path: Path) -> FakeWorkspace:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    return FakeWorkspace(Library(folder))


@pytest.fixture
def desk_of(workspace: FakeWorkspace) -> Callable[[AccessRole], Desk]:
    return lambda role: Desk(Person("anna", role), workspace)


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, hidden ones and all."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.endswith((".las", ".lock"))
    }


def acts(folder: Path) -> list[tuple[str, log.Act]]:
    return [(event.by, event.act) for event in log.events(folder)]
