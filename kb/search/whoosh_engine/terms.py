"""Whoosh's term dictionary, written in bulk and read from mapped pages.

The file is Whoosh's own (`filedb.filetables`): keys in order with their values, a hash
table over them as in Bernstein's CDB, and the places of the keys for searching them in
order. A key is the number of the field and the term's bytes; a value is Whoosh's
statistics of the term and, where Whoosh points into its postings file, the term's
ordinal in its field.
"""

from __future__ import annotations

import mmap
import struct
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, overload
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb import filetables
from whoosh.filedb.structfile import StructFile
from whoosh.util.numlists import GrowableArray

_CRC32 = 1  # Whoosh's number for it; its default, MD5, is slower and no better here
_FIELD = struct.Struct("!H")
_LENGTHS = struct.Struct("!II")
_VALUE = np.dtype(
    [
        ("flags", "u1"),
        ("weight", ">f4"),
        ("doc_freq", ">u4"),
        ("min_length", "u1"),
        ("max_length", "u1"),
        ("max_weight", ">f4"),
        ("min_doc", ">u4"),
        ("max_doc", ">u4"),
        ("ordinal", ">i8"),
        ("unused", ">i4"),
    ]
)
"""The bytes of a `W3TermInfo` whose postings are not inlined."""


def term_infos(**columns: NDArray[Any]) -> NDArray[Any]:
    """Return the values of some terms from columns named as in `_VALUE`."""
    infos = np.zeros(len(columns["ordinal"]), _VALUE)
    for name, column in columns.items():
        infos[name] = column
    return infos


class TermWriter(filetables.OrderedHashWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes the terms of all fields, in order."""

    def __init__(self, file: StructFile) -> None:
        # Not its own __init__, which leaves no choice of hash.
        filetables.HashWriter.__init__(self, file, hashtype=_CRC32)
        self.index = GrowableArray("I")
        self.lastkey: bytes = b""
        self._fields: dict[str, int] = self.extras.setdefault("fieldmap", {})

    def add_terms(self, field: str, terms: Sequence[bytes], infos: NDArray[Any]) -> None:
        """Write terms of a field that follow those written before."""
        if not terms:
            return
        beginning = _FIELD.pack(self._fields.setdefault(field, len(self._fields)))
        keys = [beginning + term for term in terms]
        if keys[0] <= self.lastkey:
            raise ValueError(f"{keys[0]!r} comes after {self.lastkey!r}")
        packed, size = infos.tobytes(), _VALUE.itemsize
        records = [
            b"".join((_LENGTHS.pack(len(key), size), key, packed[i * size : (i + 1) * size]))
            for i, key in enumerate(keys)
        ]
        at = self.dbfile.tell()
        places = list(accumulate(map(len, records), initial=at))[:-1]
        self.dbfile.write(b"".join(records))
        self.index.extend(places)
        for found, place in zip(map(crc32, keys), places, strict=True):
            self.buckets[found & 255].append((found, place))
        self.lastkey = keys[-1]


class TermReader:
    """The terms of all fields of a segment. Safe to share between threads.

    Attributes:
        fields: The number of each field that has terms.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            whole = filetables.OrderedHashReader(StructFile(file), path.stat().st_size)
            self.fields: dict[str, int] = whole.extras["fieldmap"]
            kind, base, count = whole.extras["indextype"], whole.indexbase, whole.indexlen
            self._end: int = whole.endofdata
            self._tables: list[tuple[int, int]] = whole.tables
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        dtype = np.dtype(">" + {"B": "u1", "H": "u2", "i": "i4", "I": "u4", "q": "i8"}[kind])
        self._places = np.frombuffer(self._map, dtype, count, base)

    def field(self, name: str) -> FieldTerms:
        """Return the terms of one field, in order."""
        number = self.fields.get(name)
        if number is None:
            return FieldTerms(self, b"", 0, 0)
        everything = FieldTerms(self, b"", 0, len(self._places))
        first = bisect_left(everything, _FIELD.pack(number))
        behind = bisect_left(everything, _FIELD.pack(number + 1), first)
        return FieldTerms(self, _FIELD.pack(number), first, behind)

    def ordinal(self, key: bytes) -> int | None:
        """Return the ordinal that the value of a key holds, or None if there is no such key."""
        found, data = crc32(key), self._map
        table, slots = self._tables[found & 255]
        if not slots:
            return None
        slot = (found >> 8) % slots
        while True:  # a table has empty slots, where a search ends
            known, place = _SLOT.unpack_from(data, table + slot * _SLOT.size)
            if not place:
                return None
            if known == found:
                length, _ = _LENGTHS.unpack_from(data, place)
                end = place + _LENGTHS.size + length
                if data[end - length : end] == key:
                    ordinal: int = _ORDINAL.unpack_from(data, end + _ORDINAL_AT)[0]
                    return ordinal
            slot = (slot + 1) % slots

    def key(self, at: int) -> bytes:
        """Return the key at a place in the order of all keys."""
        place = int(self._places[at])
        (length,) = _FIRST_LENGTH.unpack_from(self._map, place)
        place += _LENGTHS.size
        return self._map[place : place + length]

    def keys(self, first: int, behind: int, skip: int) -> list[bytes]:
        """Return a range of keys without their first `skip` bytes."""
        if first >= behind:
            return []
        starts = self._places[first:behind].astype(np.int64)
        last = int(self._places[behind]) if behind < len(self._places) else self._end
        ends = np.append(starts[1:], last) - _VALUE.itemsize
        starts += _LENGTHS.size + skip
        data = self._map
        return [data[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]


_FIRST_LENGTH = struct.Struct("!I")
_SLOT = struct.Struct("!Iq")
_ORDINAL = struct.Struct("!q")
_ORDINAL_AT = np.dtype(_VALUE.descr[:8]).itemsize


class FieldTerms(Sequence[bytes]):
    """The terms of one field in order; their places are the ordinals."""

    def __init__(self, reader: TermReader, beginning: bytes, first: int, behind: int) -> None:
        self._reader = reader
        self._beginning = beginning
        self._first = first
        self._behind = behind

    def __len__(self) -> int:
        return self._behind - self._first

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        skip = len(self._beginning)
        if isinstance(at, slice):
            first, behind, step = at.indices(len(self))
            return self._reader.keys(self._first + first, self._first + behind, skip)[::step]
        return self._reader.key(self._first + range(len(self))[at])[skip:]

    def find(self, term: bytes) -> int | None:
        """Return the ordinal of a term, or None."""
        return self._reader.ordinal(self._beginning + term) if len(self) else None

    def range(self, beginning: bytes) -> tuple[int, int]:
        """Return the first ordinal of the terms that begin so, and the one behind the last."""
        first = bisect_left(self, beginning)
        behind = _successor(beginning)
        return first, len(self) if behind is None else bisect_left(self, behind, first)


def _successor(beginning: bytes) -> bytes | None:
    """Return the least bytes above all with a prefix; None if there are none."""
    trimmed = beginning.rstrip(b"\xff")
    return trimmed[:-1] + bytes([trimmed[-1] + 1]) if trimmed else None
