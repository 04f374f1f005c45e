"""The library: files added, removed and put back, and the log of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kb.cli.command import Command, json_option, library_option
from kb.config import Settings
from kb.errors import UserError, because

if TYPE_CHECKING:
    from kb.actions.desk import Desk
    from kb.actions.files import IdentityNumberAnswer
    from kb.library.receipts import Receipt


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


def _desk(options: argparse.Namespace, settings: Settings) -> Desk:
    from kb.cli.desk import desk

    return desk(options.library, settings.index)


def _say_build() -> None:
    from kb.cli.desk import BUILD

    print(BUILD)


def _add(options: argparse.Namespace, settings: Settings) -> int:
    from kb.actions.files import add_file
    from kb.library.receipts import IntakeOutcome

    desk = _desk(options, settings)
    complete, stored = True, False
    for file in options.files:
        try:
            for receipt in add_file(desk, file.name, _bytes(file)):
                done = _answered(desk, receipt, options.answer)
                complete &= done.outcome not in (IntakeOutcome.ASKED, IntakeOutcome.REFUSED)
                stored |= done.outcome in (IntakeOutcome.ADDED, IntakeOutcome.WAITING)
                _print_receipt(done)
        except UserError as error:
            print(f"{file.name}: {error}", file=sys.stderr)
            complete = False
    if stored:
        _say_build()
    return 0 if complete else 1


def _bytes(file: Path) -> bytes:
    from kb.read.limits import check_size

    try:
        check_size(file.stat().st_size)
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"Filen går inte att öppna: {because(error)}.") from error


def _answered(desk: Desk, receipt: Receipt, said: str | None) -> Receipt:
    """Answer about a pending file: as the command line says, or as the user does at a terminal."""
    from kb.actions.files import IdentityNumberAnswer, answer
    from kb.library.receipts import IntakeOutcome

    if receipt.outcome is not IntakeOutcome.ASKED:
        return receipt
    if said is None and sys.stdin.isatty():
        said = _asked(receipt).value
    if not said:
        return receipt
    return answer(desk, receipt.key, IdentityNumberAnswer(said)).result.receipt


def _asked(receipt: Receipt) -> IdentityNumberAnswer:
    from kb.actions.files import IdentityNumberAnswer

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
    # A name inside an archive may contain terminal control characters.
    name = "".join(letter if letter.isprintable() else "?" for letter in receipt.name)
    line = f"{name}: {words[receipt.outcome]} {receipt.path}".rstrip()
    if receipt.outcome in (IntakeOutcome.ASKED, IntakeOutcome.REFUSED, IntakeOutcome.WAITING):
        line += f" {receipt.message}"
    print(line)
    if receipt.outcome is IntakeOutcome.ASKED:
        print(f"  Svara med: kb inbox {receipt.key} --behall, --maskera eller --ta-tillbaka")


def _remove(options: argparse.Namespace, settings: Settings) -> int:
    from kb.actions.removal import remove

    removed = remove(_desk(options, settings), options.document).result
    print(f"”{removed.path}” ligger i papperskorgen. Ångra med: kb restore ”{removed.path}”")
    _say_build()
    return 0


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    from kb.actions.removal import restore

    print(f"”{restore(_desk(options, settings), options.document).result}” är återställt.")
    _say_build()
    return 0


def _bin(options: argparse.Namespace, settings: Settings) -> int:
    from kb.actions.reading import removed
    from kb.actions.removal import empty_bin

    desk = _desk(options, settings)
    if options.empty:
        print(f"{empty_bin(desk).result} dokument raderade för gott.")
        return 0
    for one in removed(desk):
        print(f"{one.key}  {one.path}  ({one.by}, {one.at.astimezone():%Y-%m-%d %H:%M})")
    return 0


def _inbox(options: argparse.Namespace, settings: Settings) -> int:
    from kb.actions.files import IdentityNumberAnswer, answer
    from kb.actions.reading import held

    desk = _desk(options, settings)
    if bool(options.key) is not bool(options.answer):
        raise UserError("Ange både NYCKEL och svar, eller inget av dem. Hjälp: kb inbox -h")
    if options.key:
        said = IdentityNumberAnswer(options.answer)
        _print_receipt(answer(desk, options.key, said).result.receipt)
        return 0
    for one in held(desk):
        print(f"{one.key}  {one.name}  ({one.by}, {one.at.astimezone():%Y-%m-%d %H:%M})")
        if one.unread:
            print("  mottagen: läses in av kb build")
        else:
            print(f"  {'väntar på svar' if one.asks else 'avvisad'}: {one.reason}")
    return 0


def _log(options: argparse.Namespace, settings: Settings) -> int:
    import msgspec

    from kb.actions.reading import events

    for event in events(_desk(options, settings)):
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
