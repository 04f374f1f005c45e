"""The log: one line a record on standard error, with what it is about.

    2026-03-02T10:11:12+0100 WARNING 4711 kb.build.process.work [text.pdf] cannot be read: …

In brackets are the requested address and the document being worked on, if any. Addresses are
logged without the search, which is private.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from kb.config import log_level

_FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s%(about)s %(message)s"
_TIME = "%Y-%m-%dT%H:%M:%S%z"

_address: ContextVar[str] = ContextVar("address", default="")
_document: ContextVar[str] = ContextVar("document", default="")


class _Handler(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to the current `sys.stderr`."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.setFormatter(logging.Formatter(_FORMAT, _TIME))
        self.addFilter(_say_what_it_is_about)

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def set_up() -> None:
    """Send the log of this process to standard error, from the level that `KB_LOG` names.

    Every process does this once, as it starts; a second time only the level is set.

    Raises:
        UserError: `KB_LOG` names no level.
    """
    root, level = logging.getLogger(), getattr(logging, log_level().upper())
    if not any(isinstance(handler, _Handler) for handler in root.handlers):
        root.addHandler(_Handler())
    # Messages of packages are only of use when debugging.
    root.setLevel(level if level in (logging.DEBUG, logging.ERROR) else logging.WARNING)
    logging.getLogger("kb").setLevel(level)
    # It logs each request that has to wait for another.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


@contextmanager
def document(path: str) -> Iterator[None]:
    """Add the document to what is logged meanwhile."""
    before = _document.set(path)
    try:
        yield
    finally:
        _document.reset(before)


def asked(address: str) -> None:
    """Add the requested address to what this thread logs from now on."""
    _address.set(address)


def _say_what_it_is_about(record: logging.LogRecord) -> bool:
    about = " ".join(filter(None, (_address.get(), _document.get())))
    # A name may contain line breaks or terminal control characters.
    about = "".join(sign if sign.isprintable() else "?" for sign in about)
    record.about = f" [{about}]" if about else ""
    return True
