"""Named arrays in one file, mapped when read.

The arrays are stored one after another, aligned to 64 bytes, followed by a directory in JSON and
its length, as in an SSTable. So a file is written in one pass, an array may grow chunk by chunk,
and opening reads only the directory.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Ints = NDArray[np.integer[Any]]

_ALIGNMENT = 64
_END = struct.Struct("<Q8s")
_MAGIC = b"kbarray1"


class ArrayWriter:
    """Writes named arrays to one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._directory: dict[str, tuple[Any, int, int]] = {}
        self._growing: tuple[str, np.dtype[Any], int] | None = None

    def add(self, name: str, array: NDArray[Any]) -> None:
        """Write a whole array."""
        self.begin(name, array.dtype)
        self.append(array)

    def begin(self, name: str, dtype: DTypeLike) -> None:
        """Begin an array to append to, and end the one before."""
        self._end()
        self._file.write(bytes(-self._file.tell() % _ALIGNMENT))
        self._growing = name, np.dtype(dtype), self._file.tell()

    def append(self, array: NDArray[Any]) -> None:
        """Append to the array begun last."""
        assert self._growing is not None
        self._file.write(np.ascontiguousarray(array, self._growing[1]).data)

    def _end(self) -> None:
        if self._growing is None:
            return
        name, dtype, start = self._growing
        count = (self._file.tell() - start) // dtype.itemsize
        self._directory[name] = dtype.descr if dtype.names else dtype.str, start, count
        self._growing = None

    def close(self) -> None:
        """Write the directory."""
        self._end()
        directory = json.dumps(self._directory).encode()
        self._file.write(directory)
        self._file.write(_END.pack(len(directory), _MAGIC))
        self._file.close()

    def discard(self) -> None:
        """Delete the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> ArrayWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


class Arrays(Mapping[str, NDArray[Any]]):
    """The arrays of a file, as read-only views of its pages.

    The file may be deleted while views of it live.

    Raises:
        ValueError: The file is not one of arrays, or not whole.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._file = os.dup(file.fileno())
            weakref.finalize(self, os.close, self._file)
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        at = len(self._map) - _END.size
        length, magic = _END.unpack_from(self._map, max(at, 0))
        if magic != _MAGIC:
            raise ValueError(f"{path.name} is not a whole file of arrays")
        directory = json.loads(self._map[at - length : at])
        self._views = {name: self._view(*place) for name, place in directory.items()}
        self._starts = {name: start for name, (_, start, _) in directory.items()}

    def _view(self, kind: str | list[list[str]], start: int, count: int) -> NDArray[Any]:
        dtype = np.dtype(kind if isinstance(kind, str) else [(n, t) for n, t in kind])
        if not count:
            return np.empty(0, dtype)
        return np.frombuffer(self._map, dtype, count, start)

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._views[name]

    def read(self, name: str, first: int, behind: int) -> bytes:
        """Return the bytes of a stretch of an array, without mapping its pages.

        On a page fault the system also maps cached pages around it (Linux: 64 kB), so that a few
        scattered hits of every search would soon map all documents.
        """
        view = self._views[name]
        if not hasattr(os, "pread"):  # Windows
            return view[first:behind].tobytes()
        size = view.itemsize
        return os.pread(self._file, (behind - first) * size, self._starts[name] + first * size)

    def __iter__(self) -> Iterator[str]:
        return iter(self._views)

    def __len__(self) -> int:
        return len(self._views)


def narrow(array: NDArray[Any]) -> NDArray[Any]:
    """Return unsigned integers in the narrowest width that holds them."""
    most = int(array.max()) if len(array) else 0
    return array.astype(np.min_scalar_type(most), copy=False)


def starts_of(counts: NDArray[Any]) -> NDArray[np.int64]:
    """Return where each of several runs begins, laid end to end, and one more for the end."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def spans(starts: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int64]:
    """Return the numbers of several runs, one run after another.

    `spans([5, 20], [2, 3])` is [5, 6, 20, 21, 22].
    """
    counts = counts.astype(np.int64, copy=False)
    total = int(counts.sum())
    first = np.cumsum(counts) - counts
    moved: NDArray[np.int64] = np.repeat(starts.astype(np.int64, copy=False) - first, counts)
    moved += np.arange(total)
    return moved
