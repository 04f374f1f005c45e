"""Who may do what: one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from kb.errors import UserError


class AccessRole(IntEnum):
    """What somebody may do; each role may do all that those before it may."""

    READER = 1  # läsare
    EDITOR = 2  # redaktör
    ADMINISTRATOR = 3  # administratör


class Right(StrEnum):
    """Something that not everybody may do."""

    READ = "read"  # search and read what is not hidden
    SEE_HIDDEN = "see hidden"  # originals with hidden parts, headings of hidden sections
    SEE_LOG = "see log"
    SEE_SENDINGS = "see sendings"  # receipts and the inbox
    SEE_BIN = "see bin"
    CORRECT = "correct"  # words and facts
    HIDE = "hide"  # sections, and take that back
    DECIDE_NAMES = "decide names"
    ADD_FILES = "add files"
    ANSWER = "answer"  # about files that contain identity numbers
    REMOVE = "remove"
    RESTORE = "restore"
    EMPTY_BIN = "empty bin"
    WRITE = "write"  # articles
    BUILD = "build"  # start a build, or cancel it
    CONFIGURE = "configure"  # whether the library is watched


REQUIRED: Mapping[Right, AccessRole] = {
    Right.READ: AccessRole.READER,
    Right.SEE_HIDDEN: AccessRole.EDITOR,
    Right.SEE_LOG: AccessRole.EDITOR,
    Right.SEE_SENDINGS: AccessRole.EDITOR,
    Right.SEE_BIN: AccessRole.EDITOR,
    Right.CORRECT: AccessRole.EDITOR,
    Right.HIDE: AccessRole.EDITOR,
    Right.DECIDE_NAMES: AccessRole.EDITOR,
    Right.ADD_FILES: AccessRole.EDITOR,
    Right.ANSWER: AccessRole.EDITOR,
    Right.REMOVE: AccessRole.EDITOR,
    Right.RESTORE: AccessRole.EDITOR,
    Right.EMPTY_BIN: AccessRole.ADMINISTRATOR,
    Right.WRITE: AccessRole.EDITOR,
    Right.BUILD: AccessRole.EDITOR,
    Right.CONFIGURE: AccessRole.ADMINISTRATOR,
}
"""The role that each right requires."""


class NotAllowedError(UserError):
    """The person lacks the right; nothing was done."""

    def __init__(self, right: Right) -> None:
        super().__init__("Det får du inte göra.")
        self.right = right


@dataclass(frozen=True, slots=True)
class Person:
    """Who does something: the name that is logged, and the role."""

    name: str
    role: AccessRole

    def may(self, right: Right) -> bool:
        """Tell whether they have a right."""
        return self.role >= REQUIRED[right]

    def require(self, right: Right) -> None:
        """Check that they have a right.

        Raises:
            NotAllowedError: They do not.
        """
        if not self.may(right):
            raise NotAllowedError(right)
