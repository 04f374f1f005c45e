"""ZIP archives: their files, unpacked within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from kb.errors import UserError
from kb.read import limits
from kb.system_files import is_system_file

_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A file that came inside another one; `data` is empty where `refused` says why."""

    name: str
    data: bytes
    refused: str = ""


class Room:
    """The remaining limits of unpacking a file and the files inside it."""

    def __init__(self) -> None:
        self._bytes, self._files = limits.UNPACKED_BYTES, limits.MEMBERS

    def use(self, size: int, files: int) -> None:
        """Use up a part of it.

        Raises:
            UserError: The part is more than what is left; nothing is used then.
        """
        if files > self._files:
            raise UserError(f"Arkivet innehåller fler än {limits.MEMBERS} filer.")
        if size > self._bytes:
            limits.check_size(limits.UNPACKED_BYTES - self._bytes + size, limits.UNPACKED_BYTES)
        self._bytes, self._files = self._bytes - size, self._files - files


def check(data: bytes, room: Room | None = None) -> None:
    """Check that an archive, or a document in that format, can be unpacked safely.

    Args:
        data: The archive.
        room: The remaining limits, if it lies in another file.

    Raises:
        UserError: It is damaged, or its content exceeds the limits.
    """
    with _opened(data) as archive:
        infos = archive.infolist()
        (room or Room()).use(sum(info.file_size for info in infos), len(infos))
        for info in infos:
            large = info.file_size > limits.SUSPICIOUS_BYTES
            if large and info.file_size > limits.RATIO * max(1, info.compress_size):
                raise UserError("Filen växer orimligt när den packas upp och läses därför inte.")


def members(data: bytes, room: Room) -> Iterator[Member]:
    """Return the files in an archive; one that cannot be unpacked says why.

    Raises:
        UserError: The archive as a whole cannot be used.
    """
    check(data, room)
    return _unpacked(data)


def _unpacked(data: bytes) -> Iterator[Member]:
    with _opened(data) as archive:
        for info in archive.infolist():
            parts = PurePosixPath(info.filename.replace("\\", "/")).parts
            if info.is_dir() or not parts or any(map(is_system_file, parts)):
                continue
            name = parts[-1]
            if info.flag_bits & _ENCRYPTED:
                yield Member(name, b"", "Filen är skyddad med lösenord.")
                continue
            try:
                with archive.open(info) as packed:
                    # The stated size may be wrong; no more than that is read.
                    content = packed.read(limits.FILE_BYTES + 1)
                limits.check_size(len(content))
            except UserError as error:
                yield Member(name, b"", str(error))
            except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError):
                yield Member(name, b"", "Filen är skadad och går inte att packa upp.")
            else:
                yield Member(name, content)


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise UserError("Filen är skadad: den går inte att packa upp.") from error
