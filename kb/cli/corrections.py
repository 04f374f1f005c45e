"""Corrections from the command line."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING

from kb.cli.command import Command, library_option
from kb.config import Settings, operator
from kb.errors import UserError

if TYPE_CHECKING:
    from kb.library import Original


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
    from kb import corrections, read
    from kb.corrections import wording
    from kb.library import Library, log, original
    from kb.model import Correction

    library = Library(options.library)
    if options.list:
        register = corrections.gather(library)
        for path, held in register.by_path.items():
            for own in held:
                when = f", {own.at:%Y-%m-%d %H:%M}" if own.at else ""
                print(f"{path}: {own.original} → {own.corrected} ({own.by or 'okänd'}{when})")
        for path, facts in register.facts.items():
            for fact in facts:
                when = f", {fact.at:%Y-%m-%d %H:%M}" if fact.at else ""
                told = f"{wording.subject(fact)} → {wording.outcome(fact)}"
                print(f"{path}: {told} ({fact.by or 'okänd'}{when})")
        for problem in register.problems:
            print(f"{problem.path}: {problem.reason}")
        return 0
    word_said = options.original and bool(options.corrected) is not options.undo
    if not options.document or bool(options.fact) is bool(word_said):
        raise UserError(
            "Ange DOKUMENT, ORD och LÄSNING, eller DOKUMENT --fact FAKTA=VÄRDE, "
            "eller --undo DOKUMENT och ordet eller fakta. Hjälp: -h"
        )
    file = library.locate(options.document)
    if file is None:
        raise UserError(f"Det finns inget dokument ”{options.document}” i ”{options.library}”.")
    if options.fact:
        _correct_fact(original(file, library.folder), options.fact, undo=options.undo)
        act = log.Act.UNDO if options.undo else log.Act.CORRECT
        log.record(library.folder, operator(), act, options.document, ", ".join(options.fact))
        print(f"Rättningen är {'ångrad' if options.undo else 'sparad'}. "
              "Det märks när indexet har byggts om: kb build")  # fmt: skip
        return 0
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


def _correct_fact(original: Original, pairs: list[str], *, undo: bool) -> None:
    """Correct or put back the fact that `pairs`, "date=2020-12-04", are about."""
    from kb import corrections
    from kb.build import pipeline

    entry: dict[str, object] = dict(pair.partition("=")[::2] for pair in pairs)
    held = corrections.load(original.file).facts
    if undo:
        said = [one for one in held if entry.get(one.fact.value) in (one.value, one.subject[1])]
        if not said:
            raise UserError("Det finns ingen sådan rättning att ångra.")
        for one in said:
            corrections.undo_fact(original.file, one)
        return
    entry |= {flag: True for flag in ("add", "remove") if entry.get(flag) in ("", "true")}
    if str(entry.get("start", "")).isdecimal():
        entry["start"] = int(str(entry["start"]))
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    document = pipeline.understand(original, corrections.load(original.file).corrections)
    fact = corrections.checked_fact({**entry, "by": operator(), "at": now}, document)
    corrections.add_fact(original.file, fact)


COMMANDS = (Command("correct", "Rätta ett ord eller fakta i ett dokument.", _correct, _arguments),)
