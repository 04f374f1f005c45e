"""The errors behind the figures of `kb eval parse`, for rule writers.

Only documents of the open half are listed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from kb.errors import UserError
from kb.lab.evaluate import damage, date_doubt
from kb.lab.evaluate.minutes_compare import MinutesKind, MinutesOutcome, Verdict, compare, same_name
from kb.lab.evaluate.minutes_damaged import damaged, legible_name
from kb.lab.evaluate.minutes_gold import MinutesGold
from kb.parse import parse
from kb.repair import repair

DAMAGED, DOUBT = "damaged", "doubt"
KINDS = (*MinutesKind, DAMAGED, DOUBT)
"""The kinds that can be requested; all of `MinutesKind` by default."""

_CONTEXT = 90  # characters of the text that are shown


def error_lines(documents: Sequence[MinutesGold], shared: Path, kind: str = "") -> Iterator[str]:
    """Yield a line for each miss (-) and each false finding (+), with its place and text.

    Raises:
        UserError: There is no such kind.
    """
    if kind not in ("", *KINDS):
        raise UserError(f"Det finns inget fel av slaget ”{kind}”. Slag: {', '.join(KINDS)}.")
    if kind == DOUBT:
        dev = [gold for gold in documents if not gold.blind]
        yield from date_doubt.error_lines(shared / "corpora" / "minutes", dev)
        return
    same = same_name
    if kind == DAMAGED:
        channels = damage.learn(shared / "corpora" / "ocr")
        documents = [gold for gold, _ in damaged(documents, channels)]
        same = legible_name
    wanted = {MinutesKind(kind)} if kind in list(MinutesKind) else set(MinutesKind)
    for gold in documents:
        if not gold.blind:
            outcomes = list(compare(gold, parse(repair(gold.source)), same))
            yield from lines(gold, outcomes, wanted)


def lines(
    gold: MinutesGold, outcomes: Collection[MinutesOutcome], wanted: Collection[MinutesKind]
) -> Iterator[str]:
    """Yield a line for each of `outcomes` that is wrong and of a wanted kind."""
    wrong = [e for e in outcomes if e.verdict is not Verdict.RIGHT and e.kind in wanted]
    for each in sorted(wrong, key=lambda each: (each.kind, each.span.start if each.span else -1)):
        place = f"{each.span.start}:{each.span.end}" if each.span else "–"
        said = each.span.slice(gold.text) if each.span else ""
        parts = dict.fromkeys(" ".join(part.split())[:_CONTEXT] for part in (each.shown, said))
        shown = " | ".join(part for part in parts if part)
        yield f"{each.verdict.value} {each.kind:<12} {gold.path} {place} {shown}"
