"""The declaration of a command, and options that several share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kb.config import Settings

Run = Callable[[argparse.Namespace, Settings], int]
"""Runs a command; returns the exit status."""


def _none(_parser: argparse.ArgumentParser, _settings: Settings) -> None:
    """Add no arguments."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the command line.

    Attributes:
        name: The name typed to run it.
        summary: What it does, in Swedish.
        run: Runs it.
        arguments: Adds what it takes to its parser.
    """

    name: str
    summary: str
    run: Run
    arguments: Callable[[argparse.ArgumentParser, Settings], None] = _none


def positive(text: str) -> int:
    """Read a number that is at least 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"”{text}” ska vara ett heltal från 1")
    return int(text)


def index_option(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Add the option for the index folder."""
    parser.add_argument("--index", type=Path, default=settings.index, metavar="MAPP",
                        help="indexets mapp (%(default)s)")  # fmt: skip


def library_option(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Add the option for the library folder."""
    parser.add_argument("--library", type=Path, default=settings.library, metavar="MAPP",
                        help="bibliotekets mapp (%(default)s)")  # fmt: skip


def json_option(parser: argparse.ArgumentParser, summary: str) -> None:
    """Add the option that answers with JSON."""
    parser.add_argument("--json", action="store_true", help=summary)
