"""The work of `kb correct`: arguments turned into actions."""

from __future__ import annotations

import argparse

from kb import corrections, read
from kb.actions.desk import Desk
from kb.actions.facts import correct_fact, undo_fact
from kb.actions.words import correct_word, undo_word
from kb.build import pipeline
from kb.cli.desk import BUILD, desk
from kb.config import Settings
from kb.corrections import wording
from kb.errors import UserError
from kb.library import original
from kb.model import Correction, FactCorrection


def correct(options: argparse.Namespace, settings: Settings) -> int:
    """Add, undo or list corrections, as the arguments say."""
    here = desk(options.library, settings.index)
    if options.list:
        _list(here)
        return 0
    word_said = options.original and bool(options.corrected) is not options.undo
    if not options.document or bool(options.fact) is bool(word_said):
        raise UserError(
            "Ange DOKUMENT, ORD och LÄSNING, eller DOKUMENT --fact FAKTA=VÄRDE, "
            "eller --undo DOKUMENT och ordet eller fakta. Hjälp: -h"
        )
    if options.fact:
        change = _undo_facts if options.undo else _correct_fact
        change(here, options.document, options.fact)
    elif options.undo:
        undo_word(here, options.document, options.original, everywhere=True)
    else:
        text = read.read_original(here.original(options.document), options.document).text
        correct_word(here, options.document, text, options.original, options.corrected)
    print(f"Rättningen är {'ångrad' if options.undo else 'sparad'}. {BUILD}")
    return 0


def _list(here: Desk) -> None:
    """Print every correction of the library, and their problems."""
    register = corrections.gather(here.library)
    said: list[tuple[str, Correction | FactCorrection, str]] = [
        *(
            (path, word, f"{word.original} → {word.corrected}")
            for path, held in register.by_path.items()
            for word in held
        ),
        *(
            (path, fact, f"{wording.subject(fact)} → {wording.outcome(fact)}")
            for path, facts in register.facts.items()
            for fact in facts
        ),
    ]
    for path, correction, what in said:
        when = f", {correction.at:%Y-%m-%d %H:%M}" if correction.at else ""
        print(f"{path}: {what} ({correction.by or 'okänd'}{when})")
    for problem in register.problems:
        print(f"{problem.path}: {problem.reason}")


def _entry(pairs: list[str]) -> dict[str, object]:
    """Return the sidecar entry for arguments such as "date=2020-12-04"."""
    entry: dict[str, object] = dict(pair.partition("=")[::2] for pair in pairs)
    entry |= {flag: True for flag in ("add", "remove") if entry.get(flag) in ("", "true")}
    if str(entry.get("start", "")).isdecimal():
        entry["start"] = int(str(entry["start"]))
    return entry


def _correct_fact(here: Desk, doc_id: str, pairs: list[str]) -> None:
    file = here.original(doc_id)
    sidecar = corrections.load(file)
    read_document = pipeline.understand(original(file, here.folder), sidecar.corrections)
    document, _ = corrections.apply(read_document, sidecar.facts)
    correct_fact(here, doc_id, document, _entry(pairs))


def _undo_facts(here: Desk, doc_id: str, pairs: list[str]) -> None:
    entry = _entry(pairs)
    held = corrections.load(here.original(doc_id)).facts
    said = [one for one in held if entry.get(one.fact.value) in (one.value, one.subject[1])]
    if not said:
        raise UserError("Det finns ingen sådan rättning att ångra.")
    for one in said:
        undo_fact(here, doc_id, one)
