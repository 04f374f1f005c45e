"""Build an index with several processes, each of which writes a separate segment.

Reading words takes most of a build and is independent for each document, so it is distributed; the
segments are merged column by column at the end. Documents are passed as msgpack. The process is
chosen by the document's id, so that a document that comes twice is replaced.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from queue import Full
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec
from whoosh import index
from whoosh.reading import SegmentReader
from whoosh.writing import NO_MERGE

from kb import logs
from kb.errors import OperatorError
from kb.model import Document
from kb.parent_watch import end_with_parent
from kb.search.whoosh_engine.schema import schema
from kb.search.whoosh_engine.writer import ArrayIndexWriter
from kb.swedish.analysis import default_analyzer

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.queues import Queue

PARCEL = 32
"""Documents that are passed at a time."""

_WAITING = 8  # parcels; a process that reads faster than the others write must wait

_Parcels = list[Document]


def build(folder: Path, documents: Iterable[Document], processes: int) -> None:
    """Add `documents` to the empty index in `folder`.

    Raises:
        OSError: A process could not write, as on a full disk.
        OperatorError: A process ended before its time.
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix="segments-") as where:
        workers = [_Worker(Path(where, str(number))) for number in range(processes)]
        try:
            for document in documents:
                workers[crc32(document.id.encode()) % processes].send(document)
            for worker in workers:
                worker.finish()
            for worker in workers:
                worker.join()
        finally:
            for worker in workers:
                worker.process.terminate()
        _merge(folder, [worker.folder for worker in workers])


class _Worker:
    """A process that writes a segment."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        # Not forked: a copy of locks that threads of this process hold would never open.
        context = multiprocessing.get_context("spawn")
        self._queue: Queue[bytes | None] = context.Queue(_WAITING)
        self._trouble, told = context.Pipe(duplex=False)
        self.process = context.Process(target=_work, args=(folder, self._queue, told), daemon=True)
        self.process.start()
        told.close()
        self._parcel: list[Document] = []

    def send(self, document: Document) -> None:
        """Pass a document."""
        self._parcel.append(document)
        if len(self._parcel) == PARCEL:
            self._put()

    def _put(self) -> None:
        self._offer(msgspec.msgpack.encode(self._parcel))
        self._parcel = []

    def _offer(self, packed: bytes | None) -> None:
        while True:
            try:
                return self._queue.put(packed, timeout=1)
            except Full:
                self._check()

    def _check(self) -> None:
        if self.process.exitcode not in (None, 0):
            try:
                number = self._trouble.recv()
            except EOFError:  # it was killed
                pass
            else:
                raise OSError(number, os.strerror(number))
            raise OperatorError(f"a process that builds the index ended ({self.process.exitcode})")

    def finish(self) -> None:
        """Signal the end of the documents."""
        self._put()
        self._offer(None)

    def join(self) -> None:
        """Wait for the segment."""
        self.process.join()
        self._check()


def _work(folder: Path, queue: Queue[bytes | None], trouble: Connection) -> None:
    """Write a segment; the errno of an OSError is put into `trouble`."""
    logs.set_up()
    end_with_parent()
    try:
        writer = ArrayIndexWriter(index.create_in(str(folder), schema()), default_analyzer())
        while (packed := queue.get()) is not None:
            for document in msgspec.msgpack.decode(packed, type=_Parcels):
                writer.add(document)
        writer.commit()
    except OSError as error:
        trouble.send(error.errno or errno.EIO)
        raise


def _merge(folder: Path, parts: list[Path]) -> None:
    writer = ArrayIndexWriter(index.open_dir(str(folder)), default_analyzer())
    for part in parts:
        opened = index.open_dir(str(part))
        for segment in opened._segments():
            writer.add_reader(SegmentReader(opened.storage, opened.schema, segment))
    writer.commit(mergetype=NO_MERGE)
