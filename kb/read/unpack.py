"""Unpack files that contain others: archives and messages."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import UserError
from kb.read import limits
from kb.read.archive import Member, Room, members
from kb.read.content import FileKind, kind_of
from kb.read.email import attachments


def unpack(name: str, data: bytes, room: Room | None = None, depth: int = 0) -> Iterator[Member]:
    """Return the files inside another one: in an archive, or attached to a message.

    A file that contains no others gives nothing.

    Args:
        name: The file's name.
        data: Its content.
        room: The remaining limits.
        depth: Number of files that it is nested in.

    Raises:
        UserError: It cannot be unpacked.
    """
    room = room or Room()
    match kind_of(name, data):
        case FileKind.ZIP:
            found = members(data, room)
        case FileKind.EMAIL:
            attached = [Member(name_inside, content) for name_inside, content in attachments(data)]
            room.use(sum(len(member.data) for member in attached), len(attached))
            found = iter(attached)
        case _:
            return iter(())
    if depth < limits.DEPTH:
        return found
    if next(found, None) is None:
        return iter(())
    raise UserError("Filen ligger för djupt inne i andra. Packa upp dem och lägg till den för sig.")
