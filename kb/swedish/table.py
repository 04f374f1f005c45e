"""A read-only hash table of byte strings, in a file that is mapped and never loaded.

The idea is D. J. Bernstein's constant database (cdb): slots point to records, a
lookup touches one slot and one record, opening costs nothing and processes share the
pages. Here with 32-bit offsets, open addressing and CRC-32 as its hash.

Layout, little-endian: magic (8 bytes), fingerprint (32 bytes), CRC-32 of the rest (4),
number of slots (4), slots (4 each, 0 = empty), then records: length of key (1), key,
length of value (1), value.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterable
from sys import byteorder

MAGIC = b"kbtable1"
_HEAD = struct.Struct("<8s32sII")


class StringTable:
    """The lookup side.

    Args:
        data: What `build` returned, as bytes or as a memory map.

    Raises:
        ValueError: If `data` is not a whole table.
    """

    def __init__(self, data: bytes | memoryview) -> None:
        if len(data) < _HEAD.size:
            raise ValueError("not a table")
        magic, fingerprint, crc, slots = _HEAD.unpack_from(data)
        self.fingerprint: bytes = fingerprint
        self._crc: int = crc
        self._slots: int = slots
        start = _HEAD.size + 4 * self._slots
        if magic != MAGIC or self._slots & (self._slots - 1) or len(data) <= start:
            raise ValueError("not a table")
        self._data = data
        view = memoryview(data)[_HEAD.size : start]
        if byteorder == "little":
            self._index: memoryview | tuple[int, ...] = view.cast("I")
        else:
            self._index = struct.unpack(f"<{self._slots}I", view)

    def whole(self) -> bool:
        """Whether the checksum is right; reads all of the data."""
        found: int = zlib.crc32(memoryview(self._data)[_HEAD.size :])
        return found == self._crc

    def get(self, key: bytes) -> bytes | None:
        """Return the value of `key`, None if there is none."""
        data, index, mask = self._data, self._index, self._slots - 1
        slot = zlib.crc32(key) & mask
        size = len(key)
        while at := index[slot]:
            if data[at] == size and data[at + 1 : at + 1 + size] == key:
                at += 1 + size
                return bytes(data[at + 1 : at + 1 + data[at]])
            slot = (slot + 1) & mask
        return None


def build(items: Iterable[tuple[bytes, bytes]], fingerprint: bytes) -> bytes:
    """Return the table of `items` (keys and values at most 255 bytes) as bytes."""
    records = bytearray()
    places = array("I")
    hashes = array("I")
    for key, value in items:
        places.append(len(records))
        hashes.append(zlib.crc32(key))
        records += bytes((len(key),)) + key + bytes((len(value),)) + value
    slots = 1 << max(3, (2 * len(places) - 1).bit_length())
    index = array("I", bytes(4 * slots))
    mask = slots - 1
    begin = _HEAD.size + 4 * slots
    for place, number in zip(places, hashes, strict=True):
        slot = number & mask
        while index[slot]:
            slot = (slot + 1) & mask
        index[slot] = begin + place
    if byteorder != "little":
        index.byteswap()
    body = index.tobytes() + records + b"\0"
    return _HEAD.pack(MAGIC, fingerprint, zlib.crc32(body), slots) + body
