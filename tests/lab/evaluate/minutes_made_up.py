"""A document that nobody ever wrote, with its gold."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

PREFACE = "Sida 1\n"
TEXT = """\
Anteckningar från styrelsens möte 2019-05-21 i Rönnen
Närvarande: Anna Berg (ordförande), Bo
Ek och Eva Lund-Ström

1. Budget
Styrelsen beslutar att köpa en ny lampa.
Bo Ek ringer till hyresvärden före sommaren.

2. Övrigt
Hyran tas upp vid nästa möte.
Nästa möte är den 4 juni 2019 kl 17.30.
"""


def at(quote: str) -> list[int]:
    """Return the place of `quote` in the file."""
    start = (PREFACE + TEXT).index(quote)
    return [start, start + len(quote)]


def gold(path: str) -> dict[str, Any]:
    """Return the gold of the document as it lies in a file."""
    data = (PREFACE + TEXT).encode()
    end = len(PREFACE + TEXT)
    anna = {"name": [at("Anna Berg")], "presence": "närvarande", "role": "ordförande"}
    broken = at("Bo\nEk")  # over two lines
    bo = {"name": [[broken[0], broken[0] + 2], [broken[1] - 2, broken[1]]]}
    eva = {"name": [at("Eva Lund-Ström")], "presence": "närvarande", "role": None, "title": None}
    return {
        "path": path,
        "sha256": hashlib.sha256(data).hexdigest(),
        "scope": [len(PREFACE), end],
        "date": "2019-05-21",
        "date_span": at("2019-05-21"),
        "group": at("styrelsens"),
        "time": None,
        "place": at("Rönnen"),
        "people": [anna, bo | {"presence": "närvarande", "role": None}, eva],
        "municipalities": [{"name": "Höör", "part": "nämns"}],
        "sections": [
            {"heading": at("Budget"), "level": 1, "end": at("2. Övrigt")[0]},
            {"heading": at("Övrigt"), "level": 1, "end": end},
        ],
        "decisions": [at("Styrelsen beslutar att köpa en ny lampa.")],
        "actions": [{"span": at("Bo Ek ringer till hyresvärden före sommaren."), "who": []}],
        "postponed": [at("Hyran tas upp vid nästa möte.")],
        "meetings": [{"date": "2019-06-04", "time": "17:30", "span": at("den 4 juni 2019")}],
        "voices": [{"municipality": "Höör", "span": at("Hyran tas upp vid nästa möte.")}],
        "doubtful": ["Ingenting."],
    }


def lay_out(folder: Path, *paths: str) -> tuple[Path, Path]:
    """Write the document at each of `paths` and its gold.

    Returns:
        The folders of the gold and of the corpus.
    """
    held, corpus = folder / "gold" / "minutes", folder / "shared" / "corpora" / "minutes"
    held.mkdir(parents=True)
    for number, path in enumerate(paths):
        file = corpus / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes((PREFACE + TEXT).encode())
        (held / f"{number}.json").write_text(json.dumps(gold(path)), "utf-8")
    return held, corpus
