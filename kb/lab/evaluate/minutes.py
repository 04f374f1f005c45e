"""Quality of parsing: what `kb eval parse` prints and compares with its floors.

Figures are given for the open half of the gold, which rule writers see, for the blind half, and
for all, to which the floors apply.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain
from pathlib import Path

from kb.errors import UserError
from kb.lab.evaluate import damage, date_doubt, unseen
from kb.lab.evaluate.damage import DamageChannel
from kb.lab.evaluate.minutes_compare import MinutesKind, SameName, compare, same_name
from kb.lab.evaluate.minutes_damaged import damaged, legible_name
from kb.lab.evaluate.minutes_errors import error_lines
from kb.lab.evaluate.minutes_gold import MinutesGold, load
from kb.lab.evaluate.minutes_table import MinutesFigure, Read, f1, heading, precision, recall
from kb.lab.evaluate.table import EVERYTHING, FigureRow, Measured
from kb.model import RepairedText
from kb.parse import parse, to_json
from kb.read import read_original
from kb.repair import repair

FIGURES = (
    MinutesFigure("Datum rätt", MinutesKind.DATE, recall, 0.98),
    MinutesFigure("Personer: precision", MinutesKind.PERSON, precision, 0.97),
    MinutesFigure("Personer: täckning", MinutesKind.PERSON, recall, 0.97),
    MinutesFigure("Närvaro och roll rätt, av funna personer", MinutesKind.PRESENCE, recall, 0.96),
    MinutesFigure("Grupp F1", MinutesKind.GROUP, f1),
    MinutesFigure("Tid F1", MinutesKind.TIME, f1),
    MinutesFigure("Plats F1", MinutesKind.PLACE, f1),
    MinutesFigure("Kommun med del F1", MinutesKind.MUNICIPALITY, f1, 0.97),
    MinutesFigure("Avsnitt F1", MinutesKind.SECTION, f1, 0.93),
    MinutesFigure("Avsnittens slut rätt, av funna avsnitt", MinutesKind.END, recall),
    MinutesFigure("Beslut F1", MinutesKind.DECISION, f1, 0.85),
    MinutesFigure("Åtaganden F1", MinutesKind.ACTION, f1, 0.80),
    MinutesFigure("Bordlagt F1", MinutesKind.POSTPONED, f1),
    MinutesFigure("Kommande möten F1", MinutesKind.MEETING, f1, 0.92),
)
DAMAGED_FLOORS = {"Personer: precision": 0.93, "Personer: täckning": 0.95}

_SPEED_RUNS = 5


def run(
    shared: Path,
    gold: Path,
    errors: str | None = None,
    measured: Set[Measured] = EVERYTHING,
    *,
    texts: Path | None = None,
) -> int:
    """Print the table of measured figures, or the errors behind them.

    Args:
        shared: Folder that holds `corpora/minutes`, `corpora/ocr` and `seeds`.
        gold: Folder of gold; the seeds' lies beside it, in `golden`.
        errors: List the errors of this kind in the open half instead; "" for all kinds.
        measured: What is measured.
        texts: Folder of fetched minutes of unseen bodies; without it only written ones are read.

    Returns:
        0 if every floor is kept, else 1.

    Raises:
        UserError: Gold or corpus is missing, or there is no such kind.
    """
    documents = load(gold / "minutes", shared / "corpora" / "minutes")
    written, real = unseen.load(gold / "unseen", texts)
    if errors is not None:
        for line in error_lines([*documents, *written, *real], shared, errors):
            print(line, flush=True)
        return 0
    kept = True
    report = _report(documents, shared, gold.parent / "golden", measured)
    quality = Measured.QUALITY in measured
    for part in chain(report, unseen.rows(written, real) if quality else ()):
        print(part, flush=True)
        kept &= not (isinstance(part, FigureRow) and part.fails)
    return 0 if kept else 1


def _report(
    documents: Sequence[MinutesGold], shared: Path, golden: Path, measured: Set[Measured]
) -> Iterator[str | FigureRow]:
    texts = [repair(each.source) for each in documents]
    reads = [read(*pair) for pair in zip(documents, texts, strict=True)]
    if Measured.QUALITY in measured:
        yield heading("Hela texter", reads)
        yield from (figure.row(reads) for figure in FIGURES)
    if Measured.SPEED in measured:
        yield _speed(texts)
    if Measured.QUALITY not in measured:
        return
    yield _seeds(shared / "seeds", golden)
    channels = damage.learn(shared / "corpora" / "ocr")
    yield from _damaged_rows(list(damaged(documents, channels)), channels)
    yield "\nDatum"
    yield from date_doubt.rows(shared / "corpora" / "minutes", documents)


def read(gold: MinutesGold, text: RepairedText, same: SameName = same_name) -> Read:
    """Parse a document and compare."""
    return Read(gold, tuple(compare(gold, parse(text), same)))


def _damaged_rows(
    documents: Sequence[tuple[MinutesGold, damage.DamageKind]],
    channels: dict[damage.DamageKind, DamageChannel],
) -> Iterator[str | FigureRow]:
    texts = [repair(gold.source) for gold, _ in documents]
    pairs = [(gold, text) for (gold, _), text in zip(documents, texts, strict=True)]
    reads = [read(gold, text, legible_name) for gold, text in pairs]
    yield heading("Skadade texter", reads)
    for kind, channel in channels.items():
        count = sum(damage_kind is kind for _, damage_kind in documents)
        rate = f"{channel.rate:.0%}".replace("%", " %")
        yield f"{f'  {kind}: {rate} av orden fel i förlagan':<46}{'':20}{count:>14}"
    for figure in FIGURES:
        yield replace(figure, floor=DAMAGED_FLOORS.get(figure.name)).row(reads)
    strict = [read(gold, text) for gold, text in pairs]
    for figure in FIGURES:
        if figure.kind is MinutesKind.PERSON:
            yield replace(figure, name=f"{figure.name}, exakt namn", floor=None).row(strict)


def _speed(texts: Sequence[RepairedText]) -> FigureRow:
    """Measure parsing by itself, on one core: the fastest of several runs over all texts.

    The others are slowed by other load. The words are cached from the run before, as most are in
    a library; the length of the texts is shown too.
    """
    spent = []
    for _ in range(_SPEED_RUNS):
        begun = time.process_time()
        for text in texts:
            parse(text)
        spent.append(time.process_time() - begun)
    pace = len(texts) / max(min(spent), 1e-9)
    length = round(sum(len(text.text) for text in texts) / len(texts), -2)
    name = f"Fart, efter lagning, {length:.0f} tecken i snitt"
    return FigureRow(name, pace, 200, unit="dok/s", enforced=False)


def _seeds(folder: Path, golden: Path) -> FigureRow:
    """Measure how many seeds are read exactly as a careful reader listed them."""
    files = sorted(golden.glob("*.json"))
    if not files:
        raise UserError(f"Mappen {golden} saknar fröernas facit; det behövs för att mäta.")
    exact = 0
    for file in files:
        name = f"{file.stem}.txt"
        got = to_json(parse(repair(read_original(folder / name, name))))
        exact += got == json.loads(file.read_text("utf-8"))
    return FigureRow("Frön exakt lästa", exact / len(files), 1.0)
