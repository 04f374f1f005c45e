"""The command line: `kb build · serve · search · add · status …`, one module a group of commands.

Each command imports what it needs when it runs, so that all of them start fast.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import NoReturn

from kb import __version__, logs
from kb.cli import bench, corrections, index, library, measure, reading, search
from kb.cli.command import Command, Run
from kb.config import Settings
from kb.errors import OperatorError, UserError

COMMANDS: tuple[Command, ...] = (
    *index.COMMANDS,
    *search.COMMANDS,
    *library.COMMANDS,
    *corrections.COMMANDS,
    *reading.COMMANDS,
    *(measure.COMMANDS + bench.COMMANDS if find_spec("kb.lab") else ()),
)
"""Every command, in the order of the help; measuring commands are there only with the lab."""


class _Parser(argparse.ArgumentParser):
    """An argument parser that answers in Swedish."""

    def error(self, message: str) -> NoReturn:
        self.exit(
            2, f"{self.prog}: kommandot går inte att tolka ({message}). Hjälp: {self.prog} -h\n"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0 done, 1 not done, 2 not understood."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        logs.set_up()
        settings = Settings.from_environment()
        options = _parser(settings).parse_args(arguments)
        run: Run = options.run
        return run(options, settings)
    except (UserError, OperatorError) as error:
        print(f"Fel: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Avbrutet.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of the output has closed the pipe; the rest is discarded.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = _Parser(prog="kb", description="Sök i minnesanteckningar.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"Minnesbanken {__version__}")
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True)
    for command in COMMANDS:
        made = commands.add_parser(
            command.name, help=command.summary, description=command.summary, allow_abbrev=False
        )
        made.set_defaults(run=command.run)
        command.arguments(made, settings)
    return parser
