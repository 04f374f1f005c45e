"""Corrections from the command line."""

from __future__ import annotations

import argparse

from kb.cli.command import Command, library_option
from kb.config import Settings


def _arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("document", nargs="?", metavar="DOKUMENT", help="sökväg i biblioteket")
    parser.add_argument("original", nargs="?", metavar="ORD", help="ordet som det står i texten")
    parser.add_argument("corrected", nargs="?", metavar="LÄSNING", help="vad det ska läsas som")
    parser.add_argument("--fact", action="append", metavar="FAKTA=VÄRDE", default=[],
                        help="rätta fakta i stället för ett ord, som date=2020-12-04 eller "
                             "person=Anna med name=Hanna; kan upprepas")  # fmt: skip
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--undo", action="store_true", help="ångra rättningar av ordet eller fakta")
    how.add_argument("--list", action="store_true", help="visa bibliotekets rättningar")
    library_option(parser, settings)


def _correct(options: argparse.Namespace, settings: Settings) -> int:
    from kb.cli.correcting import correct

    return correct(options, settings)


COMMANDS = (Command("correct", "Rätta ett ord eller fakta i ett dokument.", _correct, _arguments),)
