"""See that all engines give the same answers: counts and facets of every question."""

from __future__ import annotations

from collections.abc import Sequence

from kb.bench.measure import Asked
from kb.bench.peers.base import Question


def differences(asked: dict[str, Asked], questions: Sequence[Question]) -> list[str]:
    """Return a line for every answer that differs from the first engine's.

    The order of the ten best is not compared: each engine has scores of its own.
    """
    ours, *others = asked
    lines = []
    for question, own, *theirs in zip(
        questions, asked[ours].answers, *(asked[name].answers for name in others), strict=True
    ):
        for name, answer in zip(others, theirs, strict=True):
            if own is None or answer is None:
                continue
            if answer.total != own.total:
                lines.append(f"{question}: {ours} finds {own.total}, {name} {answer.total}")
            elif answer.facets and own.facets and answer.facets != own.facets:
                lines.append(f"{question}: {name} counts other facets than {ours}")
    return lines
