"""The log: one line a record on standard error, with what it is about.

    2026-03-02T10:11:12+0100 WARNING 4711 kb.build.process.work [text.pdf] cannot be read: …

In brackets stand the address that was asked for and the document at hand, where there are
any. Addresses stand without what was searched for, which is nobody else's business.
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
    """Writes to whatever standard error is at the moment."""

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
    # What packages have to say of their inside is only of use to those who look for a fault.
    root.setLevel(level if level in (logging.DEBUG, logging.ERROR) else logging.WARNING)
    logging.getLogger("kb").setLevel(level)
    # It says every time that a request has to wait for another.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


@contextmanager
def document(path: str) -> Iterator[None]:
    """Let what is logged meanwhile say which document it is about."""
    before = _document.set(path)
    try:
        yield
    finally:
        _document.reset(before)


def asked(address: str) -> None:
    """Let what is logged from now on in this thread say which address was asked for."""
    _address.set(address)


def _say_what_it_is_about(record: logging.LogRecord) -> bool:
    about = " ".join(filter(None, (_address.get(), _document.get())))
    # A name may hold what breaks a line or steers a terminal.
    about = "".join(sign if sign.isprintable() else "?" for sign in about)
    record.about = f" [{about}]" if about else ""
    return True
