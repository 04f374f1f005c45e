"""The tables of a benchmark, as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from kb.lab.bench.http import Load
from kb.lab.bench.measure import AskingCost, Built
from kb.lab.bench.peers.base import PeerQuestion


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, its columns aligned."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )


def building(built: dict[str, Built]) -> str:
    """Return the cost of building, one line for each engine."""
    rows = [
        [
            name,
            f"{b.documents / b.cpu:,.0f}",
            f"{b.documents / b.wall:,.0f}",
            f"{b.size:,.0f}",
            f"{b.peak:,.0f}",
        ]
        for name, b in built.items()
    ]
    return table(["build", "docs/s CPU", "docs/s wall", "MB on disk", "peak MB"], rows)


def asking(
    asked: dict[str, AskingCost], questions: Sequence[PeerQuestion], *, lean: bool = False
) -> str:
    """Return p50, p95 and p99 in CPU milliseconds by kind of question, with ratios.

    The ratios are of ours (the first engine) to the best of each other engine's figures,
    over the questions that both can answer.
    """
    kinds = list(dict.fromkeys(question.kind for question in questions))
    head = ["top 10 and count" if lean else "whole answer", *asked]
    rows = []
    for kind in [*kinds, "all"]:
        numbers = [n for n, q in enumerate(questions) if kind in (q.kind, "all")]
        cells = []
        for cost in asked.values():
            times = cost.medians(numbers, lean=lean)
            cells.append(figures(times) if len(times) == len(numbers) else "–")
        rows.append([kind, *cells])
    return table(head, rows)


def figures(times: Sequence[float]) -> str:
    """Return p50 / p95 / p99."""
    return " / ".join(f"{at(times, share):.2f}" for share in (0.50, 0.95, 0.99))


def at(times: Sequence[float], share: float) -> float:
    """Return the quantile `share` of `times`, by linear interpolation."""
    if len(times) < 2:
        return times[0]
    return statistics.quantiles(times, n=100, method="inclusive")[round(share * 100) - 1]


def ratios(
    asked: dict[str, AskingCost], questions: Sequence[PeerQuestion], *, lean: bool = False
) -> str:
    """Return ours (the first engine) divided by each other engine: p50 and p95."""
    ours, *others = asked
    rows = []
    for name in others:
        both = [
            n
            for n in range(len(questions))
            if asked[ours].medians([n], lean=lean) and asked[name].medians([n], lean=lean)
        ]
        if not both:
            continue
        mine, theirs = (asked[who].medians(both, lean=lean) for who in (ours, name))
        phrases = [n for n in both if questions[n].kind == "phrase"]
        row = [name, *(f"{at(mine, s) / at(theirs, s):.3f}" for s in (0.50, 0.95))]
        if phrases:
            our_times, their_times = (
                asked[who].medians(phrases, lean=lean) for who in (ours, name)
            )
            row.append(f"{at(our_times, 0.95) / at(their_times, 0.95):.3f}")
        else:
            row.append("–")
        rows.append(row)
    what = "top 10 and count" if lean else "whole answer"
    return table([f"{ours} through …, {what}", "p50", "p95", "phrase p95"], rows)


def opening(asked: dict[str, AskingCost]) -> str:
    """Return the cost of opening, and the memory used."""
    rows = [
        [
            name,
            f"{cost.opening:,.0f}",
            f"{cost.first:,.0f}",
            f"{cost.memory[0]:,.0f}",
            f"{cost.memory[1]:,.0f}",
        ]
        for name, cost in asked.items()
    ]
    head = ["serving", "opening ms", "first question ms", "own MB", "with mapped pages MB"]
    return table(head, rows)


def loads(measured: Sequence[Load]) -> str:
    """Return the figures of the search page under load."""
    rows = [
        [str(m.clients), f"{m.rate:,.0f}", f"{m.p50:,.0f}", f"{m.p95:,.0f}", str(m.failed)]
        for m in measured
    ]
    return table(["clients", "requests/s", "p50 ms", "p95 ms", "failed"], rows)
