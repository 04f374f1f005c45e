import datetime as dt
import json
import math

import pytest

from kb.errors import UserError
from kb.lab.train import edits_between, learn, read_pairs, train
from kb.repair.channel import Misreading, parse_rules


@pytest.mark.parametrize(
    ("clean", "read", "edits"),
    [
        ("för", "fér", [("f", "f"), ("ö", "é"), ("r", "r")]),
        ("nät", "nit", [("n", "n"), ("ä", "i"), ("t", "t")]),
        ("mör", "méor", [("m", "m"), ("ö", "éo"), ("r", "r")]),
        ("för", "fr", [("f", "f"), ("ö", ""), ("r", "r")]),
    ],
)
def test_letters_are_aligned(clean, read, edits):
    assert list(edits_between(clean, read)) == edits


def test_an_edit_costs_the_log_of_its_share():
    pairs = [("stör", "stér")] * 60 + [("stör", "stör")] * 20
    costs = {(rule.clean, rule.read): rule.cost for rule, count in learn(pairs) if count}
    assert costs["ö", "é"] == round(-math.log(60 / 100), 2)  # 20 occurrences of doubt
    assert costs["ö", "ö"] == round(-math.log(20 / 100), 2)


def test_what_was_seen_once_is_chance_but_lookalikes_are_kept():
    rules = {(rule.clean, rule.read): count for rule, count in learn([("kut", "kxt")])}
    assert ("u", "x") not in rules
    assert rules["f", "£"] == 0


def test_training_writes_a_readable_file_with_source_and_date(tmp_path):
    pages = tmp_path / "ocr" / "train"
    pages.mkdir(parents=True)
    rows = [[["för"], ["fér"]], [["nästa", "år"], ["nastaar"]], [["Över"], ["Over"]]] * 3
    (pages / "a.eng.align.json").write_text(json.dumps(rows), "utf-8")
    (pages / "a.swe.align.json").write_text(json.dumps([[["för"], ["fxr"]]] * 9), "utf-8")
    target = train(pages, tmp_path / "costs.tsv", dt.date(2026, 11, 22))
    text = target.read_text("utf-8")
    assert "`kb train-ocr ocr/train` on 2026-11-22 from 6 aligned words" in text
    rules = list(parse_rules(text.splitlines()))
    assert Misreading("ö", "o", round(-math.log(3 / 26), 2)) in rules
    assert not any(rule.read == "x" for rule in rules)


def test_a_folder_without_pairs_is_named(tmp_path):
    with pytest.raises(UserError, match=r"inga filer \*\.align\.json"):
        list(read_pairs(tmp_path))


def test_a_file_that_holds_something_else_is_named(tmp_path):
    (tmp_path / "b.eng.align.json").write_text("[1, 2]", "utf-8")
    with pytest.raises(UserError, match=r"b\.eng\.align\.json"):
        list(read_pairs(tmp_path))
