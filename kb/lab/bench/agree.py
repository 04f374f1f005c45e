"""Checks that all engines give the same answers: counts and facets of every question."""

from __future__ import annotations

from collections.abc import Sequence

from kb.lab.bench.measure import AskingCost
from kb.lab.bench.peers.base import PeerAnswer, PeerQuestion


def differences(asked: dict[str, AskingCost], questions: Sequence[PeerQuestion]) -> list[str]:
    """Return a line for every answer that differs from the first engine's.

    The order of the ten best is not compared: each engine scores differently.
    """
    ours, *others = asked
    lines = []
    for question, our_answer, *theirs in zip(
        questions, asked[ours].answers, *(asked[name].answers for name in others), strict=True
    ):
        for name, answer in zip(others, theirs, strict=True):
            if our_answer is None or answer is None:
                continue
            if answer.total != our_answer.total:
                lines.append(f"{question}: {ours} finds {our_answer.total}, {name} {answer.total}")
            elif (
                answer.facets
                and our_answer.facets
                and _told(answer, question) != _told(our_answer, question)
            ):
                lines.append(f"{question}: {name} counts other facets than {ours}")
    return lines


def _told(answer: PeerAnswer, question: PeerQuestion) -> dict[str, dict[str, int]]:
    """Return the counts that must agree: ours counts a facet without its own filter."""
    filtered = question.filter[0] if question.filter else ""
    return {facet: counts for facet, counts in answer.facets.items() if facet != filtered}
