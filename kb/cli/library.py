"""The library: files added, removed and put back, and the log of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kb.cli.command import Command, json_option, library_option
from kb.config import Settings, operator
from kb.errors import UserError, because

if TYPE_CHECKING:
    from kb.build.intake import IdentityNumberAnswer
    from kb.library import Library
    from kb.library.receipts import Receipt

_BUILD = "Det märks när indexet har byggts om: kb build"


def _answers(parser: argparse.ArgumentParser) -> argparse._MutuallyExclusiveGroup:
    group = parser.add_mutually_exclusive_group()
    for name, summary in (
        ("behall", "behåll filer med personnummer som de är"),
        ("maskera", "behåll bara texten av filer med personnummer, med numren maskerade"),
    ):
        group.add_argument(
            f"--{name}", dest="answer", action="store_const", const=name, help=summary
        )
    return group


def _add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FIL")
    _answers(parser)
    library_option(parser, settings)


def _remove_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("document", metavar="DOKUMENT", help="sökväg i biblioteket")
    library_option(parser, settings)


def _restore_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("document", metavar="DOKUMENT", help="sökväg det hade, eller nyckel")
    library_option(parser, settings)


def _bin_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("--empty", action="store_true", help="radera för gott")
    library_option(parser, settings)


def _inbox_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("key", nargs="?", metavar="NYCKEL", help="fil att svara om")
    _answers(parser).add_argument(
        "--ta-tillbaka", dest="answer", action="store_const", const="ta-tillbaka",
        help="ta tillbaka filen: den raderas",
    )  # fmt: skip
    library_option(parser, settings)


def _log_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    json_option(parser, "ett JSON-objekt per rad")
    library_option(parser, settings)


def _library(options: argparse.Namespace) -> Library:
    from kb.library import Library

    if not options.library.is_dir():
        raise UserError(f"Biblioteksmappen ”{options.library}” finns inte.")
    return Library(options.library)


def _add(options: argparse.Namespace, settings: Settings) -> int:
    from kb.build import intake, pipeline
    from kb.library.receipts import IntakeOutcome

    library, by = _library(options), operator()
    kept = pipeline.texts(settings.index)
    complete, stored = True, False
    for file in options.files:
        try:
            receipts = intake.take_in(library, file.name, _bytes(file), by, kept)
            for receipt in receipts:
                done = _answered(library, receipt, options.answer, by)
                complete &= done.outcome not in (IntakeOutcome.ASKED, IntakeOutcome.REFUSED)
                stored |= done.outcome in (IntakeOutcome.ADDED, IntakeOutcome.WAITING)
                _print_receipt(done)
        except UserError as error:
            print(f"{file.name}: {error}", file=sys.stderr)
            complete = False
    if stored:
        print(_BUILD)
    return 0 if complete else 1


def _bytes(file: Path) -> bytes:
    from kb.read.limits import check_size

    try:
        check_size(file.stat().st_size)
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"Filen går inte att öppna: {because(error)}.") from error


def _answered(library: Library, receipt: Receipt, said: str | None, by: str) -> Receipt:
    """Answer for a file that asks: as the command line says, or as somebody at a terminal does."""
    from kb.build import intake
    from kb.library.receipts import IntakeOutcome

    if receipt.outcome is not IntakeOutcome.ASKED:
        return receipt
    if said is None and sys.stdin.isatty():
        said = _asked(receipt).value
    return (
        intake.answer(library, receipt.key, intake.IdentityNumberAnswer(said), by)
        if said
        else receipt
    )


def _asked(receipt: Receipt) -> IdentityNumberAnswer:
    from kb.build.intake import IdentityNumberAnswer

    choices = {
        "b": IdentityNumberAnswer.CONFIRM,
        "m": IdentityNumberAnswer.MASK,
        "t": IdentityNumberAnswer.TAKE_BACK,
    }
    while True:
        print(f"{receipt.name}: {receipt.message}")
        said = input("Behålla (b), maskera (m) eller ta tillbaka (t)? ").strip().lower()[:1]
        if said in choices:
            return choices[said]


def _print_receipt(receipt: Receipt) -> None:
    from kb.library.receipts import IntakeOutcome

    words = {
        IntakeOutcome.ADDED: "tillagd som",
        IntakeOutcome.WAITING: "tillagd, väntar på textigenkänning:",
        IntakeOutcome.DUPLICATE: "finns redan som",
        IntakeOutcome.TAKEN_BACK: "tillbakatagen",
        IntakeOutcome.ASKED: "väntar på svar.",
        IntakeOutcome.REFUSED: "avvisad.",
    }
    # A name inside an archive may hold what steers a terminal.
    name = "".join(letter if letter.isprintable() else "?" for letter in receipt.name)
    line = f"{name}: {words[receipt.outcome]} {receipt.path}".rstrip()
    if receipt.outcome in (IntakeOutcome.ASKED, IntakeOutcome.REFUSED, IntakeOutcome.WAITING):
        line += f" {receipt.message}"
    print(line)
    if receipt.outcome is IntakeOutcome.ASKED:
        print(f"  Svara med: kb inbox {receipt.key} --behall, --maskera eller --ta-tillbaka")


def _remove(options: argparse.Namespace, settings: Settings) -> int:
    from kb.library import trash

    removed = trash.remove(_library(options), options.document, operator())
    print(f"”{removed.path}” ligger i papperskorgen. Ångra med: kb restore ”{removed.path}”")
    print(_BUILD)
    return 0


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    from kb.library import trash

    library = _library(options)
    keys = [o.key for o in trash.removed(library.folder) if options.document in (o.key, o.path)]
    if not keys:
        raise UserError(f"”{options.document}” finns inte i papperskorgen.")
    print(f"”{trash.restore(library, keys[0], operator())}” är återställt.")
    print(_BUILD)
    return 0


def _bin(options: argparse.Namespace, settings: Settings) -> int:
    from kb.library import trash

    library = _library(options)
    if options.empty:
        print(f"{trash.empty(library, operator())} dokument raderade för gott.")
        return 0
    for one in trash.removed(library.folder):
        print(f"{one.key}  {one.path}  ({one.by}, {one.at.astimezone():%Y-%m-%d %H:%M})")
    return 0


def _inbox(options: argparse.Namespace, settings: Settings) -> int:
    from kb.build import intake
    from kb.library import inbox

    library = _library(options)
    if bool(options.key) is not bool(options.answer):
        raise UserError("Ange både NYCKEL och svar, eller inget av dem. Hjälp: kb inbox -h")
    if options.key:
        answer = intake.IdentityNumberAnswer(options.answer)
        _print_receipt(intake.answer(library, options.key, answer, operator()))
        return 0
    for one in inbox.held(library.folder):
        print(f"{one.key}  {one.name}  ({one.by}, {one.at.astimezone():%Y-%m-%d %H:%M})")
        if one.unread:
            print("  mottagen: läses in av kb build")
        else:
            print(f"  {'väntar på svar' if one.asks else 'avvisad'}: {one.reason}")
    return 0


def _log(options: argparse.Namespace, settings: Settings) -> int:
    import msgspec

    from kb.library import log

    for event in log.events(_library(options).folder):
        if options.json:
            print(msgspec.json.encode(event).decode())
        else:
            said = "  ".join(part for part in (event.path, event.detail) if part)
            print(f"{event.at.astimezone():%Y-%m-%d %H:%M}  {event.by}  {event.act.value}  {said}")
    return 0


COMMANDS = (
    Command("add", "Lägg till filer i biblioteket.", _add, _add_arguments),
    Command("remove", "Ta bort ett dokument (till papperskorgen).", _remove, _remove_arguments),
    Command("restore", "Ta tillbaka ett dokument ur papperskorgen.", _restore, _restore_arguments),
    Command("bin", "Visa eller töm papperskorgen.", _bin, _bin_arguments),
    Command("inbox", "Visa inskickade filer som väntar eller avvisats.", _inbox, _inbox_arguments),
    Command("log", "Visa vem som gjorde vad.", _log, _log_arguments),
)
