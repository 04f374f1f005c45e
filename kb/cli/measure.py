"""Measured quality, and data learned from texts."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kb.cli.command import Command
from kb.config import Settings
from kb.errors import UserError


def _evaluate_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("what", metavar="VAD",
                        choices=("swedish", "ocr", "parse", "knowledge", "ingest"),
                        help="swedish, ocr, parse, knowledge eller ingest")  # fmt: skip
    parser.add_argument("--shared", type=Path, default=settings.shared, metavar="MAPP",
                        help="mapp med facit och korpusar (%(default)s)")  # fmt: skip
    parser.add_argument("--gold", type=Path, default=Path("tests/gold"), metavar="MAPP",
                        help="mapp med eget facit (%(default)s)")  # fmt: skip
    parser.add_argument("--errors", nargs="?", const="", metavar="SLAG",
                        help="lista felen i stället (bara för parse och knowledge)")  # fmt: skip
    parser.add_argument("--texts", type=Path, metavar="MAPP",
                        help="mapp med hämtade texter av osedda organ (för parse)")  # fmt: skip
    parser.add_argument("--space", action="store_true",
                        help="läs alla påhittade närvarolistor i stället (för parse)")  # fmt: skip
    parser.add_argument("--only", choices=("quality", "speed"), metavar="DEL",
                        help="quality eller speed (bara för swedish, ocr och parse)")  # fmt: skip
    parser.add_argument("--seeds", type=Path, default=Path("seeds"), metavar="MAPP",
                        help="mapp med kända texter (%(default)s)")  # fmt: skip


def _train_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("pairs", type=Path, metavar="MAPP", help="mapp med *.align.json")
    parser.add_argument("--to", type=Path, metavar="FIL", help="fil att skriva (den som används)")


def _usage_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("texts", type=argparse.FileType(encoding="utf-8"), metavar="FIL",
                        help='JSON-rader med "text", eller - för standard in')  # fmt: skip
    parser.add_argument("--to", type=Path, metavar="FIL", help="fil att skriva (den som används)")


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    if options.what == "ingest":
        from kb.lab.evaluate import ingest

        return ingest.run(options.seeds)
    if not options.shared.is_dir():
        raise UserError(f"Utvärderingsdata saknas: mappen ”{options.shared}” finns inte.")
    from kb.lab.evaluate.table import EVERYTHING, Measured

    measured = {Measured(options.only)} if options.only else EVERYTHING
    if options.what == "ocr":
        from kb.lab.evaluate import ocr

        return ocr.run(options.shared, measured)
    if options.what == "parse" and options.space:
        from kb.lab.evaluate import attendance_space

        return attendance_space.run()
    if options.what == "parse":
        from kb.lab.evaluate import minutes

        return minutes.run(
            options.shared, options.gold, options.errors, measured, texts=options.texts
        )
    if options.what == "knowledge":
        from kb.lab.evaluate import knowledge

        return knowledge.run(options.shared, options.gold, options.seeds, options.errors)
    from kb.lab.evaluate import ranking, swedish

    fell_short = swedish.run(options.shared, measured)
    if Measured.QUALITY in measured:  # both tables are wanted, also when the first falls short
        fell_short = max(fell_short, ranking.run(options.shared, options.gold))
    return fell_short


def _train(options: argparse.Namespace, settings: Settings) -> int:
    from kb.lab.train import train

    print(f"Skrev {train(options.pairs, options.to)}.")
    return 0


def _train_usage(options: argparse.Namespace, settings: Settings) -> int:
    from kb.lab.train import train_usage

    texts = (str(json.loads(line)["text"]) for line in options.texts)
    print(f"Skrev {train_usage(texts, options.to)}.")
    return 0


COMMANDS = (
    Command("eval", "Mät kvaliteten mot facit.", _evaluate, _evaluate_arguments),
    Command("train-ocr", "Lär vad textigenkänning läser fel.", _train, _train_arguments),
    Command(
        "train-usage", "Räkna hur ord används, ur hela texter.", _train_usage, _usage_arguments
    ),
)
