"""What one entry of a list of people says."""

from __future__ import annotations

from typing import NamedTuple

from kb.model import Presence, Role


class PersonEntry(NamedTuple):
    """What one entry of a list says; `start` and `end` are its place in the text.

    Attributes:
        name: The name.
        during: For which part of the meeting, as stated.
        sure: How surely this is a person's name, 0-1.
        named: The place of the name alone.
    """

    name: str
    start: int
    end: int
    municipality: str | None = None
    organisation: str | None = None
    role: Role | None = None
    title: str | None = None
    presence: Presence | None = None
    during: str | None = None
    sure: float = 0.95
    named: tuple[int, int] = (0, 0)


class Town(NamedTuple):
    """A municipality listed itself, without anybody named, and whether it took part."""

    name: str
    presence: Presence | None
    start: int
    end: int
