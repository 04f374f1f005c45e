"""The index: built, served, and compared with its library."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kb.cli.command import Command, index_option, library_option, positive
from kb.config import Settings

if TYPE_CHECKING:
    from kb.build.manifest import Failure
    from kb.build.pipeline import BuildReport
    from kb.build.status import Status


def _build_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("library", type=Path, nargs="?", default=settings.library, metavar="MAPP",
                        help="biblioteket: mapp med minnesanteckningar (%(default)s)")  # fmt: skip
    parser.add_argument("--full", action="store_true", help="gör om allt, inte bara det ändrade")
    parser.add_argument("--missing", choices=("behall", "ta-bort"),
                        help="vad som ska ske med dokument vars filer saknas i mappen")  # fmt: skip
    index_option(parser, settings)


def _serve_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    library_option(parser, settings)
    index_option(parser, settings)
    parser.add_argument("--host", default=settings.host, help="adress att lyssna på (%(default)s)")
    parser.add_argument("--port", type=int, default=settings.port, help="port (%(default)s)")
    parser.add_argument("--processes", type=positive, default=settings.processes, metavar="ANTAL",
                        help="processer som svarar (%(default)s)")  # fmt: skip
    parser.add_argument("--open", action="store_true",
                        help="öppna sidan i webbläsaren, med rätt att ändra")  # fmt: skip
    parser.add_argument("--watch", action="store_true", default=settings.watch,
                        help="håll indexet aktuellt när filer läggs i biblioteket")  # fmt: skip


def _status_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    library_option(parser, settings)
    index_option(parser, settings)
    parser.add_argument("--verify", action="store_true",
                        help="läs alla indexets filer och se om någon är skadad")  # fmt: skip


def _build(options: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from kb.build import background

    if options.missing:
        _answer_missing(options)
    # None: shown on a terminal only.
    with tqdm(disable=None, unit="dok", dynamic_ncols=True, desc="Indexerar") as bar:

        def progress(done: int, total: int, path: str) -> None:
            bar.total = total
            bar.set_postfix_str(path[-40:], refresh=False)
            bar.update(done - bar.n)

        try:
            report = background.build(options.library, options.index, progress, full=options.full)
        except background.Cancelled:
            print("Indexeringen är avbruten. Det gamla indexet används.", file=sys.stderr)
            return 130
    _print_report(report)
    return 0


def _answer_missing(options: argparse.Namespace) -> None:
    """Save the decision about documents whose files are gone, for the build that follows."""
    from kb.actions import upkeep
    from kb.build.missing import MissingAnswer
    from kb.cli.desk import desk

    upkeep.answer_missing(desk(options.library, options.index), MissingAnswer(options.missing))


def _print_report(report: BuildReport) -> None:
    print(f"{report.documents} dokument indexerade på {report.seconds:.1f} s "
          f"({report.indexed} nya eller ändrade, {report.removed} borttagna).")  # fmt: skip
    for path in report.doubtful:
        print(f"  osäkert datum: {path}")
    for path, first in report.duplicates.items():
        print(f"  säger detsamma som {first}: {path}")
    for failure in report.failures:
        print(f"  {_what(failure)}: {failure.path}: {failure.reason}")
    for remark in report.remarks:
        print(f"  rättning utan verkan: {remark.path}: {remark.text}")


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from kb.web.serve import serve

    serve(
        replace(
            settings,
            library=options.library,
            index=options.index,
            host=options.host,
            port=options.port,
            processes=options.processes,
            watch=options.watch,
        ),
        browse=options.open,
    )
    return 0


def _status(options: argparse.Namespace, settings: Settings) -> int:
    from kb.build import background
    from kb.build.status import status, verify
    from kb.library import inbox, trash

    if options.verify:
        for path in verify(options.index):
            print(f"  skadad: {path}")
    state = status(options.library, options.index)
    print(f"{state.originals} filer i biblioteket: {_sum(state)}.")
    for failure in state.failures:
        print(f"  {_what(failure)}: {failure.path}: {failure.reason}")
    for path in state.new:
        print(f"  ny, inte läst än: {path}")
    for remark in state.remarks:
        print(f"  rättning utan verkan: {remark.path}: {remark.text}")
    held = inbox.held(options.library)
    if held:
        print(f"{len(held)} inskickade filer ligger utanför biblioteket, se: kb inbox")
    removed = trash.removed(options.library)
    if removed:
        print(f"{len(removed)} dokument i papperskorgen, se: kb bin")
    for problem in state.problems:
        print(problem)
    now = background.state(options.index)
    if now and now.runs:
        print(f"Indexet byggs just nu: {now.done} av {now.total} (process {now.pid}).")
    elif state.command:
        print(f"Åtgärda med: {state.command}")
    if state.missing:
        command = f"kb build {options.library} --index {options.index} --missing"
        print(f"Ta bort dem: {command} ta-bort")
        print(f"Behåll dem: {command} behall")
    if state.ok:
        print("Indexet är aktuellt.")
    return 0 if state.ok else 1


def _what(failure: Failure) -> str:
    if failure.withheld:
        return "dold"
    return "väntar" if failure.waiting else "kunde inte läsas"


def _sum(state: Status) -> str:
    """Return the outcome of the files as a sum, leaving out counts of 0."""
    tally = state.tally
    parts = (
        (tally.duplicates, "dubbletter"),
        (tally.waiting, "väntar på textigenkänning"),
        (tally.withheld, "dolda tills någon har sett på dem"),
        (tally.failed, "kunde inte läsas"),
        (tally.new, "nya, inte lästa än"),
    )
    return " + ".join([f"{tally.searchable} sökbara", *(f"{n} {what}" for n, what in parts if n)])


COMMANDS = (
    Command("build", "Bygg sökindexet över ett bibliotek.", _build, _build_arguments),
    Command("serve", "Visa söksidan i webbläsaren.", _serve, _serve_arguments),
    Command("status", "Visa om indexet är aktuellt.", _status, _status_arguments),
)
