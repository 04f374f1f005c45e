"""The folder of originals: what lies in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kb.errors import UserError

_SIDECAR = ".toml"


@dataclass(frozen=True, slots=True)
class Original:
    """A file in the library.

    Attributes:
        path: POSIX path inside the library; also the document's id.
        file: Where it lies.
        size: Bytes.
        modified: Time of last change, in nanoseconds since 1970.
        corrected: Size and time of last change of its sidecar, or None if it has none.
    """

    path: str
    file: Path
    size: int
    modified: int
    corrected: tuple[int, int] | None = None


def sidecar(original: Path) -> Path:
    """Return where the corrections of an original lie, if it has any."""
    return original.with_name(original.name + _SIDECAR)


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
    return Original(path, file, stat.st_size, stat.st_mtime_ns, _stamp(sidecar(file)))


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


class Library:
    """A folder of originals."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def originals(self) -> list[Original]:
        """List every original of the library by path.

        Raises:
            UserError: There is no such folder.
        """
        found = [original(f, self.folder) for f in self._files() if f.suffix != _SIDECAR]
        return sorted(found, key=lambda original: original.path)

    def sidecars(self) -> list[tuple[str, Path]]:
        """List the library path of every sidecar, and the original it belongs to.

        Raises:
            UserError: There is no such folder.
        """
        return sorted(
            (file.relative_to(self.folder).as_posix(), file.with_suffix(""))
            for file in self._files()
            if file.suffix == _SIDECAR
        )

    def _files(self) -> Iterator[Path]:
        """Yield every file of the library, hidden ones aside."""
        if not self.folder.is_dir():
            raise UserError(f"Biblioteksmappen ”{self.folder}” finns inte.")
        for folder, subfolders, names in os.walk(self.folder):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            for name in names:
                file = Path(folder, name)
                if not name.startswith(".") and file.is_file():
                    yield file

    def locate(self, path: str) -> Path | None:
        """Return the file of a library path, or None if it is not an original in the library."""
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or "\0" in path:
            return None
        file = self.folder / pure
        return file if file.suffix != _SIDECAR and file.is_file() else None
