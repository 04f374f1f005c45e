"""Extraction from files: facts, repaired text, analysed words."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kb.cli.command import Command, json_option
from kb.config import Settings


def _files(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FIL")
    json_option(parser, "ett JSON-objekt per rad")


def _text(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("text", nargs="?", metavar="TEXT", help="utan text läses rader")
    json_option(parser, "en JSON-lista per rad")


def _parse(options: argparse.Namespace, settings: Settings) -> int:
    from kb.build import pipeline
    from kb.library import original
    from kb.parse.export import to_json

    for file in options.files:
        minutes = pipeline.understand(original(file)).minutes
        print(json.dumps(to_json(minutes), ensure_ascii=False, indent=None if options.json else 2))
    return 0


def _analyze(options: argparse.Namespace, settings: Settings) -> int:
    from kb.swedish import explain

    lines = sys.stdin if options.text is None else [options.text]
    for line in lines:
        words = explain.analyze(line.rstrip("\n"))
        if options.json:
            print(json.dumps([word.as_dict() for word in words], ensure_ascii=False))
        else:
            print(explain.table(words))
    return 0


def _repair(options: argparse.Namespace, settings: Settings) -> int:
    from kb import read, repair
    from kb.library import original
    from kb.repair.export import repair_to_json

    for file in options.files:
        repaired = repair.repair(read.read_original(file, original(file).path))
        if options.json:
            print(json.dumps(repair_to_json(repaired), ensure_ascii=False))
        else:
            print(repaired.text)
    return 0


COMMANDS = (
    Command("parse", "Visa vad som läses ut ur minnesanteckningar.", _parse, _files),
    Command("analyze", "Visa vad den svenska analysen gör av orden.", _analyze, _text),
    Command("repair", "Visa skadad text lagad.", _repair, _files),
)
