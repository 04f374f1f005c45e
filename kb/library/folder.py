"""The folder of originals: what lies in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kb.errors import UserError

_SIDECAR = ".toml"

ARTICLES = "kunskap"
"""Folder of the library that holds what people write themselves."""


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


def history(file: Path) -> Path:
    """Return the folder where the earlier versions of a file lie, if it has any."""
    return file.parent / ".versioner" / file.name


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


def _stamp_of(entry: os.DirEntry[str]) -> tuple[int, int]:
    stat = entry.stat()
    return stat.st_size, stat.st_mtime_ns


class Library:
    """A folder of originals."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def originals(self) -> list[Original]:
        """List every original of the library by path.

        Raises:
            UserError: There is no such folder, or one in it cannot be read.
        """
        found = []
        for path, file, beside in self._files():
            if not file.name.endswith(_SIDECAR):
                with suppress(FileNotFoundError):  # it has just gone
                    stamp = _stamp_of(beside) if beside else None
                    found.append(Original(path, Path(file.path), *_stamp_of(file), stamp))
        return sorted(found, key=lambda original: original.path)

    def sidecars(self) -> list[tuple[str, Path]]:
        """List the library path of every sidecar, and the original it belongs to.

        Raises:
            UserError: There is no such folder.
        """
        return sorted(
            (path, Path(file.path).with_suffix(""))
            for path, file, _ in self._files()
            if file.name.endswith(_SIDECAR)
        )

    def _files(self) -> Iterator[tuple[str, os.DirEntry[str], os.DirEntry[str] | None]]:
        """Yield every file of the library with its library path and its sidecar; none hidden.

        A library may hold 100,000 files, and every build asks: each is looked at once.
        """
        if not self.folder.is_dir():
            raise UserError(f"Biblioteksmappen ”{self.folder}” finns inte.")
        folders = [("", str(self.folder))]
        while folders:
            before, folder = folders.pop()
            try:
                entries = {own.name: own for own in os.scandir(folder) if own.name[0] != "."}
            except FileNotFoundError:  # it has just gone
                continue
            except OSError as error:  # what cannot be seen must not be taken for gone
                why = f"Mappen ”{folder}” går inte att läsa: {error.strerror}."
                raise UserError(why) from error
            for name, entry in entries.items():
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{before}{name}/", entry.path))
                elif entry.is_file():
                    yield before + name, entry, entries.get(name + _SIDECAR)

    def locate(self, path: str) -> Path | None:
        """Return the file of a library path, or None if it is not an original in the library."""
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or "\0" in path:
            return None
        file = self.folder / pure
        return file if file.suffix != _SIDECAR and file.is_file() else None
