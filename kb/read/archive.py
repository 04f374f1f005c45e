"""ZIP archives: what is in them, without ever unpacking more than is allowed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from kb.errors import UserError
from kb.read import limits

_ENCRYPTED = 0x1
_IGNORED = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Member:
    """A file that came inside another one; `data` is empty where `refused` says why."""

    name: str
    data: bytes
    refused: str = ""


def check(data: bytes) -> None:
    """See that an archive, or a document that is one inside, can be unpacked safely.

    Raises:
        UserError: It is damaged, or would grow beyond all measure.
    """
    with _opened(data) as archive:
        infos = archive.infolist()
        if len(infos) > limits.MEMBERS:
            raise UserError(f"Arkivet innehåller fler än {limits.MEMBERS} filer.")
        limits.check_size(sum(info.file_size for info in infos), limits.UNPACKED_BYTES)
        for info in infos:
            large = info.file_size > limits.SUSPICIOUS_BYTES
            if large and info.file_size > limits.RATIO * max(1, info.compress_size):
                raise UserError("Filen växer orimligt när den packas upp och läses därför inte.")


def members(data: bytes) -> Iterator[Member]:
    """Yield the files in an archive; one that cannot be unpacked says why.

    Raises:
        UserError: The archive as a whole cannot be used.
    """
    check(data)
    with _opened(data) as archive:
        for info in archive.infolist():
            parts = PurePosixPath(info.filename.replace("\\", "/")).parts
            if info.is_dir() or not parts or _IGNORED.intersection(parts):
                continue
            name = parts[-1]
            if info.flag_bits & _ENCRYPTED:
                yield Member(name, b"", "Filen är skyddad med lösenord.")
                continue
            try:
                with archive.open(info) as packed:
                    # The stated size may lie; what is read may not be more.
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
