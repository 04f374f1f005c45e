"""Points that come back from meeting to meeting."""

from __future__ import annotations

from pathlib import Path

from tests.knowledge.made_up import known

HEAD = "Protokoll styrelsen {day}\n\nNärvarande: Anna Berg, Bo Ek\n\n"


def test_headings_that_come_back_are_threads_and_standing_ones_are_not(tmp_path: Path):
    days = ("2019-03-05", "2019-03-19", "2019-04-02")
    points = (
        "## Rekrytering av familjehem\n\nDet går trögt.\n\n## Övriga frågor\n\nInga.\n",
        "## Lokalen\n\nDen är kall.\n\n## Övriga frågor\n\nInga.\n",
        "## Familjehemmens rekrytering\n\nDet går bättre.\n\n## Övriga frågor\n\nInga.\n",
    )
    texts = {
        f"{day}.txt": HEAD.format(day=day) + point
        for day, point in zip(days, points, strict=True)
    }  # fmt: skip
    group = known(tmp_path / "kb", texts).group("Styrelsen")
    assert group
    (thread,) = group.threads
    assert [quote.source.path for quote in thread.quotes] == ["2019-03-05.txt", "2019-04-02.txt"]
