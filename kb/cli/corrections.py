"""Corrections from the command line."""

from __future__ import annotations

import argparse
import datetime as dt

from kb.cli.command import Command, library_option
from kb.config import Settings, operator
from kb.errors import UserError


def _arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("document", nargs="?", metavar="DOKUMENT", help="sökväg i biblioteket")
    parser.add_argument("original", nargs="?", metavar="ORD", help="ordet som det står i texten")
    parser.add_argument("corrected", nargs="?", metavar="LÄSNING", help="vad det ska läsas som")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--undo", action="store_true", help="ångra rättningar av ordet")
    how.add_argument("--list", action="store_true", help="visa bibliotekets rättningar")
    library_option(parser, settings)


def _correct(options: argparse.Namespace, settings: Settings) -> int:
    from kb import corrections, read
    from kb.library import Library, log
    from kb.model import Correction

    library = Library(options.library)
    if options.list:
        register = corrections.gather(library)
        for path, held in register.by_path.items():
            for own in held:
                when = f", {own.at:%Y-%m-%d %H:%M}" if own.at else ""
                print(f"{path}: {own.original} → {own.corrected} ({own.by or 'okänd'}{when})")
        for problem in register.problems:
            print(f"{problem.path}: {problem.reason}")
        return 0
    if not options.original or bool(options.corrected) is options.undo:
        raise UserError("Ange DOKUMENT, ORD och LÄSNING, eller --undo DOKUMENT ORD. Hjälp: -h")
    file = library.locate(options.document)
    if file is None:
        raise UserError(f"Det finns inget dokument ”{options.document}” i ”{options.library}”.")
    if options.undo:
        word = options.original
        said = [own for own in corrections.load(file).corrections if own.original == word]
        for own in said or [Correction(word, "")]:
            corrections.undo(file, own)
        log.record(library.folder, operator(), log.Act.UNDO, options.document, word)
        print("Rättningen är ångrad. Det märks när indexet har byggts om: kb build")
        return 0
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    asked = Correction(options.original, options.corrected, None, operator(), now)
    text = read.read_original(file, options.document).text
    corrections.add(file, corrections.checked(asked, text))
    reading = f"{asked.original} → {asked.corrected}"
    log.record(library.folder, operator(), log.Act.CORRECT, options.document, reading)
    print("Rättningen är sparad. Den märks när indexet har byggts om: kb build")
    return 0


COMMANDS = (Command("correct", "Rätta ett ord i ett dokument.", _correct, _arguments),)
