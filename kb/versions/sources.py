"""The content of each file of the program, cached while the file is unchanged."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from kb import caches

PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of the program that runs."""

_FORMAT = 1
_SETTLED = 2.0
"""Seconds after which a change of a file is sure to change its time."""

_DATA_NAME = re.compile(r"[\w/.-]+\.[a-z]+")
_UNSEEN = frozenset({"__pycache__", "lab", "web", "cli"})
"""Folders that no stage depends on: they show results, or measure them."""

Stamp = tuple[int, int, int, int]
"""Size, times of last change of content and of the file itself, and number of a file."""


class Source(msgspec.Struct, frozen=True):
    """The relevant content of a file.

    Attributes:
        stamp: What the file looked like.
        digest: Of its syntax tree, docstrings and comments left out; of a data file, its bytes.
        imports: What it imports, as "a.b" or, of "from a.b import c", "a.b:c".
        names: Text constants that may name data files or modules.
        acts: Whether importing it has effects other than defining names.
    """

    stamp: Stamp
    digest: bytes
    imports: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    acts: bool = False


class Sources:
    """The files below a package folder by their POSIX path in it.

    Args:
        package: The folder of the package.
        folder: Where the results are cached; None for nowhere.
    """

    def __init__(self, package: Path, folder: Path | None) -> None:
        self._package = package
        where = f"{package}\0{sys.version}\0{_FORMAT}"
        name = f"sources-{hashlib.blake2b(where.encode(), digest_size=8).hexdigest()}.msgpack"
        self._file = folder / name if folder else None
        known = self._load()
        self.by_path = {path: self._source(path, stat, known) for path, stat in _files(package)}
        if self.by_path != known:
            self._save()

    def _source(self, path: str, stat: os.stat_result, known: dict[str, Source]) -> Source:
        stamp = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        old = known.get(path)
        if old and old.stamp == stamp:
            return old
        return source_of(self._package / path, stamp)

    def _load(self) -> dict[str, Source]:
        if self._file is None:
            return {}
        try:
            return msgspec.msgpack.decode(self._file.read_bytes(), type=dict[str, Source])
        except (OSError, msgspec.DecodeError, ValueError):
            return {}

    def _save(self) -> None:
        """Save the cache; if it cannot be written, the next run takes a second longer."""
        before = time.time_ns() - int(_SETTLED * 1e9)
        settled = {
            path: source for path, source in self.by_path.items() if max(source.stamp[1:3]) < before
        }
        if self._file is None:
            return
        with suppress(OSError):
            caches.write(self._file, msgspec.msgpack.encode(settled))


def source_of(file: Path, stamp: Stamp) -> Source:
    """Return the relevant content of a file.

    Raises:
        ValueError: It is a module that imports another one relatively.
    """
    data = file.read_bytes()
    return _read(data, stamp) if file.suffix == ".py" else Source(stamp, _digest(data))


def default_sources() -> Sources:
    """Return the files of the program that runs."""
    try:
        return Sources(PACKAGE, caches.cache_folder())
    except RuntimeError:  # there is no home folder
        return Sources(PACKAGE, None)


def _files(package: Path) -> Iterator[tuple[str, os.stat_result]]:
    folders = [("", package)]
    while folders:
        before, folder = folders.pop()
        for entry in os.scandir(folder):
            if entry.name in _UNSEEN or entry.name[0] == ".":
                continue
            if entry.is_dir():
                folders.append((f"{before}{entry.name}/", Path(entry.path)))
            else:
                yield before + entry.name, entry.stat()


def _read(code: bytes, stamp: Stamp) -> Source:
    tree = ast.parse(code)
    imports: set[str] = set()
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise ValueError("relative imports are not followed")
            imports |= {f"{node.module}:{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Constant) and _DATA_NAME.fullmatch(str(node.value)):
            names.add(str(node.value))
        for field in ("body", "orelse", "finalbody"):
            if isinstance(block := getattr(node, field, None), list):
                setattr(node, field, [one for one in block if not _is_text(one)])
    return Source(
        stamp,
        _digest(ast.dump(tree).encode()),
        tuple(sorted(imports)),
        frozenset(names),
        not all(map(_only_names, tree.body)),
    )


def _is_text(node: ast.AST) -> bool:
    """Tell whether a statement is a docstring, also one of an attribute."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _only_names(node: ast.stmt) -> bool:
    """Tell whether a top-level statement of a module only defines names."""
    defining = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.AnnAssign)
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Name) for target in node.targets)
    return isinstance(node, defining)


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
