"""Damaging texts as pages were damaged, without losing the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.lab.evaluate.damage import DamageChannel, DamageKind, learn
from kb.lab.evaluate.minutes_damaged import damaged, legible_name
from kb.lab.evaluate.minutes_gold import load
from kb.model import OffsetMap
from kb.repair.changes import apply
from tests.lab.evaluate.minutes_made_up import TEXT, lay_out

PAIRS = [("för ", "for ")] * 3 + [("möte ", "mote ")] + [("hus ", "hus ")] * 4


def test_a_channel_errs_as_often_as_the_words_it_learned_from():
    channel = DamageChannel(PAIRS)
    assert channel.rate == 0.5
    text = "för hus mö\n" * 50
    assert apply(text, channel.damage(text, "x")) == text.replace("ö", "o")


def test_a_letter_errs_by_its_share():
    channel = DamageChannel([("a", "a")] * 3 + [("a", "e")])
    text = "a\n" * 2000
    share = len(channel.damage(text, "x")) / 2000
    assert share == pytest.approx(0.25, abs=0.03)


def test_damage_is_the_same_for_the_same_seed_only():
    channel = DamageChannel([("a", "a"), ("a", "e")])
    text = "a b a\n" * 20
    assert channel.damage(text, "x") == channel.damage(text, "x") != channel.damage(text, "y")


def test_letters_lost_and_put_in_and_spaces_are_learned():
    torn = DamageChannel([("må", "ma ")])
    assert apply("må så", torn.damage("må så", "x")) == "ma  sa "
    joined = DamageChannel([("a b", "ab")])
    assert apply("a b", joined.damage("a b", "x")) == "ab"


def test_a_misread_word_is_misread_as_it_is_known_to_be():
    channel = DamageChannel([("ö", "o")], known=[(("möte", "rnote"), 1)])
    assert apply("(möte) nöt", channel.damage("(möte) nöt", "x")) == "(rnote) not"


def test_places_are_carried_to_the_damaged_text():
    channel = DamageChannel([("ö", "oo"), (" ", "")])
    text = "Närvarande: Åke Sjö och Pia Löv\n"
    changes = channel.damage(text, "x")
    start = text.index("Pia")
    place = OffsetMap(changes).to_repaired(start, start + len("Pia Löv"))
    assert place.slice(apply(text, changes)) == "PiaLoov"


@pytest.fixture
def ocr(tmp_path: Path) -> Path:
    """A folder laid out as the OCR corpus."""
    folder = tmp_path / "ocr"
    (folder / "train").mkdir(parents=True)
    aligned = [[["möte"], ["mote"]], [[], ["x"]], [["lampa"], ["lampa"]], [["är"], ["ar"]]]
    for reading in ("eng", "gar"):
        file = folder / "train" / f"a.{reading}.align.json"
        file.write_text(json.dumps(aligned))
    (folder / "pdfdamage.train.jsonl").write_text(json.dumps({"clean": "må", "damaged": "ma "}))
    rows = "variant\tgt\tocr\tcount\neng_d200\tmöte\tméte\t3\nswe_d200\tmöte\tmotte\t9\n"
    (folder / "tesseract_word_confusions.tsv").write_text(rows)
    return folder


def test_each_kind_is_learned_from_its_part_of_the_corpus(ocr: Path):
    channels = learn(ocr)
    assert set(channels) == set(DamageKind)
    assert channels[DamageKind.ENG].rate == pytest.approx(2 / 3)
    said = {kind: apply("möte", channel.damage("möte", "x")) for kind, channel in channels.items()}
    assert said == {DamageKind.ENG: "méte", DamageKind.GAR: "mote", DamageKind.EXTRACTION: "möte"}


def test_documents_are_damaged_in_turn_and_keep_their_facts(tmp_path: Path, ocr: Path):
    documents = load(*lay_out(tmp_path, *(f"a/{n}.txt" for n in range(8))))
    done = list(damaged(documents, learn(ocr)))
    kinds = [kind for _, kind in done]
    assert [kinds.count(kind) for kind in DamageKind] == [4, 2, 2]
    gold, kind = done[0]
    assert kind is DamageKind.ENG
    assert gold.text == TEXT.replace("möte", "méte").replace("ö", "o").replace("ä", "a")
    assert [person.name for person in gold.people][2] == "Eva Lund-Ström"
    assert gold.people[2].span.slice(gold.text) == "Eva Lund-Strom"
    assert gold.decisions[0].slice(gold.text).startswith("Styrelsen beslutar")


@pytest.mark.parametrize(
    ("true", "read", "legible"),
    [
        ("Åke Ström", "Ake Ström", True),
        ("Åke Ström", "Ake Strom", False),
        ("Gun-Britt Åkerström", "Gun Britt Akerstrom", True),
        ("Åsa", "Asa", False),
    ],
)
def test_a_name_may_differ_by_one_letter_in_six(true: str, read: str, legible: bool):
    assert legible_name(true, read) is legible
