"""Documents set aside on disk between the two looks of a build, so that memory stays small."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import msgspec

from kb.model import Document

_LENGTH = 8
"""Bytes that hold the length of a record."""


class Spill:
    """A file of documents, written one by one, then read back in the same order."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stream = file.open("wb")
        self._encoder = msgspec.msgpack.Encoder()

    def __enter__(self) -> Spill:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()
        self._file.unlink(missing_ok=True)

    def add(self, document: Document) -> None:
        """Set `document` aside."""
        record = self._encoder.encode(document)
        self._stream.write(len(record).to_bytes(_LENGTH, "big") + record)

    def __iter__(self) -> Iterator[Document]:
        """Yield the documents set aside so far."""
        self._stream.flush()
        decoder = msgspec.msgpack.Decoder(Document)
        with self._file.open("rb") as stream:
            while size := stream.read(_LENGTH):
                yield decoder.decode(stream.read(int.from_bytes(size, "big")))
