"""The library: a folder of originals, which are never changed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kb.errors import UserError


@dataclass(frozen=True, slots=True)
class Original:
    """A file in the library.

    Attributes:
        path: POSIX path inside the library; also the document's id.
        file: Where it lies.
        size: Bytes.
        modified: Time of last change, in nanoseconds since 1970.
    """

    path: str
    file: Path
    size: int
    modified: int


def original(file: Path, folder: Path | None = None) -> Original:
    """Describe `file`; its path is taken from `folder`, or is its name alone.

    Raises:
        UserError: There is no such file.
    """
    try:
        stat = file.stat()
    except OSError as error:
        raise UserError(f"Filen ”{file}” går inte att öppna: {error.strerror}.") from error
    path = file.relative_to(folder).as_posix() if folder else file.name
    return Original(path, file, stat.st_size, stat.st_mtime_ns)


class Library:
    """A folder of originals."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def originals(self) -> list[Original]:
        """List every file of the library by path, hidden ones aside.

        Raises:
            UserError: There is no such folder.
        """
        if not self.folder.is_dir():
            raise UserError(f"Biblioteksmappen ”{self.folder}” finns inte.")
        found = []
        for folder, subfolders, names in os.walk(self.folder):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            for name in names:
                file = Path(folder, name)
                if name.startswith(".") or not file.is_file():
                    continue
                found.append(original(file, self.folder))
        return sorted(found, key=lambda original: original.path)

    def locate(self, path: str) -> Path | None:
        """Return the file of a library path, or None if it is not a file in the library."""
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or "\0" in path:
            return None
        file = self.folder / pure
        return file if file.is_file() else None
