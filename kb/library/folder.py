"""The folder of originals and its files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kb import system
from kb.errors import UserError, because
from kb.layout import SIDECAR, VERSIONS
from kb.system_files import is_system_file

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
"""Signs that break a line or steer a terminal; an address cannot hold them."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file in the library.

    Attributes:
        path: POSIX path inside the library; also the document's id.
        file: Its location.
        size: Bytes.
        modified: Time of last change, in nanoseconds since 1970.
        corrected: Size and time of last change of its sidecar, or None if it has none.
        unusable: Why it cannot be a document whatever is in it (Swedish), empty if it can.
    """

    path: str
    file: Path
    size: int
    modified: int
    corrected: tuple[int, int] | None = None
    unusable: str = ""


def sidecar(original: Path) -> Path:
    """Return the path of the sidecar of an original, whether or not it exists."""
    return original.with_name(original.name + SIDECAR)


def has_sidecar(original: Path) -> bool:
    """Tell whether an original has a sidecar; one with a name of maximal length has none."""
    return _stamp(sidecar(original)) is not None


def history(file: Path) -> Path:
    """Return the folder of the earlier versions of a file, whether or not it exists."""
    return file.parent / VERSIONS / file.name


def original(file: Path, folder: Path | None = None) -> Original:
    """Describe `file`; its path is taken from `folder`, or is its name alone.

    Raises:
        UserError: There is no such file.
    """
    try:
        stat = file.stat()
    except OSError as error:
        raise UserError(f"Filen ”{file}” går inte att öppna: {because(error)}.") from error
    path = file.relative_to(folder).as_posix() if folder else file.name
    return Original(path, file, stat.st_size, stat.st_mtime_ns, _stamp(sidecar(file)))


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _stamp_of(entry: os.DirEntry[str]) -> tuple[int, int]:
    stat = entry.stat(follow_symlinks=False)
    return stat.st_size, stat.st_mtime_ns


def _unusable(path: str, entry: os.DirEntry[str]) -> str:
    """Return why a file cannot be a document, in Swedish, or nothing."""
    if entry.is_symlink():  # it may lead out of the library, in a circle, or nowhere
        return "Genvägar följs inte. Lägg själva filen eller mappen i biblioteket."
    if not entry.is_file(follow_symlinks=False):
        return "Det är ingen vanlig fil."
    if path != _written(path):
        return "Filens eller mappens namn är inte skrivet i UTF-8. Byt namn på den."
    if _CONTROL.search(path):
        return "Filens eller mappens namn innehåller radbrytning eller styrtecken. Byt namn på den."
    return ""


def _counts(name: str) -> bool:
    """Tell whether a file or folder may be a document or hold some.

    Names that begin with a dot are internal: bin, inbox and log; and "..".
    """
    return name[0] != "." and not is_system_file(name)


def _written(path: str) -> str:
    """Return a path as text; bytes that are none, as in names from old systems, as escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


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
            if not file.name.endswith(SIDECAR):
                with suppress(FileNotFoundError):  # it has just gone
                    stamp = _stamp_of(beside) if beside else None
                    size, modified = _stamp_of(file)
                    found.append(
                        Original(
                            path=_written(path),
                            file=Path(file.path),
                            size=size,
                            modified=modified,
                            corrected=stamp,
                            unusable=_unusable(path, file),
                        )
                    )
        return sorted(found, key=lambda original: original.path)

    def sidecars(self) -> list[tuple[str, Path]]:
        """List the library path of every sidecar, and the original it belongs to.

        Raises:
            UserError: There is no such folder.
        """
        return sorted(
            (_written(path), Path(file.path).with_suffix(""))
            for path, file, _ in self._files()
            if file.name.endswith(SIDECAR)
        )

    def _files(self) -> Iterator[tuple[str, os.DirEntry[str], os.DirEntry[str] | None]]:
        """Yield every file of the library with its library path and its sidecar.

        Hidden files and files left by operating systems are skipped. All else that is no folder
        counts as a file, so that nothing is skipped silently. A library may have 100,000 files, and
        every build lists them, so each is examined once.
        """
        if not self.folder.is_dir():
            raise UserError(f"Biblioteksmappen ”{self.folder}” finns inte.")
        folders = [("", str(self.folder))]
        while folders:
            before, folder = folders.pop()
            try:
                entries = {entry.name: entry for entry in os.scandir(folder) if _counts(entry.name)}
            except FileNotFoundError:  # it has just gone
                continue
            except OSError as error:  # what cannot be seen must not be taken for gone
                why = f"Mappen ”{folder}” går inte att läsa: {because(error)}."
                raise UserError(why) from error
            for name, entry in entries.items():
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{before}{name}/", entry.path))
                else:
                    yield before + name, entry, entries.get(name + SIDECAR)

    def locate(self, path: str) -> Path | None:
        """Return the file of a library path, or None if it is not an original in the library."""
        pure = PurePosixPath(path)
        if pure.is_absolute() or not all(map(_counts, pure.parts)) or "\0" in path:
            return None
        if not system.NOT_IN_NAMES.isdisjoint(path):
            return None
        file = self.folder / pure
        if file.suffix == SIDECAR or not file.is_file():
            return None
        return file if file.resolve() == self.folder.resolve() / pure else None  # no symlink
