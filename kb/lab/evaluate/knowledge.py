"""Quality of facts aggregated across documents: what `kb eval knowledge` prints, with its floors.

Figures are given for the open half of the gold, whose errors rule writers see, for the blind
half, and for all, to which the floors apply.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.errors import UserError
from kb.lab.evaluate import damage, knowledge_compare, knowledge_library
from kb.lab.evaluate.knowledge_compare import KnowledgeKind, KnowledgeOutcome
from kb.lab.evaluate.knowledge_gold import (
    GoldFollowup,
    Item,
    KnowledgeGold,
    NamePair,
    Place,
    blind,
    load,
)
from kb.lab.evaluate.minutes_compare import Verdict
from kb.lab.evaluate.table import FigureRow

_CONTEXT = 160  # characters of a text that are shown


@dataclass(frozen=True, slots=True)
class KnowledgeFigure:
    """A line of the table: what is counted, what is wrong in it, and its floor."""

    name: str
    kind: KnowledgeKind
    wrong: Verdict
    floor: float | None = None

    def row(self, outcomes: Sequence[KnowledgeOutcome]) -> FigureRow:
        """Return the figure over outcomes and their halves."""
        counted = [one for one in outcomes if one.kind is self.kind]
        halves = [[one for one in counted if blind(one.item) is half] for half in (False, True)]
        return FigureRow(self.name, self._share(counted), self.floor,
                   parts=tuple(map(self._share, halves)))  # fmt: skip

    def _share(self, outcomes: Sequence[KnowledgeOutcome]) -> float:
        right = sum(one.verdict is Verdict.RIGHT for one in outcomes)
        wrong = sum(one.verdict is self.wrong for one in outcomes)
        return right / (right + wrong) if right + wrong else math.nan


PRECISION = KnowledgeFigure(
    "Sammanförda namn: precision", KnowledgeKind.PERSON, Verdict.FALSE, 0.98
)
RECALL = KnowledgeFigure("Sammanförda namn: täckning", KnowledgeKind.PERSON, Verdict.MISSED, 0.90)
FOLLOWED = (
    KnowledgeFigure("Senare omnämnande: precision", KnowledgeKind.SHOWN, Verdict.FALSE, 0.85),
    KnowledgeFigure("Senare omnämnande: täckning", KnowledgeKind.MENTIONED, Verdict.MISSED, 0.70),
    KnowledgeFigure(
        "Uppskjutet: upptaget eller öppet, rätt", KnowledgeKind.POSTPONED, Verdict.MISSED, 0.90
    ),
    KnowledgeFigure(
        "Utlysta möten: funna eller saknade, rätt", KnowledgeKind.ANNOUNCED, Verdict.MISSED, 0.95
    ),
)


@dataclass(frozen=True, slots=True)
class _Compared:
    """All outcomes: of names in the texts as they are, of names damaged, and of the rest."""

    whole: tuple[KnowledgeOutcome, ...]
    damaged: tuple[KnowledgeOutcome, ...]
    damaged_pairs: tuple[NamePair, ...]
    rest: tuple[KnowledgeOutcome, ...]

    @property
    def all(self) -> tuple[KnowledgeOutcome, ...]:
        return self.whole + self.damaged + self.rest


def run(shared: Path, gold: Path, seeds: Path, errors: str | None = None) -> int:
    """Print the table of measured figures, or the errors behind them.

    Args:
        shared: Folder that holds `corpora/minutes` and `corpora/ocr`.
        gold: Folder of gold.
        seeds: Folder of known minutes.
        errors: List the errors of this kind in the open half instead; "" for all kinds.

    Returns:
        0 if every floor is kept, else 1.

    Raises:
        UserError: Gold or files are missing, or there is no such kind.
    """
    if errors not in (None, "", *KnowledgeKind):
        kinds = ", ".join(KnowledgeKind)
        raise UserError(f"Det finns inget fel av slaget ”{errors}”. Slag: {kinds}.")
    held = load(gold / "knowledge", shared / "corpora" / "minutes", seeds)
    with tempfile.TemporaryDirectory() as folder:
        compared = _compare(held, shared, Path(folder))
    if errors is not None:
        for line in _error_lines(held, compared.all, errors):
            print(line, flush=True)
        return 0
    kept = True
    for part in _report(held, compared):
        print(part, flush=True)
        kept &= not (isinstance(part, FigureRow) and part.fails)
    return 0 if kept else 1


def _compare(gold: KnowledgeGold, shared: Path, folder: Path) -> _Compared:
    whole, documents = knowledge_library.whole(gold.texts, folder / "whole")
    paths = sorted({named.path for pair in gold.people for named in (pair.one, pair.other)})
    channels = damage.learn(shared / "corpora" / "ocr")
    mixed = knowledge_library.damaged(documents, paths, channels, folder / "damaged")
    touched = tuple(
        pair for pair in gold.people
        if {pair.one.path, pair.other.path} & (mixed.changed.keys() | mixed.damaged)
    )  # fmt: skip
    return _Compared(
        tuple(knowledge_compare.people(gold.people, whole)),
        tuple(knowledge_compare.people(touched, mixed)),
        touched,
        (
            *knowledge_compare.undertakings(gold.undertakings, whole.known),
            *knowledge_compare.postponed(gold.postponed, whole.known),
            *knowledge_compare.announced(gold.announced, whole.known),
        ),
    )


def _report(gold: KnowledgeGold, compared: _Compared) -> Iterator[str | FigureRow]:
    numbers = "".join(f"{name:>10}" for name in ("öppna", "blinda"))
    yield f"{'':<46}{numbers}{'alla':>14}"
    yield _count("Namnpar", gold.people)
    yield _count("  varav i skadade texter, prövade igen", compared.damaged_pairs)
    yield _count("Åtaganden", gold.undertakings)
    yield _count("  varav senare omnämnda", _later(gold.undertakings))
    yield _count("Uppskjutna punkter", gold.postponed)
    yield _count("  varav senare upptagna", _later(gold.postponed))
    yield _count("Utlysta möten", gold.announced)
    yield _count(
        "  varav med anteckningar", [meeting for meeting in gold.announced if meeting.held]
    )
    yield ""
    for title, outcomes in (("hela", compared.whole), ("skadade", compared.damaged)):
        for figure in (PRECISION, RECALL):
            yield KnowledgeFigure(f"{figure.name}, {title} texter", figure.kind, figure.wrong).row(
                outcomes
            )
    for figure in (PRECISION, RECALL, *FOLLOWED):
        yield figure.row(compared.all)


def _later(items: Sequence[GoldFollowup]) -> list[GoldFollowup]:
    return [item for item in items if item.later]


def _count(name: str, items: Sequence[Item]) -> str:
    unseen = sum(map(blind, items))
    return f"{name:<46}{len(items) - unseen:>10}{unseen:>10}{len(items):>14}"


def _error_lines(
    gold: KnowledgeGold, outcomes: Sequence[KnowledgeOutcome], kind: str
) -> Iterator[str]:
    """Yield a line for each miss (-) and each false finding (+) in the open half."""

    def said(path: str, place: Place) -> str:
        return " ".join(gold.texts[path].text[place[0] : place[1]].split())[:_CONTEXT]

    for one in outcomes:
        if one.verdict is Verdict.RIGHT or blind(one.item) or kind not in ("", one.kind):
            continue
        match one.item:
            case NamePair(first, second):
                text = " – ".join(f"{o.path} {said(o.path, o.places[0])}" for o in (first, second))
            case other:
                text = f"{other.path} {said(other.path, other.span)}"
        yield f"{one.verdict.value} {one.kind} {text} | {one.shown}"
