"""The file of a generation: taken over, joined anew, and the same as if built from scratch."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from kb.knowledge import (
    DocumentFacts,
    Filter,
    KnowledgeBase,
    KnowledgeStore,
    NameDecisions,
    facts_of,
)
from kb.model import ACTION
from tests.knowledge.made_up import document, known

PEOPLE = ("Anna Berg", "Bo Ek", "Eva Lund", "Jessica Alm", "Jessika Alm", "Karin Dahlqvist")
POINTS = (
    "## Tröjor\n\nAnna kontaktar Marknadsbyrån om priset.\n",
    "## Tröjor\n\nMarknadsbyrån har skickat en offert.\n",
    "## Nya stadgar\n\nPunkten bordläggs till nästa möte.\n",
    "## Nya stadgar\n\nStyrelsen beslutar att anta stadgarna.\n",
    "## Nästa möte\n\nNästa möte är den 19 mars 2019.\n",
    "## Läget\n\nBosse berättar om Bjuv. Eva tackar.\n",
)


def text(dice: random.Random) -> str:
    """Return minutes drawn by lot."""
    group = dice.choice(("styrelsen", "valberedningen"))
    day = f"2019-03-{dice.choice((5, 12, 19, 26)):02}"
    present = ", ".join(dice.sample(PEOPLE, 3))
    points = "\n".join(dice.sample(POINTS, 3))
    return f"Protokoll {group} {day}\n\nNärvarande: {present}\n\n{points}"


def content(file: Path) -> list[str]:
    """Return all that a file holds."""
    with closing(sqlite3.connect(file)) as db:
        return sorted(line for line in db.iterdump() if line.startswith("INSERT"))


def build(
    file: Path, old: Path | None, gone: Iterable[str], fresh: Mapping[str, str]
) -> None:  # fmt: skip
    with closing(KnowledgeStore(file, old, gone)) as store:
        for path, words in fresh.items():
            store.add(facts_of(document(words, path)))
        store.finish(NameDecisions(same=(("Bosse (Styrelsen)", "Bo Ek (Styrelsen)"),)))


@pytest.mark.parametrize("seed", range(6))
def test_what_is_taken_over_equals_a_build_from_scratch(seed: int, tmp_path: Path):
    dice = random.Random(seed)
    library: dict[str, str] = {}
    old: Path | None = None
    for generation in range(4):
        gone = dice.sample(sorted(library), min(len(library), dice.randrange(3)))
        changed = {path: text(dice) for path in gone if dice.random() < 0.5}
        added = {f"{generation}-{n}.txt": text(dice) for n in range(dice.randrange(1, 4))}
        for path in gone:
            del library[path]
        library |= changed | added
        file, whole = tmp_path / f"{generation}", tmp_path / f"{generation}-whole"
        build(file, old, gone, changed | added)
        shuffled = sorted(library, key=lambda _: dice.random())
        build(whole, None, (), {path: library[path] for path in shuffled})
        assert content(file) == content(whole)
        old = file


def test_what_is_removed_leaves_nothing_behind(tmp_path: Path):
    dice = random.Random(1)
    build(tmp_path / "old", None, (), {"a.txt": text(dice), "b.txt": text(dice)})
    build(tmp_path / "new", tmp_path / "old", ["b.txt"], {})
    assert not [line for line in content(tmp_path / "new") if "b.txt" in line]


def test_decisions_that_fit_nothing_are_told(tmp_path: Path):
    decided = NameDecisions(same=(("Nisse (Kören)", "Anna Berg (Styrelsen)"),))
    minutes = "Protokoll styrelsen 2019-03-05\n\nNärvarande: Anna Berg, Bo Ek\n"
    base = known(tmp_path / "kb", {"a.txt": minutes}, decided)
    assert base.unused() == ("Nisse (Kören) – Anna Berg (Styrelsen)",)


def test_no_documents_are_no_knowledge(tmp_path: Path):
    build(tmp_path / "kb", None, (), {})
    base = KnowledgeBase(tmp_path / "kb")
    assert base.people() == ()
    assert base.groups() == ()
    assert base.group("Styrelsen") is None


def test_documents_of_a_folder_that_name_no_group_are_one_series(tmp_path: Path):
    texts = {
        "enat/a.txt": "Sammanfattning 2019-03-05\n\n## Tröjor\n\nAnna kontaktar Marknadsbyrån.\n",
        "enat/b.txt": "Sammanfattning 2019-03-19\n\n## Pris\n\nMarknadsbyrån är för dyr.\n",
    }
    base = known(tmp_path / "kb", texts)
    (own,) = base.statements(Filter(ACTION.name)).statements
    assert [quote.source.path for quote in own.later] == ["enat/b.txt"]


def test_facts_are_kept_as_they_were(tmp_path: Path):
    own = facts_of(document(text(random.Random(3)), "a.txt"))
    packed = msgspec.msgpack.encode(own)
    assert msgspec.msgpack.decode(packed, type=DocumentFacts) == own
